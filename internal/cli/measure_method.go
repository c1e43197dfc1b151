package cli

import (
	"os"

	"github.com/spf13/cobra"

	"resolute/internal/measure"
)

func bindMethods(c *cobra.Command, methods *[]string) {
	c.Flags().StringArrayVar(methods, "method", nil, "method file (JSON) in place of the built-in one of its kind; may be given several times: resolute measure method")
}

// readMethods takes method files in place of the built-in methods.
func readMethods(paths []string) (measure.Methods, error) {
	by := measure.UsualMethods
	for _, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			return by, unreadable(path, err)
		}
		by, err = by.With(file, path)
		if err = closing(file, err); err != nil {
			return by, err
		}
	}
	return by, nil
}

func (a *app) measureMethodCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "method growth-ratio|damped-logit|time-weighted-linear",
		Short: "Print a built-in method with its parameters, as a method file",
		Long: `measure progress, project and backtest take other parameters from such a file (--method). It needs a name and version of its own,
which stand with every verdict. A file that is not sound is refused with its line.`,
		Example:   "  resolute measure method growth-ratio > national-growth.json\n  resolute measure progress --input series.csv --method national-growth.json",
		Args:      cobra.ExactArgs(1),
		ValidArgs: []string{"growth-ratio", "damped-logit", "time-weighted-linear"},
		RunE: func(_ *cobra.Command, args []string) error {
			switch args[0] {
			case "growth-ratio":
				return printJSON(a.Out, measure.UsualMethods.Growth)
			case "damped-logit":
				return printJSON(a.Out, measure.UsualMethods.Trend)
			case "time-weighted-linear":
				return printJSON(a.Out, measure.UsualMethods.Line)
			}
			return usage("%q is no method: want growth-ratio, damped-logit or time-weighted-linear", args[0])
		},
	}
}

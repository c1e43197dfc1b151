package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"resolute/internal/framework"
	"resolute/internal/measure"
	"resolute/internal/measure/columns"
	"resolute/internal/measure/statfile"
)

func (a *app) measureAggregateCommand() *cobra.Command {
	var dataflow string
	var least float64
	c := &cobra.Command{
		Use:   "aggregate [FILE.csv]",
		Short: "Figures of ITU regions and the world, of all indicators and years",
		Long: `The plain mean of every indicator by year for the six ITU regions and for all economies, of a file or of what is stored, with how
many economies it rests on and how many of their values are estimates. Below --coverage of the economies there is no value:
figures that organisations publish for regions rest on their own estimates for what is missing, and differ.`,
		Example: "  resolute measure aggregate --dataflow ITU:DATAHUB --format csv > regions.csv\n  resolute measure aggregate individuals-using-the-internet.csv --format text",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			columns, err := a.columnsOf(c.Context(), dataflow, args)
			if err != nil {
				return err
			}
			return printList(a, "json", "figures", measure.AggregateAll(columns, framework.Builtin(), least), groupColumns)
		},
	}
	c.Flags().StringVar(&dataflow, "dataflow", "", "only this table of what is stored")
	c.Flags().Float64Var(&least, "coverage", 0.6, "share of the economies that must have a value")
	return c
}

func (a *app) columnsOf(ctx context.Context, dataflow string, args []string) (*columns.Columns, error) {
	if len(args) == 0 {
		h, err := a.openExisting(ctx)
		if err != nil {
			return nil, err
		}
		c, err := h.measure.Columns(ctx, dataflow, 0)
		return c, closing(h, err)
	}
	f, err := os.Open(args[0])
	if err != nil {
		return nil, unreadable(args[0], err)
	}
	c, err := columns.Load(f, filepath.Base(args[0]), statfile.Options{})
	var refused *statfile.RefusedError
	if errors.As(err, &refused) {
		err = unreadable(args[0], err)
	}
	return c, closing(f, err)
}

var groupColumns = []column[measure.GroupFigure]{
	{"dataflow", "TABLE", func(f measure.GroupFigure) any { return f.Dataflow }},
	{"indicator", "INDICATOR", func(f measure.GroupFigure) any { return f.Indicator }},
	{"dims", "", func(f measure.GroupFigure) any { return f.Dims }},
	{"group", "GROUP", func(f measure.GroupFigure) any { return f.Group }},
	{"year", "YEAR", func(f measure.GroupFigure) any { return f.Year }},
	{"value", "VALUE", func(f measure.GroupFigure) any { return f.Value }},
	{"rule", "RULE", func(f measure.GroupFigure) any { return f.Rule }},
	{"areas_used", "USED", func(f measure.GroupFigure) any { return f.Areas }},
	{"areas_of", "OF", func(f measure.GroupFigure) any { return f.Of }},
	{"coverage", "", func(f measure.GroupFigure) any { return f.Coverage }},
	{"share_estimated", "", func(f measure.GroupFigure) any { return f.Estimated }},
}

package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/form"
	"resolute/internal/measure"
	"resolute/internal/register"
)

func (a *app) templateCommand() *cobra.Command {
	out := "-"
	c := &cobra.Command{
		Use:   "template activities|transactions|budgets|partners|places|results|tags|all|indicators",
		Short: "Write empty tables to fill in: columns and an example row",
		Long: `As CSV one table, whose column names are the same in every language; as a workbook (--out FILE.xlsx) one or all, in the language of
--lang, with lists to choose from and notes. The example rows begin with EXAMPLE- and are not taken in. indicators is a CSV file for import indicators. What the columns hold, and how
tables hang together: docs/reference/workbook.md.`,
		Example:   "  resolute template activities > own-work.csv\n  resolute template all --lang fr --out travaux.xlsx",
		Args:      cobra.ExactArgs(1),
		ValidArgs: append(tableNames(), "all", "indicators"),
		RunE:      func(c *cobra.Command, args []string) error { return a.template(c.Context(), args[0], out) },
	}
	c.Flags().StringVar(&out, "out", "-", "file to write, .xlsx or .csv; - is CSV on standard output")
	return c
}

func tableNames() (names []string) {
	for _, t := range register.Tables {
		names = append(names, t.Name)
	}
	return names
}

func (a *app) template(ctx context.Context, name, out string) error {
	if name == "indicators" {
		return a.writeTo(out, measure.IndicatorTemplate)
	}
	tables := form.Named(name)
	book := strings.HasSuffix(strings.ToLower(out), ".xlsx")
	switch {
	case tables == nil:
		return usage("%q is no table: want %s, all or indicators", name, strings.Join(tableNames(), ", "))
	case len(tables) > 1 && !book:
		return usage("all tables make a workbook: give --out FILE.xlsx, or name one table")
	case !book:
		return a.writeTo(out, func(w io.Writer) error { return form.TemplateCSV(w, tables[0], a.language()) })
	}
	h, gone, err := a.openToLook(ctx)
	if err != nil {
		return err
	}
	defer gone()
	c, err := h.frameworks.Load(ctx)
	if err == nil {
		err = a.writeTo(out, func(w io.Writer) error { return form.Template(w, tables, a.language(), c) })
	}
	return closing(h, err)
}

// language is that of --lang; English for what is none of ours.
func (a *app) language() resolute.Lang {
	if lang := resolute.Lang(a.lang); slices.Contains(resolute.Langs[:], lang) {
		return lang
	}
	return resolute.English
}

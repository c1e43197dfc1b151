package cli

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"resolute/internal/measure"
)

func (a *app) exportStatsCommand() *cobra.Command {
	var f measure.ExportFilter
	var to, out string
	c := &cobra.Command{
		Use:   "stats",
		Short: "Statistics with codes, flags and notes",
		Long: `Writes the stored observations, a row for each: codes, decimal text as it was received, flags, sources and notes. What is
written comes back by import stats without a change. --at gives what was known when the data had that version.`,
		Example: `  resolute export stats --out statistics.csv
  resolute export stats --dataflow ITU:DATAHUB --indicator i99H --area KEN,UGA
  resolute export stats --at 4812 --out as-of-4812.csv`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if to != "csv" {
				return usage("--to %q: want csv", to)
			}
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			return closing(h, a.exportStats(c.Context(), h, f, out))
		},
	}
	c.Flags().StringVar(&to, "to", "csv", "csv")
	c.Flags().StringVar(&f.Dataflow, "dataflow", "", "only this table, such as ITU:DATAHUB")
	c.Flags().StringSliceVar(&f.Indicators, "indicator", nil, "only these indicators")
	c.Flags().StringSliceVar(&f.Areas, "area", nil, "only these areas, by the codes of the source")
	c.Flags().Int64Var(&f.At, "at", 0, "as of this data version")
	c.Flags().StringVar(&out, "out", "-", "file to write; - is standard output")
	return c
}

func (a *app) exportStats(ctx context.Context, h *house, f measure.ExportFilter, out string) error {
	return a.writeTo(out, func(w io.Writer) error {
		_, err := h.measure.WriteCSV(ctx, f, w)
		return err
	})
}

func (a *app) measureListCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the indicators that are held",
		Example: "  resolute measure list --format text",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			list, err := h.measure.Indicators(c.Context(), 0)
			if err := closing(h, err); err != nil {
				return err
			}
			return printList(a, "text", "indicators", list, indicatorColumns)
		},
	}
}

var indicatorColumns = []column[measure.Indicator]{
	{"dataflow", "TABLE", func(i measure.Indicator) any { return i.Dataflow }},
	{"indicator", "INDICATOR", func(i measure.Indicator) any { return i.Code }},
	{"name", "NAME", func(i measure.Indicator) any { return i.Name }},
	{"unit", "UNIT", func(i measure.Indicator) any { return i.Unit }},
	{"parent", "", func(i measure.Indicator) any { return i.Parent }},
	{"areas", "AREAS", func(i measure.Indicator) any { return i.Areas }},
	{"series", "SERIES", func(i measure.Indicator) any { return i.Series }},
	{"observations", "OBSERVATIONS", func(i measure.Indicator) any { return i.Observations }},
	{"latest", "LATEST", func(i measure.Indicator) any { return i.Latest }},
}

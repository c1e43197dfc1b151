package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/measure"
	"resolute/internal/sdmx"
)

func (a *app) exportStatsCommand() *cobra.Command {
	var f measure.ExportFilter
	var to, out string
	c := &cobra.Command{
		Use:   "stats",
		Short: "Statistics with codes, flags and notes",
		Long: `Writes the stored observations with codes, decimal text as it was received, flags, sources and notes: as CSV, a row for each, as a
workbook, or as an SDMX message with a data set for each table (SDMX-CSV 2.1, SDMX-JSON 1.0 or 2.0, SDMX-ML 2.1, generic or
not, or 3.0; SDMX-JSON 1.0 holds one table, named with --dataflow). What is written, but for
the workbook, comes back by import stats without a change. --at gives what was known when the data had that version.`,
		Example: `  resolute export stats --out statistics.csv
  resolute export stats --dataflow ITU:DATAHUB --indicator i99H --area KEN,UGA
  resolute export stats --to ml3.0 --dataflow ITU:DATAHUB --out datahub.xml
  resolute export stats --to xlsx --out statistics.xlsx
  resolute export stats --at 4812 --out as-of-4812.csv`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if formats := statsFormats(); !slices.Contains(formats, to) {
				return usage("--to %q: want %s", to, strings.Join(formats, " or "))
			}
			h, err := a.openExisting(c.Context())
			if err != nil {
				return err
			}
			return closing(h, a.exportStats(c.Context(), h, f, to, out))
		},
	}
	c.Flags().StringVar(&to, "to", "csv", "csv, xlsx, csv2.1, json1.0, json2.0, ml2.1, genericml2.1 or ml3.0")
	c.Flags().StringVar(&f.Dataflow, "dataflow", "", "only this table, such as ITU:DATAHUB")
	c.Flags().StringSliceVar(&f.Indicators, "indicator", nil, "only these indicators")
	c.Flags().StringSliceVar(&f.Areas, "area", nil, "only these areas, by the codes of the source")
	c.Flags().Int64Var(&f.At, "at", 0, "as of this data version")
	c.Flags().StringVar(&out, "out", "-", "file to write; - is standard output")
	complete(c, "to", statsFormats())
	return c
}

func statsFormats() []string { return append([]string{"csv", "xlsx"}, writtenFormats()...) }

func (a *app) exportStats(ctx context.Context, h *house, f measure.ExportFilter, to, out string) error {
	write := func(w io.Writer) error {
		answer, err := h.measure.Choose(ctx, measure.Selection{ExportFilter: f})
		if err != nil {
			return err
		}
		if len(answer.Flows) == 0 {
			return &resolute.Error{Code: resolute.NotFound, Field: "dataflow", Message: "no statistics are held that could be written"}
		}
		return answer.Write(ctx, sdmx.Format(to), h.measure.Now(), w)
	}
	switch to {
	case "csv":
		write = func(w io.Writer) error { return second(h.measure.WriteCSV(ctx, f, w)) }
	case "xlsx":
		write = func(w io.Writer) error { return second(h.measure.WriteXLSX(ctx, f, w)) }
	}
	return a.writeTo(out, write)
}

// second leaves the count of rows out.
func second(_ int, err error) error { return err }

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

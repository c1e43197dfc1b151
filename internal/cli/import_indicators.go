package cli

import (
	"context"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/ledger"
	"resolute/internal/measure"
	"resolute/internal/register"
)

func (a *app) importIndicatorsCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:   "indicators FILE.csv...",
		Short: "What indicators measure: names, unit, direction, limits, rule of groups, codes, paragraphs",
		Long: `Adds indicators to the catalogue, or says something else of those that are in it: each row says all of its indicator. From then on
pages name them, group figures follow their rule and weights, statistics are held against their limits, and paragraphs show
them as evidence. Statistics that are held already need not be imported again. resolute template indicators writes the columns,
resolute measure indicators --format csv the catalogue as it stands; docs/reference/indicators-csv.md describes them. A broken file is
refused whole, with the address of each cell.`,
		Example: "  resolute template indicators > own-indicators.csv\n  resolute import indicators --dry-run --format text own-indicators.csv\n  resolute import indicators own-indicators.csv",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.importOrPreview(c.Context(), f, args, []string{".csv"}, func(h *house) importer { return h.importIndicators }, func(h *house) previewer { return h.previewIndicators })
		},
	}
	f.bind(c)
	c.Flags().StringVar(&f.source, "source", "", "lasting name of where the file comes from (default: its name)")
	c.Flags().BoolVar(&f.dry, "dry-run", false, "store nothing: print the account and what would change, column by column")
	return c
}

func (h *house) importIndicators(ctx context.Context, in input) ([]ledger.Import, error) {
	report, err := h.measure.ImportIndicators(ctx, resolute.Operator(), measure.Source{File: filepath.Base(in.path), Name: in.source}, in.file)
	return alone(report.Import, err)
}

func (h *house) previewIndicators(ctx context.Context, by resolute.Actor, src register.Source, in io.Reader, o register.PreviewOptions) (register.Preview, error) {
	report, err := h.measure.PreviewIndicators(ctx, by, measure.Source{File: src.File, Name: src.Name}, in)
	for _, change := range report.Changes {
		deed := register.DeedNew
		if change.Before != nil {
			deed = register.DeedChanged
		}
		name, _ := change.Name.In(resolute.English)
		printed := register.Change{Deed: deed, Key: change.Code, Identifier: change.Code, Title: name}
		for _, column := range measure.IndicatorColumns {
			if was, is := change.Before[column], change.After[column]; was != is {
				printed.Fields = append(printed.Fields, register.FieldChange{Field: column, Before: was, After: is})
			}
		}
		if err := o.Change(printed); err != nil {
			return register.Preview{}, err
		}
	}
	return register.Preview{Account: report.Import, Findings: report.Findings}, err
}

func (a *app) measureIndicatorsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "indicators",
		Short: "List the catalogue of indicators: what is known of each",
		Long: `The core list of ICT indicators with its codes at ITU, in the SDG framework and in the World Development Indicators, and what was
imported (resolute import indicators). With --format csv the answer is a file that import indicators reads.`,
		Example: "  resolute measure indicators --format text\n  resolute measure indicators --format csv > indicators.csv",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			known, err := a.concepts(c.Context())
			if err != nil {
				return err
			}
			if a.formatOr("text") == "csv" {
				return measure.WriteIndicators(a.Out, known.Concepts())
			}
			return printList(a, "text", "indicators", known.Concepts(), a.conceptColumns())
		},
	}
}

func (a *app) conceptColumns() (list []column[measure.Concept]) {
	headings := map[string]string{"code": "CODE", "unit": "UNIT", "direction": "DIRECTION", "rule": "RULE", "core": "CORE", "itu": "ITU", "sdg": "SDG", "wdi": "WDI", "threads": "PARAGRAPHS"}
	headings["name_"+string(a.language())] = "NAME"
	for _, name := range measure.IndicatorColumns {
		list = append(list, column[measure.Concept]{name, headings[name], func(c measure.Concept) any { return c.Cell(name) }})
	}
	return append(list, column[measure.Concept]{"import", "", func(c measure.Concept) any { return c.Import }})
}

// concepts is the catalogue of the database, and without one the built-in one.
func (a *app) concepts(ctx context.Context) (*measure.Catalogue, error) {
	if a.mustExist() != nil {
		return measure.Builtin(), nil
	}
	h, err := a.openHouse(ctx)
	if err != nil {
		return nil, err
	}
	known, err := h.measure.Catalogue(ctx, 0)
	return known, closing(h, err)
}

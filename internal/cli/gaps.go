package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/coverage"
)

// gapsFlags are the flags of a question about what is missing.
type gapsFlags struct {
	from, to, area, instrument               string
	rule, currency                           string
	kinds, addressees, threads, lines, goals []string
	at                                       int64
}

func (a *app) gapsCommand() *cobra.Command {
	var f gapsFlags
	c := &cobra.Command{
		Use:   "gaps",
		Short: "What is missing: paragraphs and cells of the matrix, by ITU region and by year",
		Long: `Every gap is a kind of lack of one paragraph, or of one action line with a goal that the WSIS-SDG matrix joins it to. It
says in which ITU regions and years the same is missing. The rules are those of the states: docs/explanation/states.md.`,
		Example: `  resolute coverage gaps --from 2022-01-01 --to 2026-12-31 --format text
  resolute coverage gaps --gap nothing --gap no-result --area AFR --format csv
  resolute coverage gaps --line C7 --goal 4
  resolute coverage gaps --addressee members --format jsonl
  resolute coverage gaps --at 4812
  resolute coverage gaps --instrument itu:pp/res/140 --addressee sg`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.gaps(c.Context(), f) },
	}
	flags := c.Flags()
	flags.StringVar(&f.from, "from", "", "first day, YYYY-MM-DD (default: all time)")
	flags.StringVar(&f.to, "to", "", "last day, YYYY-MM-DD")
	flags.StringVar(&f.area, "area", "", "only activities in a country (KE), an ITU region (AFR), a group (LDC), or region: for a region, not a country")
	flags.StringSliceVar(&f.kinds, "gap", nil, "kind: "+strings.Join(coverage.GapKinds, ", "))
	flags.StringSliceVar(&f.addressees, "addressee", nil, "paragraphs that speak to: itu-d, director, members, secretary-general; of other instruments sg, director-bdt, member-states, ...")
	flags.StringSliceVar(&f.threads, "thread", nil, "paragraph by its alias: R8; R11 stands for its parts")
	flags.StringSliceVar(&f.lines, "line", nil, "cells of an action line: C2; C7 stands for its sub-lines")
	flags.StringSliceVar(&f.goals, "goal", nil, "cells of a goal: 9")
	atFlag(c, &f.at)
	instrumentFlag(c, &f.instrument)
	ruleFlag(c, &f.rule)
	currencyFlag(c, &f.currency)
	return c
}

func (a *app) gaps(ctx context.Context, f gapsFlags) error {
	p, err := period(f.from, f.to)
	if err != nil {
		return err
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	gaps, err := h.gaps(ctx, coverage.GapQuery{Period: p, Kinds: f.kinds, Addressees: f.addressees, Threads: f.threads, Lines: f.lines, Goals: f.goals, Filter: coverage.Filter{Rule: f.rule, Currency: strings.ToUpper(f.currency)}}, f)
	if err := closing(h, err); err != nil {
		return err
	}
	return a.printGaps(gaps)
}

func (h *house) gaps(ctx context.Context, q coverage.GapQuery, f gapsFlags) (coverage.Gaps, error) {
	figures, err := h.of(ctx, f.instrument, f.at)
	if err != nil {
		return coverage.Gaps{}, err
	}
	if err := figures.SplitArea(ctx, f.area, &q.Filter); err != nil {
		return coverage.Gaps{}, err
	}
	if f.instrument != "" {
		q = figures.OfParagraphs(q)
	}
	return figures.Gaps(ctx, q)
}

func (a *app) printGaps(g coverage.Gaps) error {
	lang := resolute.Lang(a.lang)
	switch a.formatOr("json") {
	case "json":
		return printJSON(a.Out, g.JSON(lang))
	case "jsonl":
		return printLines(a.Out, g.JSON(lang).Gaps)
	case "csv":
		return g.WriteCSV(a.Out, lang)
	}
	err := printTable(a.Out, func(line func(...any)) {
		line("GAP", "STATE", "ACTIVITIES", "PROPOSED", "COMMITTED", "SPENT", "LAST EVIDENCE", "SINCE", "REGIONS", "YEARS")
		for _, x := range g.List {
			line(x.ID(), x.Row.State, x.Row.Activities, x.Row.Open.Activities, moneyText(x.Row.Commitments), moneyText(x.Row.Spent), x.Row.LastEvidence,
				x.Since, strings.Join(x.Regions, " "), strings.Join(x.Years, " "))
		}
	})
	if err != nil {
		return err
	}
	return printText(a.Out, "%d of %d lack something: %d gaps. Rule, %s. Data version %d.\n"+conversionText(g.Conversion), g.Open, g.Subjects, len(g.List), g.Rule.Text, g.Version)
}

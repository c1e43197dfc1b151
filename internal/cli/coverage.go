package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"resolute"
	"resolute/internal/coverage"
)

// coverageFlags are the flags of a question about figures.
type coverageFlags struct {
	by, from, to, area, group string
	instrument                string
	rule, currency            string
	at                        int64
}

func (a *app) coverageCommand() *cobra.Command {
	var f coverageFlags
	c := &cobra.Command{
		Use:   "coverage",
		Short: "What answers each paragraph, action line, goal, target, country, region or group",
		Long: `Every row says how many activities answer it, of how many organisations, with how much money, in which state and with
which gaps. What rules propose stands beside the figures under "open" and is never added in. The rule is printed with
the answer: docs/explanation/figures.md.`,
		Example: `  resolute coverage --by provision --format text
  resolute coverage --by action-line --from 2021-01-01 --to 2024-12-31
  resolute coverage --by target --area KE --format csv
  resolute coverage --by group --group UNRC:ECA
  resolute coverage --by goal --at 4812
  resolute coverage --by country --rule as-reported@1
  resolute coverage --by goal --currency USD
  resolute coverage --by provision --instrument itu:pp/res/140
  resolute coverage gaps --gap nothing --area AFR`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.coverageTable(c.Context(), f) },
	}
	flags := c.Flags()
	flags.StringVar(&f.by, "by", coverage.ByProvision, strings.Join(coverage.Views, ", "))
	complete(c, "by", coverage.Views)
	flags.StringVar(&f.from, "from", "", "first day, YYYY-MM-DD (default: all time)")
	flags.StringVar(&f.to, "to", "", "last day, YYYY-MM-DD")
	flags.StringVar(&f.area, "area", "", "only the part of a country (KE), an ITU region (AFR), a group (LDC), or region: for a region, not a country")
	flags.StringVar(&f.group, "group", "", "with --by group: any group of the reference tables (default: LDC, LLDC, SIDS)")
	atFlag(c, &f.at)
	instrumentFlag(c, &f.instrument)
	ruleFlag(c, &f.rule)
	currencyFlag(c, &f.currency)
	c.AddCommand(a.gapsCommand())
	return c
}

// ruleFlag offers --rule.
func ruleFlag(c *cobra.Command, rule *string) {
	var names []string
	for _, r := range coverage.Rules() {
		names = append(names, r.ID)
	}
	c.Flags().StringVar(rule, "rule", coverage.DefaultRule, "rule by which figures are made: "+strings.Join(names, ", "))
	complete(c, "rule", names)
}

// currencyFlag offers --currency.
func currencyFlag(c *cobra.Command, currency *string) {
	c.Flags().StringVar(currency, "currency", "", "convert money to this currency by the exchange rates held: USD (default: as reported)")
}

// atFlag offers --at.
func atFlag(c *cobra.Command, seq *int64) {
	c.Flags().Int64Var(seq, "at", 0, "the figures as they were at this data version (default: the newest)")
}

// instrumentFlag offers --instrument.
func instrumentFlag(c *cobra.Command, key *string) {
	c.Flags().StringVar(key, "instrument", "", "paragraphs of another instrument, by its key: itu:pp/res/140 (default: those of the built-in mandate)")
}

// of gives the answers for the paragraphs of an instrument, those of the built-in mandate for an
// empty key, at a data version.
func (h *house) of(ctx context.Context, instrument string, seq int64) (*coverage.Coverage, error) {
	if instrument == "" {
		return h.at(ctx, seq)
	}
	paragraphs, err := h.mandate.Paragraphs(ctx, instrument)
	if err != nil {
		return nil, err
	}
	on := *h
	if on.coverage, err = h.coverage.Of(ctx, paragraphs); err != nil {
		return nil, err
	}
	return on.at(ctx, seq)
}

// at gives the answers of a data version: those of the newest for 0. They stand on one state of the
// data, however many questions are asked.
func (h *house) at(ctx context.Context, seq int64) (*coverage.Coverage, error) {
	if seq < 0 {
		return nil, usage("--at %d: want a data version, as answers and pages name it", seq)
	}
	if _, err := h.coverage.Refresh(ctx); err != nil || seq == 0 {
		return h.coverage, err
	}
	return h.coverage.At(ctx, seq)
}

// period reads --from and --to.
func period(from, to string) (resolute.Period, error) {
	for _, day := range []struct{ flag, text string }{{"--from", from}, {"--to", to}} {
		if day.text != "" && !resolute.ValidDay(day.text) {
			return resolute.Period{}, usage("%s %q: want a day YYYY-MM-DD, such as 2024-01-31", day.flag, day.text)
		}
	}
	if from != "" && to != "" && from > to {
		return resolute.Period{}, usage("--from %s is after --to %s: change one of them", from, to)
	}
	return resolute.Period{From: from, To: to}, nil
}

func (a *app) coverageTable(ctx context.Context, f coverageFlags) error {
	p, err := period(f.from, f.to)
	if err != nil {
		return err
	}
	if f.group != "" && f.by != coverage.ByGroup {
		return usage("--group goes with --by group, not with --by %s; for a part of the world use --area %s", f.by, f.group)
	}
	if !slices.Contains(coverage.Views, f.by) {
		return usage("unknown view %q: want %s", f.by, strings.Join(coverage.Views, ", "))
	}
	h, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	q := coverage.Query{By: f.by, Period: p, Group: f.group, Filter: coverage.Filter{Rule: f.rule, Currency: strings.ToUpper(f.currency)}}
	table, err := h.table(ctx, q, f)
	if err := closing(h, err); err != nil {
		return err
	}
	return a.printCoverage(table)
}

func (h *house) table(ctx context.Context, q coverage.Query, f coverageFlags) (coverage.Table, error) {
	figures, err := h.of(ctx, f.instrument, f.at)
	if err != nil {
		return coverage.Table{}, err
	}
	if err := figures.SplitArea(ctx, f.area, &q.Filter); err != nil {
		return coverage.Table{}, err
	}
	return figures.Table(ctx, q)
}

func (a *app) printCoverage(t coverage.Table) error {
	lang := resolute.Lang(a.lang)
	switch a.formatOr("json") {
	case "json":
		return printJSON(a.Out, t.JSON(lang))
	case "jsonl":
		return printLines(a.Out, t.Lines(lang))
	case "csv":
		return t.WriteCSV(a.Out, lang)
	}
	err := printTable(a.Out, func(line func(...any)) {
		line("ID", "STATE", "ACTIVITIES", "PROPOSED", "ORGANISATIONS", "COMMITTED", "SPENT", "LAST EVIDENCE", "GAPS")
		for _, r := range append(t.Rows, t.Unlinked, t.Total) {
			line(r.ID, r.State, r.Activities, r.Open.Activities, r.Organisations, moneyText(r.Commitments), moneyText(r.Spent), r.LastEvidence, strings.Join(r.Gaps, " "))
		}
	})
	if err != nil {
		return err
	}
	return printText(a.Out, "Rule, "+t.Rule.Text+". Data version %d.\n"+conversionText(t.Conversion), t.DataVersion)
}

// conversionText says how money was converted; nothing when it was not.
func conversionText(c *coverage.Conversion) string {
	if c == nil {
		return ""
	}
	var text string
	switch {
	case len(c.Rates) > 0:
		text = "Converted to " + c.Currency
		for i, r := range c.Rates {
			text += []string{" by rates of ", ", "}[min(i, 1)] + fmt.Sprintf("%s of %s to %s", r.Source, r.From, r.To)
		}
	case c.Without > 0 && !c.Held:
		text = "No rate for " + c.Currency + " is held: nothing was converted"
	default:
		text = "No rate was used: nothing was converted to " + c.Currency
	}
	if c.Without > 0 {
		text += fmt.Sprintf("; %s in %s without a rate for the day: in their own currency, not in the sums in %s", counted(c.Without, "amount"), strings.Join(c.In, ", "), c.Currency)
	}
	if c.Large > 0 {
		text += fmt.Sprintf("; %s too large to be converted: in their own currency, not in the sums in %s", counted(c.Large, "amount"), c.Currency)
	}
	return strings.ReplaceAll(text, "%", "%%") + ".\n"
}

// moneyText writes sums for people, one after the other; nothing is a word, not a blank.
func moneyText(m coverage.Money) string {
	var parts []string
	for _, currency := range m.Currencies() {
		parts = append(parts, currency+" "+m[currency].String())
	}
	if len(parts) == 0 {
		return "0"
	}
	return strings.Join(parts, ", ")
}

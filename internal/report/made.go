package report

import (
	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/wording"
)

// made is the filter by which every figure of the summary is made.
func (w *writer) made() coverage.Filter {
	return coverage.Filter{Rule: w.options.Rule, Currency: w.options.Currency}
}

// named is the rule that addresses and commands must name: empty for the default.
func (w *writer) named() string {
	if w.options.Rule == coverage.DefaultRule {
		return ""
	}
	return w.options.Rule
}

// countCopies counts the further copies of identifiers that the rule leaves out, where it is not the default.
func (w *writer) countCopies() error {
	if w.named() == "" {
		return nil
	}
	account, err := w.report.Coverage.Account(w.ctx, coverage.Filter{Rule: w.options.Rule}, resolute.Period{}, 0)
	w.fresh.Duplicates = 0
	for _, left := range account.Left {
		if left.Reason == coverage.LeftCopy || left.Reason == coverage.LeftOther {
			w.fresh.Duplicates += left.Activities
		}
	}
	return err
}

// rule is that of the figures, in the words of the reader, and how their money was converted.
func (w *writer) rule() []Text {
	said := []Text{{Runs: []Run{{Text: w.T("coverage.rule_text." + w.list.Rule.Number()), Name: true}}}}
	return append(said, w.converted()...)
}

// aboutMoney says in which currency amounts stand.
func (w *writer) aboutMoney() []Text {
	if w.options.Currency == "" {
		return []Text{{Runs: []Run{{Text: w.T("report.money_text")}}}}
	}
	return append(w.converted(), Text{Runs: []Run{{Text: w.T("report.money_day")}}})
}

func (w *writer) converted() []Text {
	var said []Text
	for _, sentence := range ConversionWords(w.Printer, w.table(coverage.ByLine, "").Conversion) {
		said = append(said, Text{Runs: []Run{{Text: sentence, Name: true}}})
	}
	return said
}

// ConversionWords are the sentences about how money was turned into one currency, and how much of it was not;
// none when it stands as it was reported.
func ConversionWords(s *wording.Printer, c *coverage.Conversion) []string {
	if c == nil {
		return nil
	}
	var rates, said []string
	for _, r := range c.Rates {
		rates = append(rates, s.T("coverage.rate_of", "source", r.Source, "from", s.Day(r.From), "to", s.Day(r.To)))
	}
	switch {
	case len(rates) > 0:
		said = append(said, s.T("coverage.converted", "currency", c.Currency, "rates", s.List(rates)))
	case c.Without > 0 && !c.Held:
		said = append(said, s.T("coverage.no_rate_held", "currency", c.Currency))
	default:
		said = append(said, s.T("coverage.no_rate_used", "currency", c.Currency))
	}
	if c.Without > 0 {
		said = append(said, s.T("coverage.no_rate", "n", c.Without, "currencies", s.List(c.In), "currency", c.Currency))
	}
	if c.Large > 0 {
		said = append(said, s.T("coverage.too_large", "n", c.Large, "currency", c.Currency))
	}
	return said
}

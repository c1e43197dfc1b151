package web

import (
	"resolute/internal/coverage"
)

// rule is the rule that the figures follow.
func (s *shell) rule() coverage.Rule {
	rule, _ := coverage.RuleOf(s.request.filter.Rule) // the request was checked
	return rule
}

// RuleNumber is the number of the rule that the figures follow.
func (s *shell) RuleNumber() string { return s.rule().Number() }

// Made is the address of the page that tells how the figures of this one are made; empty on itself.
func (s *shell) Made() string {
	if s.request.http.URL.Path == "/figures" {
		return ""
	}
	if s.row[0] != "" {
		return s.Filtered("/figures", s.row[:]...)
	}
	return s.Filtered("/figures")
}

// Converted are the sentences about how money of the page was turned into one currency.
func (s *shell) Converted() []string {
	c := s.converted
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

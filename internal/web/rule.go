package web

import (
	"resolute/internal/coverage"
	"resolute/internal/report"
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
func (s *shell) Converted() []string { return report.ConversionWords(s.Printer, s.converted) }

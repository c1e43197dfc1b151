package web

import (
	"context"
	"encoding/csv"
	"io"
	"strings"

	"resolute/internal/mandate"
)

type rulesPage struct {
	*shell
	Rules []RuleText
}

// RuleText is a rule of lint with its examples.
type RuleText struct {
	mandate.Rule
	What, Why Passage
	Texts     []RuleExample
}

// RuleExample is a made-up text under a rule; Kind is wrong, right, before or cited.
// Region names it apart from all others of the page.
type RuleExample struct{ Kind, Text, Region string }

// rules explains what lint looks for.
func (s *Site) rules(_ context.Context, r *request) (answer, error) {
	p := rulesPage{shell: s.shell(r, "rules.title")}
	apart := regions{}
	var data []mandate.RuleJSON
	for _, rule := range mandate.Rules() {
		data = append(data, rule.JSON(r.lang))
		t := RuleText{Rule: rule, What: p.In(rule.What), Why: p.In(rule.Why)}
		if rule.Before != "" {
			t.Texts = append(t.Texts, RuleExample{Kind: "before", Text: rule.Before})
		}
		for cited := range strings.SplitSeq(rule.Cited, "\f") {
			if cited != "" {
				t.Texts = append(t.Texts, RuleExample{Kind: "cited", Text: cited})
			}
		}
		t.Texts = append(t.Texts, RuleExample{Kind: "wrong", Text: rule.Example}, RuleExample{Kind: "right", Text: rule.Right})
		for i, text := range t.Texts {
			t.Texts[i].Region = apart.name(p.T("rules."+text.Kind) + p.Colon() + t.What.Text)
		}
		p.Rules = append(p.Rules, t)
	}
	return answer{template: "rules", page: p, data: map[string]any{"rules": data}, csv: rulesCSV(data)}, nil
}

func rulesCSV(rules []mandate.RuleJSON) func(io.Writer) error {
	return func(w io.Writer) error {
		out := [][]string{{"rule", "severity", "what", "why", "example", "right", "before", "cited"}}
		for _, r := range rules {
			out = append(out, []string{r.Rule, string(r.Severity), guarded(r.What), guarded(r.Why), guarded(r.Example), guarded(r.Right), guarded(r.Before), guarded(r.Cited)})
		}
		return csv.NewWriter(w).WriteAll(out)
	}
}

// RuleLine says what a rule of lint means, and where more is said; nil for other rules.
func (s *shell) RuleLine(rule string) *RuleLink {
	r, known := mandate.RuleOf(rule)
	if !known {
		return nil
	}
	return &RuleLink{Href: s.URL("/rules") + "#" + rule, What: s.In(r.What)}
}

// RuleLink is what a rule means, with the way to its page.
type RuleLink struct {
	Href string
	What Passage
}

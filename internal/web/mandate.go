package web

import (
	"context"

	"resolute/internal/coverage"
	"resolute/internal/framework"
	"resolute/internal/mandate"
)

type mandatePage struct {
	*shell
	Groups   []MandateGroup
	Revision *mandate.Revision // of the imported text; nil before one is imported
	Preamble []mandate.Wording
	Law      map[string]mandate.Wording
}

// TextOf gives the imported text of a paragraph; empty before one is imported.
func (p mandatePage) TextOf(alias string) string {
	a, _ := mandate.Resolve(alias)
	return p.Law[a.Thread].Text
}

// MandateGroup is the paragraphs that address the same.
type MandateGroup struct {
	Addressee string
	Rows      []Line
}

func (s *Site) mandate(ctx context.Context, r *request) (answer, error) {
	if r.http.PathValue("instrument") != mandate.Resolution30 {
		return answer{}, s.missing(r.http)
	}
	t, err := s.Coverage.Table(ctx, r.query(coverage.ByProvision))
	if err != nil {
		return answer{}, err
	}
	p := mandatePage{shell: s.shell(r, "mandate.title"), Law: map[string]mandate.Wording{}}
	texts, err := s.Mandate.Wordings(ctx)
	if err != nil {
		return answer{}, err
	}
	for _, text := range texts {
		p.Revision = &text.Revision
		if p.Law[text.Thread] = text; !text.Operative {
			p.Preamble = append(p.Preamble, text)
		}
	}
	for _, addressee := range mandate.Addressees {
		g := MandateGroup{Addressee: p.T("mandate.addressee." + addressee)}
		for _, a := range mandate.Aliases() {
			if row, ok := t.Row(a.Alias); ok && a.Addressee == addressee {
				g.Rows = append(g.Rows, p.line(coverage.ByProvision, row))
			}
		}
		p.Groups = append(p.Groups, g)
	}
	return answer{template: "mandate", page: p, data: t.JSON(r.lang), csv: tableCSV(t, r)}, nil
}

type aboutPage struct {
	*shell
	Rule      string
	Freshness coverage.Freshness
	Schemes   []SchemeLine
	Rules     []RuleLine
}

// SchemeLine is one framework with its source.
type SchemeLine struct {
	Key     string
	Title   Passage
	Version string
	Source  string
	Entries int
}

// RuleLine is one rule with its reason.
type RuleLine struct{ ID, Gives, Reason string }

func (s *Site) about(ctx context.Context, r *request) (answer, error) {
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := aboutPage{shell: s.shell(r, "about.title"), Rule: coverage.Rule}
	if p.Freshness, err = s.Coverage.Freshness(ctx); err != nil {
		return answer{}, err
	}
	for _, scheme := range catalogue.Schemes() {
		p.Schemes = append(p.Schemes, SchemeLine{scheme.Key, p.In(scheme.Title), scheme.Version, scheme.Source, len(catalogue.Concepts(scheme.Key))})
	}
	rules := framework.TaggingRules()
	for _, rule := range rules.Sectors {
		if len(rule.Lines) > 0 {
			p.Rules = append(p.Rules, RuleLine{rule.ID, codes(rule.Lines), rule.Reason})
		}
	}
	for _, rule := range rules.Threads {
		p.Rules = append(p.Rules, RuleLine{rule.ID, codes(rule.Aliases), rule.Reason})
	}
	return answer{template: "about", page: p, data: map[string]any{"rule": coverage.Rule, "freshness": p.Freshness, "rules": rules}}, nil
}

func codes(list []string) string {
	out := ""
	for i, code := range list {
		if i > 0 {
			out += " "
		}
		out += code
	}
	return out
}

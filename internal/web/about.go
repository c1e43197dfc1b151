package web

import (
	"context"
	"strings"

	"resolute/internal/coverage"
	"resolute/internal/framework"
	"resolute/internal/wording"
)

type aboutPage struct {
	*shell
	Freshness coverage.Freshness
	Schemes   []SchemeLine
	Rules     []RuleLine
	Reviews   []ReviewLine
	Names     int // of concepts
	Official  int // titles among them
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

// ReviewLine is a language by its own name with the review of its texts.
type ReviewLine struct {
	Name string
	wording.Review
}

func (s *Site) about(ctx context.Context, r *request) (answer, error) {
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := aboutPage{shell: s.shell(r, "about.title"), Reviews: reviewLines()}
	if p.Freshness, err = s.Coverage.Freshness(ctx); err != nil {
		return answer{}, err
	}
	p.fillSchemes(catalogue)
	rules := framework.TaggingRules()
	p.fillRules(rules)
	return answer{template: "about", page: p, data: map[string]any{"rule": coverage.Rule, "freshness": p.Freshness, "rules": rules, "reviews": wording.Reviews()}}, nil
}

func reviewLines() []ReviewLine {
	var list []ReviewLine
	for _, r := range wording.Reviews() {
		list = append(list, ReviewLine{languageNames[r.Lang], r})
	}
	return list
}

func (p *aboutPage) fillSchemes(catalogue *framework.Catalogue) {
	for _, scheme := range catalogue.Schemes() {
		concepts := catalogue.Concepts(scheme.Key)
		p.Schemes = append(p.Schemes, SchemeLine{scheme.Key, p.In(scheme.Title), scheme.Version, scheme.Source, len(concepts)})
		p.Names += len(concepts)
		for _, concept := range concepts {
			if concept.TitleOrigin == "official" {
				p.Official++
			}
		}
	}
}

func (p *aboutPage) fillRules(rules *framework.Rules) {
	for _, rule := range rules.Sectors {
		if len(rule.Lines) > 0 {
			p.Rules = append(p.Rules, RuleLine{rule.ID, strings.Join(rule.Lines, " "), rule.Reason})
		}
	}
	for _, rule := range rules.Threads {
		p.Rules = append(p.Rules, RuleLine{rule.ID, strings.Join(rule.Aliases, " "), rule.Reason})
	}
}

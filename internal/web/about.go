package web

import (
	"context"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/framework"
	"resolute/internal/wording"
)

type aboutPage struct {
	*shell
	Freshness coverage.Freshness
	Schemes   []SchemeLine
	Rules     []RuleGroup
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

// RuleGroup is the rules of one kind: first those that lead somewhere, then those that say why
// nothing follows.
type RuleGroup struct {
	Kind  string // key of its name in the catalogue
	Lines []RuleLine
	None  int // rules from which nothing follows
}

// RuleLine is one rule with its reason or, in English, its words; Gives is empty when nothing
// follows from it.
type RuleLine struct {
	ID, Gives string
	Reason    Passage
}

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
	rule, err := coverage.RuleOf("")
	if err != nil {
		return answer{}, err
	}
	p.fillRules(rules)
	return answer{template: "about", page: p, data: map[string]any{"rule": rule.Text, "rule_id": rule.ID, "freshness": p.Freshness, "rules": rules, "reviews": wording.Reviews()}}, nil
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
	var sectors, words, markers, scopes, threads []RuleLine
	for _, rule := range rules.Sectors {
		sectors = append(sectors, RuleLine{rule.ID, strings.Join(rule.Lines, " "), p.ruleReason(rule.ID, rule.Reason)})
	}
	for _, rule := range rules.Keywords {
		words = append(words, RuleLine{rule.ID, rule.Line, p.In(resolute.Text{resolute.English: strings.Join(rule.Words, ", ")})})
	}
	for _, rule := range rules.Markers {
		markers = append(markers, RuleLine{rule.ID, strings.Join(rule.Groups, " "), p.ruleReason(rule.ID, rule.Reason)})
	}
	for _, rule := range rules.Scopes {
		scopes = append(scopes, RuleLine{rule.ID, rule.Level, p.ruleReason(rule.ID, rule.Reason)})
	}
	for _, rule := range rules.Threads {
		threads = append(threads, RuleLine{rule.ID, strings.Join(rule.Aliases, " "), p.ruleReason(rule.ID, rule.Reason)})
	}
	p.Rules = []RuleGroup{ruleGroup("sectors", sectors), ruleGroup("words", words), ruleGroup("markers", markers), ruleGroup("scopes", scopes), ruleGroup("threads", threads)}
}

func ruleGroup(kind string, lines []RuleLine) RuleGroup {
	g := RuleGroup{Kind: kind, Lines: lines}
	nothing := func(l RuleLine) int {
		if l.Gives == "" {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(g.Lines, func(a, b RuleLine) int { return nothing(a) - nothing(b) })
	for _, l := range lines {
		g.None += nothing(l)
	}
	return g
}

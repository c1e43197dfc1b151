package web

import (
	"context"
	"io"
	"strconv"

	"resolute/internal/coverage"
)

// How many records of each reason a page and its data list.
const (
	leftShown  = 25
	leftListed = 1000
)

// accountPage tells how figures are made.
type accountPage struct {
	*shell
	Account coverage.Account
	Choices []Choice
	Hidden  []Pair
	Chips   []Link
	Clear   string
	List    string
	Sums    []SumLine
	Left    []LeftGroup
}

// LeftGroup is what is left out for one reason.
type LeftGroup struct {
	coverage.LeftOut
	Name       string
	Amounts    []string // of the transactions, figure by figure
	Records    []LeftLine
	More       bool
	PeriodOnly bool // the filter does not narrow it
}

// LeftLine is one activity or transaction that is left out.
type LeftLine struct {
	Href, Identifier string
	Name             Passage
	What, When       string
	Amount           []string
	OtherHref, Other string
}

// account tells how the figures of a filter are made, and what they leave out.
func (s *Site) account(ctx context.Context, r *request) (answer, error) {
	most := leftShown
	if r.format != "" {
		most = leftListed
	}
	account, err := s.Coverage.Account(ctx, r.filter, r.period, most)
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := accountPage{shell: s.shell(r, "figures.title"), Account: account}
	p.converted = account.Conversion
	p.Chips, p.Clear = p.chips(s.labels(ctx, p.shell, catalogue)), p.cleared("/figures")
	p.List, p.Sums = p.Filtered("/activities"), p.sumLines(account.Total)
	if p.Choices, err = s.figureChoices(ctx, p.shell); err != nil {
		return answer{}, err
	}
	p.Hidden = p.carriedBeside("rule", "currency", "period")
	for _, l := range account.Left {
		p.Left = append(p.Left, p.leftGroup(l))
	}
	return answer{template: "account", page: &p, data: account.JSON(r.lang), csv: func(w io.Writer) error { return account.WriteCSV(w, r.lang) }}, nil
}

// figureChoices offers the rules, and the currencies that there are rates for.
func (s *Site) figureChoices(ctx context.Context, p *shell) ([]Choice, error) {
	currencies, err := s.Coverage.Currencies(ctx)
	if err != nil {
		return nil, err
	}
	rules := Choice{Name: "rule", Label: p.T("facet.rule")}
	for _, rule := range coverage.Rules() {
		rules.Options = append(rules.Options, Option{rule.ID, p.ruleName(rule.ID), rule.ID == p.rule().ID})
	}
	choices := []Choice{rules}
	if len(currencies) > 0 {
		choices = append(choices, p.choice("currency", p.T("figures.as_reported"), currencies, func(code string) string { return code }))
	}
	return choices, nil
}

// ruleName is the name of a rule in the words of the reader.
func (s *shell) ruleName(id string) string {
	rule, _ := coverage.RuleOf(id) // the request was checked
	return s.T("coverage.rule_name."+rule.Number()) + " (" + rule.ID + ")"
}

// leftAmounts writes out what is left out, each figure with its name.
func (p *accountPage) leftAmounts(r coverage.Row) []string {
	var list []string
	for _, f := range []struct {
		key string
		of  coverage.Money
	}{{"coverage.commitments", r.Commitments}, {"coverage.spent", r.Spent}, {"coverage.incoming", r.Incoming}, {"coverage.incoming", r.IncomingCommitments}} {
		for _, amount := range p.Amounts(f.of) {
			list = append(list, p.T(f.key)+p.Colon()+amount)
		}
	}
	return list
}

// Most is how many records of a reason the data list.
func (p *accountPage) Most() int { return leftListed }

func (p *accountPage) leftGroup(l coverage.LeftOut) LeftGroup {
	g := LeftGroup{LeftOut: l, Name: p.T("figures.reason." + l.Reason), Amounts: p.leftAmounts(l.Money)}
	g.More = len(l.Records) < max(l.Activities, l.Transactions)
	g.PeriodOnly = l.Reason == coverage.LeftSecondary || l.Reason == coverage.LeftAbsent || l.Reason == coverage.LeftDraft
	for _, r := range l.Records {
		line := LeftLine{Href: p.URL("/activity/" + r.Key), Identifier: r.Identifier, Name: p.In(r.Title), What: p.T("figures.whole"), Other: r.Other}
		if r.Transaction > 0 {
			line.What, line.When, line.Amount = p.T("figures.transaction", "n", strconv.Itoa(r.Transaction)), p.Day(r.Day), p.Amounts(r.Amount)
		}
		if r.OtherKey != "" {
			line.OtherHref = p.URL("/activity/" + r.OtherKey)
		}
		g.Records = append(g.Records, line)
	}
	return g
}

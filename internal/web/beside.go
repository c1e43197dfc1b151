package web

import (
	"context"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/framework"
)

// Beside is what the matrix joins an action line, goal or target with, and what else the
// catalogue knows of it.
type Beside struct {
	Links      []BesideLine
	Sources    []string
	Words      []string // by which rules propose an action line, in English
	Indicators []IndicatorLine
}

// BesideLine is one neighbour with the activities that serve both.
type BesideLine struct {
	Href, Code, List string
	Name             Passage
	Activities       int
	Confidence       string
}

// IndicatorLine is an indicator of a target with who keeps its series.
type IndicatorLine struct {
	Code, Custodians string
	Name             Passage
}

// fillBeside adds the neighbours of a concept in the matrix, in the order of their scheme.
func (s *Site) fillBeside(ctx context.Context, r *request, p *detailPage, by string, c *framework.Catalogue) error {
	p.Beside = &Beside{}
	q := coverage.Query{Period: r.period, Filter: r.filter}
	*filterFields(&q.Filter)[parameterOf[by]] = []string{p.ID}
	others := []string{coverage.ByLine}
	if by == coverage.ByLine {
		others = []string{coverage.ByGoal, coverage.ByTarget}
	}
	for _, other := range others {
		q.By = other
		table, err := s.Coverage.Table(ctx, q)
		if err != nil {
			return err
		}
		p.joined(by, other, table.Rows, c)
	}
	switch by {
	case coverage.ByLine:
		p.fillWords()
	case coverage.ByTarget:
		p.fillIndicators(c)
	}
	return nil
}

// joined adds the rows with which the matrix joins the page's own.
func (p *detailPage) joined(by, other string, rows []coverage.Row, c *framework.Catalogue) {
	for _, row := range rows {
		m, ok := joint(c, by, p.ID, other, row.ID)
		if !ok {
			continue
		}
		p.Beside.Links = append(p.Beside.Links, BesideLine{Href: p.URL(pathOf(other, row.ID)), Code: row.ID, Name: p.In(row.Title), Activities: row.Activities,
			List: p.listOf(parameterOf[other], row.ID, parameterOf[by], p.ID), Confidence: m.Confidence})
		if m.Source != "" && !slices.Contains(p.Beside.Sources, m.Source) {
			p.Beside.Sources = append(p.Beside.Sources, m.Source)
		}
	}
}

// joint finds the surest link of the matrix between a row of one view and a row of another, as a
// cell of the matrix does: a line has the links of its parts, a goal those of its targets.
func joint(c *framework.Catalogue, by, id, other, otherID string) (best framework.Mapping, found bool) {
	line, code, scheme := id, otherID, schemeOf[other]
	if other == coverage.ByLine {
		line, code, scheme = otherID, id, schemeOf[by]
	}
	lines := []string{line}
	for _, part := range c.Children(framework.ActionLine, line) {
		lines = append(lines, part.Code)
	}
	for _, l := range lines {
		for _, m := range c.Mappings(framework.ActionLine, l, "") {
			if leads(c, m, scheme, code) && (!found || m.Confidence < best.Confidence) {
				best, found = m, true
			}
		}
	}
	return best, found
}

// leads tells whether a link leads to a concept, or to a target of that goal.
func leads(c *framework.Catalogue, m framework.Mapping, scheme, code string) bool {
	if m.ToScheme == scheme {
		return m.To == code
	}
	if scheme != framework.Goal || m.ToScheme != framework.Target {
		return false
	}
	target, known := c.Concept(framework.Target, m.To)
	return known && target.Parent == code
}

// schemeOf is the scheme behind a view of concepts.
var schemeOf = map[string]string{coverage.ByLine: framework.ActionLine, coverage.ByGoal: framework.Goal, coverage.ByTarget: framework.Target}

func (p *detailPage) fillWords() {
	for _, rule := range framework.TaggingRules().Keywords {
		if rule.Line == p.ID {
			p.Beside.Words = rule.Words
		}
	}
}

func (p *detailPage) fillIndicators(c *framework.Catalogue) {
	for _, i := range c.Concepts(framework.Indicator) {
		if i.Parent != p.ID {
			continue
		}
		p.Beside.Indicators = append(p.Beside.Indicators, IndicatorLine{Code: i.Code, Name: p.In(i.Title),
			Custodians: p.Printer.List(strings.FieldsFunc(i.Attributes["custodians"], func(r rune) bool { return r == '|' }))})
	}
}

// GapHref leads to the gaps of one kind behind the page, from a target to those of its goal in the
// matrix; empty where gaps are not told apart so.
func (p detailPage) GapHref(kind string) string {
	switch p.by {
	case coverage.ByProvision:
		if len(p.Parts) > 0 {
			return ""
		}
		return p.URL("/gap/thread/"+p.ID+"/"+kind, "instrument", p.request.values.Get("instrument"))
	case coverage.ByLine, coverage.ByGoal, coverage.ByITURegion, coverage.ByGroup:
		return p.URL("/gaps", "gap", kind, parameterOf[p.by], p.ID)
	case coverage.ByTarget:
		return p.URL("/matrix", "goal", p.Parent, "view", "gaps")
	}
	return ""
}

// rowYears draws the money of a row's activities by year and currency.
func (s *shell) rowYears(years []coverage.Year) []YearBars {
	var list []YearBars
	for _, y := range years {
		both := coverage.Money{}
		for _, m := range []coverage.Money{y.Commitments, y.Spent} {
			for currency := range m {
				both[currency] = resolute.Cents(1)
			}
		}
		for _, currency := range both.Currencies() {
			list = append(list, YearBars{Year: y.Year, Currency: currency, committedSum: y.Commitments[currency], spentCents: y.Spent[currency]})
		}
	}
	return s.drawn(list)
}

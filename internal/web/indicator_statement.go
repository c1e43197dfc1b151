package web

import (
	"strconv"
	"strings"

	"resolute/internal/measure"
)

// Statement is a sentence that can be quoted, with its method, what it rests on, its source and the
// address that gives the very figures for ever.
type Statement struct {
	Text   string
	Method string
	Rests  []string
	Source string
	Href   string
}

// fillStatements says in sentences what the view shows.
func (p *indicatorPage) fillStatements(v *frameView, out *DividePart) {
	if out.Pair != nil {
		out.Statements = append(out.Statements, p.pairStatement(v, out.Pair))
	}
	if n := len(out.overTime.same.Years); n > 1 && out.overTime.panel() >= leastPanel {
		out.Statements = append(out.Statements, p.dispersionStatement(out))
	}
}

// statement is a sentence with what every one of this page rests on.
func (p *indicatorPage) statement(text, method string, rests []string) Statement {
	return Statement{Text: text, Method: method, Rests: rests, Source: p.Source(), Href: p.lasting()}
}

// lasting is the address of the page as of this data version.
func (p *indicatorPage) lasting() string {
	outside := strings.TrimSuffix(p.site.outside(p.request.http), p.site.base())
	return outside + p.With("at", strconv.FormatInt(p.request.head.Seq, 10))
}

func (p *indicatorPage) pairStatement(v *frameView, part *PairPart) Statement {
	pair := part.pair
	text := []string{p.T("indicator.quote_pair", "year", part.Year, "what", p.Heading, "a", part.lagging.told(), "low", v.withUnit(float64(pair.LaggardValue)), "b", part.leading.told(),
		"high", v.withUnit(float64(pair.LeaderValue)), "gap", p.distance(v, float64(pair.Absolute)), "ratio", part.Ratio)}
	switch {
	case part.Never:
		text = append(text, p.T("indicator.pair_never"))
	case part.AtLeast:
		text = append(text, p.T("indicator.pair_at_least", "years", part.Distance))
	default:
		text = append(text, p.T("indicator.pair_years", "years", part.Distance))
	}
	if part.CatchUp == "" {
		text = append(text, p.T("indicator.pair_no_catch_up"))
	} else {
		text = append(text, p.T("indicator.pair_catch_up", "years", part.CatchUp))
	}
	rests := append(p.restsAt(part.lagging, pair.Year), p.restsAt(part.leading, pair.Year)...)
	return p.statement(strings.Join(text, p.Gap()), p.T("indicator.quote_method_pair"), rests)
}

// distance writes a difference of two values with its unit: of percentages in points.
func (p *indicatorPage) distance(v *frameView, gap float64) string {
	if p.Percent {
		return p.T("indicator.points", "n", v.figure(gap))
	}
	return v.withUnit(gap)
}

// restsAt says what a value in a sentence rests on.
func (p *indicatorPage) restsAt(one compared, year int) []string {
	if f, ok := figureOfYear(one.figures, year); ok {
		return []string{one.told() + p.Colon() + strings.Join(p.restsOf(f), "; ")}
	}
	point, _ := one.series.At(year)
	parts := given(point.Source, point.Note)
	if point.Estimated {
		parts = append(parts, p.T("indicator.estimate"))
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{one.told() + p.Colon() + strings.Join(parts, "; ")}
}

func (p *indicatorPage) dispersionStatement(out *DividePart) Statement {
	years := out.overTime.same.Years
	first, last := years[0], years[len(years)-1]
	ratio := func(n measure.Number) string { return p.Decimal(float64(n), 3) }
	arguments := []any{"n", out.overTime.panel(), "what", p.Heading, "from", strconv.Itoa(first.Year), "to", strconv.Itoa(last.Year), "a", ratio(first.Unweighted.Gini), "b", ratio(last.Unweighted.Gini)}
	text := p.T("indicator.quote_gini", arguments...)
	if first.Complement != nil && last.Complement != nil {
		text += p.Gap() + p.T("indicator.quote_gini_left_out", "a", ratio(first.Complement.Gini), "b", ratio(last.Complement.Gini))
	}
	return p.statement(text, p.T("indicator.quote_method_gini"), []string{out.Warning, p.T("indicator.quote_estimated", "n", last.Estimated, "of", last.Areas, "year", strconv.Itoa(last.Year))})
}

package web

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/coverage"
	"resolute/internal/measure"
	"resolute/internal/measure/divide"
)

// profileLine writes one figure for the page.
func (p *profilePart) profileLine(f measure.ProfileFigure, of measure.Profile, name func(string) string) ProfileLine {
	l := ProfileLine{Unit: f.Unit, Year: strconv.Itoa(f.Year), Estimated: f.Estimated, Value: p.valueIn(f.Unit, f.Value), Spark: sparkOf(f), Direction: f.Direction}
	l.Name, l.Own = p.called(f.Called, cmp.Or(f.Name, f.Code))
	where := f.Dims
	if where == "{}" {
		where = ""
	}
	area := of.Area
	if of.Group {
		area = ""
	}
	l.Href = p.URL(indicatorPath(f.IndicatorKey), "area", area, "where", where)
	if f.Printed != nil {
		l.Source = f.Printed.Source
		if status := f.Printed.Status; status != "A" && status != "E" {
			l.Status = status
		}
	}
	l.Trend = p.trend(f)
	if c := f.Change; c != nil {
		l.Change = &SinceLine{By: p.signed(f.Unit, float64(c.By)), Year: strconv.Itoa(c.Year), Others: c.Changed}
	}
	for _, r := range f.Ranks {
		if r.Place > 0 {
			l.Ranks = append(l.Ranks, RankWords{Among: name(r.Among), Words: p.T("profile.rank_of", "place", r.Place, "of", r.Of), Tied: r.Tied})
		}
	}
	if g := f.Group; g != nil {
		l.Aggregate = p.aggregate(g.Rule, g.WeighedBy, g.Areas, g.Of, g.Coverage, g.Sufficient)
	}
	if s := f.Spread; s != nil {
		l.Spread = &SpreadLine{Least: p.valueIn(f.Unit, s.Least), Median: p.valueIn(f.Unit, s.Median), Most: p.valueIn(f.Unit, s.Most), Gini: p.Decimal(float64(s.Gini), 2), N: p.Count(s.Areas)}
	}
	for _, b := range f.Beside {
		l.Beside = append(l.Beside, p.nextToLine(f, b, name))
	}
	l.Aimed = f.Aimed
	if v := f.Verdict; v != nil {
		l.Verdict = &ProgressLine{Target: p.valueIn(f.Unit, measure.Number(v.Target)), By: strconv.Itoa(v.TargetBy), Growth: p.T("profile.status." + v.Status), Pace: p.T("profile.status." + v.Second),
			Base: strconv.Itoa(v.BaseYear), Source: v.Source}
	}
	return l
}

// valueIn writes a value, empty for none.
func (s *shell) valueIn(unit string, v measure.Number) string {
	if v.String() == "" {
		return ""
	}
	return figureIn(s, unit, float64(v))
}

// signed writes a difference with its sign; one that is rounded to nothing has none.
func (s *shell) signed(unit string, v float64) string {
	text := figureIn(s, unit, v)
	if v > 0 && strings.ContainsAny(text, "123456789") {
		return "+" + text
	}
	return text
}

// trend says what the spark shows.
func (p *profilePart) trend(f measure.ProfileFigure) string {
	if len(f.Points) == 0 {
		return ""
	}
	first, last := f.Points[0], f.Points[len(f.Points)-1]
	return p.T("profile.trend_words", "a", p.valueIn(f.Unit, first.Value), "from", strconv.Itoa(first.Year), "b", p.valueIn(f.Unit, last.Value), "to", strconv.Itoa(last.Year), "n", len(f.Points))
}

// aggregate says what a figure of a group rests on.
func (p *profilePart) aggregate(rule, weighedBy string, used, of int, covered measure.Number, sufficient bool) *AggregateLine {
	a := &AggregateLine{Rule: p.T("profile.rule." + rule), Sufficient: sufficient}
	if rule == divide.None {
		return a
	}
	if weighedBy != "" {
		a.WeighedBy = p.T("indicator.weighed_by", "what", isolated(weighedBy))
	}
	if covered.String() == "" {
		a.Words = p.T("profile.used", "used", used, "of", of)
		return a
	}
	a.Words = p.T("profile.covers", "used", used, "of", of, "share", p.Percent(int64(math.Round(float64(covered)*1e3))*1e3))
	return a
}

func (p *profilePart) nextToLine(f measure.ProfileFigure, b measure.BesideFigure, name func(string) string) NextToLine {
	l := NextToLine{Name: name(b.Of), Value: p.valueIn(f.Unit, b.Value), None: b.Year == 0}
	if b.Group {
		l.Aggregate = p.aggregate(b.Rule, b.WeighedBy, b.Areas, b.AreasOf, b.Coverage, b.Sufficient)
	}
	if b.Earlier != 0 {
		l.Before = p.T("profile.earlier", "value", p.valueIn(f.Unit, b.Before), "year", strconv.Itoa(b.Earlier))
	}
	if b.Year != f.Year && b.Year != 0 {
		l.Year = strconv.Itoa(b.Year)
	}
	return l
}

// joiner joins figures with what is done here about what they show.
type joiner struct {
	part             *profilePart
	place            []string // narrows a list to the area
	threads, targets coverage.Table
	lines            []JoinedLine
}

// add joins a figure to its paragraphs and its target.
func (j *joiner) add(f measure.ProfileFigure, l ProfileLine) (done []DoneLine) {
	for _, alias := range f.Threads {
		if row, known := j.threads.Row(alias); known {
			done = append(done, j.row(coverage.ByProvision, row, l))
		}
	}
	if row, known := j.targets.Row(f.Target); known && f.Target != "" {
		done = append(done, j.row(coverage.ByTarget, row, l))
	}
	return done
}

func (j *joiner) row(by string, row coverage.Row, l ProfileLine) DoneLine {
	at := slices.IndexFunc(j.lines, func(x JoinedLine) bool { return x.ID == row.ID })
	if at < 0 {
		line := JoinedLine{Line: j.part.line(by, row)}
		if line.List != "" {
			line.List = j.part.Filtered("/activities", append(slices.Clone(j.place), parameterOf[by], row.ID)...)
		}
		at, j.lines = len(j.lines), append(j.lines, line)
	}
	x := &j.lines[at]
	x.Figures = append(x.Figures, Link{Href: l.Href, Text: l.Name})
	return DoneLine{Code: x.Code, Href: x.List, Activities: row.Activities}
}

// cutRegion takes an ITU region out of the key of its group.
func cutRegion(key string) (string, bool) { return strings.CutPrefix(key, "ITU:") }

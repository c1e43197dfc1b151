package web

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/framework"
)

type gapsPage struct {
	*shell
	Gaps    coverage.Gaps
	Choices []Choice
	Hidden  []Pair
	Chips   []Link
	Clear   string
	Kinds   []KindGroup
	Columns []Link // the kinds of gap, as columns of both tables
	Regions []CutLine
	Years   []CutLine
}

// KindGroup is the gaps of one kind.
type KindGroup struct {
	Kind, Name, Rule string
	Glyph            string
	Count, Money     int
	Items            []GapLine
	All              string // the list of all of them, when not all are shown
}

// GapLine is one gap as a list shows it.
type GapLine struct {
	coverage.Gap
	Link
	Name            Passage
	Committed, Paid []string
	Where           []string // names of the regions
	When            []string // spans of years
}

// CutLine is what is missing in one region or year.
type CutLine struct {
	Link
	Cells []CutCell
	Open  int
}

// CutCell is the number of gaps of one kind in one region or year.
type CutCell struct {
	Href, Label string
	Count       int
	Shade       int
}

// gapsOfAKind is how many gaps of a kind are listed when all kinds are.
const gapsOfAKind = 10

// lackName is the short name of a kind of gap; those that are states are called as these.
func (s *shell) lackName(kind string) string {
	if slices.Contains(coverage.States, kind) {
		return s.T("state." + kind)
	}
	return s.T("gap." + kind + ".name")
}

// lackRule is the sentence that says when there is such a gap.
func (s *shell) lackRule(kind string) string {
	if slices.Contains(coverage.States, kind) {
		return s.T("state." + kind + ".meaning")
	}
	return s.T("gap." + kind)
}

// lackGlyph is the sign of the state of what has such a gap.
func lackGlyph(kind string) string {
	if slices.Contains(coverage.States, kind) {
		return glyphs[kind]
	}
	return glyphs[coverage.Partly]
}

// gapURL is the address of a gap under the filters of the page.
func (s *shell) gapURL(id string) string {
	return s.Filtered("/gap/"+id, "line", "", "goal", "", "target", "", "thread", "")
}

// gapQuery asks for what is missing: thread, line and goal narrow what is looked at, all other
// filters what can answer.
func (r *request) gapQuery() coverage.GapQuery {
	q := coverage.GapQuery{Period: r.period, Filter: r.filter, Threads: r.filter.Threads, Lines: r.filter.Lines, Goals: r.filter.Goals}
	q.Filter.Threads, q.Filter.Lines, q.Filter.Goals, q.Filter.Targets = nil, nil, nil, nil
	return q
}

func (s *Site) gaps(ctx context.Context, r *request) (answer, error) {
	q := r.gapQuery()
	q.Kinds, q.Addressees = r.someOf("gap", coverage.GapKinds), r.someOf("addressee", s.addressees())
	if r.of.Key != "" {
		q = s.Coverage.OfParagraphs(q)
	}
	gaps, err := s.Coverage.Gaps(ctx, q)
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := gapsPage{shell: s.shell(r, "gaps.title"), Gaps: gaps}
	p.converted = gaps.Conversion
	label := s.labels(ctx, p.shell, catalogue)
	p.fillForm(catalogue, s.addressees(), label)
	p.fillKinds(q.Kinds, label)
	p.fillCuts(label)
	return answer{template: "gaps", page: p, data: gaps.JSON(r.lang), csv: func(w io.Writer) error { return gaps.WriteCSV(w, r.lang) }}, nil
}

func (p *gapsPage) fillForm(c *framework.Catalogue, addressees []string, label func(name, value string) string) {
	var lines []string
	for _, l := range c.Concepts(framework.ActionLine) {
		lines = append(lines, l.Code)
	}
	text := func(name string) func(string) string { return func(v string) string { return label(name, v) } }
	p.Choices = []Choice{p.regionChoice(c, label), p.groupChoice(label),
		p.choice("gap", p.T("choice.all_gaps"), coverage.GapKinds, text("gap")),
		p.choice("addressee", p.T("choice.all_addressees"), addressees, text("addressee")),
		p.choice("line", p.T("choice.all_lines"), lines, text("line"))}
	p.Hidden = p.carriedBeside("region", "group", "gap", "addressee", "line", "period")
	p.Chips, p.Clear = p.chips(label), p.cleared("/gaps")
}

func (p *gapsPage) fillKinds(chosen []string, label func(name, value string) string) {
	for _, kind := range coverage.GapKinds {
		if p.Gaps.Counts[kind] == 0 {
			continue
		}
		g := KindGroup{Kind: kind, Name: p.lackName(kind), Rule: p.lackRule(kind), Glyph: lackGlyph(kind), Count: p.Gaps.Counts[kind], Money: p.Gaps.Money[kind]}
		for _, x := range p.Gaps.List {
			if x.Kind == kind && (len(chosen) > 0 || len(g.Items) < gapsOfAKind) {
				g.Items = append(g.Items, p.gapLine(x, label))
			}
		}
		if len(g.Items) < g.Count {
			g.All = p.With("gap", kind)
		}
		p.Kinds = append(p.Kinds, g)
	}
}

func (s *shell) gapLine(x coverage.Gap, label func(name, value string) string) GapLine {
	l := GapLine{Gap: x, Link: s.subjectLink(x.Subject, label),
		Committed: s.Amounts(x.Row.Commitments), Paid: s.Amounts(x.Row.Spent)}
	l.Href = s.gapURL(x.ID())
	if x.Of == coverage.OfThread {
		l.Name = s.In(x.Title)
	} else {
		l.Name = Passage{Text: l.Text}
	}
	l.Where, l.When = s.regionNames(x.Regions, label), s.spans(x.Years)
	return l
}

// regionNames names ITU regions; all of them have one name.
func (s *shell) regionNames(codes []string, label func(name, value string) string) []string {
	if len(codes) == ituRegions {
		return []string{s.T("choice.all_regions")}
	}
	var names []string
	for _, code := range codes {
		names = append(names, label("region", code))
	}
	return names
}

// ituRegions is how many regions ITU has.
const ituRegions = 6

// subjectLink leads to what a gap is about: the page of the paragraph, or that of the line.
func (s *shell) subjectLink(x coverage.Subject, label func(name, value string) string) Link {
	if x.Of == coverage.OfThread {
		return Link{Href: s.URL(pathOf(coverage.ByProvision, x.Thread)), Code: codeOf(x.Thread), Text: s.In(x.Title).Text}
	}
	name, column := "goal", label("goal", x.Column)
	if x.Targets {
		name, column = "target", label("target", x.Column)
	}
	return Link{Href: s.URL("/line/" + x.Line), Code: x.Line + " × " + x.Column, Text: s.T("gaps.cell", "line", strings.TrimPrefix(label("line", x.Line), x.Line+" "), "column", s.T("facet."+name)+" "+column)}
}

// spans writes years as spans: 2021–2023, 2025.
func (s *shell) spans(years []string) (spans []string) {
	for i := 0; i < len(years); {
		k := i
		for k+1 < len(years) && following(years[k], years[k+1]) {
			k++
		}
		spans = append(spans, s.Years(years[i], years[k]))
		i = k + 1
	}
	return spans
}

func following(a, b string) bool {
	x, errA := strconv.Atoi(a)
	y, errB := strconv.Atoi(b)
	return errA == nil && errB == nil && y == x+1
}

// fillCuts makes the two tables: what is missing by region and by year. A figure leads to the
// gaps behind it.
func (p *gapsPage) fillCuts(label func(name, value string) string) {
	for _, kind := range coverage.GapKinds {
		if len(p.request.values["gap"]) == 0 || slices.Contains(p.request.values["gap"], kind) {
			p.Columns = append(p.Columns, Link{Href: p.With("gap", kind), Text: p.lackName(kind), Code: kind})
		}
	}
	for _, c := range p.Gaps.Regions {
		p.Regions = append(p.Regions, p.cutLine(c, Link{Href: p.With("region", c.Code), Text: label("region", c.Code)}, "region", c.Code))
	}
	for _, c := range p.Gaps.Years {
		p.Years = append(p.Years, p.cutLine(c, Link{Href: p.With("period", p.within(c.Code)), Text: c.Code}, "period", p.within(c.Code)))
	}
}

// within is the part of the page's period that lies in a year.
func (s *shell) within(year string) string {
	p := resolute.Period{From: max(s.request.period.From, year+"-01-01"), To: year + "-12-31"}
	if to := s.request.period.To; to != "" {
		p.To = min(p.To, to)
	}
	return p.String()
}

func (p *gapsPage) cutLine(c coverage.Cut, link Link, name, value string) CutLine {
	line := CutLine{Link: link, Open: c.Open}
	for _, column := range p.Columns {
		n := c.Counts[column.Code]
		line.Cells = append(line.Cells, CutCell{Href: p.Both(name, value, "gap", column.Code), Label: column.Text, Count: n, Shade: shade(n)})
	}
	return line
}

// Both makes a link to this page with two parameters set.
func (s *shell) Both(nameA, a, nameB, b string) string {
	q := clone(s.request.values)
	q.Del("page")
	q.Set(nameA, a)
	q.Set(nameB, b)
	return s.address(s.request.http.URL.Path, q)
}

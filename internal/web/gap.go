package web

import (
	"context"
	"slices"

	"resolute/internal/coverage"
)

type gapPage struct {
	*shell
	coverage.GapDetail
	Name      Passage
	Subject   Link
	KindName  string
	Rule      string
	Sign      string
	Addressee string
	Claims    []Link
	Where     []string
	When      []string
	Chips     []Link
	Clear     string
	Years     []string
	Grid      []GridRow
	Beside    []NearLine
	Items     []Item
	Proposed  []Item
	List      string // the activities of the subject
	Same      string // the gaps of this kind
}

// GridRow is what is missing in one region, year by year.
type GridRow struct {
	Name  string
	Cells []GridCell
}

// GridCell is what is missing in one region in one year: this kind of gap, another, or none.
type GridCell struct {
	Glyph, Words string
	This         bool
}

// NearLine is one neighbour of the subject that is answered.
type NearLine struct {
	Link
	Name       Passage
	Activities int
	Glyph      string
	State      string
}

func (s *Site) gap(ctx context.Context, r *request) (answer, error) {
	d, err := s.Coverage.GapDetail(ctx, r.http.PathValue("id"), r.gapQuery(), r.lang)
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := gapPage{shell: s.shell(r, "gaps.one"), GapDetail: d, Sign: lackGlyph(d.Kind), Years: d.CutYears}
	p.converted = d.Conversion
	label := func(name, value string) string { return s.label(ctx, p.shell, catalogue, name, value) }
	p.KindName, p.Rule = p.lackName(d.Kind), p.lackRule(d.Kind)
	p.fillSubject(label)
	p.fillGrid(label)
	p.fillNear(label)
	names := countryNames(catalogue)
	p.Items, p.Proposed = p.items(d.Activities, names), p.items(d.Proposals, names)
	return answer{template: "gap", page: p, data: d.JSON(r.lang), csv: d.WriteCSV}, nil
}

// fillSubject says what the gap is about and who is asked.
func (p *gapPage) fillSubject(label func(name, value string) string) {
	x := p.Gap.Subject
	p.Subject = p.subjectLink(x, label)
	p.Name = Passage{Text: p.Subject.Text}
	narrow := []string{"line", x.Line, "goal", x.Column, "target", "", "thread", x.Thread}
	if x.Targets {
		narrow[3], narrow[5] = "", x.Column
	}
	if x.Of == coverage.OfThread {
		p.Name, p.Addressee = p.In(x.Title), p.addresseeName(x.Addressee)
		p.Same = p.Filtered("/gaps", "gap", p.Kind, "thread", "")
	} else {
		p.Claims = p.claims(x.Line)
		p.Same = p.Filtered("/gaps", "gap", p.Kind, "line", x.Line, "goal", "", "target", "", "thread", "")
	}
	p.List = p.Filtered("/activities", narrow...)
	p.Chips = p.chips(label, "gap", "addressee", "line", "goal", "target", "thread")
	p.Clear = p.cleared(p.request.http.URL.Path)
	p.Heading = p.Subject.Code + p.Colon() + p.KindName
	p.Where, p.When = p.regionNames(p.Gap.Regions, label), p.spans(p.Gap.Years)
}

func (p *gapPage) fillGrid(label func(name, value string) string) {
	for i, region := range p.CutRegions {
		row := GridRow{Name: label("region", region)}
		for k := range p.CutYears {
			row.Cells = append(row.Cells, p.gridCell(p.GapDetail.Grid[i][k]))
		}
		p.Grid = append(p.Grid, row)
	}
}

func (p *gapPage) gridCell(lacks []string) GridCell {
	switch {
	case len(lacks) == 0:
		return GridCell{Glyph: glyphs[coverage.Answered], Words: p.T("state." + coverage.Answered)}
	case slices.Contains(lacks, p.Kind):
		return GridCell{Glyph: lackGlyph(p.Kind), Words: p.KindName, This: true}
	}
	return GridCell{Glyph: lackGlyph(lacks[0]), Words: p.lackName(lacks[0])}
}

func (p *gapPage) fillNear(label func(name, value string) string) {
	for _, n := range p.Near {
		line := NearLine{Activities: n.Activities, Glyph: glyphs[n.State], State: p.T("state." + n.State)}
		if n.By == coverage.ByProvision {
			line.Link, line.Name = Link{Href: p.URL(pathOf(coverage.ByProvision, n.ID)), Code: codeOf(n.ID)}, p.In(n.Title)
		} else {
			line.Link = p.subjectLink(n.Cell, label)
			line.Name = Passage{Text: line.Text}
		}
		p.Beside = append(p.Beside, line)
	}
}

// Asked tells whether anybody is known to be asked.
func (p gapPage) Asked() bool { return p.Addressee != "" || len(p.Claims) > 0 }

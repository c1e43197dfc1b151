package web

import (
	"cmp"
	"context"
	"strconv"

	"resolute/internal/coverage"
	"resolute/internal/mandate"
)

// WorkTable is who works on which paragraphs in an area. Columns are the paragraphs without parts
// that somebody works on there, Nobody the others.
type WorkTable struct {
	Columns []WorkColumn
	Rows    []WorkLine
	Nobody  []Link
	Total   int    // organisations that work on any paragraph there
	All     string // the list of all organisations there, when not all are shown
}

// WorkColumn is a paragraph that somebody works on.
type WorkColumn struct {
	Link
	ID, Parent string
}

// WorkLine is one organisation with its activities, in all and by paragraph.
type WorkLine struct {
	Name, Href string
	Activities int // that answer any paragraph
	Cells      []CutCell
}

// shownWorkers is how many organisations the page of an area sets against the paragraphs.
const shownWorkers = 10

// fillWork sets the organisations of the page's area against the paragraphs; table is the
// paragraphs as activities in the area answer them.
func (s *Site) fillWork(ctx context.Context, r *request, p *detailPage, rows []mandate.Paragraph, table coverage.Table) error {
	q := r.query(coverage.ByProvision)
	q.Filter = withArea(q.Filter, p.by, p.ID)
	works, err := s.Coverage.Works(ctx, q, shownWorkers)
	if err != nil {
		return err
	}
	work := &WorkTable{Total: works.Organisations}
	for _, x := range leaves(rows) {
		link := Link{Href: p.URL(pathOf(coverage.ByProvision, x.ID)), Code: codeOf(x.ID), Text: p.In(x.Title).Text}
		switch row, _ := table.Row(x.ID); {
		case row.Activities > 0:
			work.Columns = append(work.Columns, WorkColumn{link, x.ID, row.Parent})
		default:
			work.Nobody = append(work.Nobody, link)
		}
	}
	for _, w := range works.List {
		work.Rows = append(work.Rows, p.workLine(w, work.Columns))
	}
	if works.Organisations > len(works.List) {
		work.All = p.inArea("/organisations")
	}
	p.Area.Work = work
	return nil
}

// workLine is one organisation; each figure leads to its activities in the area where a list has
// exactly these.
func (p *detailPage) workLine(w coverage.Work, columns []WorkColumn) WorkLine {
	id := strconv.FormatInt(w.ID, 10)
	line := WorkLine{Name: cmp.Or(w.Name, w.Ref), Href: p.URL("/organisation/" + id), Activities: w.Activities}
	for _, c := range columns {
		n := w.Rows[c.ID]
		cell := CutCell{Label: c.Code, Count: n, Shade: shade(n)}
		if p.admits("org", id) && p.admits("thread", c.ID, c.Parent) {
			cell.Href = p.inArea("/activities", "org", id, "thread", c.ID)
		}
		line.Cells = append(line.Cells, cell)
	}
	return line
}

// inArea makes a link to a page with the filters of this one, narrowed to the area of the page.
func (p *detailPage) inArea(path string, pairs ...string) string {
	return p.Filtered(path, append(inArea(p.by, p.ID), pairs...)...)
}

// inArea are the parameters, with their values, of what withArea does to a filter.
func inArea(by, id string) []string {
	place := []string{"area", "", "region", "", "group", ""}
	if by == byWorld {
		return place
	}
	return append(place, parameterOf[by], id)
}

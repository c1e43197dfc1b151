package web

import (
	"context"
	"slices"
	"strings"

	"resolute/internal/coverage"
	"resolute/internal/framework"
)

type matrixPage struct {
	*shell
	Matrix  coverage.Matrix
	View    string // heat, list, gaps
	Tabs    []Link
	Choices []Choice
	Hidden  []Pair
	Chips   []Link
	Clear   string
	Steps   []Step
	Columns []Link
	Rows    []MatrixRow
	Sums    []MatrixCell // of the columns
	Cells   []MatrixCell // one below the other, for list and gaps
	Goal    *Link        // whose targets are the columns
	Sources []string
	All     string // the page of all targets
	Doubts  int    // cells whose link is of the lowest confidence

	apart []string // sets lists free of what no count obeys: the goal whose targets are the columns
}

// MatrixRow is one action line of the grid.
type MatrixRow struct {
	Link
	Sub   bool // part of the line above
	Cells []MatrixCell
	Sum   MatrixCell
}

// MatrixCell is one cell: Shade 0 is a link without activity, 1 to 5 grow with the count.
type MatrixCell struct {
	coverage.Cell
	Href, Words string // its activities, or the gap; Href is empty where no list has exactly these
	Count       int    // what is shown of it
	Shown       string // where Count leads; empty: no list has exactly what it counts
	Shade       int
	Doubt       bool
	LineLink    Link
	ColumnLink  Link
	StateHref   string // the gap, when nothing answers
	Lacks       []Link
}

// Step is one shade of the legend with the counts that have it.
type Step struct {
	Shade int
	From  int // the lowest of them
	Words string
}

// shades are the highest counts of the shades; the last has none.
var shades = []int{0, 2, 5, 15, 50}

// shade grows with the count in steps that tell few from many.
func shade(n int) int {
	for i, highest := range shades {
		if n <= highest {
			return i
		}
	}
	return len(shades)
}

func (s *shell) steps() []Step {
	steps := []Step{{0, 0, s.T("matrix.linked_nothing")}}
	for i := 1; i < len(shades); i++ {
		from := shades[i-1] + 1
		steps = append(steps, Step{i, from, s.Number(int64(from)) + "–" + s.Number(int64(shades[i]))})
	}
	from := shades[len(shades)-1] + 1
	return append(steps, Step{len(shades), from, s.T("matrix.or_more", "n", from)})
}

// What a cell of the matrix can show, by the values of the parameter.
var matrixShows = []string{"activities", "proposed", "organisations"}

func (s *Site) matrix(ctx context.Context, r *request) (answer, error) {
	view, show := r.oneOf("view", []string{"heat", "list", "gaps"}), r.oneOf("show", matrixShows)
	q := coverage.MatrixQuery{Period: r.period, Filter: r.filter}
	if len(r.filter.Goals) == 1 {
		q.Goal = r.filter.Goals[0] // the columns are its targets
		q.Filter.Goals = nil
	}
	m, err := s.Coverage.Matrix(ctx, q)
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := matrixPage{shell: s.shell(r, "matrix.title"), Matrix: m, View: view}
	p.converted = m.Conversion
	label := s.labels(ctx, p.shell, catalogue)
	if q.Goal != "" {
		p.apart = []string{"goal", ""}
		p.Goal = &Link{Href: p.URL("/goal/" + q.Goal), Text: label("goal", q.Goal), Code: q.Goal}
	}
	for _, v := range []string{"heat", "list", "gaps"} {
		p.Tabs = append(p.Tabs, Link{Href: p.With("view", strings.TrimPrefix(v, "heat")), Text: p.T("matrix.view." + v), Current: v == view})
	}
	p.fillForm(catalogue, label)
	p.fillCells(catalogue, show)
	return answer{template: "matrix", page: p, data: m.JSON(), csv: m.WriteCSV}, nil
}

func (p *matrixPage) fillForm(c *framework.Catalogue, label func(name, value string) string) {
	var goals []string
	for _, g := range c.Concepts(framework.Goal) {
		goals = append(goals, g.Code)
	}
	p.Choices = []Choice{p.regionChoice(c, label), p.groupChoice(label),
		p.choice("goal", p.T("choice.all_goals"), goals, func(v string) string { return p.T("choice.targets_of", "goal", label("goal", v)) }),
		p.choice("show", "", matrixShows, func(v string) string { return p.T("matrix.show." + v) })}
	p.Choices[2].Label = p.T("matrix.level")
	p.Hidden, p.All = p.carriedBeside("region", "group", "goal", "show", "period"), p.Filtered("/matrix/targets", "goal", "", "view", "", "show", "")
	p.Chips, p.Clear, p.Steps = p.chips(label), p.cleared("/matrix", "view", "show"), p.steps()
}

// fillCells makes the grid, and the list of its cells.
func (p *matrixPage) fillCells(c *framework.Catalogue, show string) {
	by, parameter, scheme := coverage.ByGoal, "goal", framework.Goal
	if p.Goal != nil {
		by, parameter, scheme = coverage.ByTarget, "target", framework.Target
	}
	for i, code := range p.Matrix.Columns {
		concept, _ := c.Concept(scheme, code)
		p.Columns = append(p.Columns, Link{Href: p.URL(pathOf(by, code)), Text: p.In(concept.Title).Text, Code: code})
		p.Sums = append(p.Sums, MatrixCell{Count: p.Matrix.ColumnTotals[i], Href: p.listOf(parameter, code, p.apart...)})
	}
	for i, line := range p.Matrix.Lines {
		concept, _ := c.Concept(framework.ActionLine, line)
		row := MatrixRow{Link: Link{Href: p.URL("/line/" + line), Text: p.In(concept.Short).Text, Code: line}, Sub: p.Matrix.Parents[i] != "",
			Sum: MatrixCell{Count: p.Matrix.LineTotals[i], Href: p.ofLine("/activities", line, p.Matrix.Parents[i])}}
		whole := slices.Contains(p.Matrix.Parents, line) // has parts, whose links it has
		for k, cell := range p.Matrix.Cells[i] {
			list, taking := "", ""
			if p.admits(parameter, cell.Column) {
				list, taking = p.ofLine("/activities", line, p.Matrix.Parents[i], parameter, cell.Column), p.ofLine("/organisations", line, p.Matrix.Parents[i], parameter, cell.Column)
			}
			row.Cells = append(row.Cells, p.cell(cell, show, list, taking, whole))
			p.note(row.Cells[k], row.Link, p.Columns[k], whole)
		}
		p.Rows = append(p.Rows, row)
	}
}

// ofLine is the list at a path for the activities of a line, which pairs narrow; empty where none has exactly these.
func (p *matrixPage) ofLine(path, line, parent string, pairs ...string) string {
	if !p.admits("line", line, parent) {
		return ""
	}
	return p.Filtered(path, append(slices.Concat(p.apart, pairs), "line", line)...)
}

func (p *matrixPage) cell(c coverage.Cell, show, list, taking string, whole bool) MatrixCell {
	out := MatrixCell{Cell: c, Count: c.Activities, Doubt: c.Confidence == "C", Href: list, Shown: list}
	switch show {
	case "proposed":
		out.Count, out.Shown = c.Open.Activities, ""
	case "organisations":
		out.Count, out.Shown = c.Organisations, ""
		if p.listsTaking() {
			out.Shown = taking
		}
	}
	out.Shade = shade(out.Count)
	out.Words = p.T("matrix.cell", "line", c.Line, "column", c.Column, "n", out.Count)
	if out.Doubt {
		out.Words += ". " + p.T("matrix.doubt")
	}
	if c.Activities == 0 && c.Linked && !whole {
		out.Href = p.gapURL("matrix/" + c.ID + "/" + c.State)
		out.Shown = out.Href
	}
	return out
}

// note adds a cell to the list below the grid, its sources and its doubts.
func (p *matrixPage) note(c MatrixCell, line, column Link, whole bool) {
	if whole || !c.Linked && c.Activities == 0 {
		return
	}
	if c.Doubt {
		p.Doubts++
	}
	for _, source := range c.Sources {
		if !slices.Contains(p.Sources, source) {
			p.Sources = append(p.Sources, source)
		}
	}
	c.LineLink, c.ColumnLink = line, column
	if c.Linked && c.State != coverage.Partly && c.State != coverage.Answered {
		c.StateHref = p.gapURL("matrix/" + c.ID + "/" + c.State)
	}
	if c.Linked && c.State == coverage.Partly {
		for _, kind := range c.Gaps {
			c.Lacks = append(c.Lacks, Link{Href: p.gapURL("matrix/" + c.ID + "/" + kind), Text: p.lackName(kind)})
		}
	}
	if p.View == "list" || p.View == "gaps" && (c.StateHref != "" || len(c.Lacks) > 0) {
		p.Cells = append(p.Cells, c)
	}
}

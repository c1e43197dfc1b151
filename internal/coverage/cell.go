package coverage

import (
	"slices"

	"resolute/internal/framework"
)

// cellView has a row for each action line with each of some columns, goals or targets. The cells
// of a sub-line stand below those of its line.
func (b *book) cellView(columns []string) *view {
	v := newView("cell", noKind)
	v.areas = true
	for i, line := range b.lines.ids {
		for _, column := range columns {
			v.add(cellID(line, column), cellID(b.lines.parent[i], column), nil)
		}
	}
	return v
}

func cellID(line, column string) string { return line + "/" + column }

// cellLinker links an activity to the cells of its action lines with its goals or targets. Of an
// amount a cell gets the part of the line times the part of the goal.
type cellLinker struct {
	lines    conceptLinker
	partners conceptLinker // goals or targets
	columns  int
	column   []int // of each goal or target, -1 for none
	self     []int // every cell in order
}

func (b *book) cellLinker(columns []string, goals bool) cellLinker {
	partners := b.goals
	if !goals {
		partners = b.targets
	}
	c := cellLinker{columns: len(columns), lines: conceptLinker{view: b.lines, book: b},
		partners: conceptLinker{view: partners, book: b}}
	for cell := range len(b.lines.ids) * len(columns) {
		c.self = append(c.self, cell)
	}
	for _, code := range partners.ids {
		c.column = append(c.column, slices.Index(columns, code))
	}
	return c
}

func (c cellLinker) counted(a *activity, w flow) split {
	lines := c.lines.counted(a, w)
	if len(lines.weights) == 0 {
		return lines
	}
	partners := c.partners.counted(a, w)
	s := split{whole: lines.whole * partners.whole, weights: make([]weight, 0, len(lines.weights)*len(partners.weights))}
	for _, x := range lines.weights {
		for _, y := range partners.weights {
			if row, ok := c.row(x.row, y.row); ok {
				s.weights = append(s.weights, weight{row, x.num * y.num})
			}
		}
	}
	return s
}

func (cellLinker) proposed(*activity, flow) split { return split{whole: 1} }

func (c cellLinker) to(row int, _ day) []int { return c.self[row : row+1 : row+1] }

// rows are the cells that count the activity, and those that would if people confirmed the lines,
// goals and targets that rules derive.
func (c cellLinker) rows(a *activity, p days) (counted, open []int) {
	lines, openLines := a.linked(c.lines.view, p)
	partners, openPartners := a.linked(c.partners.view, p)
	counted = c.pairs(lines, partners)
	open = c.pairs(union(openLines, lines), union(openPartners, partners))
	return counted, without(open, counted)
}

// union adds to a list what it does not have of another.
func union(list, more []int) []int {
	for _, row := range more {
		list = appendNew(list, row)
	}
	return list
}

// pairs are the cells of distinct lines with distinct goals or targets.
func (c cellLinker) pairs(lines, partners []int) []int {
	rows := make([]int, 0, len(lines)*len(partners))
	for _, x := range lines {
		for _, y := range partners {
			if row, ok := c.row(x, y); ok {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// row finds the cell of a line and a goal or target; a target of another goal has none.
func (c cellLinker) row(line, partner int) (int, bool) {
	column := c.column[partner]
	return line*c.columns + column, column >= 0
}

// join is what the WSIS-SDG matrix says of a line, or its sub-lines, and a goal or target: the
// best confidence of its links, and their sources. A link to a target joins its goal.
type join struct {
	linked     bool
	confidence string // A, B, C
	sources    []string
}

// joins gathers the links of one line by goal or target.
func (b *book) joins(line string, goals bool) map[string]join {
	lines := []string{line}
	for _, child := range b.catalogue.Children(framework.ActionLine, line) {
		lines = append(lines, child.Code)
	}
	all := map[string]join{}
	for _, l := range lines {
		for _, m := range b.catalogue.Mappings(framework.ActionLine, l, "") {
			if column, ok := b.column(m, goals); ok {
				all[column] = all[column].with(m)
			}
		}
	}
	return all
}

// column is the goal or target that a link of the matrix leads to.
func (b *book) column(m framework.Mapping, goals bool) (string, bool) {
	switch {
	case m.ToScheme == framework.Goal:
		return m.To, goals
	case m.ToScheme != framework.Target:
		return "", false
	case !goals:
		return m.To, true
	}
	target, ok := b.catalogue.Concept(framework.Target, m.To)
	return target.Parent, ok
}

func (j join) with(m framework.Mapping) join {
	j.linked = true
	if j.confidence == "" || m.Confidence < j.confidence {
		j.confidence = m.Confidence
	}
	j.sources = appendNew(j.sources, m.Source)
	return j
}

package coverage

import (
	"context"
	"fmt"

	"resolute"
	"resolute/internal/framework"
)

// MatrixQuery asks how action lines meet goals, or the targets of one goal.
type MatrixQuery struct {
	Period resolute.Period
	Filter Filter
	Goal   string // empty: all goals; else the targets of this goal
}

// Cell is where a line meets a goal or target. Linked says that the WSIS-SDG matrix joins the
// two, Confidence how sure that is. Activities counts those that count for both, Proposed those
// that would if people confirmed what rules derive.
type Cell struct {
	Line, Column         string
	Linked               bool
	Confidence           string // A, B, C; the best of the links of a line and a goal
	Activities, Proposed int
}

// Matrix is the grid of cells: one row a line, one column a goal or target, in their orders.
type Matrix struct {
	Lines, Columns []string
	Cells          [][]Cell // by line, by column
	Linked         int      // cells that the matrix joins
	Answered       int      // of them, with an activity
	Outside        int      // cells with an activity that the matrix does not join
	Version        int64
}

func (m Matrix) weight() int { return 80 * len(m.Lines) * (len(m.Columns) + 1) }

// Matrix answers a query. C7 stands for its sub-lines; a cell counts each activity once. An
// unknown goal is an Error with code NotFound.
func (c *Coverage) Matrix(ctx context.Context, q MatrixQuery) (Matrix, error) {
	s, err := c.now(ctx)
	if err != nil {
		return Matrix{}, err
	}
	if _, known := s.book.goals.index[q.Goal]; q.Goal != "" && !known {
		return Matrix{}, &resolute.Error{Code: resolute.NotFound, Field: "goal", Message: fmt.Sprintf("no goal has the number %q", q.Goal)}
	}
	return once(s, "matrix "+key(q), func() Matrix { return s.matrix(q) }), nil
}

func (s *snapshot) matrix(q MatrixQuery) Matrix {
	m := Matrix{Lines: s.book.lines.ids, Version: s.facts.head.Seq}
	columns := s.book.goals
	if q.Goal != "" {
		columns = newView(ByTarget, framework.Target)
		for _, target := range s.book.catalogue.Children(framework.Goal, q.Goal) {
			if target.Scheme == framework.Target {
				columns.add(target.Code, "", target.Title)
			}
		}
	}
	m.Columns = columns.ids
	m.Cells = make([][]Cell, len(m.Lines))
	for i, line := range m.Lines {
		m.Cells[i] = s.book.cells(line, q.Goal == "", m.Columns)
	}
	s.countCells(&m, columns, q)
	for _, row := range m.Cells {
		for _, cell := range row {
			switch {
			case cell.Linked:
				m.Linked++
				if cell.Activities > 0 {
					m.Answered++
				}
			case cell.Activities > 0:
				m.Outside++
			}
		}
	}
	return m
}

// cells makes the row of one line, with what the matrix joins it to.
func (b *book) cells(line string, goals bool, columns []string) []Cell {
	partners := b.catalogue.MatrixTargets(line)
	if goals {
		partners = b.catalogue.MatrixGoals(line)
	}
	linked := map[string]bool{}
	for _, code := range partners {
		linked[code] = true
	}
	row := make([]Cell, len(columns))
	for i, column := range columns {
		row[i] = Cell{Line: line, Column: column, Linked: linked[column]}
		if linked[column] {
			row[i].Confidence = b.confidence(line, column, goals)
		}
	}
	return row
}

// confidence is the best of the links between a line, or its sub-lines, and a goal or target.
func (b *book) confidence(line, column string, goal bool) string {
	best := ""
	scheme := framework.Target
	if goal {
		scheme = framework.Goal
	}
	lines := []string{line}
	for _, child := range b.catalogue.Children(framework.ActionLine, line) {
		lines = append(lines, child.Code)
	}
	for _, l := range lines {
		for _, mapping := range b.catalogue.Mappings(framework.ActionLine, l, scheme) {
			if mapping.To == column && (best == "" || mapping.Confidence < best) {
				best = mapping.Confidence
			}
		}
	}
	return best
}

func (s *snapshot) countCells(m *Matrix, columns *view, q MatrixQuery) {
	match := s.matcher(q.Filter, q.Period)
	for i := range s.facts.activities {
		a := &s.facts.activities[i]
		if !match.matches(a) {
			continue
		}
		c := s.book.codesIn(a, q.Period)
		counted, open := c.goals, c.openGoals
		if q.Goal != "" {
			counted, open = c.targets, c.openTargets
		}
		for _, line := range c.lines {
			m.count(s.book.lines.index[line], columns, counted, open)
		}
		for _, line := range c.openLines {
			m.propose(s.book.lines.index[line], columns, counted)
			m.propose(s.book.lines.index[line], columns, open)
		}
	}
}

func (m *Matrix) count(line int, columns *view, counted, open []string) {
	for _, code := range counted {
		if column, ok := columns.index[code]; ok {
			m.Cells[line][column].Activities++
		}
	}
	m.propose(line, columns, open)
}

func (m *Matrix) propose(line int, columns *view, codes []string) {
	for _, code := range codes {
		if column, ok := columns.index[code]; ok {
			m.Cells[line][column].Proposed++
		}
	}
}

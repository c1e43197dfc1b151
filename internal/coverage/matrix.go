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
// two, Confidence how sure that is at best, Sources where it is written. The row counts the
// activities that are about both; its money is the part of the line times the part of the goal,
// and what is open in it are the activities that would count if people confirmed what rules
// derive.
type Cell struct {
	Row
	Line, Column string
	Linked       bool
	Confidence   string // A, B, C
	Sources      []string
}

// Matrix is the grid of cells: one row a line, one column a goal or target, in their orders.
type Matrix struct {
	Period         resolute.Period
	Goal           string // whose targets are the columns; empty: the columns are goals
	Lines, Columns []string
	Parents        []string // of each line the line it is part of, or empty
	Cells          [][]Cell // by line, by column
	LineTotals     []int    // activities about each line, whatever their goals
	ColumnTotals   []int    // activities about each goal or target, whatever their lines
	Linked         int      // cells of lines without parts that the matrix joins
	Answered       int      // of them, with an activity
	Outside        int      // cells of lines without parts, with an activity, that the matrix does not join
	Rule           Rule
	Conversion     *Conversion
	Version        int64
}

func (m Matrix) weight() int { return 450 * len(m.Lines) * (len(m.Columns) + 1) }

// Matrix answers a query. C7 stands for its sub-lines too; a cell counts each activity once. An
// unknown goal is an Error with code NotFound.
func (c *Coverage) Matrix(ctx context.Context, q MatrixQuery) (Matrix, error) {
	s, err := c.now(ctx)
	if err != nil {
		return Matrix{}, err
	}
	if _, known := s.book.goals.index[q.Goal]; q.Goal != "" && !known {
		return Matrix{}, &resolute.Error{Code: resolute.NotFound, Field: "goal", Message: fmt.Sprintf("no goal has the number %q", q.Goal)}
	}
	if err := s.check(Query{By: ByLine, Filter: q.Filter}); err != nil {
		return Matrix{}, err
	}
	return once(s, "matrix "+key(q), func(s *snapshot) Matrix { return s.matrix(q) }), nil
}

func (s *snapshot) matrix(q MatrixQuery) Matrix {
	columns := s.book.columns(q.Goal)
	m := Matrix{Period: q.Period, Rule: q.Filter.rule(), Goal: q.Goal, Lines: s.book.lines.ids, Parents: s.book.lines.parent, Columns: columns, Version: s.facts.head.Seq}
	v := s.book.cellView(columns)
	t := s.run(s.ask(v, s.book.cellLinker(columns, q.Goal == ""), q.Filter, q.Period))
	end, reported := s.end(q.Period), s.reported(q.Period)
	for i, line := range m.Lines {
		joins := s.book.joins(line, q.Goal == "")
		cells := make([]Cell, len(columns))
		for k, column := range columns {
			sums, j := &t.rows[i*len(columns)+k], joins[column]
			cells[k] = Cell{Row: sums.row(v, s.book.countries), Line: line, Column: column, Linked: j.linked, Confidence: j.confidence, Sources: j.sources}
			cells[k].ID = cellID(line, column)
			cells[k].State, cells[k].Gaps = sums.standing().judge(reported, end)
		}
		m.Cells = append(m.Cells, cells)
	}
	if t.conversion != nil {
		m.convertFrom(once(s, "matrix "+key(q.asReported()), func(s *snapshot) Matrix { return s.matrix(q.asReported()) }), t.conversion)
	}
	m.count(s.book.lines)
	across := s.book.goals
	if q.Goal != "" {
		across = s.book.targets
	}
	m.LineTotals = s.totals(q, s.book.lines, m.Lines)
	m.ColumnTotals = s.totals(q, across, columns)
	return m
}

// asReported is the same question in the currencies that were reported.
func (q MatrixQuery) asReported() MatrixQuery {
	q.Filter.Currency = ""
	return q
}

// convertFrom leaves the cells their money, and gives them all else of those as reported.
func (m *Matrix) convertFrom(reported Matrix, how *Conversion) {
	for i, line := range m.Cells {
		for k := range line {
			line[k].Row = reported.Cells[i][k].money(line[k].Row)
		}
	}
	m.Conversion = how
}

// columns are the goals, or the targets of one.
func (b *book) columns(goal string) []string {
	if goal == "" {
		return b.goals.ids
	}
	var codes []string
	for _, target := range b.catalogue.Children(framework.Goal, goal) {
		if target.Scheme == framework.Target {
			codes = append(codes, target.Code)
		}
	}
	return codes
}

// count sums up what the matrix joins. A line with parts has the links of its parts and would
// count them twice.
func (m *Matrix) count(lines *view) {
	for i, row := range m.Cells {
		if lines.hasParts(i) {
			continue
		}
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
}

// totals are the activities of some rows of a view of concepts, parents among them.
func (s *snapshot) totals(q MatrixQuery, v *view, ids []string) []int {
	a := s.ask(v, conceptLinker{view: v, book: s.book, during: daysOf(q.Period)}, q.Filter, q.Period)
	a.wants = countsOnly
	t := s.run(a)
	counts := make([]int, len(ids))
	for i, id := range ids {
		counts[i] = t.rows[v.index[id]].activities
	}
	return counts
}

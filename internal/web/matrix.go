package web

import (
	"context"

	"resolute/internal/coverage"
	"resolute/internal/framework"
)

type matrixPage struct {
	*shell
	Matrix  coverage.Matrix
	Columns []Link
	Rows    []MatrixRow
	Goals   []Link
}

// MatrixRow is one action line of the grid.
type MatrixRow struct {
	Link
	Cells []MatrixCell
}

// MatrixCell is one cell: Shade 0 is a link without activity, 1 to 5 grow with the count.
type MatrixCell struct {
	coverage.Cell
	Href, Words string
	Shade       int
}

func (s *Site) matrix(ctx context.Context, r *request) (answer, error) {
	goal := ""
	if len(r.filter.Goals) == 1 {
		goal = r.filter.Goals[0] // the columns are its targets
		r.filter.Goals = nil
	}
	m, err := s.Coverage.Matrix(ctx, coverage.MatrixQuery{Period: r.period, Filter: r.filter, Goal: goal})
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := matrixPage{shell: s.shell(r, "matrix.title"), Matrix: m}
	by, parameter, scheme := coverage.ByGoal, "goal", framework.Goal
	if goal != "" {
		by, parameter, scheme = coverage.ByTarget, "target", framework.Target
	}
	for _, code := range m.Columns {
		c, _ := catalogue.Concept(scheme, code)
		p.Columns = append(p.Columns, Link{Href: p.URL(pathOf(by, code)), Text: p.In(c.Title).Text, Code: code})
	}
	for i, line := range m.Lines {
		c, _ := catalogue.Concept(framework.ActionLine, line)
		row := MatrixRow{Link: Link{Href: p.URL("/line/" + line), Text: p.In(c.Short).Text, Code: line}}
		for _, cell := range m.Cells[i] {
			row.Cells = append(row.Cells, MatrixCell{Cell: cell, Shade: shade(cell.Activities), Href: p.URL("/activities", "line", line, parameter, cell.Column),
				Words: p.T("matrix.cell", "line", line, "column", cell.Column, "n", cell.Activities)})
		}
		p.Rows = append(p.Rows, row)
	}
	for _, g := range catalogue.Concepts(framework.Goal) {
		p.Goals = append(p.Goals, Link{Href: p.With("goal", g.Code), Text: g.Code, Current: g.Code == goal})
	}
	return answer{template: "matrix", page: p, data: m.JSON(), csv: m.WriteCSV}, nil
}

// shade grows with the count in steps that tell few from many.
func shade(n int) int {
	for i, limit := range []int{0, 2, 5, 15, 50} {
		if n <= limit {
			return i
		}
	}
	return 5
}

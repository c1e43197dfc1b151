package web

import (
	"context"
	"io"

	"resolute/internal/coverage"
)

type tablePage struct {
	*shell
	By       string
	Views    []Link
	Rows     []Line
	Unlinked Line
	Total    Line
	Rule     string
	Overlap  bool
}

func tableCSV(t coverage.Table, r *request) func(io.Writer) error {
	return func(w io.Writer) error { return t.WriteCSV(w, r.lang) }
}

// table shows one view whole; views with hundreds of rows show those that hold something.
func (s *Site) table(ctx context.Context, r *request) (answer, error) {
	by := r.values.Get("by")
	if by == "" {
		by = coverage.ByProvision
	}
	t, err := s.Coverage.Table(ctx, r.query(by))
	if err != nil {
		return answer{}, err
	}
	p := tablePage{shell: s.shell(r, "coverage.title"), By: by, Rule: t.Rule, Overlap: by == coverage.ByGroup}
	rows := t.Rows
	if len(rows) > 60 {
		rows = reported(rows)
	}
	p.Rows = p.lines(by, rows)
	p.Unlinked, p.Total = p.line(by, t.Unlinked), p.line(by, t.Total)
	for _, view := range coverage.Views {
		p.Views = append(p.Views, Link{Href: p.With("by", view), Text: p.T("coverage.by." + view), Current: view == by})
	}
	return answer{template: "coverage", page: p, data: t.JSON(r.lang), csv: tableCSV(t, r)}, nil
}

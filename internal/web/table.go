package web

import (
	"context"
	"io"
	"slices"

	"resolute/internal/coverage"
	"resolute/internal/measure"
)

type tablePage struct {
	*shell
	By       string
	Chips    []Link
	Clear    string
	Views    []Link
	States   []Link // each leaves the rows in one state
	Rows     []Line
	Unlinked Line
	Total    Line
	Overlap  bool
	World    string // the profile of the world, where rows are areas; empty: nothing is held, or they are none
}

func tableCSV(t coverage.Table, r *request) func(io.Writer) error {
	return func(w io.Writer) error { return t.WriteCSV(w, r.lang) }
}

// inState leaves the rows that are in a state and have no parts; an empty state leaves all.
func inState(rows []coverage.Row, state string) []coverage.Row {
	if state == "" {
		return rows
	}
	parents := map[string]bool{}
	for _, r := range rows {
		parents[r.Parent] = true
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r coverage.Row) bool { return r.State != state || parents[r.ID] })
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
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	show := r.oneOf("show", append([]string{""}, coverage.States...))
	p := tablePage{shell: s.shell(r, "coverage.title"), By: by, Overlap: by == coverage.ByGroup}
	p.converted = t.Conversion
	p.Chips, p.Clear = p.chips(s.labels(ctx, p.shell, catalogue)), p.cleared("/coverage", "by", "show")
	rows := inState(t.Rows, show)
	if len(rows) > 60 {
		rows = reported(rows)
	}
	p.Rows = p.lines(by, rows)
	profiles, err := s.withProfiles(ctx, p.shell, catalogue, by, p.Rows)
	if err != nil {
		return answer{}, err
	}
	if by == coverage.ByCountry || by == coverage.ByITURegion || by == coverage.ByGroup {
		p.World = profiles(byWorld, measure.World)
	}
	p.Unlinked, p.Total = p.line(by, t.Unlinked), p.line(by, t.Total)
	p.fillViews(show)
	return answer{template: "coverage", page: p, data: t.JSON(r.lang), csv: tableCSV(t, r)}, nil
}

// fillViews offers the other views, and the rows of one state.
func (p *tablePage) fillViews(show string) {
	for _, view := range coverage.Views {
		p.Views = append(p.Views, Link{Href: p.With("by", view), Text: p.T("coverage.by." + view), Current: view == p.By})
	}
	p.Views = append(p.Views, Link{Href: p.Filtered("/places"), Text: p.T("nav.places")})
	p.States = append(p.States, Link{Href: p.With("show", ""), Text: p.T("coverage.every_state"), Current: show == ""})
	for _, state := range coverage.States {
		p.States = append(p.States, Link{Href: p.With("show", state), Text: p.T("state." + state), Code: state, Current: show == state})
	}
}

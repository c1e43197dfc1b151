package report

import (
	"strings"

	"resolute/internal/coverage"
	"resolute/internal/framework"
)

// column is one column of a table of rows.
type column struct {
	head    string
	width   int
	figures bool
	cell    func(w *writer, r coverage.Row, f *Fact) Run
}

// columns are those that a template may name.
var columns = map[string]column{
	"name":  {"coverage.name", 33, false, func(w *writer, r coverage.Row, _ *Fact) Run { return w.name(r) }},
	"state": {"coverage.state", 24, false, func(w *writer, r coverage.Row, _ *Fact) Run { return w.state(r) }},
	"activities": {"coverage.activities", 22, true, func(w *writer, r coverage.Row, f *Fact) Run {
		return w.count(r, r.Activities, f)
	}},
	"proposed": {"coverage.proposed", 22, true, func(w *writer, r coverage.Row, f *Fact) Run {
		run := w.count(r, r.Open.Activities, f)
		run.Open = true
		return run
	}},
	"countries": {"coverage.areas", 22, true, func(w *writer, r coverage.Row, f *Fact) Run { return w.count(r, w.countriesOf(r), f) }},
	"organisations": {"coverage.organisations", 22, true, func(w *writer, r coverage.Row, f *Fact) Run {
		return w.count(r, r.Organisations, f)
	}},
	"commitments": {"coverage.commitments", 35, true, func(w *writer, r coverage.Row, f *Fact) Run { return w.money(r, r.Commitments, f) }},
	"spent":       {"coverage.spent", 35, true, func(w *writer, r coverage.Row, f *Fact) Run { return w.money(r, r.Spent, f) }},
}

// rowsTable writes the rows of one view in the scope of the block.
func (w *writer) rowsTable(p part) Table {
	t := Table{Key: parameters[p.By], Repeat: w.coverageCommand(p.By), Legend: w.T("report.legend")}
	if w.scope.region != "" {
		t.Repeat += " --area " + w.scope.region
	}
	for _, name := range p.Column {
		c := columns[name]
		t.Columns = append(t.Columns, Column{w.T(c.head), c.figures, c.width})
	}
	for _, r := range w.table(p.By, w.scope.region).Rows {
		if !w.holds(p.By, r.ID) || p.Held && empty(r) {
			continue
		}
		fact := w.rowFact(p.By, r)
		var cells []Run
		for _, name := range p.Column {
			cells = append(cells, columns[name].cell(w, r, fact))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// countriesOf counts the countries of a row of concepts; in the scope of a region those of that
// region alone, though its activities may reach further.
func (w *writer) countriesOf(r coverage.Row) int {
	codes, region := r.Areas, w.scope.region
	if region == "" {
		return len(codes)
	}
	n := 0
	for _, code := range codes {
		if country, _ := w.catalogue.Country(code); country.ITURegion == region {
			n++
		}
	}
	return n
}

func empty(r coverage.Row) bool {
	return r.Activities == 0 && r.Open.Activities == 0 && len(r.Commitments.Currencies())+len(r.Spent.Currencies()) == 0
}

// holds tells whether a row is one of those that the block is about.
func (w *writer) holds(by, id string) bool {
	s := w.scope
	if by == coverage.ByProvision && s.addressee != "" {
		return w.addressees[id] == s.addressee
	}
	if by == coverage.ByLine && s.role != "" {
		return inRole(id, s.role)
	}
	return true
}

// rowFact is what the figures of one row rest on. Rows that are no filter of the list rest on
// their table.
func (w *writer) rowFact(by string, r coverage.Row) *Fact {
	f := &Fact{Query: w.address("/coverage", "by", by), Records: r.Activities, IDs: []string{r.ID}}
	if r.ID == coverage.RegionRow || r.ID == coverage.NotKnownRow {
		return f
	}
	pairs := []string{parameters[by], r.ID}
	page := []string{}
	if w.scope.region != "" {
		pairs, page = append(pairs, "region", w.scope.region), append(page, "region", w.scope.region)
	}
	f.Query = w.address("/activities", pairs...)
	f.Beside = w.address(pages[by]+strings.Replace(r.ID, "#", "/", 1), page...)
	return f
}

// name is the code and title of a row.
func (w *writer) name(r coverage.Row) Run {
	switch r.ID {
	case coverage.RegionRow:
		return Run{Text: w.T("coverage.region_only"), Name: true}
	case coverage.NotKnownRow:
		return Run{Text: w.T("coverage.not_known"), Name: true}
	}
	title, lang := r.Title.In(w.Lang)
	run := Run{Text: shortID(r.ID) + " " + title, Name: true}
	if lang != w.Lang && title != "" {
		run.Lang = lang
	}
	return run
}

func (w *writer) state(r coverage.Row) Run {
	words := []string{w.T("state." + r.State)}
	for _, g := range r.Gaps {
		words = append(words, w.T("gap."+g+".name"))
	}
	return Run{Text: strings.Join(words, " · ")}
}

// count writes a number of a row; when nothing was reported at all it says so, since a zero
// would claim to know.
func (w *writer) count(r coverage.Row, n int, f *Fact) Run {
	if r.State == coverage.NoReport && n == 0 {
		return Run{Text: w.T("state.no-report"), Fact: f}
	}
	return Run{Text: w.Number(int64(n)), Fact: f, Code: true}
}

// money writes the sums of a row, one a currency. Records that hold no amount at all are not the
// same as amounts that add up to nothing.
func (w *writer) money(r coverage.Row, m coverage.Money, f *Fact) Run {
	var parts []string
	for _, currency := range m.Currencies() {
		parts = append(parts, w.Money(currency, m[currency]))
	}
	switch {
	case len(parts) > 0:
		return Run{Text: strings.Join(parts, "\n"), Fact: f, Code: true}
	case r.State == coverage.NoReport:
		return Run{Text: w.T("state.no-report"), Fact: f}
	case len(m) == 0:
		return Run{Text: w.T("report.no_amount"), Fact: f}
	}
	return Run{Text: "0", Fact: f, Code: true}
}

// lineName is the code of an action line with its title.
func (w *writer) lineName(code string) Run {
	c, _ := w.catalogue.Concept(framework.ActionLine, code)
	return w.name(coverage.Row{ID: c.Code, Title: c.Title})
}

package web

import (
	"slices"
	"strings"

	"resolute"
	"resolute/internal/coverage"
)

// Amount is one sum of money as a page prints it.
type Amount struct{ Text string }

// Amounts writes sums for the page, one a currency.
func (s *shell) Amounts(m coverage.Money) []string {
	var list []string
	for _, currency := range m.Currencies() {
		list = append(list, s.Money(currency, m[currency]))
	}
	return list
}

// glyphs are the signs of the states in the sprite.
var glyphs = map[string]string{coverage.Answered: "yes", coverage.Partly: "part", coverage.Proposed: "prop", coverage.Nothing: "none", coverage.NoReport: "blank"}

// Glyph names the sign of a state.
func (s *shell) Glyph(state string) string { return glyphs[state] }

// Line is one row of a table as a page shows it.
type Line struct {
	coverage.Row
	Href   string
	Name   Passage
	Code   string
	Indent bool
	Linked bool   // the row has a page
	List   string // its activities; empty: no list has exactly these
	Taking string // the organisations that take part; empty: no list has exactly these

	Profile string // of an area that has figures: its profile

	brief bool // one of so many rows that long sums are counted and stand on the page of the row
}

// From manyRows rows on, a table counts the currencies of a sum of more than fewCurrencies: a world of
// countries with a dozen currencies each would be a page too heavy for a slow line.
const (
	manyRows      = 100
	fewCurrencies = 4
)

// brief gives the rows of a table as they fit into it.
func brief(rows []Line) []Line {
	if len(rows) < manyRows {
		return rows
	}
	rows = slices.Clone(rows)
	for i := range rows {
		rows[i].brief = rows[i].Linked
	}
	return rows
}

// Counted reports whether the row says how many currencies a sum has in place of their amounts.
func (l Line) Counted(currencies int) bool { return l.brief && currencies > fewCurrencies }

// pathOf is where the page of a row lives.
func pathOf(by, id string) string {
	switch by {
	case coverage.ByProvision:
		return "/thread/" + strings.Replace(id, "#", "/", 1)
	case coverage.ByLine:
		return "/line/" + id
	case coverage.ByGoal:
		return "/goal/" + id
	case coverage.ByTarget:
		return "/target/" + id
	}
	return "/area/" + id
}

// parameterOf is the filter that a row stands for.
var parameterOf = map[string]string{coverage.ByProvision: "thread", coverage.ByLine: "line", coverage.ByGoal: "goal", coverage.ByTarget: "target",
	coverage.ByCountry: "area", coverage.ByITURegion: "region", coverage.ByGroup: "group"}

// line makes a table row of a coverage row.
func (s *shell) line(by string, r coverage.Row) Line {
	l := Line{Row: r, Name: s.In(r.Title), Code: codeOf(r.ID), Linked: true}
	switch r.ID {
	case coverage.RegionRow:
		l.Name, l.Code, l.Linked = Passage{Text: s.T("coverage.region_only")}, "", false
	case coverage.NotKnownRow:
		l.Name, l.Code, l.Linked = Passage{Text: s.T("coverage.not_known")}, "", false
	case coverage.UnlinkedRow:
		l.Name, l.Code, l.Linked = Passage{Text: s.T("coverage.unlinked")}, "", false
	case coverage.TotalRow:
		l.Name, l.Code, l.Linked = Passage{Text: s.T("coverage.total")}, "", false
	}
	l.Indent = r.Parent != "" && (by == coverage.ByProvision || by == coverage.ByLine)
	if l.Linked {
		l.Href = s.URL(pathOf(by, r.ID))
	}
	if name := parameterOf[by]; l.Linked && s.admits(name, r.ID, r.Parent) {
		l.List = s.Filtered("/activities", name, r.ID)
		if s.listsTaking() {
			l.Taking = s.Filtered("/organisations", name, r.ID)
		}
	}
	switch {
	case r.ID == coverage.RegionRow:
		l.List = s.listOf("area", coverage.RegionRow)
	case r.ID == coverage.UnlinkedRow && by == coverage.ByCountry: // a territory has a place, and no region or group
		l.List = s.listOf("lacks", coverage.LacksPlace)
	case r.ID == coverage.TotalRow:
		l.List = s.Filtered("/activities")
	}
	return l
}

// admits tells whether the filter asks for one of some values, or for none of that name. Else no list has what has
// one of them as well as what is asked for, since values of one name are alternatives.
func (s *shell) admits(name string, values ...string) bool {
	asked := s.request.values[name]
	return len(asked) == 0 || slices.ContainsFunc(values, func(v string) bool { return slices.Contains(asked, v) })
}

// listsTaking tells whether the list of organisations has those that take part in the activities of the filter: there
// roles and words narrow organisations, not activities, and it knows no other instrument.
func (s *shell) listsTaking() bool {
	return len(s.request.filter.Roles) == 0 && s.request.filter.Text == "" && s.request.of.Key == ""
}

// listOf is the list of the activities that have a value, among those of the filter; empty where there is none.
func (s *shell) listOf(name, value string, pairs ...string) string {
	if !s.admits(name, value) {
		return ""
	}
	return s.Filtered("/activities", append(pairs, name, value)...)
}

func (s *shell) lines(by string, rows []coverage.Row) []Line {
	list := make([]Line, len(rows))
	for i, r := range rows {
		list[i] = s.line(by, r)
	}
	return list
}

// reported leaves out rows that hold nothing, for views with hundreds of rows.
func reported(rows []coverage.Row) []coverage.Row {
	var list []coverage.Row
	for _, r := range rows {
		if r.Activities > 0 || r.Open.Activities > 0 || len(r.Commitments.Currencies())+len(r.Spent.Currencies()) > 0 {
			list = append(list, r)
		}
	}
	return list
}

// query asks for one view under the request's period and filter.
func (r *request) query(by string) coverage.Query {
	return coverage.Query{By: by, Period: r.period, Filter: r.filter}
}

// Item is one activity of a list as a page shows it.
type Item struct {
	coverage.Summary
	Href      string
	Name      Passage
	Span      string
	Committed []string
	Paid      []string
	Places    []string
}

func (s *shell) items(list []coverage.Summary, country func(string) resolute.Text) []Item {
	items := make([]Item, len(list))
	for i, a := range list {
		items[i] = Item{Summary: a, Href: s.URL("/activity/" + a.Key), Name: s.In(a.Title), Span: s.Years(a.Starts, a.Ends),
			Committed: s.Amounts(a.Commitments), Paid: s.Amounts(a.Spent)}
		if items[i].Name.Text == "" {
			items[i].Name.Text = a.Identifier
		}
		for _, code := range a.Countries {
			items[i].Places = append(items[i].Places, s.In(country(code)).Text)
		}
	}
	return items
}

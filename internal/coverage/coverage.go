package coverage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/framework"
)

// Coverage is the room's door. DB, Frameworks and Paragraphs must be set. Without Follow every
// question looks at the log first and reads the database when it moved; with it a snapshot
// answers that keeps up with the log. The file of Index, which may be missing, spares reading all of
// the database at the start.
type Coverage struct {
	DB         *db.DB
	Frameworks *framework.Framework
	Paragraphs []Paragraph              // of the instrument that answers where none is named, in order; its text in force may add to them
	Index      string                   // path of the index file; empty: none is read or written
	RowTitles  map[string]resolute.Text // of rows that are no concept and no area: region, not-known, unlinked, total

	current atomic.Pointer[snapshot] // set by Refresh
	reading sync.Mutex
	last    *snapshot  // the one read last, guarded by reading
	wholes  int        // how often everything was read anew, guarded by reading
	indexed audit.Head // what the index file holds, when it is known, guarded by reading

	past   past
	others others
	source *Coverage // whose facts these answers about another instrument are made of
}

// Version gives the head of the log that the present answers stand on.
func (c *Coverage) Version(ctx context.Context) (audit.Head, error) {
	if s := c.current.Load(); s != nil {
		return s.facts.head, nil
	}
	return audit.Newest(ctx, c.DB)
}

// Catalogue gives the frameworks that the present answers stand on.
func (c *Coverage) Catalogue(ctx context.Context) (*framework.Catalogue, error) {
	if s := c.current.Load(); s != nil {
		return s.book.catalogue, nil
	}
	return c.Frameworks.Load(ctx)
}

// Table answers one query. An unknown view, group or area is an Error with code Usage.
func (c *Coverage) Table(ctx context.Context, q Query) (Table, error) {
	s, err := c.now(ctx)
	if err != nil {
		return Table{}, err
	}
	if err := s.check(q); err != nil {
		return Table{}, err
	}
	return s.table(q), nil
}

func (s *snapshot) check(q Query) error {
	if v, _ := s.book.view(Query{By: q.By}); v == nil {
		return &resolute.Error{Code: resolute.Usage, Field: "by", Message: fmt.Sprintf("unknown view %q: want %s", q.By, strings.Join(Views, ", "))}
	}
	if err := s.checkMade(q.Filter); err != nil {
		return err
	}
	groups := q.Filter.Groups
	if q.Group != "" {
		groups = append([]string{q.Group}, groups...)
	}
	for _, group := range groups {
		if _, ok := s.book.catalogue.Group(group); !ok {
			return &resolute.Error{Code: resolute.Usage, Field: "group", Message: fmt.Sprintf("unknown group %q: want LDC, LLDC, SIDS or another group of the reference tables", group)}
		}
	}
	for _, area := range q.Filter.Areas {
		if _, ok := s.book.countries.index[area]; !ok {
			return &resolute.Error{Code: resolute.Usage, Field: "area", Message: fmt.Sprintf("unknown area %q: want an ISO code of two letters", area)}
		}
	}
	for _, region := range q.Filter.Regions {
		if _, ok := s.book.regions.index[region]; !ok {
			return &resolute.Error{Code: resolute.Usage, Field: "region", Message: fmt.Sprintf("unknown region %q: want AFR, AMS, ARB, ASP, CIS or EUR", region)}
		}
	}
	return nil
}

// SplitArea sorts one area given by hand into the field of the filter it belongs to: a country,
// RegionRow for what is for a region and not a country, an ITU region or a group. Codes compare without regard to case.
func (c *Coverage) SplitArea(ctx context.Context, area string, f *Filter) error {
	s, err := c.now(ctx)
	if err != nil || area == "" {
		return err
	}
	up := strings.ToUpper(area)
	if country, ok := s.book.catalogue.Country(up); ok {
		f.Areas = append(f.Areas, country.ISO2)
		return nil
	}
	if strings.EqualFold(area, RegionRow) {
		f.Areas = append(f.Areas, RegionRow)
		return nil
	}
	if _, ok := s.book.regions.index[up]; ok {
		f.Regions = append(f.Regions, up)
		return nil
	}
	if g, ok := s.book.catalogue.Group(area); ok {
		f.Groups = append(f.Groups, g.Key)
		return nil
	}
	return &resolute.Error{Code: resolute.Usage, Field: "area", Message: fmt.Sprintf("unknown area %q: want a country (KE), an ITU region (AFR), a group (LDC), or region: for a region, not a country", area)}
}

func (s *snapshot) table(q Query) Table {
	return once(s, "table "+key(q), func(s *snapshot) Table { return s.tally(q) })
}

func (s *snapshot) tally(q Query) Table {
	v, l := s.book.view(q)
	t := s.run(s.ask(v, l, q.Filter, q.Period))
	end, reported := s.end(q.Period), s.reported(q.Period)
	out := Table{By: q.By, Period: q.Period, DataVersion: s.facts.head.Seq, Rule: q.Filter.rule(), Rows: make([]Row, len(v.ids))}
	for i, id := range v.ids {
		row := t.rows[i].row(v, s.book.countries)
		row.ID, row.Parent, row.Title = id, v.parent[i], v.titles[i]
		row.State, row.Gaps = t.rows[i].standing().judge(reported, end)
		out.Rows[i] = row
	}
	out.Unlinked, out.Total = t.unlinked.row(v, s.book.countries), t.total.row(v, s.book.countries)
	out.Unlinked.ID, out.Total.ID = UnlinkedRow, TotalRow
	out.Unlinked.Title, out.Total.Title = s.book.rowTitles[UnlinkedRow], s.book.rowTitles[TotalRow]
	if t.conversion != nil {
		return out.convertedFrom(s.table(q.asReported()), t.conversion)
	}
	return out
}

// asReported is the same question in the currencies that were reported.
func (q Query) asReported() Query {
	q.Filter.Currency = ""
	return q
}

// convertedFrom gives a table with the money of t, and all else of the one as reported.
func (t Table) convertedFrom(reported Table, how *Conversion) Table {
	rows := make([]Row, len(t.Rows))
	for i, r := range reported.Rows {
		rows[i] = r.money(t.Rows[i])
	}
	reported.Rows, reported.Unlinked, reported.Total = rows, reported.Unlinked.money(t.Unlinked), reported.Total.money(t.Total)
	reported.Conversion = how
	return reported
}

// figureMatcher matches the activities that figures look at. Areas are left to the part that they ask
// for, which is reckoned to the cent.
func (s *snapshot) figureMatcher(f Filter, p resolute.Period) *matcher {
	f.Areas, f.Regions, f.Groups = nil, nil, nil
	return s.matcher(f, p)
}

// reported tells whether anything was reported for a period, be it counted or not. What has no
// date is a report of all time only: nobody can tell that it falls in a given period.
func (s *snapshot) reported(p resolute.Period) bool {
	during := daysOf(p)
	falls := func(dated bool, starts, ends day) bool {
		return during == allTime || dated && during.touches(starts, ends)
	}
	for _, p := range s.facts.pieces {
		c := p.columnsOf(&s.facts.stock, s.book)
		for row := range p.rows() {
			if falls(c.dated.has(row), c.starts[row], c.ends[row]) && !p.gone.has(row) {
				return true
			}
		}
	}
	return slices.ContainsFunc(s.facts.lives, func(l life) bool { return l.reported && falls(l.dated, l.starts, l.ends) })
}

// end is the last day of a period, or the day of the data when the period is open.
func (s *snapshot) end(p resolute.Period) day {
	if p.To != "" {
		return dayOf(p.To)
	}
	return dayOf(time.UnixMilli(s.facts.head.At).UTC().Format(time.DateOnly))
}

// part gives the restriction to areas that a filter asks for; nil for none.
func (b *book) part(f Filter, period resolute.Period) *part {
	p := &part{linker: areaLinker{view: b.countries, countries: b.countries}, during: daysOf(period)}
	for _, areas := range [][]string{f.Areas, f.Regions, f.Groups} {
		if len(areas) > 0 {
			p.fields = append(p.fields, b.wishFor(areas))
		}
	}
	if len(p.fields) == 0 {
		return nil
	}
	return p
}

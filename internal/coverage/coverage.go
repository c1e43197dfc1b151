package coverage

import (
	"context"
	"fmt"
	"runtime/debug"
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
// question reads the database anew; with it a snapshot answers that keeps up with the log.
type Coverage struct {
	DB         *db.DB
	Frameworks *framework.Framework
	Paragraphs []Paragraph // of the built-in mandate, in order

	current atomic.Pointer[snapshot]
}

// snapshot is one state of everything, immutable but for the answers it remembers.
type snapshot struct {
	facts *facts
	book  *book

	lock    sync.Mutex
	answers map[string]any
}

// remembered is how many answers a snapshot keeps; then it forgets all and begins again.
const remembered = 2000

// now gives the snapshot that answers: the one that is kept current, else one read now.
func (c *Coverage) now(ctx context.Context) (*snapshot, error) {
	if s := c.current.Load(); s != nil {
		return s, nil
	}
	return c.read(ctx)
}

func (c *Coverage) read(ctx context.Context) (*snapshot, error) {
	catalogue, err := c.Frameworks.Load(ctx)
	if err != nil {
		return nil, err
	}
	b := newBook(catalogue, c.Paragraphs)
	f, err := load(ctx, c.DB, b)
	if err != nil {
		return nil, err
	}
	return &snapshot{facts: f, book: b, answers: map[string]any{}}, nil
}

// Refresh brings the snapshot to the newest change. It reports whether anything was new. Until
// the first call questions are answered by SQL.
func (c *Coverage) Refresh(ctx context.Context) (bool, error) {
	head, err := audit.Newest(ctx, c.DB)
	if err != nil {
		return false, err
	}
	if s := c.current.Load(); s != nil && s.facts.head.Seq == head.Seq && s.facts.head.Hash == head.Hash {
		return false, nil
	}
	s, err := c.read(ctx)
	if err != nil {
		return false, err
	}
	c.current.Store(s)
	return true, nil
}

// Follow makes the snapshot and refreshes it every so often until the context ends; failed is
// told of errors. Until the first one is made questions are answered by SQL.
func (c *Coverage) Follow(ctx context.Context, every time.Duration, failed func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		changed, err := c.Refresh(ctx)
		if err != nil && ctx.Err() == nil {
			failed(err)
		}
		if changed {
			debug.FreeOSMemory() // reading needs far more than the snapshot that stays
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
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

// once computes an answer or gives the remembered one. Answers are shared: nobody changes them.
func once[T any](s *snapshot, key string, compute func() T) T {
	s.lock.Lock()
	known, ok := s.answers[key]
	s.lock.Unlock()
	if ok {
		return known.(T)
	}
	answer := compute()
	s.lock.Lock()
	if len(s.answers) >= remembered {
		clear(s.answers)
	}
	s.answers[key] = answer
	s.lock.Unlock()
	return answer
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
// an ITU region or a group. Codes compare without regard to case.
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
	if _, ok := s.book.regions.index[up]; ok && up != strings.ToUpper(RegionRow) {
		f.Regions = append(f.Regions, up)
		return nil
	}
	if g, ok := s.book.catalogue.Group(area); ok {
		f.Groups = append(f.Groups, g.Key)
		return nil
	}
	return &resolute.Error{Code: resolute.Usage, Field: "area", Message: fmt.Sprintf("unknown area %q: want a country (KE), an ITU region (AFR) or a group (LDC)", area)}
}

func (s *snapshot) table(q Query) Table {
	return once(s, "table "+key(q), func() Table { return s.tally(q) })
}

// key writes a query as text that is equal for equal queries.
func key(q any) string { return fmt.Sprintf("%+v", q) }

func (s *snapshot) tally(q Query) Table {
	v, l := s.book.view(q)
	t := &tally{view: v, linker: l, period: q.Period, area: s.book.part(q), rows: make([]sums, len(v.ids))}
	m := s.matcher(q.Filter, q.Period)
	m.filter.Areas, m.filter.Regions, m.filter.Groups = nil, nil, nil // the part of the area does it, to the cent
	reported := false
	for i := range s.facts.activities {
		a := &s.facts.activities[i]
		reported = reported || a.inside(q.Period)
		if m.wanted(a) {
			t.add(a)
		}
	}
	end := s.end(q.Period)
	out := Table{By: q.By, Period: q.Period, DataVersion: s.facts.head.Seq, Rule: Rule, Rows: make([]Row, len(v.ids))}
	for i, id := range v.ids {
		row := t.rows[i].row(v)
		row.ID, row.Parent, row.Title = id, v.parent[i], v.titles[i]
		row.State, row.Gaps = t.rows[i].judge(reported, end)
		out.Rows[i] = row
	}
	out.Unlinked, out.Total = t.unlinked.row(v), t.total.row(v)
	out.Unlinked.ID, out.Total.ID = UnlinkedRow, TotalRow
	return out
}

// end is the last day of a period, or the day of the data when the period is open.
func (s *snapshot) end(p resolute.Period) string {
	if p.To != "" {
		return p.To
	}
	return time.UnixMilli(s.facts.head.At).UTC().Format(time.DateOnly)
}

// part gives the restriction to areas that a query asks for; nil for none.
func (b *book) part(q Query) *part {
	var areas []string
	areas = append(append(append(areas, q.Filter.Areas...), q.Filter.Regions...), q.Filter.Groups...)
	if len(areas) == 0 {
		return nil
	}
	return &part{linker: areaLinker{view: b.countries, countries: b.countries, catalogue: b.catalogue}, areas: areas, period: q.Period}
}

package coverage

import (
	"cmp"
	"context"
	"slices"
)

// Work is an organisation with the rows of a view that its activities answer.
type Work struct {
	Organisation
	Activities int            // that answer any of the rows
	Rows       map[string]int // activities by row; rows with none are left out
}

// Works is who works on which rows of a view.
type Works struct {
	List          []Work // most activities first
	Organisations int    // that answer any row, listed or not
}

func (w Works) weight() int {
	bytes := 100
	for _, x := range w.List {
		bytes += 200 + 40*len(x.Rows)
	}
	return bytes
}

// Works tells who works on which rows of a view: the organisations that take part in activities
// that a table of the same query counts in the row. At most so many organisations are listed.
// An unknown view, group or area is an Error with code Usage.
func (c *Coverage) Works(ctx context.Context, q Query, most int) (Works, error) {
	s, err := c.now(ctx)
	if err != nil {
		return Works{}, err
	}
	if err := s.check(q); err != nil {
		return Works{}, err
	}
	return once(s, "works "+key(q)+key(most), func() Works { return s.works(q, most) }), nil
}

func (s *snapshot) works(q Query, most int) Works {
	v, l := s.book.view(q)
	m, area := s.figureMatcher(q.Filter, q.Period), s.book.part(q.Filter, q.Period)
	known := map[int64]*worker{}
	s.each(s.fitting(m, true), func(a *activity) {
		if !area.holds(a) {
			return
		}
		rows, _ := l.rows(a, m.during)
		rows = v.withParents(rows)
		for _, id := range a.organisations {
			known[id] = known[id].with(id, rows, len(v.ids))
		}
	})
	return s.listWorks(v, known, most)
}

// worker counts activities of one organisation, by row.
type worker struct {
	id   int64
	all  int
	rows []int32
}

// with counts an activity in some rows of so many. Who works on none is not kept.
func (w *worker) with(id int64, rows []int, of int) *worker {
	if len(rows) == 0 {
		return w
	}
	if w == nil {
		w = &worker{id: id, rows: make([]int32, of)}
	}
	w.all++
	for _, row := range rows {
		w.rows[row]++
	}
	return w
}

// listWorks lists those with most activities, and writes them out.
func (s *snapshot) listWorks(v *view, known map[int64]*worker, most int) Works {
	list := make([]*worker, 0, len(known))
	for _, w := range known {
		if w != nil {
			list = append(list, w)
		}
	}
	slices.SortFunc(list, func(a, b *worker) int { return cmp.Or(b.all-a.all, cmp.Compare(a.id, b.id)) })
	out := Works{Organisations: len(list)}
	for _, w := range list[:min(most, len(list))] {
		work := Work{Organisation: s.facts.names[w.id], Activities: w.all, Rows: map[string]int{}}
		for row, n := range w.rows {
			if n > 0 {
				work.Rows[v.ids[row]] = int(n)
			}
		}
		out.List = append(out.List, work)
	}
	return out
}

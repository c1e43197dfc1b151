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
	return once(s, "works "+key(q)+key(most), func(s *snapshot) Works { return s.works(q, most) }), nil
}

func (s *snapshot) works(q Query, most int) Works {
	v, l := s.book.view(q)
	ask := s.ask(v, l, q.Filter, q.Period)
	ask.wants = countsOnly
	crews := make([]*roster, s.workers())
	for i := range crews {
		crews[i] = &roster{newAdder(ask), make([]*worker, ask.organisations)}
	}
	s.sift(ask.match, true, func(n, _ int, x *sieve, c chosen) { crews[n].look(x, c.whole()) })
	all := crews[0]
	for _, other := range crews[1:] {
		for id, w := range other.known {
			all.known[id] = all.known[id].join(w)
		}
	}
	return s.listWorks(v, all.known, most)
}

// roster is who works on the rows of a view. It is for one goroutine.
type roster struct {
	*adder
	known []*worker // by number of the organisation; nil: works on none
}

// look notes who takes part in the activities of some rows of a piece.
func (r *roster) look(x *sieve, rows bitset) {
	for row := range x.c.own { // how they fall depends on the period
		if rows.has(row) {
			rows.remove(row)
			r.read(x.c, row, x.read(x.u, row))
		}
	}
	h := r.hold(x)
	rows.each(func(row int) {
		if _, inside := h.take(row); inside {
			mask, _ := h.masks()
			r.note(x.c, row, mask)
		}
	})
}

// read notes those of an activity whose transactions have links or places of their own.
func (r *roster) read(c *columns, row int, a *activity) {
	if r.area.holds(a) {
		found, _ := r.linker.rows(a, r.during)
		r.note(c, row, r.view.maskOf(found, false))
	}
}

func (r *roster) note(c *columns, row int, mask []uint64) {
	for _, id := range c.organisations.of(row) {
		r.known[id] = r.known[id].with(int64(id), mask, len(r.view.ids))
	}
}

// worker counts activities of one organisation, by row.
type worker struct {
	id   int64
	all  int
	rows []int32
}

// with counts an activity at the places of a mask, of which so many are rows. Who works on none is
// not kept.
func (w *worker) with(id int64, mask []uint64, rows int) *worker {
	any := false
	eachPlace(mask, func(place int) {
		if place >= rows {
			return
		}
		if any = true; w == nil {
			w = &worker{id: id, rows: make([]int32, rows)}
		}
		w.rows[place]++
	})
	if any {
		w.all++
	}
	return w
}

func (w *worker) join(other *worker) *worker {
	if w == nil || other == nil {
		return cmp.Or(w, other)
	}
	w.all += other.all
	for row, n := range other.rows {
		w.rows[row] += n
	}
	return w
}

// listWorks lists those with most activities, and writes them out.
func (s *snapshot) listWorks(v *view, known []*worker, most int) Works {
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

package coverage

import (
	"slices"

	"resolute"
)

// admitting is admitted for many periods: a filter that asks for nothing which a period could change is
// looked at once.
func (s *snapshot) admitting() func(m *matcher) []bitset {
	var same []bitset
	looked := false
	return func(m *matcher) []bitset {
		if s.depends(m) {
			return s.admitted(m)
		}
		if !looked {
			same, looked = s.admitted(m), true
		}
		return same
	}
}

// depends tells whether the period can change what figures look at: the state of an activity, whether it
// has money, and what those are about whose transactions have links or places of their own.
func (s *snapshot) depends(m *matcher) bool {
	return m.wanted != nil && (len(m.filter.States) > 0 || slices.Contains(m.filter.Lacks, LacksMoney) ||
		slices.ContainsFunc(s.facts.pieces, func(p piece) bool { return len(p.columnsOf(&s.facts.stock, s.book).own) > 0 }))
}

// admitted unites the rows of the cuts.
func (w *gapWalk) admitted() []bitset {
	var rows []bitset
	for _, c := range w.cuts {
		if c.rows == nil {
			return nil
		}
		if rows == nil {
			rows = make([]bitset, len(c.rows))
		}
		for i := range rows {
			rows[i].join(c.rows[i])
		}
	}
	return rows
}

// aboutAny are the rows that a rule counts and that answer a subject or are proposed for one, in
// whatever period.
func (s *snapshot) aboutAny(sides [2]side, rule string) []bitset {
	about := make([]bitset, len(s.facts.pieces))
	for i, p := range s.facts.pieces {
		about[i] = newBitset(p.rows())
	}
	for _, x := range sides {
		wanted := newBitset(x.view.places())
		for row, subject := range x.subject {
			wanted.addIf(subject >= 0, row)
		}
		if wanted.count() == 0 {
			continue
		}
		ask := s.ask(x.view, x.linker, Filter{Rule: rule}, resolute.Period{})
		ask.wants = countsOnly
		s.sift(ask.match, false, func(_, piece int, z *sieve, c chosen) {
			rows, h := c.whole(), newAdder(ask).hold(z)
			rows.only(func(row int) bool {
				_, own := z.c.own[row] // how they fall depends on the period
				return own || h.about(row, wanted)
			})
			about[piece].unite(rows)
		})
	}
	return about
}

// about tells whether an activity falls to any of some rows of the view, or is proposed for them.
func (h *hand) about(row int, wanted bitset) bool {
	if h.cells == nil {
		return wanted.common(h.ways.mask(h.falls.counted[row]))+wanted.common(h.openWays.mask(h.falls.open[row])) > 0
	}
	clear(h.mask)
	clear(h.opened)
	h.crossed.masks(h.b, row, h.mask, h.opened, true)
	return wanted.common(h.mask)+wanted.common(h.opened) > 0
}

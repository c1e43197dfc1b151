package coverage

import (
	"slices"
	"sync"
	"sync/atomic"

	"resolute"
)

// asking is a question for the sums of the rows of a view, made ready for one state of the data. All
// who add for it share it.
type asking struct {
	view   *view
	linker linker // for activities that are read one by one
	match  *matcher
	during days
	area   *part // nil: everywhere
	to     *converter
	wants  depth

	rows           int     // that money falls to: those of the view, or countries of which a view of areas is made
	ways, openWays wayList // of the view; of countries for areas
	places         wayList // of countries, where the area asks for them
	overAreas      bool    // the view is one of areas
	landing        func(x *sieve) *landing
	onto           []int      // rows of the view that money of countries falls to; nil: as the ways say
	byDay          *groupDays // of a view of groups
	cells          *crossing  // of a view of cells
	organisations  int        // numbers of them are smaller
}

// depth is how much of the sums is wanted.
type depth uint8

const (
	everything depth = iota
	moneyAndCounts
	countsOnly
)

// ask makes a question ready. Blocks that were never asked are made ready as well.
func (s *snapshot) ask(v *view, l linker, f Filter, p resolute.Period) *asking {
	q := &asking{view: v, linker: l, match: s.figureMatcher(f, p), during: daysOf(p), area: s.book.part(f, p), to: s.converter(f), rows: len(v.ids)}
	s.land(v == s.book.provision)
	switch l := l.(type) {
	case conceptLinker:
		q.ways, q.openWays, q.landing = v.ways.now(), v.openWays.now(), s.book.landingOf(v)
	case areaLinker:
		q.overAreas = true
		q.askAreas(l)
	case cellLinker:
		q.cells = s.book.crossing(v, l)
	}
	if q.area != nil {
		q.places = s.book.countries.ways.now()
	}
	q.organisations = s.organisations()
	return q
}

// organisations gives a number that those of all organisations are below.
func (s *snapshot) organisations() (n int) {
	for _, p := range s.facts.pieces {
		n = max(n, len(p.columnsOf(&s.facts.stock, s.book).organisations.counts))
	}
	return n
}

// landingOf tells where the ways of a view of concepts stand.
func (b *book) landingOf(v *view) func(x *sieve) *landing {
	return func(x *sieve) *landing {
		switch v {
		case b.provision:
			return x.threadLanding(x.stock, x.block)
		case b.lines:
			return &x.landingsOf(x.stock, b).lines
		case b.goals:
			return &x.landingsOf(x.stock, b).goals
		}
		return &x.landingsOf(x.stock, b).targets
	}
}

// askAreas makes the ways of countries those of a view of areas.
func (q *asking) askAreas(l areaLinker) {
	q.ways = l.countries.ways.now()
	q.landing = func(x *sieve) *landing { return &x.landingsOf(x.stock, x.book).countries }
	switch {
	case q.view == l.countries:
	case l.view.by == ByGroup:
		q.byDay = newGroupDays(l)
	default:
		for row := range l.countries.ids {
			to := noRow
			if rows := l.regionOf(row); len(rows) > 0 {
				to = rows[0]
			}
			q.onto = append(q.onto, to)
		}
		q.rows = len(l.countries.ids)
		q.ways = q.ways.onto(q.view, len(l.countries.ids), q.onto)
	}
}

// onto gives the same ways with the rows of another view as those that count.
func (l wayList) onto(v *view, rows int, to []int) wayList {
	out := l
	out.masks, out.words = nil, maskWords(v.places())
	for n := range l.ways {
		var found []int
		eachPlace(l.mask(uint32(n)), func(place int) {
			if place < rows && to[place] != noRow {
				found = append(found, to[place])
			}
		})
		out.masks = append(out.masks, v.maskOf(found, true)...)
	}
	return out
}

// land makes the blocks ready that were never asked, several side by side.
func (s *snapshot) land(threads bool) {
	next := atomic.Int64{}
	var crew sync.WaitGroup
	for range s.workers() {
		crew.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(s.facts.pieces); i = int(next.Add(1)) - 1 {
				p := s.facts.pieces[i]
				if p.landingsOf(&s.facts.stock, s.book); threads {
					p.aspectOf(&s.facts.stock, s.book).threadLanding(&s.facts.stock, p.block)
				}
			}
		})
	}
	crew.Wait()
}

// run adds up what is asked for.
func (s *snapshot) run(q *asking) *added {
	workers := make([]*adder, s.workers())
	for i := range workers {
		workers[i] = newAdder(q)
	}
	s.sift(q.match, false, func(worker, _ int, x *sieve, c chosen) { workers[worker].look(x, c.whole()) })
	all := workers[0]
	for _, w := range workers[1:] {
		all.join(w)
	}
	return all.added()
}

// groupDays are the rows of groups that countries belong to, found once for each span of their
// days between two steps of the lists. They are for one goroutine.
type groupDays struct {
	linker areaLinker
	steps  roll
	spans  int
	known  []int16 // by country and first and last spell; below 0: not looked up yet
}

func newGroupDays(l areaLinker) *groupDays {
	g := &groupDays{linker: l}
	for _, r := range l.rolls {
		g.steps.steps = append(g.steps.steps, r.steps...)
	}
	slices.Sort(g.steps.steps)
	g.steps.steps = slices.Compact(g.steps.steps)
	g.spans = len(g.steps.steps) + 1
	return g
}

// again gives one for another goroutine.
func (g *groupDays) again() *groupDays {
	if g == nil {
		return nil
	}
	own := *g
	own.known = make([]int16, len(g.linker.countries.ids)*g.spans*g.spans)
	for i := range own.known {
		own.known[i] = -1
	}
	return &own
}

// rows gives the rows of the view that a country belongs to on any day of a span, as bits.
func (g *groupDays) rows(country int, span days) uint64 {
	from, to := 0, g.spans-1
	if span.from != 0 {
		from = g.steps.spell(span.from)
	}
	if span.to != 0 {
		to = g.steps.spell(span.to)
	}
	at := &g.known[(country*g.spans+from)*g.spans+to]
	if *at < 0 {
		*at = 0
		for _, row := range g.linker.rowsDuring(country, span) {
			*at |= 1 << row
		}
	}
	return uint64(*at)
}

package coverage

import (
	"slices"

	"resolute"
)

// adder adds up the activities of some blocks for a question. It is for one goroutine; several are
// joined in the end.
type adder struct {
	*asking
	converter *converter
	groups    *groupDays
	split     splitter
	apart     splitter // of what falls to areas
	sums      []*unitSums
	units     []*unitSums // of the block at hand, by its own numbers
	byWay     []count     // activities that fall to rows by a way
	byOpenWay []int32
	byPlace   []count // and those that do not
	openPlace []int32
	parties   []uint64 // of each organisation the places that count it, and those that propose it, as masks
	nations   []uint64 // of each country the places that count it
	words     int      // of a mask

	crossed *crossed // of the activity at hand, where it falls to cells
	mask    []uint64 // of the activity at hand, where it falls by no way
	opened  []uint64
}

// count is what a way or a place counts.
type count struct {
	activities, undated, begun int32
	last                       day
	result                     bool
}

func (c *count) join(other count) {
	c.activities, c.undated, c.begun = c.activities+other.activities, c.undated+other.undated, c.begun+other.begun
	c.last, c.result = max(c.last, other.last), c.result || other.result
}

// unitSums are the sums of one figure and currency, by row, with those of the places behind all rows.
type unitSums struct {
	unit
	counted, left, open []resolute.Cents
}

func newAdder(q *asking) *adder {
	a := &adder{asking: q, converter: q.to.again(), groups: q.byDay.again(), words: maskWords(q.view.places())}
	a.byWay, a.byOpenWay = make([]count, len(q.ways.ways)), make([]int32, len(q.openWays.ways))
	a.byPlace, a.openPlace = make([]count, q.view.places()), make([]int32, q.view.places())
	a.mask, a.opened = make([]uint64, a.words), make([]uint64, a.words)
	if q.cells != nil {
		a.crossed = &crossed{crossing: q.cells}
	}
	if q.wants == everything {
		a.parties = make([]uint64, 2*a.words*q.organisations)
		a.nations = make([]uint64, a.words*len(q.match.book.countries.ids))
	}
	return a
}

// of gives the sums of a unit.
func (a *adder) of(u unit) *unitSums {
	at := slices.IndexFunc(a.sums, func(s *unitSums) bool { return s.unit == u })
	if at < 0 {
		at = len(a.sums)
		a.sums = append(a.sums, &unitSums{unit: u, counted: make([]resolute.Cents, a.rows+extraPlaces), left: make([]resolute.Cents, a.rows+extraPlaces), open: make([]resolute.Cents, a.rows+extraPlaces)})
	}
	return a.sums[at]
}

// look adds the rows of a piece that fit.
func (a *adder) look(x *sieve, rows bitset) {
	for row := range x.c.own { // how they fall depends on the period
		if rows.has(row) {
			rows.remove(row)
			a.read(x.read(x.u, row))
		}
	}
	h := a.hold(x)
	a.units = a.units[:0]
	for _, u := range h.b.known {
		a.units = append(a.units, a.of(u))
	}
	rows.each(h.add)
}

// join adds what another adder of the same question found.
func (a *adder) join(other *adder) {
	for i := range a.byWay {
		a.byWay[i].join(other.byWay[i])
	}
	for i := range a.byPlace {
		a.byPlace[i].join(other.byPlace[i])
		a.openPlace[i] += other.openPlace[i]
	}
	for i, n := range other.byOpenWay {
		a.byOpenWay[i] += n
	}
	bitset(a.parties).unite(other.parties)
	bitset(a.nations).unite(other.nations)
	for _, s := range other.sums {
		to := a.of(s.unit)
		for row := range s.counted {
			to.counted[row] = to.counted[row].Plus(s.counted[row])
			to.left[row] = to.left[row].Plus(s.left[row])
			to.open[row] = to.open[row].Plus(s.open[row])
		}
	}
	a.converter.join(other.converter)
}

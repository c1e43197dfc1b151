package coverage

import (
	"math/bits"
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
	b := x.landingsOf(x.stock, x.book)
	a.units = a.units[:0]
	for _, u := range b.known {
		a.units = append(a.units, a.of(u))
	}
	h := &hand{adder: a, x: x, b: b}
	if a.landing != nil {
		h.falls = a.landing(x)
	}
	rows.each(h.add)
}

// hand is an activity of a block, as it is added.
type hand struct {
	*adder
	x     *sieve
	b     *landings
	falls *landing // nil: to cells

	row          int
	place        *way // of its countries, where the area asks for them
	counted      fall
	open         fall
	way, openWay uint32
	found        bool // what falls where is
}

// fall is how an amount falls to rows.
type fall struct {
	rows, kinds []uint16
	sizes       []size
	whole, rest uint64
}

// shareOf gives how a way splits.
func (l *wayList) fallOf(w *way) fall {
	rows, kinds, sizes := l.of(w)
	return fall{rows, kinds, sizes, w.whole, w.rest}
}

func (x *splitter) of(s *fall, c resolute.Cents) (parts []resolute.Cents, rest resolute.Cents) {
	return x.split(s.kinds, s.sizes, s.whole, s.rest, c)
}

// add adds one activity.
func (h *hand) add(row int) {
	h.row, h.found = row, false
	inside := !h.x.c.dated.has(row) || h.during.touches(h.x.c.starts[row], h.x.c.ends[row])
	if h.area != nil {
		h.place = &h.places.ways[h.b.countries.counted[row]]
		rows := h.places.rows[h.place.first : h.place.first+uint32(h.place.rows)]
		if !h.area.mayBe(rows) {
			return
		}
		inside = inside && h.area.met(rows, func() days { return h.x.life(row) })
	}
	if h.falls != nil {
		if h.way = h.falls.counted[row]; h.falls.open != nil {
			h.openWay = h.falls.open[row]
		}
	}
	from, to := h.b.flowColumns.of(row)
	if h.wants == countsOnly {
		to = from
	}
	for i := from; i < to; i++ {
		if h.during.holds(h.b.days[i]) {
			h.flow(i, i-from, inside)
		}
	}
	if inside {
		h.count()
	}
}

// flow adds one amount in the period. A payment is evidence even when its activity lies outside.
func (h *hand) flow(i, nth int, inside bool) {
	u, cents := h.units[h.b.units[i]], h.b.cents[i]
	if h.converter != nil {
		w := h.converter.convert(flow{figure: u.figure, currency: u.currency, day: h.b.days[i], cents: cents})
		if cents = w.cents; w.currency != u.currency {
			u = h.of(unit{w.figure, w.currency})
		}
	}
	if h.area != nil {
		s := h.places.fallOf(h.place)
		if cents = h.area.partOf(&h.apart, &s, cents, h.b.days[i]); cents == 0 {
			return
		}
	}
	if u.figure != noFigure {
		h.find()
		if h.match.rule.has(countOnce) && h.x.holds.has(h.row) && slices.Contains(h.x.left[h.row], uint16(nth)) {
			h.put(u.left, &h.counted, cents, h.b.days[i])
		} else {
			h.put(u.counted, &h.counted, cents, h.b.days[i])
			h.propose(u, cents)
		}
	}
	if !inside && u.figure != budgets && h.wants == everything {
		h.prove(h.b.days[i])
	}
}

// find makes ready how the activity falls.
func (h *hand) find() {
	if h.found {
		return
	}
	h.found = true
	if h.cells != nil {
		h.counted = h.crossed.fall(h.b, h.row)
		return
	}
	h.counted = h.ways.fallOf(&h.ways.ways[h.way])
	if h.falls.open != nil {
		h.open = h.openWays.fallOf(&h.openWays.ways[h.openWay])
	}
}

// put splits an amount over the rows; what no row has is unlinked.
func (h *hand) put(to []resolute.Cents, s *fall, cents resolute.Cents, on day) {
	to[h.rows+totalPlace] += cents
	parts, rest := h.split.of(s, cents)
	for i, part := range parts {
		rest += h.land(to, int(s.rows[i]), part, on)
	}
	to[h.rows+unlinkedPlace] += rest
}

// land gives a row its part; what is left has no row on that day.
func (a *adder) land(to []resolute.Cents, row int, part resolute.Cents, on day) (rest resolute.Cents) {
	if a.groups == nil {
		to[row] += part
		return 0
	}
	rows := a.groups.rows(row, days{on, on})
	if rows == 0 {
		return part
	}
	for ; rows != 0; rows &= rows - 1 {
		to[bits.TrailingZeros64(rows)] += part
	}
	return 0
}

// propose adds an amount to the rows that rules propose.
func (h *hand) propose(u *unitSums, cents resolute.Cents) {
	if u.figure > spent || len(h.open.rows) == 0 || h.wants != everything {
		return
	}
	parts, _ := h.split.of(&h.open, cents)
	for i, part := range parts {
		u.open[h.open.rows[i]] += part
		u.open[h.rows+totalPlace] += part
	}
}

// prove makes a payment the evidence of its rows.
func (h *hand) prove(on day) {
	if h.falls != nil && h.groups == nil {
		c := &h.byWay[h.way]
		c.last = max(c.last, on)
		return
	}
	h.landed(days{on, on})
	h.last(on)
}

// last notes a day of evidence at the places of the mask.
func (a *adder) last(on day) {
	eachPlace(a.mask, func(place int) { a.byPlace[place].last = max(a.byPlace[place].last, on) })
}

// landed makes the masks of an activity that falls by no way.
func (h *hand) landed(span days) {
	clear(h.mask)
	clear(h.opened)
	if h.cells != nil {
		h.crossed.masks(h.b, h.row, h.mask, h.opened, h.wants == everything)
		return
	}
	rows := h.ways.fallOf(&h.ways.ways[h.way]).rows
	for _, row := range rows {
		h.mask[0] |= h.groups.rows(int(row), span)
	}
	h.view.markEnds(h.mask, h.mask[0] != 0, true)
}

// count counts the activity at hand.
func (h *hand) count() {
	c, row := h.x.c, h.row
	n := count{activities: 1, undated: int32(oneIf(!c.dated.has(row))), begun: int32(oneIf(c.begun.has(row)))}
	if h.wants == everything {
		found := happenedIn(c.traces.of(row), h.during)
		n.last, n.result = found.last, found.result
	}
	mask, opened := h.mask, h.opened
	if h.falls != nil && h.groups == nil {
		h.byWay[h.way].join(n)
		mask, opened = h.ways.mask(h.way), nil
		if h.falls.open != nil {
			h.byOpenWay[h.openWay]++
			opened = h.openWays.mask(h.openWay)
		}
	} else {
		h.landed(h.x.life(row))
		h.countPlaces(n)
	}
	if h.wants != everything {
		return
	}
	for _, id := range c.organisations.of(row) {
		h.meet(int(id), mask, opened)
	}
	for _, nation := range c.nations.of(row) {
		h.work(int(nation), mask)
	}
}

// countPlaces counts an activity at the places of the masks.
func (a *adder) countPlaces(n count) {
	eachPlace(a.mask, func(place int) { a.byPlace[place].join(n) })
	eachPlace(a.opened, func(place int) { a.openPlace[place]++ })
}

// meet notes the places that count an organisation, and those that propose it.
func (a *adder) meet(id int, mask, opened []uint64) {
	at := a.parties[2*id*a.words : 2*(id+1)*a.words]
	for i, word := range mask {
		at[i] |= word
	}
	for i, word := range opened {
		at[a.words+i] |= word
	}
}

// work notes the places that count a country.
func (a *adder) work(nation int, mask []uint64) {
	at := a.nations[nation*a.words : (nation+1)*a.words]
	for i, word := range mask {
		at[i] |= word
	}
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
			to.counted[row] += s.counted[row]
			to.left[row] += s.left[row]
			to.open[row] += s.open[row]
		}
	}
	a.converter.join(other.converter)
}

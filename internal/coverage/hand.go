package coverage

import (
	"math/bits"

	"resolute"
)

// hold makes a block ready to be taken in hand.
func (a *adder) hold(x *sieve) *hand {
	h := &hand{adder: a, x: x, b: x.landingsOf(x.stock, x.book)}
	if a.landing != nil {
		h.falls = a.landing(x)
	}
	return h
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

// take takes an activity in hand: whether it may have anything in the area, and whether it lies in the
// area and the period itself.
func (h *hand) take(row int) (may, inside bool) {
	h.row, h.found = row, false
	inside = !h.x.c.dated.has(row) || h.during.touches(h.x.c.starts[row], h.x.c.ends[row])
	if h.area != nil {
		h.place = &h.places.ways[h.b.countries.counted[row]]
		rows := h.places.rows[h.place.first : h.place.first+uint32(h.place.rows)]
		if !h.area.mayBe(rows) {
			return false, false
		}
		inside = inside && h.area.met(rows, func() days { return h.x.life(row) })
	}
	if h.falls != nil {
		if h.way = h.falls.counted[row]; h.falls.open != nil {
			h.openWay = h.falls.open[row]
		}
	}
	return true, inside
}

// add adds one activity.
func (h *hand) add(row int) {
	may, inside := h.take(row)
	if !may {
		return
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
	w, by := flow{}, (*rated)(nil)
	if h.converter != nil {
		w, by = h.converter.turn(flow{figure: u.figure, currency: u.currency, day: h.b.days[i], cents: cents})
		if cents = w.cents; w.currency != u.currency {
			u = h.of(unit{w.figure, w.currency})
		}
	}
	if h.area != nil {
		s := h.places.fallOf(h.place)
		part := h.area.partOf(&h.apart, &s, cents, h.b.days[i])
		if part == 0 {
			return
		}
		if !h.overAreas {
			cents = part
		}
	}
	if u.figure != noFigure {
		h.find()
		if h.x.leaves(h.row, nth) {
			h.put(u.left, &h.counted, cents, h.b.days[i])
		} else {
			by.counts(w)
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
	sum := apportioned{total: cents}
	parts, rest := h.split.of(s, cents)
	if h.partly() {
		sum.total, rest = 0, 0
	}
	for i, part := range parts {
		h.apportion(to, &sum, int(s.rows[i]), part, on)
	}
	sum.rest += rest
	h.sum(to, sum)
}

// apportioned is what of an amount the rows of a view share: all of it, and what has no row.
type apportioned struct{ total, rest resolute.Cents }

// partly tells whether the rows are areas and only some areas are wanted: then an amount is split over all
// its places, as without a filter, and those that are not wanted are left out with their parts.
func (a *adder) partly() bool { return a.overAreas && a.area != nil }

// apportion gives a row its part, if it is wanted.
func (a *adder) apportion(to []resolute.Cents, sum *apportioned, row int, part resolute.Cents, on day) {
	if a.partly() {
		if !a.area.wants(row, on) {
			return
		}
		sum.total += part
	}
	sum.rest += a.land(to, row, part, on)
}

func (a *adder) sum(to []resolute.Cents, sum apportioned) {
	to[a.rows+totalPlace] = to[a.rows+totalPlace].Plus(sum.total)
	to[a.rows+unlinkedPlace] = to[a.rows+unlinkedPlace].Plus(sum.rest)
}

// land gives a row its part; what is left has no row on that day.
func (a *adder) land(to []resolute.Cents, row int, part resolute.Cents, on day) (rest resolute.Cents) {
	if a.groups == nil {
		to[row] = to[row].Plus(part)
		return 0
	}
	rows := a.groups.rows(row, days{on, on})
	if rows == 0 {
		return part
	}
	for ; rows != 0; rows &= rows - 1 {
		group := bits.TrailingZeros64(rows)
		to[group] = to[group].Plus(part)
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
		to, total := &u.open[h.open.rows[i]], &u.open[h.rows+totalPlace]
		*to, *total = to.Plus(part), total.Plus(part)
	}
}

// prove makes a payment the evidence of its rows.
func (h *hand) prove(on day) {
	if h.byNumber() {
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

// byNumber tells whether the way of the activity says all of the rows that count it.
func (h *hand) byNumber() bool { return h.falls != nil && h.groups == nil }

// masks gives the places that count the activity, and those that propose it.
func (h *hand) masks() (mask, opened []uint64) {
	if !h.byNumber() {
		h.landed(h.x.life(h.row))
		return h.mask, h.opened
	}
	if h.falls.open != nil {
		opened = h.openWays.mask(h.openWay)
	}
	return h.ways.mask(h.way), opened
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
	mask, opened := h.masks()
	if h.byNumber() {
		h.byWay[h.way].join(n)
		if h.falls.open != nil {
			h.byOpenWay[h.openWay]++
		}
	} else {
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

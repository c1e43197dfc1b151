package coverage

import (
	"math"
	"slices"
	"sync"
)

// columns hold what filters, facets and orders ask of the activities of a block, one narrow array
// for each, so that millions are looked through in milliseconds. Nobody changes them.
type columns struct {
	starts, ends, oldest                          []day // oldest: of all amounts and proofs
	updated                                       []stamp
	reporter, source                              []uint32 // numbers in the dictionary
	dated, placed, begun, several, paid, repeated bitset   // several organisations; money committed or spent on some day
	checked                                       bitset   // amounts that are not above zero, so that sums are to be looked at
	status, kind, sector, level, roles            narrow
	nations, regions                              lists[uint16]
	lines, goals, targets                         lists[uint16]
	organisations                                 lists[uint32]
	parts                                         []byte       // roles of each of these, as bits
	traces                                        lists[trace] // the newest first
	groups                                        narrow       // sets of special groups, of all time
	locations                                     []uint32     // how many each row states
	located                                       bitset       // rows that state any
	own                                           map[int]days // rows whose transactions have links or places of their own, with the span of these

	special []standings // of the special groups, while the columns are made

	titles sync.Map // beginnings of titles, by language
	byBook aspects
}

// narrow is a column of few values.
type narrow struct {
	codes  []uint16
	values []string
	counts []int // of each value in the whole block
	known  map[string]uint16
}

func (n *narrow) add(v string) {
	if last := len(n.codes) - 1; last >= 0 && n.values[n.codes[last]] == v { // as often
		n.codes = append(n.codes, n.codes[last])
		n.counts[n.codes[last]]++
		return
	}
	code, known := n.known[v]
	if !known {
		if n.known == nil {
			n.known = map[string]uint16{}
		}
		code = uint16(len(n.values))
		n.known[v] = code
		n.values, n.counts = append(n.values, v), append(n.counts, 0)
	}
	n.codes = append(n.codes, code)
	n.counts[code]++
}

// lists is a column of short lists of numbers.
type lists[T uint16 | uint32] struct {
	ends   []uint32 // of the list of each row
	values []T
	counts []int32 // of each number in the whole block
}

func (l *lists[T]) of(row int) []T {
	from, to := stretchOf(l.ends, row)
	return l.values[from:to]
}

// stretchOf gives where the nth of several lists begins and ends, that stand behind each other in one: ends
// are their ends.
func stretchOf[N uint16 | uint32](ends []N, n int) (from, to int) {
	if n > 0 {
		from = int(ends[n-1])
	}
	return from, int(ends[n])
}

func (l *lists[T]) close() { l.ends = append(l.ends, uint32(len(l.values))) }

// seal counts the numbers and gives back the room that growing left over.
func (l *lists[T]) seal() {
	l.values = slices.Clone(l.values)
	if len(l.values) > 0 {
		l.counts = make([]int32, int(slices.Max(l.values))+1)
	}
	for _, v := range l.values {
		l.counts[v]++
	}
}

// columnsOf gives the columns of a block, made by whoever asks first.
func (k *block) columnsOf(x *stock, b *book) *columns {
	k.making.Do(func() { k.columns = k.tabulate(x.unpacker(b)) })
	return k.columns
}

func (k *block) tabulate(u *unpacker) *columns {
	n := k.rows()
	c := &columns{own: map[int]days{}, starts: make([]day, n), ends: make([]day, n), oldest: make([]day, n), updated: make([]stamp, n),
		reporter: make([]uint32, n), source: make([]uint32, n), locations: make([]uint32, n)}
	s := &aspect{of: u.book}
	piece{block: k}.each(u, 0, n, func(row int, a *activity) {
		c.take(u, row, a)
		c.takeAbout(u.book, row, a)
		s.take(row, a)
	})
	s.threads.seal()
	c.byBook.kept = []*aspect{s}
	for _, l := range []*lists[uint16]{&c.nations, &c.regions, &c.lines, &c.goals, &c.targets} {
		l.seal()
	}
	c.organisations.seal()
	c.special = nil
	c.traces.values, c.parts = slices.Clone(c.traces.values), slices.Clone(c.parts)
	return c
}

// take puts what an activity has into the columns.
func (c *columns) take(u *unpacker, row int, a *activity) {
	c.starts[row], c.ends[row], c.updated[row], c.reporter[row], c.source[row] = a.starts, a.ends, a.updated, u.reporter, u.source
	c.oldest[row] = math.MaxInt32
	for _, w := range a.flows {
		c.oldest[row] = min(c.oldest[row], w.day)
		c.checked.addIf(w.figure <= spent && w.cents <= 0, row)
	}
	for _, x := range a.proofs {
		c.oldest[row] = min(c.oldest[row], x.day)
	}
	c.locations[row] = a.locations
	c.located.addIf(a.locations > 0, row)
	c.dated.addIf(a.dated, row)
	c.repeated.addIf(a.repeated, row)
	c.begun.addIf(a.status != pipeline, row)
	c.several.addIf(len(a.organisations) > 1, row)
	c.status.add(a.status)
	c.kind.add(a.kind)
	c.sector.add(a.sector)
	c.level.add(a.level)
	c.roles.add(u.texts[u.roleSet])
	for at, id := range a.organisations {
		c.organisations.values, c.parts = append(c.organisations.values, uint32(id)), append(c.parts, a.parts[at])
	}
	c.organisations.close()
	c.traces.values = a.traces(c.traces.values)
	c.traces.close()
	c.paid.addIf(happenedIn(c.traces.of(row), allTime).paid, row)
}

// takeAbout puts what an activity is about, and where, into the columns.
func (c *columns) takeAbout(b *book, row int, a *activity) {
	about := b.codesOf(a)
	takeRows(&c.nations, about.of(nations))
	c.placed.addIf(len(about.of(nations)) > 0, row)
	takeRows(&c.regions, about.of(regions))
	takeRows(&c.lines, about.of(lines))
	takeRows(&c.goals, about.of(goals))
	takeRows(&c.targets, about.of(targets))
	if len(a.own) > 0 {
		c.own[row] = a.ownSpan()
	}
	c.groups.add(string(c.groupsOf(b, row)))
}

// groupsOf gives for each special group whether a row works in it at any time, once its countries
// are there.
func (c *columns) groupsOf(b *book, row int) []byte {
	if c.special == nil {
		for _, group := range special {
			c.special = append(c.special, b.standingsIn(group))
		}
	}
	groups := make([]byte, len(special))
	life := func() days { return lifeIn(allTime, c.dated.has(row), c.starts[row], c.ends[row]) }
	for i := range special {
		groups[i] = flagOf(c.special[i].hold(c.nations.of(row), life), 0)
	}
	return groups
}

// list gives the column of a list of rows that is the same for every instrument.
func (c *columns) list(x about) *lists[uint16] {
	switch x {
	case nations:
		return &c.nations
	case regions:
		return &c.regions
	case lines:
		return &c.lines
	case goals:
		return &c.goals
	}
	return &c.targets
}

func takeRows(l *lists[uint16], rows []int16) {
	for _, row := range rows {
		l.values = append(l.values, uint16(row))
	}
	l.close()
}

// ownSpan is the span of the days of the transactions that have links or places of their own.
func (a *activity) ownSpan() days {
	span := days{math.MaxInt32, 0}
	for _, txn := range a.own {
		i := a.flowOf(int32(txn))
		if i >= 0 && a.flows[i].day != 0 { // else they count in no period at all
			span.from, span.to = min(span.from, a.flows[i].day), max(span.to, a.flows[i].day)
		}
	}
	return span
}

// holdsAll tells whether a span lies in another, so that nothing of it is left out.
func (s days) holdsAll(of days) bool {
	return of.to == 0 || s.from <= of.from && (s.to == 0 || s.to >= of.to)
}

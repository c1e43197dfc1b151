package coverage

import (
	"cmp"
	"slices"

	"resolute"
)

// behind is what stands behind a selection of activities.
type behind struct {
	years    []Year
	partners []Partner
	nations  []Count

	conversion *Conversion // of the years
}

func (b behind) weight() int { return 900*len(b.years) + 160*len(b.partners) + 24*len(b.nations) + 100 }

// behind adds up what stands behind the activities that fit.
func (s *snapshot) behind(f Filter, p resolute.Period) behind {
	m := s.matcher(f, p)
	s.land(false)
	workers := make([]*backing, s.workers())
	for i := range workers {
		workers[i] = &backing{converter: m.to.again(), partners: make([]tallied, s.organisations()), nations: make([]int, len(s.book.countries.ids))}
	}
	s.sift(m, true, func(worker, _ int, x *sieve, c chosen) { workers[worker].look(x, c.whole()) })
	all := workers[0]
	for _, w := range workers[1:] {
		all.join(w)
	}
	return behind{years: all.listYears(), partners: all.listPartners(s.facts.names), nations: all.listNations(s.book.countries), conversion: all.converter.conversion()}
}

// backing is what stands behind some activities, while it is added up. It is for one goroutine.
type backing struct {
	converter *converter
	sums      []*yearSums
	partners  []tallied // by number of the organisation
	nations   []int     // activities, by row of countries
}

// yearSums are the sums of one figure and currency by year.
type yearSums struct {
	unit
	cents []resolute.Cents
	there []bool
}

// tallied counts the activities of one organisation.
type tallied struct {
	activities int
	inRole     [len(roles)]int
}

func (b *backing) look(x *sieve, rows bitset) {
	paid := x.landingsOf(x.stock, x.book)
	rows.each(func(row int) {
		b.pay(x, paid, row)
		b.meet(x.c, row)
		b.work(x, row)
	})
}

// pay adds the commitments and payments of a row.
func (b *backing) pay(x *sieve, paid *landings, row int) {
	from, to := paid.flowColumns.of(row)
	for i := from; i < to; i++ {
		u, on := paid.known[paid.units[i]], paid.days[i]
		if u.figure > spent || !x.during.holds(on) || x.leaves(row, i-from) {
			continue
		}
		w := b.converter.convert(flow{figure: u.figure, currency: u.currency, day: on, cents: paid.cents[i]})
		b.of(unit{w.figure, w.currency}).add(on.year(), w.cents)
	}
}

// leaves tells whether the rule leaves a flow of a row out.
func (x *sieve) leaves(row, nth int) bool {
	if !x.rule.has(countOnce) || !x.holds.has(row) {
		return false
	}
	_, left := slices.BinarySearch(x.left[row], uint32(nth))
	return left
}

func (b *backing) of(u unit) *yearSums {
	at := slices.IndexFunc(b.sums, func(s *yearSums) bool { return s.unit == u })
	if at < 0 {
		at = len(b.sums)
		b.sums = append(b.sums, &yearSums{unit: u})
	}
	return b.sums[at]
}

func (s *yearSums) add(year int, cents resolute.Cents) {
	for len(s.cents) <= year {
		s.cents, s.there = append(s.cents, 0), append(s.there, false)
	}
	s.cents[year] = s.cents[year].Plus(cents)
	s.there[year] = true
}

// meet counts the organisations of a row.
func (b *backing) meet(c *columns, row int) {
	first, _ := stretchOf(c.organisations.ends, row)
	for i, id := range c.organisations.of(row) {
		t := &b.partners[id]
		t.activities++
		for role := range roles {
			if c.parts[int(first)+i]&(1<<role) != 0 {
				t.inRole[role]++
			}
		}
	}
}

// work counts the countries of a row, of which some may be those of transactions in the period.
func (b *backing) work(x *sieve, row int) {
	if span, own := x.c.own[row]; own && !x.during.holdsAll(span) {
		for _, nation := range x.book.codesIn(x.read(x.u, row), x.during).of(nations) {
			b.nations[nation]++
		}
		return
	}
	for _, nation := range x.c.nations.of(row) {
		b.nations[nation]++
	}
}

func (b *backing) join(other *backing) {
	for _, s := range other.sums {
		to := b.of(s.unit)
		for year, there := range s.there {
			if there {
				to.add(year, s.cents[year])
			}
		}
	}
	for id := range b.partners {
		t, o := &b.partners[id], &other.partners[id]
		t.activities += o.activities
		for role := range roles {
			t.inRole[role] += o.inRole[role]
		}
	}
	for nation, n := range other.nations {
		b.nations[nation] += n
	}
	b.converter.join(other.converter)
}

func (b *backing) listYears() []Year {
	list := []Year{}
	for _, s := range b.sums {
		for year, there := range s.there {
			if !there {
				continue
			}
			at, known := slices.BinarySearchFunc(list, yearText(year), func(y Year, text string) int { return cmp.Compare(y.Year, text) })
			if !known {
				list = slices.Insert(list, at, Year{Year: yearText(year)})
			}
			to := &list[at].Spent
			if s.figure == commitments {
				to = &list[at].Commitments
			}
			to.add(s.currency.Value(), s.cents[year])
		}
	}
	return list
}

func (b *backing) listPartners(names map[int64]Organisation) []Partner {
	list := []Partner{}
	for id, t := range b.partners {
		if t.activities > 0 {
			list = append(list, Partner{Organisation: names[int64(id)], Activities: t.activities, InRole: t.inRole})
		}
	}
	slices.SortFunc(list, func(a, b Partner) int {
		return cmp.Or(cmp.Compare(b.Activities, a.Activities), cmp.Compare(a.ID, b.ID))
	})
	return list
}

func (b *backing) listNations(countries *view) []Count {
	counts := map[string]int{}
	for row, n := range b.nations {
		if n > 0 && countries.ids[row] != RegionRow {
			counts[countries.ids[row]] = n
		}
	}
	return sortedCounts(counts)
}

func sortedCounts(counts map[string]int) []Count {
	list := make([]Count, 0, len(counts))
	for code, n := range counts {
		list = append(list, Count{code, n})
	}
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Activities, a.Activities), cmp.Compare(a.Code, b.Code))
	})
	return list
}

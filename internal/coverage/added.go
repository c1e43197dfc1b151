package coverage

import (
	"math/bits"
	"slices"

	"resolute"
)

// sums are the figures of one row.
type sums struct {
	activities, undated, begun int // begun: of activities, those that run or have ended
	organisations              int
	nations                    bitset // by row of countries
	money                      [figures]purse
	left                       [figures]purse // what the rule leaves out of the sums
	last                       day
	result                     bool
	openActivities             int
	openOrganisations          int
	openMoney                  [figures]purse
}

// added are the sums of all rows, of what falls to none, and of everything.
type added struct {
	rows            []sums
	unlinked, total sums
	conversion      *Conversion
}

// added writes out what was added up.
func (a *adder) added() *added {
	list := make([]sums, a.view.places())
	for n, c := range a.byWay {
		if c != (count{}) {
			eachPlace(a.ways.mask(uint32(n)), func(place int) { a.byPlace[place].join(c) })
		}
	}
	for n, c := range a.byOpenWay {
		if c > 0 {
			eachPlace(a.openWays.mask(uint32(n)), func(place int) { a.openPlace[place] += c })
		}
	}
	for place, c := range a.byPlace {
		s := &list[place]
		s.activities, s.undated, s.begun, s.last, s.result = int(c.activities), int(c.undated), int(c.begun), c.last, c.result
		s.openActivities = int(a.openPlace[place])
	}
	a.addParties(list)
	for _, u := range a.sums {
		a.addMoney(list, u)
	}
	n := len(a.view.ids)
	return &added{rows: list[:n], unlinked: list[n+unlinkedPlace], total: list[n+totalPlace], conversion: a.converter.conversion()}
}

// addParties counts organisations, and lists countries.
func (a *adder) addParties(list []sums) {
	if a.wants != everything {
		return
	}
	counts := make([]int32, 2*a.words*64)
	for at := 0; at < len(a.parties); at += 2 * a.words {
		for i, word := range a.parties[at : at+2*a.words] {
			for ; word != 0; word &= word - 1 {
				counts[i*64+bits.TrailingZeros64(word)]++
			}
		}
	}
	for place := range list {
		list[place].organisations, list[place].openOrganisations = int(counts[place]), int(counts[a.words*64+place])
	}
	for nation := range len(a.nations) / a.words {
		eachPlace(a.nations[nation*a.words:(nation+1)*a.words], func(place int) { list[place].nations.add(nation) })
	}
}

// addMoney gives the sums of one figure and currency to the rows, and to those above them.
func (a *adder) addMoney(list []sums, u *unitSums) {
	put := func(from []resolute.Cents, of func(*sums) *[figures]purse) {
		for place, cents := range a.spread(from) {
			if cents != 0 {
				of(&list[place])[u.figure].add(u.currency, cents)
			}
		}
	}
	if u.figure == noFigure {
		return
	}
	put(u.counted, func(s *sums) *[figures]purse { return &s.money })
	put(u.left, func(s *sums) *[figures]purse { return &s.left })
	put(u.open, func(s *sums) *[figures]purse { return &s.openMoney })
}

// spread gives what each place of the view holds of the money of rows.
func (a *adder) spread(from []resolute.Cents) []resolute.Cents {
	n := len(a.view.ids)
	to := slices.Clone(from)
	if a.onto != nil {
		to = make([]resolute.Cents, a.view.places())
		copy(to[n:], from[a.rows:])
		for row, at := range a.onto {
			if at == noRow {
				at = n + unlinkedPlace
			}
			to[at] += from[row]
		}
	}
	for row := n - 1; row >= 0; row-- {
		if above := a.view.parents[row]; above >= 0 {
			to[above] += to[row]
		}
	}
	return to
}

// row writes the sums out as a row.
func (s *sums) row(v *view, countries *view) Row {
	r := Row{Activities: s.activities, Undated: s.undated, Organisations: s.organisations, LastEvidence: s.last.String(),
		Commitments: s.money[commitments].money(), Spent: s.money[spent].money(), Incoming: s.money[incoming].money(),
		IncomingCommitments: s.money[incomingCommitments].money(), Budgets: s.money[budgets].money(),
		Open: Open{Activities: s.openActivities, Organisations: s.openOrganisations,
			Commitments: s.openMoney[commitments].money(), Spent: s.openMoney[spent].money()}}
	if v.areas {
		s.nations.each(func(row int) { // countries stand by code
			if countries.ids[row] != RegionRow {
				r.Areas = append(r.Areas, countries.ids[row])
			}
		})
	}
	return r
}

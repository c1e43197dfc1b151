package coverage

import "slices"

// What an activity may not state, by the values of the filter that asks for it.
const (
	LacksPlace    = "place"    // it names no country and no region in the period
	LacksDate     = "date"     // it has no usable date
	LacksMoney    = "money"    // it has no commitment and no spending in the period
	LacksLocation = "location" // it states no location
)

// Lacks lists what an activity may lack.
var Lacks = []string{LacksPlace, LacksDate, LacksMoney, LacksLocation}

// lacks hands all that an activity lacks to take.
func (h *held) lacks(take func(string)) {
	for _, what := range Lacks {
		if h.lack(what) {
			take(what)
		}
	}
}

func (h *held) lack(what string) bool {
	switch what {
	case LacksPlace:
		return len(h.codes.of(nations)) == 0
	case LacksDate:
		return !h.dated
	case LacksMoney:
		return !slices.ContainsFunc(h.flows, func(w flow) bool { return w.txn > 0 && w.figure <= spent && h.m.during.holds(w.day) })
	}
	return what == LacksLocation && h.locations == 0
}

// lacking gives those of some rows that lack something, by their columns.
func (x *sieve) lacking(what string, among bitset) bitset {
	rows := slices.Clone(among)
	switch what {
	case LacksPlace:
		rows.drop(x.c.placed)
	case LacksDate:
		rows.drop(x.c.dated)
	case LacksMoney:
		if x.during == allTime {
			rows.drop(x.c.paid)
			break
		}
		return x.moneyless(among)
	case LacksLocation:
		rows.drop(x.c.located)
	default:
		clear(rows)
	}
	return rows
}

// moneyless gives those of some rows that lack money in the period. A list asks for the same rows twice: for
// the facet, and for what it says above itself.
func (x *sieve) moneyless(among bitset) bitset {
	if x.unpaid == nil || !slices.Equal(x.asked, among) {
		x.asked, x.unpaid = slices.Clone(among), slices.Clone(among)
		x.unpaid.only(func(row int) bool { return !x.c.paid.has(row) || !paidIn(x.c.traces.of(row), x.during) })
	}
	return slices.Clone(x.unpaid)
}

package coverage

import (
	"cmp"
	"slices"
)

// trace is a day on which something happened, and what, as one number that orders by day.
type trace = uint32

// What a trace says beside its day.
const (
	paid      trace = 1 << iota // money was committed or spent
	resulted                    // a result was reported
	traceBits = 2
)

func traceOf(d day, is trace, claim bool) trace {
	t := trace(d) << traceBits
	if claim {
		t |= is
	}
	return t
}

// traces adds the days of transactions and proofs to a list, the newest first.
func (a *activity) traces(list []trace) []trace {
	begin := len(list)
	for _, w := range a.flows {
		if w.txn > 0 && w.day != 0 {
			list = append(list, traceOf(w.day, paid, w.figure <= spent))
		}
	}
	for _, p := range a.proofs {
		if p.day != 0 {
			list = append(list, traceOf(p.day, resulted, p.kind == "result"))
		}
	}
	slices.SortFunc(list[begin:], func(a, b trace) int { return cmp.Compare(b, a) })
	return list[:begin+len(slices.Compact(list[begin:]))]
}

// happened is what the traces of one activity say of a period.
type happened struct {
	last         day
	result, paid bool
}

func happenedIn(traces []trace, p days) (h happened) {
	for _, t := range traces {
		d := day(t >> traceBits)
		if p.to != 0 && d > p.to {
			continue
		}
		if d < p.from {
			break
		}
		if h.last == 0 {
			h.last = d
		}
		h.result, h.paid = h.result || t&resulted != 0, h.paid || t&paid != 0
	}
	return h
}

// paidIn tells whether money was committed or spent in a period.
func paidIn(traces []trace, p days) bool {
	for _, t := range traces {
		d := day(t >> traceBits)
		if d < p.from {
			break
		}
		if t&paid != 0 && p.holds(d) {
			return true
		}
	}
	return false
}

// lastIn is the newest day of a period on which something happened.
func lastIn(traces []trace, p days) day {
	for _, t := range traces {
		if d := day(t >> traceBits); p.holds(d) {
			return d
		}
	}
	return 0
}

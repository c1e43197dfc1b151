package coverage

import (
	"slices"
)

// linker says what the whole of an activity falls to in one view.
type linker interface {
	// counted is how a flow falls to the rows of the linker's own order.
	counted(a *activity, w flow) split
	// to maps a row of that order to rows of the view on a day; none means unlinked.
	to(row int, on day) []int
	// proposed is how a flow would fall to rows of the view if people confirmed what rules derive.
	proposed(a *activity, w flow) split
	// rows are those of the view that count an activity in the period, and those that propose it.
	rows(a *activity, p days) (counted, open []int)
}

// conceptLinker links by tags or mandate links of one scheme.
type conceptLinker struct {
	view   *view
	book   *book
	during days
}

// dacScheme holds the purpose codes as stated. It makes no view, but says at which level the
// lines derived from it stand.
const dacScheme = "dac-sector"

func (c conceptLinker) counted(a *activity, w flow) split {
	var room [8]share
	return newSplit(c.shares(room[:0], a, w))
}

// shares adds to a list the links of the transaction when it states anything of the family, else those
// of the activity.
func (c conceptLinker) shares(list []share, a *activity, w flow) []share {
	level := a.levelOf(int(w.txn), false, c.view.family...)
	for _, l := range linksAt(a.links.of(c.view.kind), level) {
		if !l.open && l.row >= 0 {
			list = append(list, share{int(l.row), l.share})
		}
	}
	return list
}

// levelOf is the transaction when it has a link of some kinds, which replaces the activity's, else
// 0. Open links replace only where they are told to.
func (a *activity) levelOf(txn int, open bool, family ...kind) int {
	if txn == 0 || len(a.own) == 0 {
		return 0
	}
	for _, k := range family {
		for _, l := range linksAt(a.links.of(k), txn) {
			if open || !l.open {
				return txn
			}
		}
	}
	return 0
}

func (c conceptLinker) to(row int, _ day) []int { return c.view.alone(row) }

func (c conceptLinker) proposed(a *activity, w flow) split {
	if c.fromMatrix() {
		return c.matrixSplit(a, int(w.txn))
	}
	var room [8]share
	return newSplit(openShares(room[:0], a, int(w.txn), c.view))
}

// openShares adds to a list the derived links of a flow that nobody has decided about.
func openShares(list []share, a *activity, txn int, v *view) []share {
	level := a.levelOf(txn, true, toPurpose)
	for _, l := range linksAt(a.links.of(v.kind), level) {
		if l.open && l.row >= 0 {
			list = append(list, share{int(l.row), l.share})
		}
	}
	return list
}

func (c conceptLinker) rows(a *activity, p days) (counted, open []int) {
	counted, open = a.linked(c.view, p)
	if c.fromMatrix() {
		open = c.matrixRows(a)
	}
	return counted, without(open, counted)
}

// linked are the rows of a view that an activity's links name in a period, counted and open, with
// what the matrix proposes among the open ones.
func (a *activity) linked(v *view, p days) (counted, open []int) {
	all, proposed := a.links.of(v.kind), a.proposal.of(v.kind)
	if len(all)+len(proposed) == 0 {
		return nil, nil
	}
	room := make([]int, 2*len(all)+len(proposed)) // of both lists at once
	counted, open = room[:0:len(all)], room[len(all):len(all)]
	for _, l := range all {
		if l.row < 0 || l.txn > 0 && !a.paidIn(int(l.txn), p) {
			continue
		}
		if l.open {
			open = appendNew(open, int(l.row))
		} else {
			counted = appendNew(counted, int(l.row))
		}
	}
	for _, row := range proposed {
		if row >= 0 {
			open = appendNew(open, int(row))
		}
	}
	return counted, open
}

// without takes the rows of one list out of the other.
func without(rows, out []int) []int {
	return slices.DeleteFunc(rows, func(row int) bool { return slices.Contains(out, row) })
}

// paidIn tells whether a transaction is dated in the period.
func (a *activity) paidIn(txn int, p days) bool {
	i := a.flowOf(int32(txn))
	return i >= 0 && p.holds(a.flows[i].day)
}

// flowOf finds the flow of a transaction, or gives -1. Those of transactions stand in their order, before
// those of budgets.
func (a *activity) flowOf(txn int32) int {
	i, there := slices.BinarySearchFunc(a.flows, txn, func(w flow, txn int32) int {
		if w.txn == 0 {
			return 1
		}
		return int(w.txn - txn)
	})
	if !there {
		return -1
	}
	return i
}

package coverage

import (
	"slices"

	"resolute"
)

// sums are the figures of one row while they grow.
type sums struct {
	activities, undated, begun int // begun: of activities, those that run or have ended
	organisations              map[int64]bool
	nations                    map[string]bool
	money                      [figures]Money
	last                       string
	result                     bool
	openActivities             int
	openOrganisations          map[int64]bool
	openMoney                  [figures]Money
}

// tally walks the facts once for one view.
type tally struct {
	view     *view
	linker   linker
	period   resolute.Period
	area     *part // nil: everywhere
	rows     []sums
	unlinked sums
	total    sums
	base     memo
}

// memo keeps how the activity at hand falls to rows, for the flows that state nothing of their
// own: most activities have many flows and one split.
type memo struct {
	activity          *activity
	counted, proposed split
}

// splits gives how a flow falls to rows, counted and proposed.
func (t *tally) splits(a *activity, w flow) (counted, proposed split) {
	if w.txn > 0 && slices.Contains(a.own, w.txn) {
		return t.linker.counted(a, w), t.linker.proposed(a, w)
	}
	if t.base.activity != a {
		w.txn = 0
		t.base = memo{a, t.linker.counted(a, w), t.linker.proposed(a, w)}
	}
	return t.base.counted, t.base.proposed
}

func (t *tally) add(a *activity) {
	inside := a.inside(t.period) && t.area.holds(a)
	for _, w := range a.flows {
		if !t.period.Contains(w.day) {
			continue
		}
		if w.cents = t.area.of(a, w); w.cents == 0 && t.area != nil {
			continue
		}
		rows := t.giveFlow(a, w)
		if !inside && w.txn > 0 { // a payment counts even when its activity lies outside the period
			for _, row := range rows {
				t.each(row, func(s *sums) { s.last = max(s.last, w.day) })
			}
			if len(rows) == 0 {
				t.unlinked.last = max(t.unlinked.last, w.day)
			}
			t.total.last = max(t.total.last, w.day)
		}
	}
	if inside {
		t.countActivity(a)
	}
}

// giveFlow gives one flow to its rows, and returns them.
func (t *tally) giveFlow(a *activity, w flow) []int {
	s, proposed := t.splits(a, w)
	var reached []int
	for _, x := range s.weights {
		reached = append(reached, t.linker.to(x.row, w.day)...)
	}
	if w.figure == noFigure {
		return reached
	}
	t.total.money[w.figure].add(w.currency, w.cents)
	lost := resolute.Cents(0) // given to rows that the view does not have
	rest := s.give(w.cents, func(row int, c resolute.Cents) {
		rows := t.linker.to(row, w.day)
		for _, r := range rows {
			t.each(r, func(s *sums) { s.money[w.figure].add(w.currency, c) })
		}
		if len(rows) == 0 {
			lost += c
		}
	})
	if rest+lost != 0 {
		t.unlinked.money[w.figure].add(w.currency, rest+lost)
	}
	if w.figure == commitments || w.figure == spent {
		proposed.give(w.cents, func(row int, c resolute.Cents) {
			t.each(row, func(s *sums) { s.openMoney[w.figure].add(w.currency, c) })
			t.total.openMoney[w.figure].add(w.currency, c)
		})
	}
	return reached
}

// each calls fn with a row and the rows above it.
func (t *tally) each(row int, fn func(*sums)) {
	for ; row >= 0; row = t.view.parents[row] {
		fn(&t.rows[row])
	}
}

func (t *tally) countActivity(a *activity) {
	last, result := a.lastEvidence(t.period)
	counted, open := t.linker.rows(a, t.period)
	count := func(s *sums) { s.count(a, last, result, t.period) }
	count(&t.total)
	if len(counted) == 0 {
		count(&t.unlinked)
	}
	for _, row := range t.withParents(counted) {
		count(&t.rows[row])
	}
	for _, row := range t.withParents(open) {
		t.rows[row].propose(a)
	}
	if len(open) > 0 {
		t.total.propose(a)
	}
}

// withParents adds the rows above, each row once.
func (t *tally) withParents(rows []int) []int {
	var all []int
	for _, row := range rows {
		for ; row >= 0; row = t.view.parents[row] {
			all = appendNew(all, row)
		}
	}
	return all
}

// pipeline is the IATI status of an activity that has not begun.
const pipeline = "1"

func (s *sums) count(a *activity, last string, result bool, p resolute.Period) {
	s.activities++
	if !a.dated {
		s.undated++
	}
	if a.status != pipeline {
		s.begun++
	}
	if s.organisations == nil {
		s.organisations, s.nations = map[int64]bool{}, map[string]bool{}
	}
	for _, o := range a.organisations {
		s.organisations[o] = true
	}
	for _, l := range a.places {
		if l.scheme == nation && (l.txn == 0 || a.paidIn(l.txn, p)) {
			s.nations[l.code] = true
		}
	}
	s.last = max(s.last, last)
	s.result = s.result || result
}

func (s *sums) propose(a *activity) {
	s.openActivities++
	if s.openOrganisations == nil {
		s.openOrganisations = map[int64]bool{}
	}
	for _, o := range a.organisations {
		s.openOrganisations[o] = true
	}
}

// lastEvidence is the newest day inside the period of a transaction, an actual date, a document
// or a result, and whether a result is among them.
func (a *activity) lastEvidence(p resolute.Period) (last string, result bool) {
	for _, w := range a.flows {
		if w.txn > 0 && p.Contains(w.day) {
			last = max(last, w.day)
		}
	}
	for _, x := range a.proofs {
		if p.Contains(x.day) {
			last = max(last, x.day)
			result = result || x.kind == "result"
		}
	}
	return last, result
}

// row writes the sums out as a row.
func (s *sums) row(v *view) Row {
	r := Row{Activities: s.activities, Undated: s.undated, Organisations: len(s.organisations), LastEvidence: s.last,
		Commitments: s.money[commitments], Spent: s.money[spent], Incoming: s.money[incoming],
		IncomingCommitments: s.money[incomingCommitments], Budgets: s.money[budgets],
		Open: Open{Activities: s.openActivities, Organisations: len(s.openOrganisations),
			Commitments: s.openMoney[commitments], Spent: s.openMoney[spent]}}
	if v.areas {
		for code := range s.nations {
			r.Areas = append(r.Areas, code)
		}
		slices.Sort(r.Areas)
	}
	return r
}

package coverage

import (
	"slices"

	"resolute"
)

// sums are the figures of one row while they grow.
type sums struct {
	activities, undated, begun int    // begun: of activities, those that run or have ended
	organisations              bitset // by id
	nations                    bitset // by row of countries
	money                      [figures]purse
	left                       [figures]purse // what the rule leaves out of the sums
	last                       day
	result                     bool
	openActivities             int
	openOrganisations          bitset
	openMoney                  [figures]purse
}

// tally walks the facts once for one view.
type tally struct {
	view     *view
	linker   linker
	match    *matcher // activities that the figures look at
	during   days
	area     *part      // nil: everywhere
	to       *converter // nil: money stays in its currencies
	rows     []sums
	unlinked sums
	total    sums
	base     memo
	met      presence // of the activity at hand
	lineage  []int    // of the rows at hand
}

// presence is who takes part in an activity and where, as the rows keep it.
type presence struct {
	last          day
	result        bool
	organisations []int64
	nations       []int // rows of countries
}

// memo keeps how the activity at hand falls to rows, for the flows that state nothing of their
// own: most activities have many flows and one split.
type memo struct {
	known             bool
	counted, proposed split
}

// splits gives how a flow falls to rows, counted and proposed.
func (t *tally) splits(a *activity, w flow) (counted, proposed split) {
	if w.txn > 0 && slices.Contains(a.own, int(w.txn)) {
		return t.linker.counted(a, w), t.linker.proposed(a, w)
	}
	if !t.base.known {
		w.txn = 0
		t.base = memo{true, t.linker.counted(a, w), t.linker.proposed(a, w)}
	}
	return t.base.counted, t.base.proposed
}

func (t *tally) add(a *activity) {
	if !t.area.may(a) {
		return
	}
	t.base.known = false
	inside := a.inside(t.during) && t.area.holds(a)
	for _, w := range a.flows {
		if !t.during.holds(w.day) {
			continue
		}
		w = t.to.convert(w)
		if w.cents = t.area.of(a, w); w.cents == 0 && t.area != nil {
			continue
		}
		counted, proposed := t.splits(a, w)
		t.giveFlow(w, counted, proposed)
		if !inside && w.txn > 0 { // a payment counts even when its activity lies outside the period
			t.prove(w, counted)
		}
	}
	if inside {
		t.countActivity(a)
	}
}

// giveFlow gives one flow to its rows.
func (t *tally) giveFlow(w flow, counted, proposed split) {
	if w.figure == noFigure {
		return
	}
	if w.left.has(t.match.rule) {
		t.leaveOut(w, counted)
		return
	}
	t.total.money[w.figure].add(w.currency, w.cents)
	lost := resolute.Cents(0) // given to rows that the view does not have
	rest := counted.give(w.cents, func(row int, c resolute.Cents) {
		rows := t.linker.to(row, w.day)
		for _, r := range rows {
			for ; r >= 0; r = t.view.parents[r] {
				t.rows[r].money[w.figure].add(w.currency, c)
			}
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
			t.total.openMoney[w.figure].add(w.currency, c)
			for ; row >= 0; row = t.view.parents[row] {
				t.rows[row].openMoney[w.figure].add(w.currency, c)
			}
		})
	}
}

// leaveOut notes a flow that is in no sum: its rows have money all the same.
func (t *tally) leaveOut(w flow, counted split) {
	t.total.left[w.figure].add(w.currency, w.cents)
	counted.give(w.cents, func(row int, c resolute.Cents) {
		for _, r := range t.linker.to(row, w.day) {
			for ; r >= 0; r = t.view.parents[r] {
				t.rows[r].left[w.figure].add(w.currency, c)
			}
		}
	})
}

// prove makes a payment the evidence of its rows.
func (t *tally) prove(w flow, counted split) {
	t.total.last = max(t.total.last, w.day)
	reached := false
	for _, x := range counted.weights {
		for _, row := range t.linker.to(x.row, w.day) {
			reached = true
			for ; row >= 0; row = t.view.parents[row] {
				t.rows[row].last = max(t.rows[row].last, w.day)
			}
		}
	}
	if !reached {
		t.unlinked.last = max(t.unlinked.last, w.day)
	}
}

func (t *tally) countActivity(a *activity) {
	t.meet(a)
	counted, open := t.linker.rows(a, t.during)
	t.total.count(a, &t.met)
	if len(counted) == 0 {
		t.unlinked.count(a, &t.met)
	}
	for _, row := range t.withParents(counted) {
		t.rows[row].count(a, &t.met)
	}
	for _, row := range t.withParents(open) {
		t.rows[row].propose(&t.met)
	}
	if len(open) > 0 {
		t.total.propose(&t.met)
	}
}

// meet notes what all rows of an activity keep of it.
func (t *tally) meet(a *activity) {
	t.met.last, t.met.result = a.lastEvidence(t.during)
	t.met.organisations, t.met.nations = a.organisations, t.met.nations[:0]
	for _, l := range a.places {
		if l.row >= 0 && (l.txn == 0 || a.paidIn(int(l.txn), t.during)) {
			t.met.nations = append(t.met.nations, int(l.row))
		}
	}
}

// withParents adds the rows above, each row once. The list is good until the next call.
func (t *tally) withParents(rows []int) []int {
	t.lineage = t.lineage[:0]
	for _, row := range rows {
		for ; row >= 0; row = t.view.parents[row] {
			t.lineage = appendNew(t.lineage, row)
		}
	}
	return t.lineage
}

// pipeline is the IATI status of an activity that has not begun.
const pipeline = "1"

func (s *sums) count(a *activity, met *presence) {
	s.activities++
	if !a.dated {
		s.undated++
	}
	if a.status != pipeline {
		s.begun++
	}
	for _, id := range met.organisations {
		s.organisations.add(int(id))
	}
	for _, row := range met.nations {
		s.nations.add(row)
	}
	s.last = max(s.last, met.last)
	s.result = s.result || met.result
}

func (s *sums) propose(met *presence) {
	s.openActivities++
	for _, id := range met.organisations {
		s.openOrganisations.add(int(id))
	}
}

// lastEvidence is the newest day that falls in a period of a transaction, an actual date, a document or a
// result, and whether a result is among them.
func (a *activity) lastEvidence(p days) (last day, result bool) {
	for _, w := range a.flows {
		if w.txn > 0 && p.holds(w.day) {
			last = max(last, w.day)
		}
	}
	for _, x := range a.proofs {
		if p.holds(x.day) {
			last = max(last, x.day)
			result = result || x.kind == "result"
		}
	}
	return last, result
}

// row writes the sums out as a row.
func (s *sums) row(v *view, countries *view) Row {
	r := Row{Activities: s.activities, Undated: s.undated, Organisations: s.organisations.count(), LastEvidence: s.last.String(),
		Commitments: s.money[commitments].money(), Spent: s.money[spent].money(), Incoming: s.money[incoming].money(),
		IncomingCommitments: s.money[incomingCommitments].money(), Budgets: s.money[budgets].money(),
		Open: Open{Activities: s.openActivities, Organisations: s.openOrganisations.count(),
			Commitments: s.openMoney[commitments].money(), Spent: s.openMoney[spent].money()}}
	if v.areas {
		s.nations.each(func(row int) { r.Areas = append(r.Areas, countries.ids[row]) }) // countries stand by code
	}
	return r
}

package coverage

import (
	"resolute"
)

// walked are the figures of one row while a walk finds them.
type walked struct {
	sums
	organisations, openOrganisations bitset // by id
}

// tally walks the facts once for one view.
type tally struct {
	view     *view
	linker   linker
	match    *matcher // activities that the figures look at
	during   days
	area     *part      // nil: everywhere
	to       *converter // nil: money stays in its currencies
	rows     []walked
	unlinked walked
	total    walked
	base     memo
	met      presence // of the activity at hand
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
	if a.hasOwn(w.txn) {
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
		w, by := t.to.turn(w)
		whole := w.cents
		if w.cents = t.area.of(a, w); w.cents == 0 && t.area != nil {
			continue
		}
		if !w.left.has(t.match.rule) {
			by.counts(w)
		}
		counted, proposed := t.splits(a, w)
		t.giveFlow(w, whole, counted, proposed)
		if !inside && w.txn > 0 { // a payment counts even when its activity lies outside the period
			t.prove(w, counted)
		}
	}
	if inside {
		t.countActivity(a)
	}
}

// give gives a flow, or the whole of which it is the part of the wanted areas, to its rows. Rows that are
// areas have their parts of the whole, as long as they are wanted.
func (t *tally) give(w flow, whole resolute.Cents, counted split, to func(row int, c resolute.Cents)) resolute.Cents {
	if _, areas := t.linker.(areaLinker); !areas || t.area == nil {
		return counted.give(w.cents, to)
	}
	counted.give(whole, func(row int, c resolute.Cents) {
		if t.area.wants(row, w.day) {
			to(row, c)
		}
	})
	return 0
}

// giveFlow gives one flow to its rows.
func (t *tally) giveFlow(w flow, whole resolute.Cents, counted, proposed split) {
	if w.figure == noFigure {
		return
	}
	if w.left.has(t.match.rule) {
		t.leaveOut(w, whole, counted)
		return
	}
	t.total.money[w.figure].add(w.currency, w.cents)
	lost := resolute.Cents(0) // given to rows that the view does not have
	rest := t.give(w, whole, counted, func(row int, c resolute.Cents) {
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
func (t *tally) leaveOut(w flow, whole resolute.Cents, counted split) {
	t.total.left[w.figure].add(w.currency, w.cents)
	t.give(w, whole, counted, func(row int, c resolute.Cents) {
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
	for _, row := range t.view.withParents(counted) {
		t.rows[row].count(a, &t.met)
	}
	for _, row := range t.view.withParents(open) {
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

func (s *walked) count(a *activity, met *presence) {
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

func (s *walked) propose(met *presence) {
	s.openActivities++
	for _, id := range met.organisations {
		s.openOrganisations.add(int(id))
	}
}

func (s *snapshot) newTally(v *view, l linker, f Filter, p resolute.Period) *tally {
	return &tally{view: v, match: s.figureMatcher(f, p), linker: l, during: daysOf(p), area: s.book.part(f, p), to: s.converter(f), rows: make([]walked, len(v.ids))}
}

// run adds every activity of its filter to a tally.
func (s *snapshot) walk(t *tally) {
	begin := func() *tally {
		return &tally{view: t.view, linker: t.linker, match: t.match, during: t.during, area: t.area, to: t.to.again(), rows: make([]walked, len(t.rows))}
	}
	walkTogether(&s.facts.stock, s.book, s.admitted(t.match), begin, (*tally).add, t.join)
}

// join adds what another walk of the same question found among other activities.
func (t *tally) join(other *tally) {
	for i := range t.rows {
		t.rows[i].join(&other.rows[i])
	}
	t.unlinked.join(&other.unlinked)
	t.total.join(&other.total)
	t.to.join(other.to)
}

func (s *walked) join(other *walked) {
	s.activities += other.activities
	s.undated += other.undated
	s.begun += other.begun
	s.organisations.join(other.organisations)
	s.nations.join(other.nations)
	s.last = max(s.last, other.last)
	s.result = s.result || other.result
	s.openActivities += other.openActivities
	s.openOrganisations.join(other.openOrganisations)
	for i := range s.money {
		s.money[i].join(other.money[i])
		s.left[i].join(other.left[i])
		s.openMoney[i].join(other.openMoney[i])
	}
}

// fillByWalk fills a grid by a walk.
func (s *snapshot) fillByWalk(g *Grid, q GridQuery) {
	t := s.newTally(s.book.cellView(g.Targets), s.book.cellLinker(g.Targets, false), q.Filter, q.Period)
	s.walk(t)
	for i := range g.Cells {
		for k := range g.Cells[i] {
			sums, m := &t.rows[i*len(g.Targets)+k], &g.Cells[i][k]
			m.Activities, m.Commitments, m.Spent = sums.activities, sums.money[commitments].money(), sums.money[spent].money()
		}
	}
	g.Conversion = t.to.conversion()
}

// settled gives the figures of a row with its organisations counted.
func (s *walked) settled() *sums {
	held := s.sums
	held.organisations, held.openOrganisations = s.organisations.count(), s.openOrganisations.count()
	return &held
}

package coverage

import (
	"resolute"
)

// read adds an activity whose transactions have links or places of their own: each flow falls by
// itself, and what counts of the links depends on the period.
func (a *adder) read(r *activity) {
	if !a.area.may(r) {
		return
	}
	inside := r.inside(a.during) && a.area.holds(r)
	for _, w := range r.flows {
		if !a.during.holds(w.day) || a.wants == countsOnly {
			continue
		}
		w, by := a.converter.turn(w)
		if w.cents = a.area.of(r, w); w.cents == 0 && a.area != nil {
			continue
		}
		counted := a.linker.counted(r, w)
		if w.figure != noFigure {
			if !w.left.has(a.match.rule) {
				by.counts(w)
			}
			a.readFlow(r, w, counted)
		}
		if !inside && w.txn > 0 {
			a.proveRead(w, counted)
		}
	}
	if inside {
		a.countRead(r)
	}
}

func (a *adder) readFlow(r *activity, w flow, counted split) {
	u := a.of(unit{w.figure, w.currency})
	to := u.counted
	if w.left.has(a.match.rule) {
		to = u.left
	}
	to[a.rows+totalPlace] = to[a.rows+totalPlace].Plus(w.cents)
	lost := resolute.Cents(0) // given to rows that the view does not have
	rest := counted.give(w.cents, func(row int, part resolute.Cents) { lost += a.land(to, row, part, w.day) })
	to[a.rows+unlinkedPlace] = to[a.rows+unlinkedPlace].Plus(rest + lost)
	if w.figure > spent || a.wants != everything || w.left.has(a.match.rule) {
		return
	}
	a.linker.proposed(r, w).give(w.cents, func(row int, part resolute.Cents) {
		u.open[row] = u.open[row].Plus(part)
		u.open[a.rows+totalPlace] = u.open[a.rows+totalPlace].Plus(part)
	})
}

// proveRead makes a payment the evidence of its rows.
func (a *adder) proveRead(w flow, counted split) {
	var rows []int
	for _, x := range counted.weights {
		rows = append(rows, a.linker.to(x.row, w.day)...)
	}
	a.mask = a.view.maskOf(rows, true)
	a.last(w.day)
}

func (a *adder) countRead(r *activity) {
	rows, open := a.linker.rows(r, a.during)
	a.mask, a.opened = a.view.maskOf(rows, true), a.view.maskOf(open, false)
	n := count{activities: 1, undated: int32(oneIf(!r.dated)), begun: int32(oneIf(r.status != pipeline))}
	n.last, n.result = r.lastEvidence(a.during)
	a.countPlaces(n)
	if a.wants != everything {
		return
	}
	for _, id := range r.organisations {
		a.meet(int(id), a.mask, a.opened)
	}
	for _, place := range r.places {
		if place.row >= 0 && (place.txn == 0 || r.paidIn(int(place.txn), a.during)) {
			a.work(int(place.row), a.mask)
		}
	}
}

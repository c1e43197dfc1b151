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
		if a.area != nil {
			part := a.area.of(r, w)
			if part == 0 {
				continue
			}
			if !a.overAreas {
				w.cents = part
			}
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
	sum := apportioned{total: w.cents}
	if a.partly() {
		sum.total = 0
	}
	rest := counted.give(w.cents, func(row int, part resolute.Cents) { a.apportion(to, &sum, row, part, w.day) })
	if !a.partly() {
		sum.rest += rest
	}
	a.sum(to, sum)
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

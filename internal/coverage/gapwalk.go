package coverage

import (
	"slices"

	"resolute"
)

// gapWalk walks the facts once for all regions and years.
type gapWalk struct {
	subjects []Subject
	sides    [2]side
	cuts     []*gapCut
	rule     string
	admit    func(m *matcher) []bitset // the rows of a cut
}

// side is one of the two views that a gap can be found in.
type side struct {
	view    *view
	linker  linker
	subject []int // by row of the view; -1: not looked at
}

// candidate is an activity that may matter to subjects, with what all cuts ask of it.
type candidate struct {
	*activity
	base  [2]split   // by side, of the flows that state nothing of their own
	own   [2][]split // by side, of each flow; nil when none states anything
	rows  [2][2][]int
	fixed bool // the rows are the same in every period
}

// newGapWalk makes a walk over each ITU region, or those of the filter, and each year.
func (s *snapshot) newGapWalk(subjects []Subject, q GapQuery, years []string) *gapWalk {
	w := &gapWalk{subjects: subjects, sides: s.sides(subjects, q), rule: q.Filter.Rule, admit: s.admitting()}
	for _, region := range s.cutRegions(q.Filter) {
		w.cuts = append(w.cuts, s.newCut(w, q, region, ""))
	}
	for _, year := range years {
		w.cuts = append(w.cuts, s.newCut(w, q, "", year))
	}
	return w
}

// sides finds the rows of the subjects in the table of paragraphs and in the matrix. How these
// two link does not depend on the period.
func (s *snapshot) sides(subjects []Subject, q GapQuery) [2]side {
	b := s.book
	columns := b.columns(q.Targets)
	threads := side{b.provision, conceptLinker{view: b.provision, book: b}, nowhere(len(b.provision.ids))}
	cells := side{b.cellView(columns), b.cellLinker(columns, q.Targets == ""), nowhere(len(b.lines.ids) * len(columns))}
	for i, x := range subjects {
		if x.Of == OfThread {
			threads.subject[b.provision.index[x.Thread]] = i
		} else {
			cells.subject[b.lines.index[x.Line]*len(columns)+slices.Index(columns, x.Column)] = i
		}
	}
	return [2]side{threads, cells}
}

func nowhere(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = -1
	}
	return list
}

// begin gives a walk over the same cuts that has found nothing yet.
func (w *gapWalk) begin() *gapWalk {
	empty := &gapWalk{subjects: w.subjects, sides: w.sides}
	for _, c := range w.cuts {
		own := *c
		own.stands = make([]stand, len(c.stands))
		empty.cuts = append(empty.cuts, &own)
	}
	return empty
}

func (w *gapWalk) walk(of *activity) {
	a := candidate{activity: of, fixed: len(of.own) == 0}
	if !w.matters(&a) {
		return
	}
	w.fall(&a)
	for _, c := range w.cuts {
		if c.may(of) {
			w.add(c, &a)
		}
	}
}

// matters tells whether any link of an activity leads to a subject.
func (w *gapWalk) matters(a *candidate) bool {
	found := false
	for k, x := range w.sides {
		counted, open := x.linker.rows(a.activity, allTime)
		a.rows[k] = [2][]int{counted, open}
		for _, rows := range a.rows[k] {
			found = found || slices.ContainsFunc(rows, func(row int) bool { return x.subject[row] >= 0 })
		}
	}
	return found
}

// fall splits the flows for both sides.
func (w *gapWalk) fall(a *candidate) {
	for k, x := range w.sides {
		a.base[k] = x.linker.counted(a.activity, flow{})
		if a.fixed {
			continue
		}
		a.own[k] = make([]split, len(a.flows))
		for i, f := range a.flows {
			if a.own[k][i] = a.base[k]; a.hasOwn(f.txn) {
				a.own[k][i] = x.linker.counted(a.activity, f)
			}
		}
	}
}

// split is how one flow falls to the rows of a side.
func (a *candidate) split(side, flow int) split {
	if a.fixed {
		return a.base[side]
	}
	return a.own[side][flow]
}

// add counts an activity, and gives its money to the subjects by the rule of every table.
func (w *gapWalk) add(c *gapCut, a *candidate) {
	inside := a.inside(c.during) && c.area.holds(a.activity)
	for i, f := range a.flows {
		if f.txn == 0 || !c.during.holds(f.day) {
			continue
		}
		if f.cents = c.area.of(a.activity, f); f.cents == 0 && c.area != nil {
			continue
		}
		for k, x := range w.sides {
			c.give(x, a.split(k, i), f, inside)
		}
	}
	if inside {
		w.count(c, a)
	}
}

func (w *gapWalk) count(c *gapCut, a *candidate) {
	last, result := a.lastEvidence(c.during)
	for k, x := range w.sides {
		counted, open := a.rows[k][0], a.rows[k][1]
		if !a.fixed {
			counted, open = x.linker.rows(a.activity, c.during)
		}
		for _, row := range counted {
			if i := x.subject[row]; i >= 0 {
				c.stands[i].count(a.activity, last, result)
			}
		}
		for _, row := range open {
			if i := x.subject[row]; i >= 0 {
				c.stands[i].open++
			}
		}
	}
}

// give gives one flow to the subjects of one side. A payment is evidence of its rows even when
// its activity lies outside.
func (c *gapCut) give(x side, s split, w flow, inside bool) {
	if !inside {
		for _, part := range s.weights {
			if i := x.subject[part.row]; i >= 0 {
				c.stands[i].last = max(c.stands[i].last, w.day)
			}
		}
	}
	if w.figure > spent || len(s.weights) == 0 {
		return
	}
	s.give(w.cents, func(row int, cents resolute.Cents) {
		if i := x.subject[row]; i >= 0 {
			c.stands[i].pay(w, cents)
		}
	})
}

package coverage

import "resolute"

// gapHand is an activity of a block, as it is added to the cuts.
type gapHand struct {
	*gapTally
	piece  int
	c      *columns
	flows  *landings
	landed *landing // of paragraphs; nil: none is a subject

	crossed *crossed // nil: no cell is a subject
	propose func(line uint16, columns []uint16)

	row             int
	counted, opened []uint16 // subjects
	nations         []uint16 // its countries, whatever the day
	inside          []bool   // by cut
	meant           func() days
	during          days // of the cut at hand

	proven       []uint16 // subjects that its payments prove; once they are found
	thread, cell fall
	found        bool
	paid         []subjectCents // what they get of an amount
	paidOf       resolute.Cents
}

// subjectCents is what a subject gets.
type subjectCents struct {
	subject uint16
	cents   resolute.Cents
}

// add adds one activity.
func (h *gapHand) add(row int) {
	h.row, h.found = row, false
	if !h.about() {
		return
	}
	place := &h.places.ways[h.flows.countries.counted[row]]
	h.nations, _, _ = h.places.of(place)
	for i := range h.areas {
		a := &h.areas[i]
		if a.part != nil && !a.mayBe(h.nations) {
			continue
		}
		h.count(a)
		h.pay(a, place)
	}
}

// about finds the subjects of the activity; false when there is none.
func (h *gapHand) about() bool {
	h.counted, h.opened = h.counted[:0], h.opened[:0]
	if h.landed != nil {
		h.counted = append(h.counted, h.counting[h.landed.counted[h.row]]...)
		h.opened = append(h.opened, h.opening[h.landed.open[h.row]]...)
	}
	if h.crossed != nil {
		lines, columns := h.crossed.counted(h.flows, h.row)
		for _, line := range lines {
			h.counted = h.cellsOf(h.counted, line, columns)
		}
		h.crossed.proposed(h.flows, h.row, h.propose)
	}
	return len(h.counted)+len(h.opened) > 0
}

// cellsOf adds the subjects among the cells of a line.
func (h *gapHand) cellsOf(list []uint16, line uint16, columns []uint16) []uint16 {
	first := int(line) * h.crossed.linker.columns
	for _, column := range columns {
		if i := h.sides[1].subject[first+int(column)]; i >= 0 {
			list = append(list, uint16(i))
		}
	}
	return list
}

// span is the part of the activity's life inside the cut at hand.
func (h *gapHand) span() days {
	return lifeIn(h.during, h.c.dated.has(h.row), h.c.starts[h.row], h.c.ends[h.row])
}

// admits tells whether a cut looks at the activity.
func (h *gapHand) admits(c *gapCut) bool {
	return !h.differ || c.rows == nil || c.rows[h.piece].has(h.row)
}

// count counts the activity in the cuts of an area that it lies in.
func (h *gapHand) count(a *gapArea) {
	dated, begun := h.c.dated.has(h.row), int32(oneIf(h.c.begun.has(h.row)))
	for _, k := range a.cuts {
		c := h.cuts[k]
		h.during = c.during
		h.inside[k] = (!dated || c.during.touches(h.c.starts[h.row], h.c.ends[h.row])) && h.admits(c) && (a.part == nil || a.met(h.nations, h.meant))
		if !h.inside[k] {
			continue
		}
		found := happenedIn(h.c.traces.of(h.row), c.during)
		stands := h.stands[k*len(h.subjects):][:len(h.subjects)]
		for _, i := range h.counted {
			s := &stands[i]
			s.activities++
			s.begun += begun
			s.last, s.result = max(s.last, found.last), s.result || found.result
			if s.party != severalParties {
				for _, id := range h.c.organisations.of(h.row) {
					s.takePart(id)
				}
			}
		}
		for _, i := range h.opened {
			stands[i].open++
		}
	}
}

// pay gives the money of the activity to the subjects by the rule of every table. A payment is evidence
// even where its activity lies outside.
func (h *gapHand) pay(a *gapArea, place *way) {
	if len(h.counted) == 0 {
		return
	}
	from, to := h.flows.flowColumns.of(h.row)
	for i := from; i < to; i++ {
		if h.flows.known[h.flows.units[i]].figure == budgets {
			continue
		}
		cents, on := h.flows.cents[i], h.flows.days[i]
		if a.part != nil {
			s := h.places.fallOf(place)
			if cents = a.partOf(&h.apart, &s, cents, on); cents == 0 {
				continue
			}
		}
		for _, k := range a.cuts {
			if c := h.cuts[k]; c.during.holds(on) && h.admits(c) {
				h.give(k, h.units[h.flows.units[i]], cents, on)
			}
		}
	}
}

func (h *gapHand) give(cut int, sums *cutSums, cents resolute.Cents, on day) {
	h.fall()
	first := cut * len(h.subjects)
	if !h.inside[cut] {
		for _, i := range h.proven {
			s := &h.stands[first+int(i)]
			s.last = max(s.last, on)
		}
	}
	if sums == nil {
		return
	}
	if cents != h.paidOf {
		h.part(cents)
	}
	for _, x := range h.paid {
		to := &sums.cents[first+int(x.subject)]
		*to = to.Plus(x.cents)
	}
}

// fall finds how the activity falls to the subjects.
func (h *gapHand) fall() {
	if h.found {
		return
	}
	h.found, h.paidOf = true, 0
	h.proven, h.paid = h.proven[:0], h.paid[:0]
	if h.landed != nil {
		h.thread = h.threads.ways.fallOf(&h.threads.ways.ways[h.landed.counted[h.row]])
		h.prove(h.sides[0], &h.thread)
	}
	if h.crossed != nil {
		h.cell = h.crossed.fall(h.flows, h.row)
		h.prove(h.sides[1], &h.cell)
	}
}

func (h *gapHand) prove(x side, s *fall) {
	for _, row := range s.rows {
		if i := x.subject[row]; i >= 0 {
			h.proven = append(h.proven, uint16(i))
		}
	}
}

// part splits an amount.
func (h *gapHand) part(cents resolute.Cents) {
	h.paid, h.paidOf = h.paid[:0], cents
	if h.landed != nil {
		h.partSide(h.sides[0], &h.thread, cents)
	}
	if h.crossed != nil {
		h.partSide(h.sides[1], &h.cell, cents)
	}
}

func (h *gapHand) partSide(x side, s *fall, cents resolute.Cents) {
	if len(s.rows) == 0 {
		return
	}
	parts, _ := h.split.of(s, cents)
	for k, part := range parts {
		if i := x.subject[s.rows[k]]; i >= 0 && part != 0 {
			h.paid = append(h.paid, subjectCents{uint16(i), part})
		}
	}
}

package coverage

import "slices"

// settle finds what counts once: one activity of each identifier, and of money that passes from one
// of them to another what the other does not tell of.
func (x *stock) settle(b *book) {
	e := x.elect(b)
	for _, g := range []passing{
		{figure: spent},
		{figure: commitments},
		{figure: incoming, base: []figure{spent}},
		{figure: incomingCommitments, base: []figure{commitments}},
	} {
		g.leaveOut(x, b, g.transfers(x, e))
	}
	for i := range x.pieces {
		for _, flows := range x.pieces[i].left {
			slices.Sort(flows)
		}
	}
}

// passing says when an activity that is named tells of the money of a figure by itself: by a flow of
// the figure that passes to or from none, or by any flow of those of base.
type passing struct {
	figure figure
	base   []figure
}

// transfer is a flow of one counted activity that names another, which may tell of it.
type transfer struct {
	from, to at
	flow     int
}

// transfers finds the flows of the figure that name another counted activity with flows by which it
// could tell of money.
func (g passing) transfers(x *stock, e *elected) []transfer {
	var list []transfer
	for i, p := range x.pieces {
		for _, n := range p.namings {
			if n.figure != g.figure || p.gone.has(int(n.row)) || p.aside.has(int(n.row)) {
				continue
			}
			from := at{uint16(i), n.row}
			if to, _, known := e.find(n.other, hashOf(n.other)); known && to != from && g.could(x.countsAt(to)) {
				list = append(list, transfer{from, to, n.flow})
			}
		}
	}
	return list
}

func (x *stock) countsAt(a at) counts { return x.pieces[a.piece].counts[a.row] }

// could tells whether an activity has any flow by which it could tell of money.
func (g passing) could(n counts) bool {
	return n[g.figure] > 0 || slices.ContainsFunc(g.base, func(f figure) bool { return n[f] > 0 })
}

// leaveOut marks the flows that another activity tells of.
func (g passing) leaveOut(x *stock, b *book, list []transfer) {
	waits, inside := map[at][]at{}, map[at]int{}
	for _, t := range list {
		waits[t.to] = append(waits[t.to], t.from)
		inside[t.from]++
	}
	tells, told, u := map[at]bool{}, []at{}, x.unpacker(b)
	for place := range waits {
		if g.tells(x, u, place, inside[place]) {
			tells[place] = true
			told = append(told, place)
		}
	}
	for len(told) > 0 { // who passes money on to one that tells of it tells of it as well
		place := told[len(told)-1]
		told = told[:len(told)-1]
		for _, from := range waits[place] {
			if !tells[from] {
				tells[from] = true
				told = append(told, from)
			}
		}
	}
	for _, t := range list {
		if tells[t.to] {
			x.pieces[t.from.piece].leave(int(t.from.row), t.flow)
		}
	}
}

// tells reports whether an activity has a flow of the figure beside those inside, or one of the base.
func (g passing) tells(x *stock, u *unpacker, place at, inside int) bool {
	n := x.countsAt(place)
	if slices.ContainsFunc(g.base, func(f figure) bool { return n[f] > 0 }) {
		return true
	}
	if n[g.figure] < mostCounted {
		return int(n[g.figure]) > inside
	}
	own := 0
	for _, w := range x.at(u, place).flows {
		own += oneIf(w.txn > 0 && w.figure == g.figure)
	}
	return own > inside
}

// leave notes a flow as left out.
func (v *verdict) leave(row, flow int) {
	if v.left == nil {
		v.left = map[int][]uint32{}
	}
	v.holds.add(row)
	v.left[row] = append(v.left[row], uint32(flow))
}

// read reads one row with what the rules say of it.
func (p piece) read(u *unpacker, row int) *activity {
	u.united = p.united
	a := u.read(p.record(row))
	if !a.repeated {
		a.under = asReported
	}
	if !p.aside.has(row) {
		a.under |= countOnce
	}
	if p.holds.has(row) {
		for _, flow := range p.left[row] {
			a.flows[flow].left = countOnce
		}
	}
	return a
}

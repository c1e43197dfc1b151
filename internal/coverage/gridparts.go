package coverage

import (
	"slices"

	"resolute"
)

// cellParts are the parts of all flows of a block that fall to the cells of the grid, split once, so
// that sums of any period only add.
type cellParts struct {
	ends  []uint32 // of the parts of each row
	cells []uint16
	units []uint8
	days  []day
	cents []resolute.Cents
	known []unit
}

// unit is what sums are kept by.
type unit struct {
	figure   figure
	currency currency
}

// cellPartsOf gives the parts of a block, made by whoever asks first; nil where there are too many
// currencies for a narrow column.
func (k *block) cellPartsOf(x *stock, b *book) *cellParts {
	k.splitting.Do(func() {
		p := &cellParts{}
		l := b.cellLinker(b.targets.ids, false)
		piece{block: k}.each(x.unpacker(b), 0, k.rows(), func(_ int, a *activity) { p.add(l, a) })
		if len(p.known) <= 256 {
			k.parts = p.sealed()
		}
	})
	return k.parts
}

// add splits the flows of an activity.
func (p *cellParts) add(l cellLinker, a *activity) {
	base, known := split{}, false
	for _, w := range a.flows {
		if w.figure > spent {
			continue
		}
		own := a.hasOwn(w.txn)
		s := base
		switch {
		case own:
			s = l.counted(a, w)
		case !known:
			base, known = l.counted(a, flow{}), true
			s = base
		}
		u := p.unit(unit{w.figure, w.currency})
		s.give(w.cents, func(cell int, cents resolute.Cents) {
			p.cells, p.units, p.days, p.cents = append(p.cells, uint16(cell)), append(p.units, u), append(p.days, w.day), append(p.cents, cents)
		})
	}
	p.ends = append(p.ends, uint32(len(p.cells)))
}

func (p *cellParts) unit(u unit) uint8 {
	at := slices.Index(p.known, u)
	if at < 0 {
		at = len(p.known)
		p.known = append(p.known, u)
	}
	return uint8(at)
}

// sealed gives back the room that growing left over.
func (p *cellParts) sealed() *cellParts {
	p.cells, p.units, p.days, p.cents = slices.Clone(p.cells), slices.Clone(p.units), slices.Clone(p.days), slices.Clone(p.cents)
	return p
}

// gridSums are the counts and sums of the cells while they grow.
type gridSums struct {
	columns int
	counts  []int32
	money   map[unit][]resolute.Cents
}

func newGridSums(lines, columns int) *gridSums {
	return &gridSums{columns: columns, counts: make([]int32, lines*columns), money: map[unit][]resolute.Cents{}}
}

func (g *gridSums) of(u unit) []resolute.Cents {
	if g.money[u] == nil {
		g.money[u] = make([]resolute.Cents, len(g.counts))
	}
	return g.money[u]
}

// fillByParts fills the grid from the columns of lines and targets, and from parts split before.
func (s *snapshot) fillByParts(g *Grid, q GridQuery) {
	m := s.figureMatcher(q.Filter, q.Period)
	workers := make([]*gridSums, s.workers())
	for i := range workers {
		workers[i] = newGridSums(len(g.Lines), len(g.Targets))
	}
	s.sift(m, false, func(worker, _ int, x *sieve, c chosen) { workers[worker].look(x, c) })
	sums := newGridSums(len(g.Lines), len(g.Targets))
	for _, w := range workers {
		for cell, n := range w.counts {
			sums.counts[cell] += n
		}
		for u, cents := range w.money {
			to := sums.of(u)
			for cell, c := range cents {
				to[cell] = to[cell].Plus(c)
			}
		}
	}
	sums.fill(g, s.book.lines)
}

// look counts the rows of a piece that fit, and adds their money.
func (g *gridSums) look(x *sieve, c chosen) {
	c.all.each(func(row int) {
		if x.c.dated.has(row) && !x.during.touches(x.c.starts[row], x.c.ends[row]) {
			return
		}
		for _, line := range x.c.lines.of(row) {
			for _, target := range x.c.targets.of(row) {
				g.counts[int(line)*g.columns+int(target)]++
			}
		}
	})
	for _, o := range c.odd {
		if a := x.read(x.u, o.row); o.failed == 0 && a.inside(x.during) {
			about := x.book.codesIn(a, x.during)
			for _, line := range about.of(lines) {
				for _, target := range about.of(targets) {
					g.counts[int(line)*g.columns+int(target)]++
				}
			}
		}
	}
	rows := c.whole()
	parts := x.cellPartsOf(x.stock, x.book)
	if parts == nil {
		rows.each(func(row int) { g.addRead(x, row) })
		return
	}
	if x.rule.has(countOnce) && x.holds.count() > 0 { // flows that are left out are told apart one by one
		held := slices.Clone(rows)
		held.keep(append(slices.Clone(x.holds), newBitset(x.rows())...))
		rows.drop(held)
		held.each(func(row int) { g.addRead(x, row) })
	}
	g.add(parts, rows, x.during)
}

// add adds the parts of some rows that lie in a period.
func (g *gridSums) add(p *cellParts, rows bitset, during days) {
	sums := make([][]resolute.Cents, len(p.known))
	for i, u := range p.known {
		sums[i] = g.of(u)
	}
	rows.each(func(row int) {
		from, to := stretchOf(p.ends, row)
		for i := from; i < to; i++ {
			if during.holds(p.days[i]) {
				to := &sums[p.units[i]][p.cells[i]]
				*to = to.Plus(p.cents[i])
			}
		}
	})
}

// addRead splits the flows of one row.
func (g *gridSums) addRead(x *sieve, row int) {
	a, l := x.read(x.u, row), x.book.cellLinker(x.book.targets.ids, false)
	for _, w := range a.flows {
		if w.figure > spent || w.left.has(x.rule) || !x.during.holds(w.day) {
			continue
		}
		if !a.hasOwn(w.txn) {
			w.txn = 0
		}
		to := g.of(unit{w.figure, w.currency})
		l.counted(a, w).give(w.cents, func(cell int, cents resolute.Cents) { to[cell] = to[cell].Plus(cents) })
	}
}

// fill writes the sums out. The money of a line with parts holds that of its parts.
func (g *gridSums) fill(to *Grid, lines *view) {
	for u, cents := range g.money {
		for line := len(lines.ids) - 1; line >= 0; line-- {
			for column := range g.columns {
				c := cents[line*g.columns+column]
				if c == 0 {
					continue
				}
				if parent := lines.parents[line]; parent >= 0 {
					above := &cents[parent*g.columns+column]
					*above = above.Plus(c)
				}
				m := &to.Cells[line][column]
				if u.figure == commitments {
					m.Commitments.add(u.currency.Value(), c)
				} else {
					m.Spent.add(u.currency.Value(), c)
				}
			}
		}
	}
	for cell, n := range g.counts {
		to.Cells[cell/g.columns][cell%g.columns].Activities = int(n)
	}
}

package coverage

// stretch hands the activities of some rows to take that lie from one place to before another,
// counted through all pieces.
func (x *stock) stretch(b *book, rows []bitset, from, to int, take func(*activity)) {
	u, begin := x.unpacker(b), 0
	for i, p := range x.pieces {
		first, last := max(from-begin, 0), min(to-begin, p.rows())
		switch {
		case rows == nil:
			p.each(u, first, last, func(row int, a *activity) {
				a.at = at{uint16(i), uint16(row)}
				take(a)
			})
		case first < last:
			rows[i].between(first, last, func(row int) {
				a := p.read(u, row)
				a.at = at{uint16(i), uint16(row)}
				take(a)
			})
		}
		begin += p.rows()
	}
}

func (p *purse) join(other purse) {
	for _, c := range other {
		p.add(c.currency, c.cents)
	}
}

func (s *bitset) join(other bitset) {
	if more := len(other) - len(*s); more > 0 {
		*s = append(*s, make(bitset, more)...)
	}
	for i, word := range other {
		(*s)[i] |= word
	}
}

// join adds what another walk over the same cuts found among other activities.
func (w *gapWalk) join(other *gapWalk) {
	for i, c := range w.cuts {
		for k := range c.stands {
			c.stands[k].join(&other.cuts[i].stands[k])
		}
	}
}

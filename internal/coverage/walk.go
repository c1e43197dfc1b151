package coverage

import (
	"runtime"
	"sync"
)

// walkLeast is how many activities one walker takes at least: below that, setting out costs more
// than company saves.
const walkLeast = 2000

// walkTogether cuts the activities into parts that are walked side by side. Each walker begins with
// an empty walk; join gets them one after the other, in the order of the parts, when all are done.
// Without rows all activities are meant.
func walkTogether[W any](x *stock, b *book, rows []bitset, begin func() W, walk func(W, *activity), join func(W)) {
	n := x.rows()
	walkers := min(runtime.GOMAXPROCS(0), max(1, n/walkLeast))
	size := max(1, (n+walkers-1)/walkers)
	walks := make([]W, walkers)
	var crew sync.WaitGroup
	for i := range walks {
		walks[i] = begin()
		crew.Go(func() { x.stretch(b, rows, i*size, min(n, (i+1)*size), func(a *activity) { walk(walks[i], a) }) })
	}
	crew.Wait()
	for _, w := range walks {
		join(w)
	}
}

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

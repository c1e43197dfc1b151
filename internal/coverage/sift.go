package coverage

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// sift finds the rows of all pieces that fit a filter, several pieces side by side; take gets those
// of each piece, by one goroutine for each worker.
func (s *snapshot) sift(m *matcher, inside bool, take func(worker int, p int, x *sieve, c chosen)) {
	next := atomic.Int64{}
	var crew sync.WaitGroup
	for worker := range s.workers() {
		crew.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(s.facts.pieces); i = int(next.Add(1)) - 1 {
				x := s.sieve(m, s.facts.pieces[i])
				take(worker, i, x, x.choose(inside))
			}
		})
	}
	crew.Wait()
}

func siftWorkers(pieces int) int { return min(runtime.GOMAXPROCS(0), max(1, pieces)) }

// workers is how many look at the pieces of a snapshot side by side: one while answers are made ready
// beside readers, so that they do not wait for it.
func (s *snapshot) workers() int {
	if s.beside {
		return 1
	}
	return siftWorkers(len(s.facts.pieces))
}

// admitted are the rows that figures look at, by piece; nil when they are all. Whether
// an activity lies in the period is theirs to say, since a payment may count when it does not.
func (s *snapshot) admitted(m *matcher) []bitset {
	if m.filter.Empty() && m.rule.has(countOnce) && !slices.ContainsFunc(s.facts.pieces, func(p piece) bool { return p.aside.count() > 0 }) {
		return nil
	}
	return s.fitting(m, false)
}

// fitting are the rows that fit a filter, by piece.
func (s *snapshot) fitting(m *matcher, inside bool) []bitset {
	rows := make([]bitset, len(s.facts.pieces))
	s.sift(m, inside, func(_, p int, _ *sieve, c chosen) { rows[p] = c.whole() })
	return rows
}

// whole are all rows that fit, the odd ones among them.
func (c *chosen) whole() bitset {
	for _, o := range c.odd {
		if o.failed == 0 {
			c.all.add(o.row)
		}
	}
	return c.all
}

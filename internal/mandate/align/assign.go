package align

import (
	"container/heap"
	"math"
	"slices"
)

// edge offers a column to a row, at a gain.
type edge struct {
	column int
	gain   float64
}

// assign gives each row at most one of the columns offered to it, and each column to at most one
// row, so that the sum of gains is the largest. It gives the column of each row, None where
// leaving the row alone gains more. The method is that of shortest augmenting paths with prices
// (Jonker and Volgenant 1987) over the offers alone.
func assign(rows [][]edge, columns int) []int {
	all := columns + len(rows) // each row may also stay alone, in a column of its own of gain 0
	s := &solver{rows: make([][]edge, len(rows)), rowOf: slices.Repeat([]int{None}, all), columnOf: slices.Repeat([]int{None}, len(rows)),
		price: make([]float64, all), settled: make([]bool, all), far: make([]float64, all), before: make([]int, all)}
	for i, offers := range rows {
		s.rows[i] = append(slices.Clone(offers), edge{columns + i, 0})
		s.augment(i)
	}
	for i, j := range s.columnOf {
		if j >= columns {
			s.columnOf[i] = None
		}
	}
	return s.columnOf
}

// solver holds the state. The price of a column keeps the cost of each offer, less the price, at
// least that of the column which its row holds.
type solver struct {
	rows            [][]edge
	rowOf, columnOf []int
	price           []float64
	settled         []bool    // columns whose shortest way is known
	far             []float64 // length of the shortest way to a column so far
	before          []int     // the row before a column on it
}

func (s *solver) cost(e edge) float64 { return -e.gain - s.price[e.column] }

// augment gives a row a column by the cheapest chain of exchanges.
func (s *solver) augment(row int) {
	clear(s.settled)
	for j := range s.far {
		s.far[j] = math.Inf(1)
	}
	open := &queue{}
	var passed []reached
	s.reach(open, row, 0)
	for {
		at := heap.Pop(open).(reached)
		switch {
		case s.settled[at.column]:
		case s.rowOf[at.column] == None:
			for _, p := range passed {
				s.price[p.column] += p.far - at.far
			}
			s.exchange(row, at.column)
			return
		default:
			s.settled[at.column] = true
			passed = append(passed, at)
			s.reach(open, s.rowOf[at.column], at.far)
		}
	}
}

// reach goes on from a row at a distance to the columns offered to it.
func (s *solver) reach(open *queue, row int, far float64) {
	held := 0.0 // cost of the column that the row holds
	for _, e := range s.rows[row] {
		if e.column == s.columnOf[row] {
			held = s.cost(e)
		}
	}
	for _, e := range s.rows[row] {
		if d := far + s.cost(e) - held; !s.settled[e.column] && d < s.far[e.column] {
			s.far[e.column], s.before[e.column] = d, row
			heap.Push(open, reached{e.column, d})
		}
	}
}

// exchange walks the way back from a free column: each row takes the column it led to.
func (s *solver) exchange(row, column int) {
	for {
		taker := s.before[column]
		given := s.columnOf[taker]
		s.rowOf[column], s.columnOf[taker] = taker, column
		if taker == row {
			return
		}
		column = given
	}
}

// reached is a column at a distance.
type reached struct {
	column int
	far    float64
}

// queue gives the nearest column first; of equals the one that stands first.
type queue []reached

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return q[i].far < q[j].far || q[i].far == q[j].far && q[i].column < q[j].column
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push is for the heap.
func (q *queue) Push(x any) { *q = append(*q, x.(reached)) }

// Pop is for the heap.
func (q *queue) Pop() any {
	last := len(*q) - 1
	x := (*q)[last]
	*q = (*q)[:last]
	return x
}

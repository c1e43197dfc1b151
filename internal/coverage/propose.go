package coverage

import (
	"cmp"
	"slices"
)

// fromMatrix tells whether proposals of this view come from the WSIS-SDG matrix.
func (c conceptLinker) fromMatrix() bool { return c.view.by == ByGoal || c.view.by == ByTarget }

// matrixSplit gives what the matrix proposes for a flow: the share of each line, counted or,
// when none is, derived, split equally among its distinct goals or targets. What the activity
// already states in the period is left out; its part stays with nobody.
func (c conceptLinker) matrixSplit(a *activity, txn int) split {
	lines := newSplit(c.lineShares(a, txn))
	common := uint64(1)
	for _, line := range lines.weights {
		if n := len(c.partners(line.row)); n > 0 {
			common = lcm(common, uint64(n))
		}
	}
	stated := c.stated(a)
	s := split{whole: lines.whole * common, weights: make([]weight, 0, 32)}
	for _, line := range lines.weights {
		partners := c.partners(line.row)
		for _, row := range partners {
			if !slices.Contains(stated, row) {
				s.add(row, line.num*(common/uint64(len(partners))))
			}
		}
	}
	slices.SortFunc(s.weights, func(a, b weight) int { return cmp.Compare(a.row, b.row) })
	return s
}

// add gives a row more of the whole.
func (s *split) add(row int, num uint64) {
	for i := range s.weights {
		if s.weights[i].row == row {
			s.weights[i].num += num
			return
		}
	}
	s.weights = append(s.weights, weight{row, num})
}

// partners are the distinct rows of goals or targets that the matrix joins a line with.
func (c conceptLinker) partners(line int) []int {
	if c.view.by == ByGoal {
		return c.book.goalsOf[line]
	}
	return c.book.targetsOf[line]
}

// lineShares are the counted lines of a flow, else the proposed ones.
func (c conceptLinker) lineShares(a *activity, txn int) []share {
	if counted := (conceptLinker{view: c.book.lines}).shares(nil, a, flow{txn: int32(txn)}); len(counted) > 0 {
		return counted
	}
	return openShares(nil, a, txn, c.book.lines)
}

// settled are the rows of one kind that an activity needs no proposal for in a period.
type settled struct {
	known  bool
	kind   kind
	during days
	rows   []int
}

// stated are the rows that the activity counts in the period, and those that people refused:
// neither is proposed. They are the same for all its flows, and looked for once.
func (c conceptLinker) stated(a *activity) []int {
	s := &a.settled
	if s.known && s.kind == c.view.kind && s.during == c.during {
		return s.rows
	}
	s.known, s.kind, s.during, s.rows = true, c.view.kind, c.during, s.rows[:0]
	for _, l := range a.links.of(s.kind) {
		if l.row >= 0 && !l.open && !slices.Contains(s.rows, int(l.row)) && (l.txn == 0 || a.paidIn(int(l.txn), s.during)) {
			s.rows = append(s.rows, int(l.row))
		}
	}
	for _, row := range c.refused(a) {
		s.rows = appendNew(s.rows, row)
	}
	return s.rows
}

func (c conceptLinker) refused(a *activity) []int {
	var rows []int
	for _, l := range a.refused {
		if l.row >= 0 && l.kind == c.view.kind {
			rows = append(rows, int(l.row))
		}
	}
	return rows
}

// matrixRows are the rows that the matrix proposes for an activity in the period, at the level
// of the activity and of each transaction with lines of its own.
func (c conceptLinker) matrixRows(a *activity) []int {
	levels := []int{0}
	if len(a.own) > 0 {
		for _, l := range a.links.all {
			if l.txn > 0 && a.paidIn(int(l.txn), c.during) {
				levels = append(levels, int(l.txn))
			}
		}
	}
	slices.Sort(levels)
	levels = slices.Compact(levels)
	open := make([]int, 0, 32)
	refused := c.refused(a)
	for _, txn := range levels {
		for _, line := range c.lineShares(a, txn) {
			for _, row := range c.partners(line.row) {
				if !slices.Contains(refused, row) {
					open = appendNew(open, row)
				}
			}
		}
	}
	return open
}

// lcm is the least common multiple. Lines have at most some thirty partners, and an activity a
// handful of lines, so it stays far below 64 bits.
func lcm(a, b uint64) uint64 { return a / gcd(a, b) * b }

// gcd is the greatest common divisor; that of a number and nothing is the number.
func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

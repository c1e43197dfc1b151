package redline

import "slices"

// The marks of a list are read as one problem. Every item stands in the old text, in the new one
// or in both, with a mark in each; the old marks and the new marks must each run without gap or
// repeat. The cheapest reading wins, and how much the next best reading of an item costs more
// tells how sure it is.

// choice is one way to read an item.
type choice struct {
	old, new int // values of its marks; 0: not in that text
	cost     float64
	restored side // a mark that must have stood in this text is not printed
	reversed bool // of two marks the first is the new one
}

// side is one of the two texts.
type side int

const (
	neither side = iota
	before
	after
)

// only names the text that alone has the item.
func (c choice) only() side {
	switch {
	case c.old > 0 && c.new == 0:
		return before
	case c.new > 0 && c.old == 0:
		return after
	}
	return neither
}

// status is what a choice says about an item, apart from its marks.
func (c choice) status() [4]int {
	same := 0
	if c.old == c.new {
		same = 1
	}
	return [4]int{sign(c.old), sign(c.new), same, int(c.restored)}
}

func sign(n int) int { return min(n, 1) }

// What readings cost. A break of a series is dearer than anything but what evidence rules out.
const (
	costChange   = 1.0 // an item that is only in one of the texts
	costRun      = 0.3 // the next item likewise: changes stand in runs
	costOrder    = 1.0 // a struck item behind the one that takes its mark: struck words stand first
	costReversed = 4.0 // of two marks that run together the new one stands first
	costTwoMarks = 2.0 // of two whole marks the new one stands first
	costRestored = 3.5 // a mark that was changed and left no trace
	costUnmarked = 2.0 // an item that lost its mark
	costComma    = 1.0 // a closing comma within a list, an open item at its end
	costLoose    = 5.0 // an item without mark that belongs to no list
	costStart    = 2.0 // a list that does not begin with its first mark
	costBreak    = 6.0
	costOldAgain = 2.0 // more, when it is an old mark that stands again: struck words stand first
	costAgainst  = 8.0 // against what is known of the item
	costTwin     = 5.0
	costStale    = 1.0
	costPutIn    = 5.0  // an inserted item that cites what the text replaces elsewhere
	widest       = 12.0 // readings this much dearer than the best are given up
	mostReadings = 400
	longestList  = 120
)

// entry is an item with what is known about it.
type entry struct {
	item                         *item
	both, notOld, older, outdate bool
	ending                       byte
	options                      []choice // by its printed marks; those that depend on the series are added on the way
}

// state is what the series came to: the last mark of each text and how its item closed.
type state struct {
	old, new       int
	oldEnd, newEnd byte
	only           side // the text that alone has the last item
}

type node struct {
	state
	cost   float64
	breaks int
	from   int // index in the layer before
	choice choice
}

// solve gives the cheapest reading of a list, how many breaks it has and what it costs. An entry
// and status may be forbidden, to see what the next best reading costs.
func solve(list []entry, s style, forbidden int, status [4]int) (best []choice, breaks int, cost float64) {
	layers := [][]node{{{}}}
	for i := range list {
		var next []node
		seen := map[state]int{}
		for from, n := range layers[i] {
			for _, c := range list[i].choices(n.state, s) {
				if i == forbidden && c.status() == status {
					continue
				}
				m := n.take(c, &list[i])
				m.from = from
				if at, known := seen[m.state]; !known {
					seen[m.state] = len(next)
					next = append(next, m)
				} else if m.cost < next[at].cost {
					next[at] = m
				}
			}
		}
		layers = append(layers, prune(next))
	}
	return trace(layers)
}

// prune keeps the cheaper readings, so that a long list cannot take long.
func prune(layer []node) []node {
	slices.SortStableFunc(layer, func(a, b node) int {
		switch {
		case a.cost < b.cost:
			return -1
		case a.cost > b.cost:
			return 1
		}
		return 0
	})
	n := 0
	for n < len(layer) && n < mostReadings && layer[n].cost <= layer[0].cost+widest {
		n++
	}
	return layer[:n]
}

func trace(layers [][]node) (best []choice, breaks int, cost float64) {
	last := layers[len(layers)-1]
	if len(last) == 0 {
		return nil, 0, costAgainst * 10
	}
	at, cheapest := 0, costAgainst*1000
	for i, n := range last {
		if total := n.cost + openEnd(n.oldEnd) + openEnd(n.newEnd); total < cheapest {
			at, cheapest = i, total
		}
	}
	best, breaks = make([]choice, len(layers)-1), last[at].breaks
	for i := len(layers) - 1; i > 0; i-- {
		n := layers[i][at]
		best[i-1], at = n.choice, n.from
	}
	return best, breaks, cheapest
}

func openEnd(end byte) float64 {
	if end == ';' {
		return costComma
	}
	return 0
}

// take adds an item to the series.
func (n node) take(c choice, e *entry) node {
	m := node{state: n.state, cost: n.cost + c.cost, breaks: n.breaks, choice: c}
	for _, s := range []struct {
		value int
		last  *int
		end   *byte
		again float64
	}{{c.old, &m.old, &m.oldEnd, costOldAgain}, {c.new, &m.new, &m.newEnd, 0}} {
		if s.value == 0 {
			continue
		}
		switch {
		case s.value == *s.last+1:
		case *s.last == 0:
			m.cost += costStart
		default:
			m.cost += costBreak
			if s.value <= *s.last {
				m.cost += s.again
			}
			m.breaks++
		}
		if *s.end == ',' {
			m.cost += costComma
		}
		*s.last, *s.end = s.value, e.ending
	}
	m.only = c.only()
	return m
}

// choices are the ways to read an item where the series have come to a state.
func (e *entry) choices(at state, s style) []choice {
	var list []choice
	if e.item.marks == nil {
		list = append(list, choice{cost: costLoose},
			choice{old: at.old + 1, cost: costUnmarked, restored: before},
			choice{new: at.new + 1, cost: costUnmarked, restored: after})
	}
	for _, c := range e.options {
		list = append(list, c)
		if c.old != c.new {
			continue
		}
		list = append(list, choice{old: c.old}, choice{new: c.new})
		if at.old+1 != c.new {
			list = append(list, choice{old: at.old + 1, new: c.new, cost: costRestored, restored: before})
		}
		if at.new+1 != c.old {
			list = append(list, choice{old: c.old, new: at.new + 1, cost: costRestored, restored: after})
		}
	}
	for i := range list {
		list[i].cost += e.against(list[i]) + at.change(list[i])
	}
	return list
}

// change is what it costs that only one of the texts has the next item.
func (at state) change(c choice) float64 {
	switch only := c.only(); {
	case only == neither:
		return 0
	case only == before && at.only == after && c.old <= at.new:
		return costChange + costOrder
	case only == at.only:
		return costRun
	}
	return costChange
}

// against is what a choice costs for what is known about the item.
func (e *entry) against(c choice) float64 {
	cost := 0.0
	if e.both && (c.old == 0 || c.new == 0) {
		cost += costAgainst
	}
	if e.notOld && c.old > 0 {
		cost += costAgainst
	}
	if e.older && c.new > 0 {
		cost += costTwin
	}
	switch {
	case !e.outdate || c.new == 0:
	case c.old == 0:
		cost += costPutIn
	case e.item.marks == nil:
		cost += costStale
	}
	return cost
}

// printedChoices are the readings of the printed marks alone: one mark in both texts, or two, of
// which the first is the old one unless the series say otherwise.
func printedChoices(it *item) []choice {
	var list []choice
	if len(it.marks) == 2 {
		a, b := value(it.marks[0].word, it.style), value(it.marks[1].word, it.style)
		return []choice{{old: a, new: b}, {old: b, new: a, cost: costTwoMarks, reversed: true}}
	}
	if len(it.marks) == 0 {
		return nil
	}
	word := it.marks[0].word
	if n := value(word, it.style); n > 0 {
		list = append(list, choice{old: n, new: n})
	}
	signs := []rune(word)
	for i := 1; i < len(signs); i++ {
		a, b := value(string(signs[:i]), it.style), value(string(signs[i:]), it.style)
		if a > 0 && b > 0 && a != b && signs[i] != '0' {
			list = append(list, choice{old: a, new: b}, choice{old: b, new: a, cost: costReversed, reversed: true})
		}
	}
	return list
}

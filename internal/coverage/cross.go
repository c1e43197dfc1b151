package coverage

import "math/bits"

// cross is the action lines and goals of an activity that has none but for all of its life, as
// sets of rows: its cells in the matrix are their products, found without looking through lists.
type cross struct{ lines, openLines, goals, openGoals uint64 }

// crosses tells whether the rows of lines and goals fit into sets.
func (b *book) crosses() bool { return len(b.lines.ids) <= 64 && len(b.goals.ids) <= 64 }

// crossOf makes the sets; they stay empty when the rows do not fit.
func (b *book) crossOf(t *ties) cross {
	if !b.crosses() {
		return cross{}
	}
	var x cross
	gather(t.links.of(toLine), &x.lines, &x.openLines)
	gather(t.links.of(toGoal), &x.goals, &x.openGoals)
	for _, row := range t.proposal.of(toGoal) {
		if row >= 0 {
			x.openGoals |= 1 << row
		}
	}
	return x
}

// gather puts the rows of links into two sets.
func gather(links []link, counted, open *uint64) {
	for _, l := range links {
		switch {
		case l.row < 0:
		case l.open:
			*open |= 1 << l.row
		default:
			*counted |= 1 << l.row
		}
	}
}

// cross gives the cells that count an activity, and those that would if people confirmed the lines
// and goals that rules derive.
func (c cellLinker) cross(x cross) (counted, open []int) {
	lines, goals := x.lines|x.openLines, x.goals|x.openGoals
	certain := bits.OnesCount64(x.lines) * bits.OnesCount64(x.goals)
	all := bits.OnesCount64(lines) * bits.OnesCount64(goals)
	if all == 0 {
		return nil, nil
	}
	room := make([]int, all) // of both lists at once
	counted, open = room[:0:certain], room[certain:certain]
	for ; lines != 0; lines &= lines - 1 {
		line := bits.TrailingZeros64(lines)
		for rest := goals; rest != 0; rest &= rest - 1 {
			goal := bits.TrailingZeros64(rest)
			row, ok := c.row(line, goal)
			switch {
			case !ok:
			case x.lines&(1<<line) != 0 && x.goals&(1<<goal) != 0:
				counted = append(counted, row)
			default:
				open = append(open, row)
			}
		}
	}
	return counted, open
}

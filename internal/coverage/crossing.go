package coverage

import "slices"

// crossing is what cells are made of: the ways of lines, and those of goals or targets.
type crossing struct {
	linker              cellLinker
	view                *view // of the cells
	lines, openLines    wayList
	partners, proposals wayList
	goals               bool
}

func (b *book) crossing(v *view, l cellLinker) *crossing {
	lines, partners := l.lines.view, l.partners.view
	return &crossing{linker: l, view: v, lines: lines.ways.now(), openLines: lines.openWays.now(),
		partners: partners.ways.now(), proposals: partners.cellWays.now(), goals: partners == b.goals}
}

// partnersOf gives the numbers of the ways of a row's goals or targets, counted and proposed.
func (c *crossing) partnersOf(l *landings, row int) (counted, open uint32) {
	if c.goals {
		return l.goals.counted[row], l.openGoals[row]
	}
	return l.targets.counted[row], l.openTargets[row]
}

// crossed finds the cells of one activity after the other. It is for one goroutine.
type crossed struct {
	*crossing
	split         fall // room of what it gives
	columns, open []int
}

// fall is how an amount falls to cells: the part of the line times the part of the goal or target.
func (c *crossed) fall(l *landings, row int) fall {
	line := c.lines.fallOf(&c.lines.ways[l.lines.counted[row]])
	n, _ := c.partnersOf(l, row)
	partner := c.partners.fallOf(&c.partners.ways[n])
	s := fall{rows: c.split.rows[:0], kinds: c.split.kinds[:0], sizes: c.split.sizes[:0], whole: line.whole * partner.whole}
	s.rest = s.whole
	for _, x := range line.sizes {
		for _, y := range partner.sizes {
			s.sizes = append(s.sizes, size{num: x.num * y.num})
		}
	}
	for i, x := range line.rows {
		for k, y := range partner.rows {
			cell, ok := c.linker.row(int(x), int(y))
			if !ok {
				continue
			}
			kind := line.kinds[i]*uint16(len(partner.sizes)) + partner.kinds[k]
			s.rows, s.kinds = append(s.rows, uint16(cell)), append(s.kinds, kind)
			s.sizes[kind].rows++
			s.rest -= s.sizes[kind].num
		}
	}
	c.split = s
	return s
}

// masks makes the masks of the cells that count an activity, and of those that would if people
// confirmed the lines, goals and targets that rules derive, with the cells above them.
func (c *crossed) masks(l *landings, row int, counted, opened []uint64, proposed bool) {
	lines := c.lines.fallOf(&c.lines.ways[l.lines.counted[row]]).rows
	n, open := c.partnersOf(l, row)
	c.columns = c.columnsOf(c.columns[:0], c.partners.mask(n))
	for _, line := range lines {
		c.mark(counted, int(line), c.columns)
	}
	c.view.markEnds(counted, len(lines) > 0 && len(c.columns) > 0, true)
	if !proposed {
		return
	}
	c.open = c.columnsOf(c.open[:0], c.proposals.mask(open))
	c.open = without(c.open, c.columns)
	any := len(lines) > 0 && len(c.open) > 0
	for _, line := range lines {
		c.mark(opened, int(line), c.open)
	}
	for _, line := range c.openLines.fallOf(&c.openLines.ways[l.lines.open[row]]).rows {
		if !slices.Contains(lines, line) {
			c.mark(opened, int(line), c.columns)
			c.mark(opened, int(line), c.open)
			any = any || len(c.columns)+len(c.open) > 0
		}
	}
	c.view.markEnds(opened, any, false)
}

// columnsOf lists the columns of the goals or targets of a mask.
func (c *crossing) columnsOf(list []int, mask []uint64) []int {
	eachPlace(mask, func(place int) {
		if place < len(c.linker.column) && c.linker.column[place] >= 0 {
			list = append(list, c.linker.column[place])
		}
	})
	return list
}

// mark adds the cells of a line, and of those above it, to a mask.
func (c *crossing) mark(mask []uint64, line int, columns []int) {
	for ; line >= 0; line = c.linker.lines.view.parents[line] {
		for _, column := range columns {
			cell := line*c.linker.columns + column
			mask[cell/64] |= 1 << (cell % 64)
		}
	}
}

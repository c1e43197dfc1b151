package coverage

import "slices"

// crossing is what cells are made of: the ways of lines, and those of goals or targets.
type crossing struct {
	linker              cellLinker
	view                *view // of the cells
	lines, openLines    wayList
	partners, proposals wayList
	columns, open       columnLists // of partners and proposals
	goals               bool
}

// columnLists are the columns of ways to goals or targets.
type columnLists struct {
	ends    []uint32 // of those of each way
	columns []uint16
}

// columnLists lists the columns of ways.
func (l cellLinker) columnLists(of *wayList) columnLists {
	lists := columnLists{ends: make([]uint32, len(of.ways))}
	for n := range of.ways {
		eachPlace(of.mask(uint32(n)), func(place int) {
			if place < len(l.column) && l.column[place] >= 0 {
				lists.columns = append(lists.columns, uint16(l.column[place]))
			}
		})
		lists.ends[n] = uint32(len(lists.columns))
	}
	return lists
}

func (l *columnLists) of(n uint32) []uint16 {
	from, to := stretchOf(l.ends, int(n))
	return l.columns[from:to]
}

func (b *book) crossing(v *view, l cellLinker) *crossing {
	lines, partners := l.lines.view, l.partners.view
	c := &crossing{linker: l, view: v, lines: lines.ways.now(), openLines: lines.openWays.now(),
		partners: partners.ways.now(), proposals: partners.cellWays.now(), goals: partners == b.goals}
	c.columns, c.open = l.columnLists(&c.partners), l.columnLists(&c.proposals)
	return c
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
	split fall // room of what it gives
	more  []uint16
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
	lines, columns := c.counted(l, row)
	for _, line := range lines {
		c.mark(counted, line, columns)
	}
	c.view.markEnds(counted, len(lines) > 0 && len(columns) > 0, true)
	if !proposed {
		return
	}
	any := false
	c.proposed(l, row, func(line uint16, columns []uint16) {
		c.mark(opened, line, columns)
		any = any || len(columns) > 0
	})
	c.view.markEnds(opened, any, false)
}

// counted gives the lines and the columns whose cells count an activity.
func (c *crossing) counted(l *landings, row int) (lines, columns []uint16) {
	n, _ := c.partnersOf(l, row)
	lines, _, _ = c.lines.of(&c.lines.ways[l.lines.counted[row]])
	return lines, c.columns.of(n)
}

// proposed gives the lines, with columns of each, whose cells would count an activity if people confirmed
// what rules derive. A line may come twice.
func (c *crossed) proposed(l *landings, row int, take func(line uint16, columns []uint16)) {
	lines, columns := c.counted(l, row)
	_, n := c.partnersOf(l, row)
	c.more = c.more[:0]
	for _, column := range c.open.of(n) {
		if !slices.Contains(columns, column) {
			c.more = append(c.more, column)
		}
	}
	if len(c.more) > 0 {
		for _, line := range lines {
			take(line, c.more)
		}
	}
	if len(columns)+len(c.more) == 0 {
		return
	}
	open, _, _ := c.openLines.of(&c.openLines.ways[l.lines.open[row]])
	for _, line := range open {
		if !slices.Contains(lines, line) {
			take(line, columns)
			take(line, c.more)
		}
	}
}

// mark adds the cells of a line, and of those above it, to a mask.
func (c *crossing) mark(mask []uint64, of uint16, columns []uint16) {
	for line := int(of); line >= 0; line = c.linker.lines.view.parents[line] {
		first := line * c.linker.columns
		for _, column := range columns {
			cell := first + int(column)
			mask[cell/64] |= 1 << (cell % 64)
		}
	}
}

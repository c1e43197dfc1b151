package coverage

import (
	"slices"
)

// about is one of the lists of rows that say what an activity is about, or where.
type about uint8

const (
	nations about = iota // with the row of what is for a region
	regions
	lines
	goals
	targets
	threads
	openLines
	openThreads
	abouts
)

// codes are what an activity is about and where, as rows of the views, with the rows above them.
type codes struct {
	rows []int16
	ends [abouts]uint16 // where each list ends; views have far fewer rows
}

// of gives one of the lists.
func (c *codes) of(x about) []int16 {
	from, to := stretchOf(c.ends[:], int(x))
	return c.rows[from:to]
}

// viewOf gives the view that a list is of.
func (b *book) viewOf(x about) *view {
	switch x {
	case nations:
		return b.countries
	case regions:
		return b.regions
	case lines, openLines:
		return b.lines
	case goals:
		return b.goals
	case targets:
		return b.targets
	}
	return b.provision
}

// ids writes one of the lists out.
func (b *book) ids(c *codes, x about) []string {
	var list []string
	for _, row := range c.of(x) {
		list = append(list, b.viewOf(x).ids[row])
	}
	return list
}

// countriesOf writes the countries out.
func (b *book) countriesOf(c *codes) []string {
	return slices.DeleteFunc(b.ids(c, nations), func(id string) bool { return id == RegionRow })
}

// codesIn gives what an activity is about in a period: a link or place of a transaction counts
// when the transaction is dated in it.
func (b *book) codesIn(a *activity, p days) *codes {
	if len(a.own) == 0 || p == allTime {
		return b.codesOf(a)
	}
	var c codes
	b.code(&c, a, p)
	return &c
}

// codesOf gives what an activity is about in all its life.
func (b *book) codesOf(a *activity) *codes {
	if !a.coded {
		a.coded = true
		a.codes.rows, a.codes.ends = a.codes.rows[:0], [abouts]uint16{}
		b.code(&a.codes, a, allTime)
	}
	return &a.codes
}

func (b *book) code(c *codes, a *activity, p days) {
	falls := func(l link) bool { return l.txn == 0 || a.paidIn(int(l.txn), p) }
	for _, place := range a.places {
		if falls(place) {
			c.put(nations, int16(b.countries.rowOfPlace(place)))
		}
	}
	for _, country := range c.of(nations) {
		if region := b.regions.rowOf(b.countries.parent[country]); region != noRow {
			c.put(regions, region)
		}
	}
	for _, x := range []about{lines, goals, targets, threads, openLines, openThreads} {
		v := b.viewOf(x)
		for _, l := range a.links.of(v.kind) {
			if l.row == noRow || l.open != (x >= openLines) || !falls(l) {
				continue
			}
			for row := int(l.row); row >= 0; row = v.parents[row] {
				c.put(x, int16(row))
			}
		}
	}
}

// put adds a row to a list, once; lists are filled in their order.
func (c *codes) put(x about, row int16) {
	if !slices.Contains(c.of(x), row) {
		c.rows = append(c.rows, row)
	}
	for i := x; i < abouts; i++ {
		c.ends[i] = uint16(len(c.rows))
	}
}

package coverage

import (
	"maps"
	"slices"
)

func (l *lists[T]) write(to *scribe) {
	writeColumn(to, l.ends)
	writeColumn(to, l.values)
	writeColumn(to, l.counts)
}

func readLists[T uint16 | uint32](r *lector, rows int) lists[T] {
	l := lists[T]{ends: readColumn[uint32](r), values: readColumn[T](r), counts: readColumn[int32](r)}
	r.must(len(l.ends) == rows && grows(l.ends, len(l.values)))
	return l
}

// readRows reads lists of rows of a view.
func readRows(r *lector, rows int) lists[uint16] {
	l := readLists[uint16](r, rows)
	r.must(below(l.values, len(l.counts)))
	return l
}

func (n *narrow) write(to *scribe) {
	writeColumn(to, n.codes)
	to.texts(n.values)
	for _, count := range n.counts {
		to.number(int64(count))
	}
}

func readNarrow(r *lector, rows int) narrow {
	n := narrow{codes: readColumn[uint16](r), values: r.texts()}
	for range n.values {
		n.counts = append(n.counts, int(r.number()))
	}
	r.must(len(n.codes) == rows && below(n.codes, len(n.values)))
	return n
}

func (c *columns) write(to *scribe) {
	for _, list := range [][]day{c.starts, c.ends, c.oldest} {
		writeColumn(to, list)
	}
	writeColumn(to, c.updated)
	writeColumn(to, c.reporter)
	writeColumn(to, c.source)
	writeColumn(to, c.locations)
	for _, set := range c.sets() {
		writeColumn(to, *set)
	}
	for _, n := range c.narrows() {
		n.write(to)
	}
	for _, l := range c.rowLists() {
		l.write(to)
	}
	c.organisations.write(to)
	writeColumn(to, c.parts)
	c.traces.write(to)
	to.number(int64(len(c.own)))
	for _, row := range slices.Sorted(maps.Keys(c.own)) {
		to.number(int64(row))
		to.number(int64(c.own[row].from))
		to.number(int64(c.own[row].to))
	}
}

func readColumns(r *lector, rows int) *columns {
	c := &columns{starts: readColumn[day](r), ends: readColumn[day](r), oldest: readColumn[day](r), updated: readColumn[stamp](r),
		reporter: readColumn[uint32](r), source: readColumn[uint32](r), locations: readColumn[uint32](r), own: map[int]days{}}
	r.must(len(c.starts) == rows && len(c.ends) == rows && len(c.oldest) == rows && len(c.updated) == rows && len(c.reporter) == rows && len(c.source) == rows && len(c.locations) == rows)
	for _, set := range c.sets() {
		*set = readColumn[uint64](r)
	}
	for _, n := range c.narrows() {
		*n = readNarrow(r, rows)
	}
	for _, l := range c.rowLists() {
		*l = readRows(r, rows)
	}
	c.organisations = readLists[uint32](r, rows)
	c.parts = readColumn[byte](r)
	r.must(len(c.parts) == len(c.organisations.values))
	c.traces = readLists[trace](r, rows)
	for range r.length(3) {
		row := int(r.number())
		r.must(row >= 0 && row < rows)
		c.own[row] = days{day(r.number()), day(r.number())}
	}
	return c
}

// sets are the columns that are sets of rows.
func (c *columns) sets() []*bitset {
	return []*bitset{&c.dated, &c.placed, &c.begun, &c.several, &c.paid, &c.repeated, &c.checked, &c.located}
}

// narrows are the columns of few values.
func (c *columns) narrows() []*narrow {
	return []*narrow{&c.status, &c.kind, &c.sector, &c.level, &c.roles, &c.groups}
}

// rowLists are the columns of lists of rows that are the same for every instrument.
func (c *columns) rowLists() []*lists[uint16] {
	return []*lists[uint16]{&c.nations, &c.regions, &c.lines, &c.goals, &c.targets}
}

package coverage

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// titleOrder is the order of a block by its titles in one language, then by key.
type titleOrder struct {
	rows  []uint16 // in order
	ranks []uint16 // of each row
}

// titlesIn gives the order of a block by the titles in the language of a list, made by whoever asks first.
func (k *block) titlesIn(o *order, c *columns) *titleOrder {
	if known, ok := c.titles.Load(o.Lang); ok {
		return known.(*titleOrder)
	}
	t := &titleOrder{rows: make([]uint16, k.rows()), ranks: make([]uint16, k.rows())}
	titles := make([]string, k.rows())
	for row := range titles {
		t.rows[row], titles[row] = uint16(row), o.titleFor(k.record(row))
	}
	slices.SortFunc(t.rows, func(a, b uint16) int {
		return cmp.Or(strings.Compare(titles[a], titles[b]), cmp.Compare(k.heads[a], k.heads[b]), strings.Compare(k.key(int(a)), k.key(int(b))))
	})
	for rank, row := range t.rows {
		t.ranks[row] = uint16(rank)
	}
	c.titles.Store(o.Lang, t)
	return t
}

// lookAtTitles adds the rows of a piece that come after a place, in the order of their titles until
// no other can be among the first.
func (b *best) lookAtTitles(p piece, i int, rows bitset, of *book, after *place) {
	t := p.titlesIn(b.order, p.columnsOf(b.order.stock, of))
	placeOf := func(rank int) place {
		row := t.rows[rank]
		return place{title: b.order.titleFor(p.record(int(row))), head: p.heads[row], at: at{uint16(i), row}}
	}
	first := 0
	if after != nil {
		first = sort.Search(len(t.rows), func(rank int) bool { return b.order.compare(placeOf(rank), *after) > 0 })
	}
	marked := newBitset(len(t.rows))
	rows.each(func(row int) { marked.add(int(t.ranks[row])) })
	taken := 0
	for rank := range marked.from(first) {
		x := placeOf(rank)
		if taken++; taken > b.most || b.full && b.order.compare(x, b.list[b.most-1]) >= 0 {
			return
		}
		b.add(x)
	}
}

package columns

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Builder takes observations in any order. Those of one series that follow each other are quickest.
type Builder struct {
	keys   index[Key]
	areas  index[string]
	ids    index[[2]int32] // series by key and area
	blocks []*block
	taken  int // observations

	n        []int32 // observations of each series
	last     int32   // series of the observation before
	lastKey  Key
	lastArea string
}

// block has observations as they came: blocks are never copied as the whole grows.
type block struct {
	of     [blockSize]int32 // series of each
	years  [blockSize]int16
	values [blockSize]float64
	flags  [blockSize]uint8
}

const blockSize = 1 << 16

// index numbers what it meets.
type index[T comparable] struct {
	known map[T]int32
	list  []T
}

func (x *index[T]) of(v T) int32 {
	n, ok := x.known[v]
	if !ok {
		if x.known == nil {
			x.known = map[T]int32{}
		}
		n = int32(len(x.list))
		x.known[v], x.list = n, append(x.list, v)
	}
	return n
}

// most bounds the observations of one table.
const most = math.MaxInt32 / 2

// Add takes one observation. The strings are copied when they are kept.
func (b *Builder) Add(dataflow, indicator, dims, area string, year int, value float64, estimated bool) error {
	if b.taken == most || year < math.MinInt16 || year > math.MaxInt16 {
		return fmt.Errorf("observation %d of the year %d: want at most %d observations, and years of five digits", b.taken+1, year, most)
	}
	if b.taken == 0 || b.lastArea != area || b.lastKey.Indicator != indicator || b.lastKey.Dims != dims || b.lastKey.Dataflow != dataflow {
		b.turn(dataflow, indicator, dims, area)
	}
	at := b.taken % blockSize
	if at == 0 {
		b.blocks = append(b.blocks, new(block))
	}
	to := b.blocks[len(b.blocks)-1]
	to.of[at], to.years[at], to.values[at] = b.last, int16(year), value
	if estimated {
		to.flags[at] = estimatedFlag
	}
	b.taken++
	return nil
}

// turn goes to another series.
func (b *Builder) turn(dataflow, indicator, dims, area string) {
	k := Key{dataflow, indicator, dims}
	n, ok := b.keys.known[k]
	if !ok {
		k = Key{strings.Clone(dataflow), strings.Clone(indicator), strings.Clone(dims)}
		n = b.keys.of(k)
	}
	a, ok := b.areas.known[area]
	if !ok {
		a = b.areas.of(strings.Clone(area))
	}
	b.lastKey, b.lastArea = b.keys.list[n], b.areas.list[a]
	b.last = b.ids.of([2]int32{n, a})
}

// Build sorts what was added. Of several values of one series and year the first stays. The builder
// is empty behind it.
func (b *Builder) Build() *Columns {
	c := &Columns{}
	keyPlace, areaPlace := b.places(c)
	order := make([]int32, len(b.ids.list)) // series by key and area
	for i := range order {
		order[i] = int32(i)
	}
	at := func(i int32) (key, area int32) { return keyPlace[b.ids.list[i][0]], areaPlace[b.ids.list[i][1]] }
	slices.SortFunc(order, func(i, j int32) int {
		ki, ai := at(i)
		kj, aj := at(j)
		return cmp.Or(cmp.Compare(ki, kj), cmp.Compare(ai, aj))
	})
	starts := b.starts(order)
	b.scatter(c, slices.Clone(starts))
	c.series, c.ofKey = make([]series, len(order)), make([]int32, len(c.keys)+1)
	for i, s := range order {
		key, area := at(s)
		c.series[i] = series{key, area, starts[s], starts[s] + b.counts(s)}
		c.ofKey[key+1] = int32(i + 1)
	}
	*b = Builder{}
	c.settle()
	return c
}

// places sorts keys and areas and says where each went.
func (b *Builder) places(c *Columns) (keys, areas []int32) {
	c.keys, keys = sorted(b.keys.list, compareKeys)
	c.areas, areas = sorted(b.areas.list, func(x, y string) int { return cmp.Compare(x, y) })
	return keys, areas
}

func sorted[T any](list []T, compare func(a, b T) int) (out []T, place []int32) {
	order := make([]int32, len(list))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return compare(list[i], list[j]) })
	out, place = make([]T, len(list)), make([]int32, len(list))
	for to, from := range order {
		out[to], place[from] = list[from], int32(to)
	}
	return out, place
}

// starts says where the observations of each series begin, by the order of the series.
func (b *Builder) starts(order []int32) []int32 {
	n := make([]int32, len(b.ids.list))
	for i, block := range b.blocks {
		for _, s := range block.of[:b.filled(i)] {
			n[s]++
		}
	}
	b.n = n
	starts, at := make([]int32, len(n)), int32(0)
	for _, s := range order {
		starts[s] = at
		at += n[s]
	}
	return starts
}

func (b *Builder) counts(series int32) int32 { return b.n[series] }

// filled is how many observations a block has.
func (b *Builder) filled(block int) int { return min(blockSize, b.taken-block*blockSize) }

// scatter puts each observation to its series, in the order in which they came.
func (b *Builder) scatter(c *Columns, next []int32) {
	c.years, c.values, c.flags = make([]int16, b.taken), make([]float64, b.taken), make([]uint8, b.taken)
	for n, block := range b.blocks {
		for i, s := range block.of[:b.filled(n)] {
			to := next[s]
			next[s]++
			c.years[to], c.values[to], c.flags[to] = block.years[i], block.values[i], block.flags[i]
		}
		b.blocks[n] = nil
	}
}

// settle sorts each series by year and drops what repeats a year.
func (c *Columns) settle() {
	for i := range c.series {
		s := &c.series[i]
		rising := true
		for n := s.from + 1; n < s.to; n++ {
			rising = rising && c.years[n-1] < c.years[n]
		}
		if !rising {
			c.sortSeries(s)
		}
	}
}

func (c *Columns) sortSeries(s *series) {
	type row struct {
		year  int16
		flag  uint8
		value float64
	}
	rows := make([]row, 0, s.to-s.from)
	for n := s.from; n < s.to; n++ {
		rows = append(rows, row{c.years[n], c.flags[n], c.values[n]})
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.year, b.year) })
	rows = slices.CompactFunc(rows, func(a, b row) bool { return a.year == b.year })
	for n, r := range rows {
		at := s.from + int32(n)
		c.years[at], c.flags[at], c.values[at] = r.year, r.flag, r.value
	}
	s.to = s.from + int32(len(rows))
}

package columns

import (
	"cmp"
	"slices"
)

// Key names an indicator with its breakdown.
type Key struct {
	Dataflow  string
	Indicator string
	Dims      string // as JSON; {}: none
}

// Columns are observations by indicator, area and year. Nobody changes them once they are built.
type Columns struct {
	keys   []Key    // in order
	areas  []string // codes, in order
	series []series // by key and area
	ofKey  []int32  // of each key the place of its first series; one more at the end
	years  []int16
	values []float64
	flags  []uint8
}

// series is where the observations of one key in one area stand.
type series struct {
	key, area int32
	from, to  int32
}

const estimatedFlag = 1

// Len is the number of observations.
func (c *Columns) Len() int { return len(c.values) }

// Keys lists the indicators, in order.
func (c *Columns) Keys() []Key { return c.keys }

// Areas lists the codes of the areas, in order.
func (c *Columns) Areas() []string { return c.areas }

// of gives the series of a key.
func (c *Columns) of(k Key) []series {
	i, there := slices.BinarySearchFunc(c.keys, k, compareKeys)
	if !there {
		return nil
	}
	return c.series[c.ofKey[i]:c.ofKey[i+1]]
}

func compareKeys(a, b Key) int {
	return cmp.Or(cmp.Compare(a.Dataflow, b.Dataflow), cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Dims, b.Dims))
}

// Value is one observation.
type Value struct {
	Area      string
	Year      int
	Value     float64
	Estimated bool
}

// Latest gives the newest value of an indicator in each area, by the codes of the areas.
func (c *Columns) Latest(k Key) []Value {
	list := c.of(k)
	out := make([]Value, 0, len(list))
	for _, s := range list {
		if s.to > s.from {
			out = append(out, c.value(s, s.to-1))
		}
	}
	return out
}

// Each gives all values of an indicator, by the codes of the areas and year.
func (c *Columns) Each(k Key, take func(Value)) {
	for _, s := range c.of(k) {
		for i := s.from; i < s.to; i++ {
			take(c.value(s, i))
		}
	}
}

// Series gives all values of an indicator in an area, by year.
func (c *Columns) Series(k Key, area string) []Value {
	for _, s := range c.of(k) {
		if c.areas[s.area] != area {
			continue
		}
		out := make([]Value, 0, s.to-s.from)
		for i := s.from; i < s.to; i++ {
			out = append(out, c.value(s, i))
		}
		return out
	}
	return nil
}

func (c *Columns) value(s series, i int32) Value {
	return Value{c.areas[s.area], int(c.years[i]), c.values[i], c.flags[i]&estimatedFlag != 0}
}

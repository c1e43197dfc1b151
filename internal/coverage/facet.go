package coverage

import (
	"cmp"
	"slices"

	"resolute"
)

// facetCounter counts the values of each facet among the activities that fit all other filters.
type facetCounter struct {
	filter Filter
	counts map[string]map[string]int
}

func newFacetCounter(f Filter) *facetCounter {
	c := &facetCounter{filter: f, counts: make(map[string]map[string]int, len(facetNames))}
	for _, name := range facetNames {
		c.counts[name] = map[string]int{}
	}
	return c
}

// add counts an activity that fails the named facets: one that fails none counts everywhere,
// one that fails a single facet counts in that one, since leaving it out would admit it.
func (c *facetCounter) add(b *book, a *activity, failed []string, p resolute.Period) {
	switch len(failed) {
	case 0:
		for _, name := range facetNames {
			c.count(b, a, name, p)
		}
	case 1:
		c.count(b, a, failed[0], p)
	}
}

func (c *facetCounter) count(b *book, a *activity, name string, p resolute.Period) {
	counts := c.counts[name]
	for _, v := range b.facet(a, name, p) {
		counts[v]++
	}
}

// facets lists the values by count, most first, chosen ones among them even when they have none.
func (c *facetCounter) facets() []Facet {
	list := make([]Facet, 0, len(facetNames))
	for _, name := range facetNames {
		chosen := c.filter.values(name)
		f := Facet{Name: name}
		for v, n := range c.counts[name] {
			f.Values = append(f.Values, FacetValue{Value: v, Count: n, Chosen: slices.Contains(chosen, v)})
		}
		for _, v := range chosen {
			if c.counts[name][v] == 0 {
				f.Values = append(f.Values, FacetValue{Value: v, Chosen: true})
			}
		}
		slices.SortFunc(f.Values, func(a, b FacetValue) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value)) })
		list = append(list, f)
	}
	return list
}

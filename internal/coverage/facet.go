package coverage

import (
	"cmp"
	"slices"
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
func (c *facetCounter) add(m *matcher, a *activity, failed []string) {
	switch len(failed) {
	case 0:
		for _, name := range facetNames {
			c.count(m, a, name)
		}
	case 1:
		c.count(m, a, failed[0])
	}
}

func (c *facetCounter) count(m *matcher, a *activity, name string) {
	counts := c.counts[name]
	for _, v := range m.facet(a, name) {
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

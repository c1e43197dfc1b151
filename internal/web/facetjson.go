package web

import "resolute/internal/coverage"

// facetJSON is a facet as data.
type facetJSON struct {
	Name   string           `json:"name"`
	Values []facetValueJSON `json:"values"`
	More   int              `json:"more"` // values that are not listed
}

// facetValueJSON is a value of a facet as data: how many activities have it under all other filters.
type facetValueJSON struct {
	Value      string `json:"value"`
	Activities int    `json:"activities"`
	Chosen     bool   `json:"chosen"`
}

func facetsJSON(facets []coverage.Facet) []facetJSON {
	list := make([]facetJSON, len(facets))
	for i, f := range facets {
		list[i] = facetJSON{f.Name, make([]facetValueJSON, len(f.Values)), f.More}
		for k, v := range f.Values {
			list[i].Values[k] = facetValueJSON{v.Value, v.Count, v.Chosen}
		}
	}
	return list
}

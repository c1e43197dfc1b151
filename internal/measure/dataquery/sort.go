package dataquery

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// SortKey is a component by which an answer is sorted; * stands for all dimensions, series_key for all
// but the time.
type SortKey struct {
	Component  string
	Descending bool
}

// sortKeys reads A:asc+B:desc.
func sortKeys(text string) (keys []SortKey, err error) {
	for one := range strings.SplitSeq(text, "+") {
		component, direction, _ := strings.Cut(one, ":")
		if component == "" || direction != "" && direction != "asc" && direction != "desc" {
			return nil, refuse(malformed, "sort: %q is not COMPONENT, COMPONENT:asc or COMPONENT:desc", one)
		}
		if slices.ContainsFunc(keys, func(k SortKey) bool { return k.Component == component }) {
			return nil, refuse(malformed, "sort: %s stands twice", component)
		}
		keys = append(keys, SortKey{component, direction == "desc"})
	}
	return keys, nil
}

// Order gives the components by which an answer is sorted, for a dataflow with these dimensions beside
// the time.
func (q Query) Order(dimensions []string) (keys []SortKey) {
	for _, k := range q.Sort {
		switch k.Component {
		case "*", "series_key":
			for _, id := range dimensions {
				keys = append(keys, SortKey{id, k.Descending})
			}
			if k.Component == "*" {
				keys = append(keys, SortKey{timeDimension, k.Descending})
			}
		default:
			keys = append(keys, k)
		}
	}
	return keys
}

// Compare gives the order of two texts of a component: of times by when they begin, of numbers by
// their worth.
func Compare(component, a, b string) int {
	if component == timeDimension {
		x, fine := spanOf(a)
		if y, ok := spanOf(b); fine && ok {
			return cmp.Or(x.begin.Compare(y.begin), y.end.Compare(x.end), strings.Compare(a, b))
		}
	}
	x, failed := strconv.ParseFloat(a, 64)
	y, broken := strconv.ParseFloat(b, 64)
	if failed == nil && broken == nil {
		return cmp.Or(cmp.Compare(x, y), strings.Compare(a, b))
	}
	return strings.Compare(a, b)
}

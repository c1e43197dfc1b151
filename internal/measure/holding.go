package measure

import (
	"maps"
	"slices"
	"time"

	"resolute/internal/measure/dataquery"
)

// holding is what some series of a dataflow hold: the codes of each dimension, how many series they are,
// and what their observations are.
type holding struct {
	codes  []map[string]bool // in the order of the dimensions
	areas  map[string]string // names of areas by their codes, as sources print them
	series int
	extent
}

func newHolding(dimensions int) *holding {
	h := &holding{areas: map[string]string{}}
	for range dimensions {
		h.codes = append(h.codes, map[string]bool{})
	}
	return h
}

// add counts the key of a series.
func (h *holding) add(codes []string) {
	for i, code := range codes {
		h.codes[i][code] = true
	}
	h.series++
}

// sorted gives the codes of a dimension in order.
func (h *holding) sorted(dimension int) []string { return slices.Sorted(maps.Keys(h.codes[dimension])) }

// extent is how many observations there are and from when to when.
type extent struct {
	observations int
	words        bool // some values are words
	first, last  time.Time
}

// days are the first and the last day of a period; zero when it is not understood.
type days struct{ first, last time.Time }

func daysOf(period string) (d days) {
	if first, last, ok := dataquery.Days(period); ok {
		d = days{first, last}
	}
	return d
}

// observe counts an observation.
func (e *extent) observe(of days, words bool) {
	e.join(extent{1, words, of.first, of.last})
}

// join counts other observations too.
func (e *extent) join(other extent) {
	e.observations += other.observations
	e.words = e.words || other.words
	if !other.first.IsZero() && (e.first.IsZero() || other.first.Before(e.first)) {
		e.first = other.first
	}
	if other.last.After(e.last) {
		e.last = other.last
	}
}

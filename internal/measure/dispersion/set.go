package dispersion

import (
	"cmp"
	"math"
	"slices"
)

// point is one value with its weight.
type point struct{ value, weight float64 }

// set is a set of values that can be measured, in the order in which they came.
type set struct {
	points []point
	total  float64 // of the weights
}

func newSet(values, weights []float64) (set, error) {
	if len(values) == 0 || weights != nil && len(weights) != len(values) {
		return set{}, ErrInput
	}
	s := set{points: make([]point, len(values))}
	for i, x := range values {
		w := 1.0
		if weights != nil {
			w = weights[i]
		}
		if math.IsNaN(x) || math.IsInf(x, 0) || math.IsNaN(w) || math.IsInf(w, 0) || w < 0 {
			return set{}, ErrInput
		}
		s.points[i] = point{x, w}
		s.total += w
	}
	if s.total <= 0 || math.IsInf(s.total, 0) {
		return set{}, ErrInput
	}
	return s, nil
}

// average is the weighted mean of f over the values; values without weight take no part.
func (s set) average(f func(float64) float64) float64 {
	sum := 0.0
	for _, p := range s.points {
		if p.weight > 0 {
			sum += p.weight * f(p.value)
		}
	}
	return sum / s.total
}

// lowest is the lowest value that has a weight.
func (s set) lowest() float64 {
	lowest := math.Inf(1)
	for _, p := range s.points {
		if p.weight > 0 {
			lowest = min(lowest, p.value)
		}
	}
	return lowest
}

// sorted gives the values upwards.
func (s set) sorted() []point {
	list := slices.Clone(s.points)
	slices.SortFunc(list, func(a, b point) int { return cmp.Compare(a.value, b.value) })
	return list
}

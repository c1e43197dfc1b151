package projection

import (
	"math"
	"slices"
)

// farthest is the longest way into the future, in years, for which past errors are looked at.
const farthest = 30

// Errors are the errors that a method made in the past on the scale of the limits, pooled over all series,
// by how many years ahead it looked. The zero value and nil know of none.
type Errors struct {
	byHorizon map[int][]float64 // absolute, sorted
	least     int
}

// PastErrors lets the method look ahead from every year of every series, with what was known in
// that year, to every later year up to and including until, and keeps how far it missed. Nothing
// behind until is looked at, so that a back-test is honest.
func (m Method) PastErrors(all []Series, l Limits, until int) *Errors {
	e := &Errors{byHorizon: map[int][]float64{}, least: m.LeastErrors}
	for _, s := range all {
		known := s.until(until)
		scaled := make([]float64, len(known.Values))
		for i, v := range known.Values {
			scaled[i] = m.scaled(l, v)
		}
		for n := m.LeastPoints; n < len(known.Years); n++ {
			trend, origin := m.trend(Series{known.Years[:n], known.Values[:n]}, l), known.Years[n-1]
			for i := n; i < len(known.Years); i++ {
				ahead := known.Years[i] - origin
				if ahead > farthest {
					break
				}
				e.byHorizon[ahead] = append(e.byHorizon[ahead], math.Abs(scaled[i]-trend.at(known.Years[i])))
			}
		}
	}
	for _, list := range e.byHorizon {
		slices.Sort(list)
	}
	return e
}

// HalfWidth is half of the band that holds a share (0.9 for 90 %) of what comes, on the scale of the limits:
// the ceil((n+1) level)-th smallest of the n past errors as many years ahead. ok is false where they
// are too few to tell.
func (e *Errors) HalfWidth(ahead int, level float64) (half float64, ok bool) {
	if e == nil || !(level > 0 && level < 1) {
		return 0, false
	}
	list := e.byHorizon[ahead]
	at := int(math.Ceil(float64(len(list)+1) * level))
	if len(list) < max(e.least, 1) || at > len(list) {
		return 0, false
	}
	return list[at-1], true
}

// Known is the number of past errors for so many years ahead.
func (e *Errors) Known(ahead int) int {
	if e == nil {
		return 0
	}
	return len(e.byHorizon[ahead])
}

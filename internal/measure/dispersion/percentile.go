package dispersion

import (
	"math"
	"slices"
)

// Percentile gives the value below which p percent of the values lie, by linear interpolation at
// (n-1)p/100 (type 7 of Hyndman and Fan, The American Statistician 50, 1996). Values need not be
// sorted. It is NaN without values, with a value that is none, and outside 0 to 100.
func Percentile(values []float64, p float64) float64 {
	if len(values) == 0 || !(p >= 0 && p <= 100) || slices.ContainsFunc(values, math.IsNaN) {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(values))
	at := float64(len(sorted)-1) * p / 100
	below := int(at)
	if below == len(sorted)-1 {
		return sorted[below]
	}
	return sorted[below] + (at-float64(below))*(sorted[below+1]-sorted[below])
}

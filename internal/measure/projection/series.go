package projection

import "slices"

// Series is one figure through the years. Years rise without repeats and there is a finite value
// for each; years without a value are left out.
type Series struct {
	Years  []int
	Values []float64
}

// until gives the part up to and including a year.
func (s Series) until(year int) Series {
	n, there := slices.BinarySearch(s.Years, year)
	if there {
		n++
	}
	return Series{s.Years[:n], s.Values[:n]}
}

// last gives the last k points, or all when there are fewer.
func (s Series) last(k int) Series {
	from := max(0, len(s.Years)-k)
	return Series{s.Years[from:], s.Values[from:]}
}

// at gives the value of a year.
func (s Series) at(year int) (float64, bool) {
	n, there := slices.BinarySearch(s.Years, year)
	if !there {
		return 0, false
	}
	return s.Values[n], true
}

// slope is that of the line of least squares; 0 for fewer than two points.
func (s Series) slope() float64 {
	var year, value float64
	n := float64(len(s.Years))
	for i, y := range s.Years {
		year, value = year+float64(y)/n, value+s.Values[i]/n
	}
	var with, own float64
	for i, y := range s.Years {
		d := float64(y) - year
		with, own = with+d*(s.Values[i]-value), own+d*d
	}
	if own == 0 {
		return 0
	}
	return with / own
}

// Slope is the slope of least squares of the last k points up to a year, by year.
func (s Series) Slope(k, until int) float64 { return s.until(until).last(k).slope() }

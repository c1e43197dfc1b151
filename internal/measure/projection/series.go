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
	_, _, slope := s.fit(func(int) float64 { return 1 })
	return slope
}

// fit is the line of least squares, by a weight above 0 for each year: its mean year, its value there and its
// slope by the year, 0 for fewer than two points.
func (s Series) fit(weight func(year int) float64) (year, value, slope float64) {
	var all float64
	for i, y := range s.Years {
		w := weight(y)
		all, year, value = all+w, year+w*float64(y), value+w*s.Values[i]
	}
	year, value = year/all, value/all
	var with, own float64
	for i, y := range s.Years {
		w, d := weight(y), float64(y)-year
		with, own = with+w*d*(s.Values[i]-value), own+w*d*d
	}
	if own == 0 {
		return year, value, 0
	}
	return year, value, with / own
}

// Slope is the slope of least squares of the last k points up to a year, by year.
func (s Series) Slope(k, until int) float64 { return s.until(until).last(k).slope() }

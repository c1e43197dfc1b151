package projection

import "math"

// Line holds the parameters of a straight line of least squares in which recent years weigh more. It is what
// the regional commissions of the United Nations expect the future by: a time-weighted linear regression on the
// values since 2000 (ESCAP, "Progress Assessment Methodology"; UNECE, "Technical notes on the progress assessment").
type Line struct {
	ID             string  `json:"id"` // name@version
	Source         string  `json:"source"`
	FromYear       int     `json:"from_year"`       // earlier values are left out
	WeightExponent float64 `json:"weight_exponent"` // a year weighs (year - from_year + 1) to this power; 0: all the same
	LeastPoints    int     `json:"least_points"`    // a shorter series is refused
}

// TimeWeighted is the method time-weighted-linear@1.
var TimeWeighted = mustRead[Line]("time-weighted-linear-1")

// Expect gives where the line stands in a year, within the limits, in the unit of the values; NaN for a
// series that is too short.
func (m Line) Expect(s Series, l Limits, year int) float64 {
	s = s.last(len(s.Years) - len(s.until(m.FromYear-1).Years))
	if len(s.Years) < m.LeastPoints {
		return math.NaN()
	}
	mean, value, slope := s.fit(func(year int) float64 { return math.Pow(float64(year-m.FromYear+1), m.WeightExponent) })
	return l.within(value + slope*(float64(year)-mean))
}

package projection

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
)

// Method holds the parameters of the damped trend.
type Method struct {
	ID          string  `json:"id"` // name@version
	Source      string  `json:"source"`
	LastPoints  int     `json:"last_points"`  // that the slope is taken from
	LeastPoints int     `json:"least_points"` // a shorter series is refused
	Damping     float64 `json:"damping"`      // of the slope, from year to year
	Floor       float64 `json:"floor"`        // values are held inside before the logit is taken
	Ceiling     float64 `json:"ceiling"`
	LeastErrors int     `json:"least_errors"` // fewer past errors make no band
}

//go:embed methods/*.json
var methodFiles embed.FS

// DampedLogit is the method damped-logit@1.
var DampedLogit = mustRead[Method]("damped-logit-1")

func mustRead[M any](name string) (m M) {
	data, err := methodFiles.ReadFile("methods/" + name + ".json")
	if err != nil {
		panic(err)
	}
	if err := json.Unmarshal(data, &m); err != nil {
		panic(fmt.Sprintf("method %s: %v", name, err))
	}
	return m
}

// Point is what is expected for a year. Low and High are the band; NaN where past
// errors are too few for one.
type Point struct {
	Year      int
	Value     float64
	Low, High float64
}

// Project expects the values of the years behind the last of the series, up to one; all lie within the
// limits. It gives none for a series that is too short. errs are the past errors of the method; nil makes no band.
func (m Method) Project(s Series, l Limits, to int, errs *Errors, level float64) []Point {
	if len(s.Years) < m.LeastPoints {
		return nil
	}
	var points []Point
	for year := s.Years[len(s.Years)-1] + 1; year <= to; year++ {
		z, _ := m.expect(s, l, year)
		p := Point{Year: year, Value: l.value(z), Low: math.NaN(), High: math.NaN()}
		if half, ok := errs.HalfWidth(year-s.Years[len(s.Years)-1], level); ok {
			p.Low, p.High = l.value(z-half), l.value(z+half)
		}
		points = append(points, p)
	}
	return points
}

// expect gives what is expected for a year, on the scale of the limits; not ok for a series that is too short.
func (m Method) expect(s Series, l Limits, year int) (z float64, ok bool) {
	if len(s.Years) < m.LeastPoints {
		return 0, false
	}
	return m.trend(s, l).at(year), true
}

// Course gives where a series stands in a year on the scale of the limits, and the slope of its last points there,
// not damped. The series must have a value up to that year.
func (m Method) Course(s Series, l Limits, until int) (value, slope float64) {
	t := m.trend(s.until(until), l)
	return t.z, t.slope
}

// trend is the damped trend behind a series: the last value on the scale of the limits, and the slope of the last points damped
// from year to year: z(H) = z_last + b sum_{i=1..H-last} d^i.
type trend struct {
	last           int
	z, slope, damp float64
}

func (m Method) trend(s Series, l Limits) trend {
	part := s.last(m.LastPoints)
	scaled := Series{part.Years, make([]float64, len(part.Values))}
	for i, v := range part.Values {
		scaled.Values[i] = m.scaled(l, v)
	}
	n := len(part.Years) - 1
	return trend{part.Years[n], scaled.Values[n], scaled.slope(), m.Damping}
}

func (t trend) at(year int) float64 {
	z, damped := t.z, 1.0
	for range year - t.last {
		damped *= t.damp
		z += t.slope * damped
	}
	return z
}

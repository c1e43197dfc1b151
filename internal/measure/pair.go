package measure

import (
	"fmt"
	"math"
	"slices"

	"resolute"
	"resolute/internal/measure/divide"
	"resolute/internal/measure/projection"
)

// Pair compares two areas.
type Pair struct {
	Leader       string `json:"leader"`
	Laggard      string `json:"laggard"`
	Year         int    `json:"year"` // the last in which both have a value
	LeaderValue  Number `json:"leader_value"`
	LaggardValue Number `json:"laggard_value"`
	Direction    int    `json:"direction"` // 1: more is better, -1: less is better
	DirectionBy  string `json:"direction_by"`
	Absolute     Number `json:"absolute_gap_pp"` // how far the laggard is behind, in the unit of the indicator
	Ratio        Number `json:"ratio_b_over_a"`
	Relative     Number `json:"relative_gap_of_a"`
	Offline      Number `json:"offline_ratio"`
	TimeDistance Number `json:"time_distance_years"`
	LeaderTime   Number `json:"leader_time"`
	TimeState    string `json:"time_state"`
	CatchUpYears Number `json:"catch_up_years"` // null: never at this pace
	CatchUpBasis string `json:"catch_up_basis"`
	CatchUpBend  Number `json:"catch_up_years_on_scale"` // if both go on on that scale, on which neither comes to a limit; null: never, or the limits are not known
	Scale        string `json:"scale"`                   // logit or log; empty: the limits are not known
}

// slopePoints are the last points from which the pace of a catch-up is taken.
const slopePoints = 5

// compare compares two areas of the frame. asked is the direction, 0 for that of the catalogue.
func (f Frame) compare(one, other string, asked int) (Pair, error) {
	a, okA := f.area(one)
	b, okB := f.area(other)
	if !okA || !okB {
		return Pair{}, &resolute.Error{Code: resolute.NotFound, Field: "between", Message: fmt.Sprintf("no values of %s in both %q and %q", f.Indicator, one, other)}
	}
	pair, ok := f.Compare(a, b, asked)
	if !ok {
		return Pair{}, &resolute.Error{Code: resolute.NotFound, Field: "between", Message: fmt.Sprintf("%s and %s have no year of %s in common", one, other, f.Indicator)}
	}
	return pair, nil
}

// Compare compares two series of the indicator, of areas or groups, in the last year in which both have a
// value; the one that does better then leads. asked is the direction, 0 for that of the catalogue. It is false
// when they have no year in common.
func (f Frame) Compare(a, b AreaSeries, asked int) (Pair, bool) {
	way, by := f.Direction(asked)
	for _, p := range slices.Backward(a.Points) {
		q, ok := b.At(p.Year)
		if !ok {
			continue
		}
		if float64(way)*(q.Value-p.Value) > 0 {
			a, b, p, q = b, a, q, p
		}
		out := f.pairOf(a, b, p, q, way)
		out.Direction, out.DirectionBy = way, by
		return out, true
	}
	return Pair{}, false
}

// pairOf measures how far the laggard is behind. Where less is better (way -1) time runs as for the figures with
// their signs turned: the leader's first crossing downwards counts, and the limit is the lower one.
func (f Frame) pairOf(leader, laggard AreaSeries, ahead, behind Point, way int) Pair {
	turn := float64(way)
	path := make([]divide.Point, len(leader.Points))
	for i, p := range leader.Points {
		path[i] = divide.Point{Year: float64(p.Year), Value: turn * p.Value}
	}
	years, at, state := divide.TimeDistance(path, divide.Point{Year: float64(behind.Year), Value: turn * behind.Value})
	course := func(a AreaSeries, p Point) divide.Course {
		return divide.Course{Value: turn * p.Value, Slope: turn * a.series().Slope(slopePoints, p.Year)}
	}
	low, high := f.between(way)
	bend, scale := f.catchUpOnScale(leader, laggard, behind.Year, way)
	gap := f.gap(ahead.Value, behind.Value, way)
	return Pair{Leader: leader.Area, Laggard: laggard.Area, Year: behind.Year, LeaderValue: Number(ahead.Value), LaggardValue: Number(behind.Value),
		Absolute: Number(gap.Absolute), Ratio: Number(gap.Ratio), Relative: Number(gap.Relative), Offline: Number(gap.Offline),
		TimeDistance: Number(years), LeaderTime: Number(at), TimeState: state,
		CatchUpYears: Number(divide.CatchUp(course(leader, ahead), course(laggard, behind), low, high)),
		CatchUpBasis: fmt.Sprintf("slope of the last %d values up to %d, if that pace goes on; natural limits hold both", slopePoints, behind.Year),
		CatchUpBend:  bend, Scale: scale}
}

// catchUpOnScale reckons the catch-up on the scale of a projection, where shares bend towards their limits and prices fall
// by a share of themselves each year.
func (f Frame) catchUpOnScale(leader, laggard AreaSeries, year, way int) (years Number, scale string) {
	limits, err := f.limits()
	if err != nil {
		return None, ""
	}
	course := func(a AreaSeries) divide.Course {
		value, slope := projection.DampedLogit.Course(a.series(), limits, year)
		return divide.Course{Value: float64(way) * value, Slope: float64(way) * slope}
	}
	return Number(divide.CatchUp(course(leader), course(laggard), math.Inf(-1), math.Inf(1))), limits.Scale()
}

// gap compares two figures; the offline ratio is for shares of which more is better.
func (f Frame) gap(a, b float64, way int) divide.Gap {
	if way < 0 {
		return divide.Apart(a, b)
	}
	g := divide.Between(a, b)
	if f.Unit != "" && f.Unit != percentUnit {
		g.Offline = math.NaN()
	}
	return g
}

// between gives the natural limits, infinite where there are none; where less is better with their signs turned.
func (f Frame) between(way int) (low, high float64) {
	low, high = math.Inf(-1), math.Inf(1)
	c, known := f.Concept()
	if c.Floor != nil {
		low = *c.Floor
	}
	if c.Ceiling != nil {
		high = *c.Ceiling
	}
	if !known && f.shares() {
		low, high = 0, 100
	}
	if way < 0 {
		return -high, -low
	}
	return low, high
}

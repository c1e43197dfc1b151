package progress

import "math"

// Pace is how far a case has come on the straight line from base to target.
type Pace struct {
	ShareClosed float64 // (value - base) / (target - base); NaN when the base was at the target or beyond
	ShareOfTime float64 // (year - base year) / (target year - base year)
	Ratio       float64 // of the two: 1 is just in time
	ReachYear   float64 // when the target is met at this pace, or was; +Inf: never; NaN: not defined
	Met         bool    // the value is at the target or beyond
}

// LinearPace is the id of the method of PaceOf.
const LinearPace = "linear-pace@1"

// PaceOf reckons the linear pace of a case. It serves falling and rising targets alike.
func PaceOf(c Case) Pace {
	p := Pace{ShareClosed: math.NaN(), ShareOfTime: math.NaN(), Ratio: math.NaN(), ReachYear: math.NaN()}
	if !c.aims() || !(c.TargetYear > c.BaseYear) {
		return p
	}
	p.ShareOfTime, p.Met = (c.Year-c.BaseYear)/(c.TargetYear-c.BaseYear), c.Met()
	if p.ReachYear = c.startedMet(); !math.IsNaN(p.ReachYear) {
		return p
	}
	p.ShareClosed = (c.Value - c.Base) / (c.Target - c.Base)
	p.Ratio = p.ShareClosed / p.ShareOfTime
	p.ReachYear = math.Inf(1)
	if p.ShareClosed > 0 {
		p.ReachYear = c.BaseYear + (c.Year-c.BaseYear)/p.ShareClosed
	}
	return p
}

// aims tells whether all is known that tells how a case goes to its target.
func (c Case) aims() bool {
	return !math.IsNaN(c.Base) && !math.IsNaN(c.Value) && !math.IsNaN(c.Target) && c.Year > c.BaseYear && (c.Direction == 1 || c.Direction == -1)
}

// startedMet is the year in which a case is at its target that was there at the base already: the base year while
// it holds, +Inf when it was left since and the figure goes away from it. It is NaN when the base was not there.
func (c Case) startedMet() float64 {
	switch start := (Case{Value: c.Base, Target: c.Target, Direction: c.Direction}); {
	case !start.Met():
		return math.NaN()
	case c.Met():
		return c.BaseYear
	}
	return math.Inf(1)
}

// Status names the pace with the bounds of the growth ratio: met, in time, and so on down. A target that
// was met at the base and left since is a deterioration.
func (p Pace) Status(m Method) string {
	switch {
	case math.IsNaN(p.ShareOfTime):
		return NotAvailable
	case p.Met:
		return Achieved
	case math.IsNaN(p.Ratio):
		return Deterioration
	}
	return m.RatioBounds.verdict(p.Ratio)
}

// ReachByGrowth is the year in which the target is met when growth in compound goes on as it was, or was met:
// +Inf when it leads away from the target, NaN when it is not defined.
func (m Method) ReachByGrowth(c Case) float64 {
	sign := c.sign()
	if !c.aims() || sign == 0 {
		return math.NaN()
	}
	if year := c.startedMet(); !math.IsNaN(year) {
		return year
	}
	base := m.nonzero(c.Base, sign)
	rate, way := math.Log(m.nonzero(c.Value, sign)/base)/(c.Year-c.BaseYear), math.Log(m.nonzero(c.Target, sign)/base)
	switch {
	case way == 0:
		return math.NaN()
	case rate == 0 || rate*way < 0:
		return math.Inf(1)
	}
	return c.BaseYear + way/rate
}

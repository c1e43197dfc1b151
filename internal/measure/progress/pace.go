package progress

import "math"

// Pace is how far a case has come on the straight line from base to target.
type Pace struct {
	ShareClosed float64 // (value - base) / (target - base); NaN when the base was at the target
	ShareOfTime float64 // (year - base year) / (target year - base year)
	Ratio       float64 // of the two: 1 is just in time
	ReachYear   float64 // when the target is met at this pace; +Inf: never; NaN: not defined
}

// LinearPace is the id of the method of PaceOf.
const LinearPace = "linear-pace@1"

// PaceOf reckons the linear pace of a case. It serves falling and rising targets alike.
func PaceOf(c Case) Pace {
	p := Pace{math.NaN(), math.NaN(), math.NaN(), math.NaN()}
	if math.IsNaN(c.Base) || math.IsNaN(c.Value) || math.IsNaN(c.Target) || !(c.Year > c.BaseYear) || !(c.TargetYear > c.BaseYear) {
		return p
	}
	p.ShareOfTime = (c.Year - c.BaseYear) / (c.TargetYear - c.BaseYear)
	if c.Target == c.Base {
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

// Status names the pace with the bounds of the growth ratio: met, in time, and so on down.
func (p Pace) Status(m Method) string {
	switch {
	case math.IsNaN(p.Ratio):
		return NotAvailable
	case p.ShareClosed >= 1:
		return Achieved
	}
	return m.RatioBounds.verdict(p.Ratio)
}

// ReachByGrowth is the year in which the target is met when growth in compound goes on as it was:
// +Inf when it leads away from the target, NaN when it is not defined.
func (m Method) ReachByGrowth(c Case) float64 {
	sign := c.sign()
	if math.IsNaN(c.Base) || math.IsNaN(c.Value) || math.IsNaN(c.Target) || sign == 0 || !(c.Year > c.BaseYear) {
		return math.NaN()
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

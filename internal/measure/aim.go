package measure

import (
	"fmt"
	"math"

	"resolute"
	"resolute/internal/measure/divide"
	"resolute/internal/measure/progress"
	"resolute/internal/measure/projection"
)

// check refuses a target that no value can have. A target of NaN is none.
func (a Aim) check(f Frame, l projection.Limits) error {
	if math.IsNaN(a.Target) || l.Hold(a.Target) && !math.IsInf(a.Target, 0) {
		return nil
	}
	return &resolute.Error{Code: resolute.Invalid, Field: "target", Message: fmt.Sprintf("the target %v lies beyond the natural limits of %s, %v to %v", a.Target, f.Indicator, l.Floor, l.Ceiling)}
}

// judge judges a target by the ratio of growth, the linear pace and what is expected, as the regional commissions
// expect it and as the forecast does: they often differ, and the reader must see it.
func (f *Forecast) judge(frame Frame, a AreaSeries, to int, aim Aim, by Methods, l projection.Limits) {
	c := progress.Case{BaseYear: float64(aim.BaseYear), TargetYear: float64(to), Target: aim.Target, Base: math.NaN(), Limit: math.NaN()}
	for _, p := range a.Points {
		if p.Year >= aim.BaseYear { // the first later year stands for a missing base
			c.BaseYear, c.Base = float64(p.Year), p.Value
			break
		}
	}
	last := a.Points[len(a.Points)-1]
	c.Year, c.Value = float64(last.Year), last.Value
	way, said := frame.Direction(aim.Way)
	if said == ByDefault && c.Base != c.Target && !math.IsNaN(c.Base) {
		said = ByTarget
		if c.Target < c.Base {
			way = -1
		}
	}
	c.Direction = way
	distance, closed := divide.ToTarget(c.Base, c.Value, c.Target, way)
	f.Aim = &AimSeen{Target: Number(aim.Target), Year: to, Direction: way, DirectionBy: said, BaseYear: int(c.BaseYear), Base: Number(c.Base), Distance: Number(distance), Closed: Number(closed)}
	growth, pace := by.Growth.Judge(c), progress.PaceOf(c)
	f.Verdicts = []OtherVerdict{
		{by.Growth.ID, growth.Status, Number(growth.Value), Number(by.Growth.ReachByGrowth(c))},
		{progress.LinearPace, pace.Status(by.Growth), Number(pace.Ratio), Number(pace.ReachYear)},
		f.anticipate(c, by.Line.ID, func(e Expected) float64 { return by.Line.Expect(a.series(), l, e.Year) }),
		f.anticipate(c, f.Method, func(e Expected) float64 { return float64(e.Value) }),
	}
}

// anticipate judges by what a method expects. The target is reached in the year of the last value, when it is
// there, else in the first in which it is expected.
func (f *Forecast) anticipate(c progress.Case, method string, expect func(Expected) float64) OtherVerdict {
	missing, verdict := progress.JudgeExpected(c, expect(f.Expected[len(f.Expected)-1]))
	out := OtherVerdict{progress.Anticipated + " with " + method, verdict, Number(missing), None}
	if c.Met() {
		out.Reach = Number(f.Last.Year)
		return out
	}
	for _, e := range f.Expected {
		if c.Value = expect(e); c.Met() {
			out.Reach = Number(e.Year)
			break
		}
	}
	return out
}

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

// judge judges a target by the ratio of growth, the linear pace and what is expected: they often
// differ, and the reader must see it.
func (f *Forecast) judge(frame Frame, a AreaSeries, to int, aim Aim, by progress.Method) {
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
	growth, pace := by.Judge(c), progress.PaceOf(c)
	missing, expected := progress.JudgeExpected(c, float64(f.Expected[len(f.Expected)-1].Value))
	f.Verdicts = []OtherVerdict{
		{by.ID, growth.Status, Number(growth.Value), Number(by.ReachByGrowth(c))},
		{progress.LinearPace, pace.Status(by), Number(pace.Ratio), Number(pace.ReachYear)},
		{progress.Anticipated + " with " + f.Method, expected, Number(missing), f.reach(c)},
	}
}

// reach is the first year at the target: of the last value, when it is there, else of those that are expected.
func (f *Forecast) reach(c progress.Case) Number {
	for _, e := range append([]Expected{f.Last}, f.Expected...) {
		if c.Value = float64(e.Value); c.Met() {
			return Number(e.Year)
		}
	}
	return Number(math.NaN())
}

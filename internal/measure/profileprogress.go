package measure

import (
	"math"
	"slices"

	"resolute/internal/measure/progress"
)

// ProfileVerdict judges a figure against the target of the catalogue, by two methods.
type ProfileVerdict struct {
	Target   float64 `json:"target"`
	TargetBy int     `json:"target_by"`
	Source   string  `json:"target_source"`
	BaseYear int     `json:"base_year"`
	Base     Number  `json:"base_value"`
	Ratio    Number  `json:"growth_ratio"`
	Status   string  `json:"status"`
	Method   string  `json:"method"`
	Pace     Number  `json:"pace_ratio"`
	Second   string  `json:"pace_status"`
	SecondBy string  `json:"pace_method"`
}

// verdictOf judges the newest of points, from the first since a year on; nil where the concept has no
// target, or there is no year to begin with.
func verdictOf(c Concept, points []ProfilePoint, since int) *ProfileVerdict {
	if c.Target == nil || c.Direction == 0 {
		return nil
	}
	first := slices.IndexFunc(points, func(p ProfilePoint) bool { return p.Year >= since })
	newest := points[len(points)-1]
	if first < 0 {
		return nil
	}
	base := points[first]
	on := progress.Case{BaseYear: float64(base.Year), Base: float64(base.Value), Year: float64(newest.Year), Value: float64(newest.Value),
		TargetYear: float64(c.TargetBy), Target: *c.Target, Direction: c.Direction, Limit: math.NaN()}
	if limit := c.limitAhead(); limit != nil {
		on.Limit = *limit
	}
	by := progress.GrowthRatio
	v, pace := by.Judge(on), progress.PaceOf(on)
	return &ProfileVerdict{Target: *c.Target, TargetBy: c.TargetBy, Source: c.Cell("target_source"), BaseYear: base.Year, Base: base.Value,
		Ratio: Number(v.Value), Status: v.Status, Method: by.ID, Pace: Number(pace.Ratio), Second: pace.Status(by), SecondBy: progress.LinearPace}
}

// limitAhead is the natural limit in the direction that is wanted; nil: none.
func (c Concept) limitAhead() *float64 {
	if c.Direction < 0 {
		return c.Floor
	}
	return c.Ceiling
}

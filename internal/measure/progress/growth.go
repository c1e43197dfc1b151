package progress

import "math"

// Case is one figure on its way. A value that is not known, a target or a limit that does not exist
// is NaN.
type Case struct {
	BaseYear, Year, TargetYear float64
	Base, Value                float64
	Target                     float64
	Limit                      float64 // natural limit in the wished direction, such as 100 for a percentage
	Direction                  int     // 1: more is better, -1: less is better
}

// Verdict is what a method says of a case.
type Verdict struct {
	Sign   int     // 1: all values above 0, -1: all below; 0: not known, or both occur
	Value  float64 // with a target the ratio of growth, else the yearly growth in the wished direction; NaN: not available
	Score  float64 // -5 to 5; NaN: not available
	Status string
}

// Judge judges a case by the ratio of growth. Growth is that of a year in compound:
// (y_t/y_0)^(1/(t-t0)) - 1; the ratio is observed by required growth. A target that is met is
// achieved whatever the ratio.
func (m Method) Judge(c Case) Verdict {
	v := Verdict{Value: math.NaN(), Score: math.NaN(), Status: NotAvailable}
	if math.IsNaN(c.Base) {
		return v
	}
	v.Sign = c.sign()
	if math.IsNaN(c.Value) || !(c.Year > c.BaseYear) || v.Sign == 0 || c.Direction != 1 && c.Direction != -1 {
		return v
	}
	base, way := m.nonzero(c.Base, v.Sign), float64(c.Direction*v.Sign)
	observed := growth(base, c.Value, c.Year-c.BaseYear)
	if math.IsNaN(c.Target) {
		v.Value = way * observed
		v.Score = m.scoreWithout(v.Value, m.room(c, base, way))
		v.Status = m.ScoreBounds.verdict(v.Score)
		return v
	}
	if !(c.TargetYear > c.BaseYear) {
		return v
	}
	v.Value = way * observed / math.Abs(growth(base, m.nonzero(c.Target, v.Sign), c.TargetYear-c.BaseYear))
	if c.Met() {
		v.Score, v.Status = m.best(), Achieved
	} else {
		v.Score, v.Status = along(m.WithTarget, v.Value), m.RatioBounds.verdict(v.Value)
	}
	if math.IsInf(v.Value, 0) || math.IsNaN(v.Value) { // nothing was required, so there is no ratio
		v.Value = math.NaN()
	}
	return v
}

// growth is the compound growth of a year.
func growth(from, to, years float64) float64 { return math.Pow(to/from, 1/years) - 1 }

// sign is 1 or -1 when all values of the case have that sign; a zero has either.
func (c Case) sign() int {
	above, below := false, false
	for _, v := range []float64{c.Base, c.Value, c.Target} {
		above, below = above || v > 0, below || v < 0
	}
	switch {
	case above && below:
		return 0
	case below:
		return -1
	}
	return 1
}

// Met tells whether the value is at the target or beyond.
func (c Case) Met() bool { return float64(c.Direction)*(c.Value-c.Target) >= 0 }

func (m Method) nonzero(v float64, sign int) float64 {
	if v == 0 {
		return float64(sign) * m.Zero
	}
	return v
}

// room tells how much of the usual growth can be asked of a figure near its natural limit: 1 far
// from it or without one, 0 at it. base is that of the case, or what stands for its zero; way is 1
// when figures shall get away from zero, -1 when they shall come nearer to it.
func (m Method) room(c Case, base, way float64) float64 {
	switch {
	case c.Base == c.Limit:
		return 0
	case math.IsNaN(c.Limit) || base*c.Limit < 0: // on the other side of zero nothing is near
		return 1
	}
	near := base / c.Limit
	if way < 0 {
		near = c.Limit / base
	}
	return max(0, 1-math.Pow(near, m.LimitExponent))
}

// scoreWithout scores yearly growth where there is no target.
func (m Method) scoreWithout(growth, room float64) float64 {
	points := make([][2]float64, len(m.WithoutTarget))
	for i, k := range m.WithoutTarget {
		points[i] = [2]float64{k.Growth, k.Score}
		if k.NearLimit {
			points[i][0] *= room
		}
	}
	return along(points, growth)
}

func (m Method) best() float64 { return m.WithTarget[len(m.WithTarget)-1][1] }

// along interpolates between points, flat outside of them. Where points stand at one place the last
// of them counts.
func along(points [][2]float64, x float64) float64 {
	last := -1
	for i, p := range points {
		if x >= p[0] {
			last = i
		}
	}
	switch {
	case last < 0:
		return points[0][1]
	case last == len(points)-1:
		return points[last][1]
	}
	a, b := points[last], points[last+1]
	return a[1] + (x-a[0])/(b[0]-a[0])*(b[1]-a[1])
}

package divide

import "math"

// Point is the value of a year.
type Point struct {
	Year  float64
	Value float64
}

// What can be said of the time between two.
const (
	TimeOK       = "ok"
	LeftCensored = "left_censored" // the leader was there before its series begins: at least so many years
	NotReached   = "not_reached"   // the leader was never there
)

// TimeDistance is how many years behind the laggard is: the time when it has its value, less the
// time when the leader first had that value (S-time-distance; Sicherl, "Time distance in economics
// and statistics", 2011). Time within a year is interpolated; the leader's first crossing upwards
// counts. Leader is in the order of years. With LeftCensored the distance is the least that it is;
// with NotReached it is NaN.
func TimeDistance(leader []Point, laggard Point) (years, leaderTime float64, state string) {
	for i, p := range leader {
		switch {
		case p.Value < laggard.Value:
			continue
		case i == 0 && p.Value > laggard.Value:
			return laggard.Year - p.Year, p.Year, LeftCensored
		case i == 0:
			return laggard.Year - p.Year, p.Year, TimeOK
		}
		before := leader[i-1]
		at := before.Year + (laggard.Value-before.Value)/(p.Value-before.Value)*(p.Year-before.Year)
		return laggard.Year - at, at, TimeOK
	}
	return math.NaN(), math.NaN(), NotReached
}

// Course is where an area stands and how fast it goes, in points a year.
type Course struct{ Value, Slope float64 }

// CatchUp is how many years it takes the laggard to reach the leader if both go on at their pace, more being
// better: the gap divided by the difference of the slopes. Who comes to a natural limit on the way (infinite: there
// is none) stays there, and the two meet there. It is +Inf when they do not come nearer, and 0 when the laggard is not
// behind.
func CatchUp(leader, laggard Course, low, high float64) float64 {
	gap, years := leader.Value-laggard.Value, math.Inf(1)
	if gap <= 0 {
		return 0
	}
	if laggard.Slope > leader.Slope {
		years = gap / (laggard.Slope - leader.Slope)
	}
	switch {
	case laggard.Slope > 0 && leader.Value+leader.Slope*years > high:
		return (high - laggard.Value) / laggard.Slope
	case leader.Slope < 0 && laggard.Value+laggard.Slope*years < low:
		return (leader.Value - low) / -leader.Slope
	}
	return years
}

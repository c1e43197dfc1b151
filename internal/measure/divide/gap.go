package divide

import "math"

// Gap compares a figure of those who are ahead (A) with that of those who are behind (B). Both
// are measured as given: compute from figures that were not rounded.
type Gap struct {
	Absolute float64 // A - B, percentage points for shares; B - A where less is better
	Ratio    float64 // B / A
	Relative float64 // the absolute gap, divided by A
	Offline  float64 // (100 - B) / (100 - A): how many times more of B than of A are left out
}

// Apart compares two figures of which less is better, such as prices. Nobody is left out of a price, so that it has no
// offline ratio.
func Apart(a, b float64) Gap {
	g := Between(a, b)
	return Gap{Absolute: -g.Absolute, Ratio: g.Ratio, Relative: -g.Relative, Offline: math.NaN()}
}

// Between compares two percentages of which more is better.
func Between(a, b float64) Gap {
	g := Gap{Absolute: a - b, Ratio: math.NaN(), Relative: math.NaN(), Offline: math.NaN()}
	if a > 0 {
		g.Ratio, g.Relative = b/a, (a-b)/a
	}
	if a < 100 {
		g.Offline = (100 - b) / (100 - a)
	}
	return g
}

// The bounds of gender parity, inclusive (ITU, Facts and Figures 2022 to 2024).
const (
	parityFrom = 0.98
	parityTo   = 1.02
)

// The words for a parity score.
const (
	Parity       = "parity"
	WomenBehind  = "women_behind"
	MenBehind    = "men_behind"
	NotAvailable = "not_available"
)

// ParityScore is the percentage of women divided by that of men, and what it says.
func ParityScore(women, men float64) (score float64, verdict string) {
	score = Between(men, women).Ratio
	switch {
	case math.IsNaN(score):
		return score, NotAvailable
	case score < parityFrom:
		return score, WomenBehind
	case score > parityTo:
		return score, MenBehind
	}
	return score, Parity
}

// UrbanRural is the percentage in towns divided by that in the countryside; above 1 the countryside
// is behind.
func UrbanRural(urban, rural float64) float64 { return Between(rural, urban).Ratio }

// ToTarget is the way that is left to a target, and the share of the way from a base that is done.
// Direction is 1 where more is better and -1 where less is; the distance is 0 or below where the
// target is met. The share is NaN for a base at or beyond the target.
func ToTarget(base, value, target float64, direction int) (distance, closed float64) {
	way := float64(direction)
	distance = way * (target - value)
	if !(way*(target-base) > 0) {
		return distance, math.NaN()
	}
	return distance, (value - base) / (target - base)
}

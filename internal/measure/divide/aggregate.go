package divide

import "math"

// Member is an area of a group with its value and its weight in one year. NaN: not known.
type Member struct {
	Value     float64
	Weight    float64
	Estimated bool // the value is somebody's estimate, or was carried from another year
}

// The rules by which a group gets one figure.
const (
	WeightedMean = "weighted-mean"
	PlainMean    = "plain-mean"
	Sum          = "sum"
)

// Aggregate is the figure of a group, with what it rests on.
type Aggregate struct {
	Rule       string
	Value      float64 // NaN where Sufficient is false
	Used       int     // areas with a value (and a weight, where the rule needs one)
	Of         int     // areas of the group
	Coverage   float64 // of the weight, else of the areas; NaN when nothing is known of it
	Estimated  float64 // share of Estimated in what was used, by weight where there is one
	Sufficient bool    // enough is covered
}

// Enough is the share that must be covered unless a caller says otherwise.
const Enough = 0.60

// Of gives a group one figure. Coverage is the share of the weight that has a value, times the share
// of the areas whose weight is known at all: what is not known is not counted as covered. Below
// least the group has no figure.
func Of(rule string, members []Member, least float64) Aggregate {
	a := Aggregate{Rule: rule, Value: math.NaN(), Of: len(members), Coverage: math.NaN(), Estimated: math.NaN()}
	var sum, used, all, estimated float64
	weighed := 0
	for _, m := range members {
		w := 1.0
		if rule == WeightedMean {
			w = m.Weight
		}
		if math.IsNaN(w) || w < 0 {
			continue
		}
		weighed++
		all += w
		if math.IsNaN(m.Value) {
			continue
		}
		a.Used++
		used += w
		sum += w * m.Value
		if m.Estimated {
			estimated += w
		}
	}
	if all > 0 {
		a.Coverage = used / all * float64(weighed) / float64(len(members))
	}
	if used > 0 {
		a.Estimated = estimated / used
	}
	a.Sufficient = a.Used > 0 && used > 0 && a.Coverage >= least
	switch {
	case !a.Sufficient:
	case rule == Sum:
		a.Value = sum
	default:
		a.Value = sum / used
	}
	return a
}

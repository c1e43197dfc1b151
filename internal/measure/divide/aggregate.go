package divide

import (
	"math"
	"slices"
)

// Member is an area of a group with its value and its weight in one year. NaN: not known.
type Member struct {
	Value     float64
	Weight    float64
	Estimated bool // the value is somebody's estimate, or was carried from another year
}

// The rules by which a group gets one figure. None is the rule of what no figure of a group can be
// made of, such as answers in words.
const (
	WeightedMean = "weighted-mean"
	PlainMean    = "plain-mean"
	Median       = "median"
	Sum          = "sum"
	None         = "none"
)

// Rules lists those that can be asked for.
var Rules = []string{WeightedMean, PlainMean, Median, Sum}

// Aggregate is the figure of a group, with what it rests on.
type Aggregate struct {
	Rule       string
	Value      float64 // NaN where Sufficient is false
	Used       int     // areas with a value (and a weight, where the rule needs one)
	Of         int     // areas of the group
	Coverage   float64 // of the weight, else of the areas; NaN when nothing is known of it
	Estimated  float64 // share of Estimated in what was used: by weight where there is one, of a sum by value
	Sufficient bool    // enough is covered
}

// The shares that must be covered unless a caller says otherwise. A sum stands for the group only
// when little is missing: the World Bank publishes none when more than a third is.
const (
	Enough    = 0.60
	SumEnough = 2.0 / 3
)

// Of gives a group one figure. Coverage is the share of the weight that has a value, times the share
// of the areas whose weight is known at all: what is not known is not counted as covered. A sum is
// covered by weight where weights are given, else as the others by the number of areas. Below least
// (0: the usual of the rule) the group has no figure.
func Of(rule string, members []Member, least float64) Aggregate {
	a := Aggregate{Rule: rule, Value: math.NaN(), Of: len(members), Coverage: math.NaN(), Estimated: math.NaN()}
	weighed := rule == WeightedMean || rule == Sum && slices.ContainsFunc(members, func(m Member) bool { return m.Weight > 0 })
	var t tally
	for _, m := range members {
		t.add(m, weighed, rule)
	}
	a.Used = t.n
	if t.all > 0 {
		a.Coverage = t.used / t.all * float64(t.weighed) / float64(len(members))
	}
	if t.used > 0 {
		a.Estimated = t.estimated / t.used
	}
	if rule == Sum {
		a.Estimated = t.estimatedOfSum()
	}
	if least <= 0 {
		least = Enough
		if rule == Sum {
			least = SumEnough
		}
	}
	if a.Sufficient = a.Used > 0 && t.used > 0 && a.Coverage >= least; a.Sufficient {
		a.Value = t.figure(rule)
	}
	return a
}

// tally is what the members of a group add up to.
type tally struct {
	n, weighed           int     // members that are used, and those whose weight is known
	all, used, estimated float64 // weights: of all members, of those with a value, of the estimates among them
	sum                  float64 // of weight x value
	total, guessed       float64 // of the values, and of the estimates among them
	values               []float64
}

func (t *tally) add(m Member, weighed bool, rule string) {
	w := 1.0
	if weighed {
		w = m.Weight
	}
	known := !math.IsNaN(w) && w >= 0
	if known {
		t.weighed, t.all = t.weighed+1, t.all+w
	}
	if math.IsNaN(m.Value) || !known && rule != Sum {
		return
	}
	t.n, t.total = t.n+1, t.total+m.Value
	if m.Estimated {
		t.guessed += m.Value
	}
	if rule == Median {
		t.values = append(t.values, m.Value)
	}
	if !known {
		return // what is added is there, though nobody knows how much of the whole it covers
	}
	t.used, t.sum = t.used+w, t.sum+w*m.Value
	if m.Estimated {
		t.estimated += w
	}
}

func (t *tally) estimatedOfSum() float64 {
	if t.total > 0 {
		return t.guessed / t.total
	}
	return math.NaN()
}

func (t *tally) figure(rule string) float64 {
	switch rule {
	case Sum:
		return t.total
	case Median:
		slices.Sort(t.values)
		return (t.values[(t.n-1)/2] + t.values[t.n/2]) / 2
	}
	return t.sum / t.used
}

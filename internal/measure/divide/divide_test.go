package divide_test

import (
	"math"
	"testing"

	"resolute/internal/measure/divide"
)

var none = math.NaN()

func near(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || a == b || math.Abs(a-b) <= 1e-9
}

// The worked examples of docs/reference/measures.md.
func TestGap(t *testing.T) {
	for name, c := range map[string]struct {
		a, b float64
		want divide.Gap
	}{
		"men and women":         {62, 57, divide.Gap{5, 0.9193548387096774, 0.08064516129032258, 1.131578947368421}},
		"nobody is ahead":       {0, 0, divide.Gap{0, none, none, 1}},
		"all of them are there": {100, 90, divide.Gap{10, 0.9, 0.1, none}},
	} {
		got := divide.Between(c.a, c.b)
		if !near(got.Absolute, c.want.Absolute) || !near(got.Ratio, c.want.Ratio) || !near(got.Relative, c.want.Relative) || !near(got.Offline, c.want.Offline) {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

func TestParityScore(t *testing.T) {
	for name, c := range map[string]struct {
		women, men float64
		want       string
	}{
		"2020": {57, 62, divide.WomenBehind}, "lower bound": {98, 100, divide.Parity}, "upper bound": {51, 50, divide.Parity},
		"men are behind": {60, 50, divide.MenBehind}, "no man": {60, 0, divide.NotAvailable}, "not known": {none, 50, divide.NotAvailable},
	} {
		if score, got := divide.ParityScore(c.women, c.men); got != c.want {
			t.Errorf("%s: got %v %s, want %s", name, score, got, c.want)
		}
	}
	if got := divide.UrbanRural(80, 50); !near(got, 1.6) {
		t.Errorf("town to countryside: got %v", got)
	}
}

func TestToTarget(t *testing.T) {
	for name, c := range map[string]struct {
		base, value, target float64
		direction           int
		distance, closed    float64
	}{
		"rises":              {40, 55, 95, 1, 40, 15.0 / 55},
		"falls":              {14.5, 10.4, 7.25, -1, 3.15, 4.1 / 7.25},
		"base at the target": {95, 96, 95, 1, -1, none},
	} {
		distance, closed := divide.ToTarget(c.base, c.value, c.target, c.direction)
		if !near(distance, c.distance) || !near(closed, c.closed) {
			t.Errorf("%s: got %v, %v; want %v, %v", name, distance, closed, c.distance, c.closed)
		}
	}
}

func TestTimeDistance(t *testing.T) {
	leader := []divide.Point{{2000, 10}, {2001, 20}, {2002, 40}, {2003, 35}, {2004, 50}}
	for name, c := range map[string]struct {
		laggard   divide.Point
		years, at float64
		state     string
	}{
		"between two years":      {divide.Point{2010, 25}, 8.75, 2001.25, divide.TimeOK},
		"in a year":              {divide.Point{2010, 40}, 8, 2002, divide.TimeOK},
		"first crossing counts":  {divide.Point{2010, 38}, 8.1, 2001.9, divide.TimeOK},
		"at the beginning":       {divide.Point{2010, 10}, 10, 2000, divide.TimeOK},
		"there before it begins": {divide.Point{2010, 5}, 10, 2000, divide.LeftCensored},
		"never there":            {divide.Point{2010, 60}, none, none, divide.NotReached},
		"laggard ahead":          {divide.Point{2000, 25}, -1.25, 2001.25, divide.TimeOK},
	} {
		years, at, state := divide.TimeDistance(leader, c.laggard)
		if !near(years, c.years) || !near(at, c.at) || state != c.state {
			t.Errorf("%s: got %v, %v, %s; want %v, %v, %s", name, years, at, state, c.years, c.at, c.state)
		}
	}
}

func TestCatchUp(t *testing.T) {
	unlimited := math.Inf(1)
	for name, c := range map[string]struct {
		leader, laggard divide.Course
		low, high, want float64
	}{
		"faster":                       {divide.Course{90, 1}, divide.Course{50, 3}, -unlimited, unlimited, 20},
		"not faster":                   {divide.Course{90, 3}, divide.Course{50, 3}, -unlimited, unlimited, math.Inf(1)},
		"not behind":                   {divide.Course{50, 1}, divide.Course{50, 3}, -unlimited, unlimited, 0},
		"level, and falling behind":    {divide.Course{50, 3}, divide.Course{50, 1}, -unlimited, unlimited, 0},
		"before the limit":             {divide.Course{90, 0}, divide.Course{50, 4}, 0, 100, 10},
		"the leader stays at 100":      {divide.Course{90, 1}, divide.Course{50, 2}, 0, 100, 25},
		"slower, but there is a limit": {divide.Course{90, 3}, divide.Course{50, 2}, 0, 100, 25},
		"going back":                   {divide.Course{90, 3}, divide.Course{50, -1}, 0, 100, math.Inf(1)},
		"the laggard stays at 0":       {divide.Course{90, -4}, divide.Course{4, -1}, 0, 100, 22.5},
		"both fall, and meet":          {divide.Course{90, -5}, divide.Course{50, -1}, 0, 100, 10},
	} {
		if got := divide.CatchUp(c.leader, c.laggard, c.low, c.high); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestAggregate(t *testing.T) {
	big, small, silent, unknown := divide.Member{Value: 80, Weight: 90}, divide.Member{Value: 20, Weight: 10, Estimated: true}, divide.Member{Value: none, Weight: 100}, divide.Member{Value: 50, Weight: none}
	for name, c := range map[string]struct {
		rule    string
		members []divide.Member
		want    divide.Aggregate
	}{
		"by people":                    {divide.WeightedMean, []divide.Member{big, small}, divide.Aggregate{Value: 74, Used: 2, Of: 2, Coverage: 1, Estimated: 0.1, Sufficient: true}},
		"each area the same":           {divide.PlainMean, []divide.Member{big, small}, divide.Aggregate{Value: 50, Used: 2, Of: 2, Coverage: 1, Estimated: 0.5, Sufficient: true}},
		"sum":                          {divide.Sum, []divide.Member{big, small}, divide.Aggregate{Value: 100, Used: 2, Of: 2, Coverage: 1, Estimated: 0.2, Sufficient: true}},
		"sum, half of the people":      {divide.Sum, []divide.Member{big, small, silent}, divide.Aggregate{Value: none, Used: 2, Of: 3, Coverage: 0.5, Estimated: 0.2}},
		"sum, a weight is not known":   {divide.Sum, []divide.Member{big, small, unknown}, divide.Aggregate{Value: 150, Used: 3, Of: 3, Coverage: 2.0 / 3, Estimated: 20.0 / 150, Sufficient: true}},
		"sum, by areas":                {divide.Sum, []divide.Member{unknown, unknown, {Value: none, Weight: none}}, divide.Aggregate{Value: 100, Used: 2, Of: 3, Coverage: 2.0 / 3, Estimated: 0, Sufficient: true}},
		"median of two":                {divide.Median, []divide.Member{big, small}, divide.Aggregate{Value: 50, Used: 2, Of: 2, Coverage: 1, Estimated: 0.5, Sufficient: true}},
		"median of three":              {divide.Median, []divide.Member{unknown, big, small}, divide.Aggregate{Value: 50, Used: 3, Of: 3, Coverage: 1, Estimated: 1.0 / 3, Sufficient: true}},
		"half of the people is silent": {divide.WeightedMean, []divide.Member{big, small, silent}, divide.Aggregate{Value: none, Used: 2, Of: 3, Coverage: 0.5, Estimated: 0.1}},
		"two of three are enough":      {divide.PlainMean, []divide.Member{big, small, silent}, divide.Aggregate{Value: 50, Used: 2, Of: 3, Coverage: 2.0 / 3, Estimated: 0.5, Sufficient: true}},
		"a weight is not known":        {divide.WeightedMean, []divide.Member{big, unknown}, divide.Aggregate{Value: none, Used: 1, Of: 2, Coverage: 0.5, Estimated: 0}},
		"a weight of nothing is known": {divide.WeightedMean, []divide.Member{big, {Value: 20}}, divide.Aggregate{Value: 80, Used: 2, Of: 2, Coverage: 1, Estimated: 0, Sufficient: true}},
		"a weight below nothing":       {divide.WeightedMean, []divide.Member{big, {Value: 20, Weight: -1}}, divide.Aggregate{Value: none, Used: 1, Of: 2, Coverage: 0.5, Estimated: 0}},
		"62 % are enough of a share":   {divide.WeightedMean, []divide.Member{{Value: 40, Weight: 62}, {Value: none, Weight: 38}}, divide.Aggregate{Value: 40, Used: 1, Of: 2, Coverage: 0.62, Estimated: 0, Sufficient: true}},
		"62 % are too few for a sum":   {divide.Sum, []divide.Member{{Value: 40, Weight: 62}, {Value: none, Weight: 38}}, divide.Aggregate{Value: none, Used: 1, Of: 2, Coverage: 0.62, Estimated: 0}},
		"nobody":                       {divide.WeightedMean, nil, divide.Aggregate{Value: none, Coverage: none, Estimated: none}},
		"nobody knows":                 {divide.PlainMean, []divide.Member{silent}, divide.Aggregate{Value: none, Of: 1, Coverage: 0, Estimated: none}},
	} {
		got := divide.Of(c.rule, c.members, 0)
		if !near(got.Value, c.want.Value) || got.Used != c.want.Used || got.Of != c.want.Of || !near(got.Coverage, c.want.Coverage) || !near(got.Estimated, c.want.Estimated) || got.Sufficient != c.want.Sufficient {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

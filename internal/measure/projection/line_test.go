package projection_test

import (
	"math"
	"testing"

	"resolute/internal/measure/projection"
)

// Weights 1, 2, 3 for 10, 20, 60 in 2000 to 2002: mean year 2001 1/3, mean value 38 1/3, slope 93 1/3 by 3 1/3
// = 28; 2003 is 38 1/3 + 28 x 1 2/3 = 85.
func TestRecentYearsWeighMore(t *testing.T) {
	s := projection.Series{Years: []int{1995, 2000, 2001, 2002}, Values: []float64{90, 10, 20, 60}}
	even := projection.TimeWeighted
	even.WeightExponent = 0
	for _, c := range []struct {
		name string
		by   projection.Line
		year int
		want float64
	}{
		{"by the year", projection.TimeWeighted, 2003, 85},
		{"all the same", even, 2003, 80},
		{"not beyond the limit", projection.TimeWeighted, 2030, 100},
	} {
		if got := c.by.Expect(s, projection.Percent, c.year); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got := projection.TimeWeighted.Expect(projection.Series{Years: []int{1998, 1999, 2000}, Values: []float64{1, 2, 3}}, projection.Percent, 2030); !math.IsNaN(got) {
		t.Errorf("one value since 2000 makes no line: got %v", got)
	}
}

package projection_test

import (
	"encoding/csv"
	"errors"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"resolute/internal/measure/projection"
)

const internetUsers = "../../../../shared/samples/stats/itu_datahub/individuals-using-the-internet.csv"

// users gives the share of Internet users by economy.
func users(t testing.TB) map[string]projection.Series {
	t.Helper()
	f, err := os.Open(internetUsers)
	if err != nil {
		t.Skipf("the folder ../shared/samples is absent: %v", err)
	}
	defer func() { _ = f.Close() }()
	if _, err := f.Seek(3, io.SeekStart); err != nil { // behind the byte order mark
		t.Fatal(err)
	}
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]projection.Series{}
	slices.SortStableFunc(lines[1:], func(a, b []string) int { return slices.Compare(a[9:10], b[9:10]) })
	for _, line := range lines[1:] {
		year, _ := strconv.Atoi(line[9])
		value, err := strconv.ParseFloat(line[8], 64)
		if err != nil {
			t.Fatal(err)
		}
		s := all[line[6]]
		all[line[6]] = projection.Series{Years: append(s.Years, year), Values: append(s.Values, value)}
	}
	return all
}

func list(all map[string]projection.Series) []projection.Series {
	var out []projection.Series
	for _, s := range all {
		out = append(out, s)
	}
	return out
}

// made is a series that follows a logistic curve exactly.
func made(from, to int, start, rate float64) projection.Series {
	var s projection.Series
	for year := from; year <= to; year++ {
		s.Years = append(s.Years, year)
		s.Values = append(s.Values, 100/(1+math.Exp(-(start+rate*float64(year-from)))))
	}
	return s
}

// The worked example of docs/reference/measures.md: on the logit scale the series rises by 0.2 a
// year; a year ahead it is expected to rise by 0.2 x 0.85, two years ahead by 0.2 x 0.85^2 more.
func TestDampedTrend(t *testing.T) {
	s := made(2016, 2020, 0, 0.2)
	points := projection.DampedLogit.Project(s, projection.Percent, 2022, nil, 0.9)
	if len(points) != 2 {
		t.Fatalf("got %d points, want 2", len(points))
	}
	for i, want := range []float64{0.8 + 0.17, 0.8 + 0.17 + 0.1445} {
		if got := math.Log(points[i].Value / (100 - points[i].Value)); math.Abs(got-want) > 1e-12 || !math.IsNaN(points[i].Low) {
			t.Errorf("%d: logit %v, want %v and no band: %+v", points[i].Year, got, want, points[i])
		}
	}
	if points := projection.DampedLogit.Project(made(2018, 2020, 0, 0.2), projection.Percent, 2022, nil, 0.9); points != nil {
		t.Errorf("three points are too few: got %+v", points)
	}
	full := projection.Series{Years: []int{2017, 2018, 2019, 2020}, Values: []float64{0, 0, 100, 100}}
	for _, p := range projection.DampedLogit.Project(full, projection.Percent, 2040, nil, 0.9) {
		if !(p.Value >= 0 && p.Value <= 100) {
			t.Errorf("%+v lies outside of 0 to 100", p)
		}
	}
}

func TestBandNeedsPastErrors(t *testing.T) {
	var few, many []projection.Series
	for i := range 12 {
		many = append(many, made(2000, 2020, -4+float64(i)/3, 0.25))
	}
	few = many[:1]
	s := made(2000, 2020, -2, 0.25)
	for name, c := range map[string]struct {
		past   []projection.Series
		banded bool
	}{"past of one series": {few, false}, "past of twelve": {many, true}} {
		p := projection.DampedLogit.Project(s, projection.Percent, 2023, projection.DampedLogit.PastErrors(c.past, projection.Percent, 2020), 0.9)[2]
		if banded := !math.IsNaN(p.Low); banded != c.banded {
			t.Errorf("%s: got %+v", name, p)
		} else if banded && !(p.Low < p.Value && p.Value < p.High) {
			t.Errorf("%s: the band does not hold its own middle: %+v", name, p)
		}
	}
}

// A back-test that stands in a year must not be moved by anything later.
func TestBacktestDoesNotLookAhead(t *testing.T) {
	all := []projection.Series{}
	for i := range 30 {
		all = append(all, made(2000, 2024, -4+float64(i)/4, 0.2))
	}
	before := projection.DampedLogit.Try(all, projection.Percent, 2015, 2020, 0.9, projection.TimeWeighted)
	for i := range all {
		for n, year := range all[i].Years {
			if year > 2020 {
				all[i].Values[n] = 50
			}
		}
	}
	after := projection.DampedLogit.Try(all, projection.Percent, 2015, 2020, 0.9, projection.TimeWeighted)
	if before.Main != after.Main || before.HalfWidth != after.HalfWidth || before.Coverage != after.Coverage {
		t.Errorf("what came after 2020 moved the test: %+v, then %+v", before, after)
	}
}

// jumps are series at 50 % that jump after four years, so that errors a year ahead are 0.1, 0.2, ...
func jumps(n int) (all []projection.Series) {
	for i := range n {
		all = append(all, projection.Series{Years: []int{2016, 2017, 2018, 2019, 2020}, Values: []float64{50, 50, 50, 50, 100 / (1 + math.Exp(-0.1*float64(i+1)))}})
	}
	return all
}

// The band of 90 % from 59 errors is the 54th, (59+1) x 0.9, and holds for as many years ahead only.
func TestBandIsAnOrderStatistic(t *testing.T) {
	errs := projection.DampedLogit.PastErrors(jumps(59), projection.Percent, 2020)
	if half, ok := errs.HalfWidth(1, 0.9); !ok || math.Abs(half-5.4) > 1e-9 {
		t.Errorf("got %v, %v; want 5.4", half, ok)
	}
	points := projection.DampedLogit.Project(made(2016, 2020, 0, 0), projection.Percent, 2022, errs, 0.9)
	if want := 100 / (1 + math.Exp(5.4)); math.Abs(points[0].Low-want) > 1e-9 || math.Abs(points[0].High-(100-want)) > 1e-9 || !math.IsNaN(points[1].Low) {
		t.Errorf("got %+v; want %v to %v a year ahead, nothing two years ahead", points, want, 100-want)
	}
	long := projection.DampedLogit.PastErrors([]projection.Series{made(2000, 2034, 0, 0.1)}, projection.Percent, 2034)
	if long.Known(30) != 2 || long.Known(31) != 0 {
		t.Errorf("30 years ahead %d errors, 31 years ahead %d; want 2 and 0", long.Known(30), long.Known(31))
	}
}

// Figures that stop at 100: who sees no change expects too little, who goes on growing is held at 100.
func TestBacktestTellsOnWhichSideItMissed(t *testing.T) {
	all := []projection.Series{{Years: []int{2011, 2012, 2013, 2014, 2015, 2020}, Values: []float64{50, 60, 70, 80, 90, 100}}}
	b := projection.DampedLogit.Try(all, projection.Percent, 2015, 2020, 0.9, projection.TimeWeighted)
	for _, other := range b.Others {
		want := map[string]float64{"no-change@1": -10, "linear-last-5@1": 0, "constant-growth-last-5@1": 0}
		if bias, held := want[other.Method]; held && (math.Abs(other.Bias-bias) > 1e-9 || math.Abs(other.MAE+bias) > 1e-9) {
			t.Errorf("%s: got %+v, want a bias of %v", other.Method, other, bias)
		}
	}
	if b.Series != 1 || !math.IsNaN(b.Coverage) || !math.IsNaN(b.HalfWidth) {
		t.Errorf("one series makes no band: %+v", b)
	}
	two := projection.DampedLogit.Try([]projection.Series{all[0], {Years: all[0].Years, Values: []float64{50, 60, 70, 80, 90, 95}}}, projection.Percent, 2015, 2020, 0.9, projection.TimeWeighted)
	if math.Abs(two.Others[0].Bias+7.5) > 1e-9 {
		t.Errorf("bias over two series: got %v, want -7.5", two.Others[0].Bias)
	}
}

// AICc = n ln(SSE/n) + 2k + 2k(k+1)/(n-k-1), with the variance among the k parameters (Hurvich and Tsai).
func TestCurvesAreComparedByAICc(t *testing.T) {
	s := made(2000, 2020, -2, 0.2)
	for i := range s.Values {
		s.Values[i] += float64(i%3 - 1)
	}
	n := float64(len(s.Years))
	for curve, k := range map[string]float64{projection.Logistic: 4, projection.Full: 3} {
		c, err := projection.Fit(curve, s)
		if err != nil {
			t.Fatal(err)
		}
		if want := n*math.Log(c.SSE/n) + 2*k + 2*k*(k+1)/(n-k-1); math.Abs(c.AICc-want) > 1e-9 {
			t.Errorf("%s: got %v, want %v", curve, c.AICc, want)
		}
	}
}

func TestBacktestOfInternetUsers(t *testing.T) {
	b := projection.DampedLogit.Try(list(users(t)), projection.Percent, 2019, 2024, 0.9, projection.TimeWeighted)
	t.Logf("%d economies: error %.2f, bias %.2f, coverage %.3f of %.2f; others %+v", b.Series, b.Main.MAE, b.Main.Bias, b.Coverage, b.Level, b.Others)
	if b.Series < 175 || b.Main.MAE > 6.1 {
		t.Errorf("mean absolute error %v over %d economies, want at most 6.1 over some 180", b.Main.MAE, b.Series)
	}
	if b.Coverage < 0.85 || b.Coverage > 0.95 {
		t.Errorf("the 90 %% band holds %v, want 0.85 to 0.95", b.Coverage)
	}
	for _, other := range b.Others {
		if other.Method == projection.TimeWeighted.ID && math.Abs(other.MAE-9.15) > 0.02 {
			t.Errorf("an independent reckoning of a time-weighted line since 2000 gave 9.15, ours %v", other.MAE)
		}
		if other.MAE <= b.Main.MAE {
			t.Errorf("%s does better: %v", other.Method, other.MAE)
		}
	}
}

// Sums of squared errors of a reference fit from many starts.
func TestCurvesOfInternetUsers(t *testing.T) {
	all := users(t)
	for _, c := range []struct {
		area, curve string
		sse, in2030 float64
		bound       bool
	}{
		{"KEN", projection.Logistic, 26.300, 42.99, false},
		{"KEN", projection.Full, 40.401, 55.44, false},
		{"KEN", projection.Gompertz, 19.571, 47.43, true},
		{"KEN", projection.Bass, 18.831, 50.35, true},
		{"IND", projection.Logistic, 208.694, 89.997, true},
		{"DNK", projection.Bass, 1937.8, math.NaN(), false},
	} {
		got, err := projection.Fit(c.curve, all[c.area])
		if err != nil {
			t.Errorf("%s %s: %v", c.area, c.curve, err)
			continue
		}
		if got.SSE > c.sse*1.001 || got.AtBound != c.bound || !math.IsNaN(c.in2030) && math.Abs(got.At(2030)-c.in2030) > 0.1 {
			t.Errorf("%s %s: SSE %v, 2030 %v, at bound %v; want %v, %v, %v", c.area, c.curve, got.SSE, got.At(2030), got.AtBound, c.sse, c.in2030, c.bound)
		}
	}
}

func TestCurvesThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		curve string
		of    projection.Series
	}{
		"too few points": {projection.Logistic, made(2016, 2019, 0, 0.2)},
		"not known":      {"straight", made(2000, 2020, 0, 0.2)},
	} {
		if got, err := projection.Fit(c.curve, c.of); !errors.Is(err, projection.ErrCurve) {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func BenchmarkBacktest(b *testing.B) {
	all := list(users(b))
	for b.Loop() {
		projection.DampedLogit.Try(all, projection.Percent, 2019, 2024, 0.9, projection.TimeWeighted)
	}
}

func BenchmarkCurves(b *testing.B) {
	kenya := users(b)["KEN"]
	for b.Loop() {
		for _, name := range projection.Curves {
			_, _ = projection.Fit(name, kenya) // that one is refused takes as long
		}
	}
}

package dispersion_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"resolute/internal/measure/dispersion"
)

const golden = "../../../../shared/samples/stats/golden/measures_golden.json"

// near tells whether two numbers are equal to 1e-9; what is not defined equals itself only.
func near(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*max(1, math.Abs(b))
}

// The worked example of docs/reference/measures.md.
func TestMeasuresOfFiveAreas(t *testing.T) {
	x, w := []float64{10, 20, 40, 60, 90}, []float64{50, 30, 10, 6, 4}
	for name, c := range map[string]struct {
		weights []float64
		want    dispersion.Measures
	}{
		"each area the same": {nil, dispersion.Measures{44, 28.705400188814647, 0.6523954588366965, 0.36363636363636365, 0.22098863257550078, 0.2679194232753934, 0.11552142825317446, 0.23503058265031873, 0.4396014943960149}},
		"by people":          {w, dispersion.Measures{22.2, 19.420607611503815, 0.8748021446623341, 0.38972972972972975, 0.28647492553340753, 0.25553905435708324, 0.12813940471964558, 0.22550111158628572, 0.3466472112725134}},
	} {
		got, err := dispersion.Of(x, c.weights)
		if err != nil || !same(got, c.want) {
			t.Errorf("%s: got %+v, %v; want %+v", name, got, err, c.want)
		}
	}
	for p, want := range map[float64]float64{0: 10, 10: 14, 25: 20, 50: 40, 75: 60, 90: 78, 100: 90} {
		if got := dispersion.Percentile(x, p); !near(got, want) {
			t.Errorf("percentile %v: got %v, want %v", p, got, want)
		}
	}
	if got := dispersion.SmallSample(0.36363636363636365, 5); !near(got, 0.4545454545454546) {
		t.Errorf("small sample: got %v", got)
	}
}

func same(a, b dispersion.Measures) bool {
	return near(a.Mean, b.Mean) && near(a.SDPopulation, b.SDPopulation) && near(a.CV, b.CV) && near(a.Gini, b.Gini) &&
		near(a.TheilT, b.TheilT) && near(a.TheilL, b.TheilL) && near(a.Atkinson, b.Atkinson) && near(a.Atkinson1, b.Atkinson1) && near(a.Atkinson2, b.Atkinson2)
}

func TestWhatIsNotDefined(t *testing.T) {
	for name, c := range map[string]struct {
		values []float64
		nan    func(dispersion.Measures) []float64
		fine   func(dispersion.Measures) []float64
	}{
		"a zero has no logarithm": {[]float64{0, 50, 100}, func(m dispersion.Measures) []float64 { return []float64{m.TheilL, m.Atkinson1, m.Atkinson2} },
			func(m dispersion.Measures) []float64 { return []float64{m.Gini, m.TheilT, m.Atkinson, m.CV} }},
		"all zero": {[]float64{0, 0}, func(m dispersion.Measures) []float64 { return []float64{m.Gini, m.TheilT, m.TheilL, m.Atkinson, m.CV} },
			func(m dispersion.Measures) []float64 { return []float64{m.Mean, m.SDPopulation} }},
		"below zero": {[]float64{-1, 5}, func(m dispersion.Measures) []float64 { return []float64{m.Gini, m.TheilT, m.TheilL, m.Atkinson} },
			func(m dispersion.Measures) []float64 { return []float64{m.Mean, m.SDPopulation, m.CV} }},
	} {
		got, err := dispersion.Of(c.values, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range c.nan(got) {
			if !math.IsNaN(v) {
				t.Errorf("%s: got %v where nothing is defined", name, v)
			}
		}
		for _, v := range c.fine(got) {
			if math.IsNaN(v) {
				t.Errorf("%s: got nothing where a number is defined", name)
			}
		}
	}
}

func TestWhatCannotBeMeasured(t *testing.T) {
	for name, c := range map[string]struct{ values, weights []float64 }{
		"nothing":                {nil, nil},
		"no number":              {[]float64{1, math.NaN()}, nil},
		"endless":                {[]float64{1, math.Inf(1)}, nil},
		"too few weights":        {[]float64{1, 2}, []float64{1}},
		"weight below zero":      {[]float64{1, 2}, []float64{1, -1}},
		"no weight at all":       {[]float64{1, 2}, []float64{0, 0}},
		"weight no number":       {[]float64{1, 2}, []float64{1, math.NaN()}},
		"weights without an end": {[]float64{1, 2}, []float64{math.MaxFloat64, math.MaxFloat64}},
	} {
		if got, err := dispersion.Of(c.values, c.weights); err == nil {
			t.Errorf("%s: got %+v, want an error", name, got)
		}
	}
}

// Laws: Gini by the slow double sum; a copy of everybody, another unit and another order change
// nothing; a weight of n is n equal areas; groups add up to the whole.
func TestLawsOfDispersion(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	for range 300 {
		n := 1 + r.IntN(12)
		x, w, groups := make([]float64, n), make([]float64, n), make([]string, n)
		for i := range x {
			x[i], w[i], groups[i] = r.Float64()*100+0.01, float64(1+r.IntN(4)), string(rune('a'+r.IntN(3)))
		}
		m, err := dispersion.Of(x, w)
		if err != nil {
			t.Fatal(err)
		}
		if slow := slowGini(x, w); !near(m.Gini, slow) {
			t.Fatalf("Gini of %v by %v: got %v, the double sum gives %v", x, w, m.Gini, slow)
		}
		var apart, scaled []float64
		for i := range x {
			scaled = append(scaled, x[i]*7.5)
			for range int(w[i]) {
				apart = append(apart, x[i])
			}
		}
		for name, other := range map[string]dispersion.Measures{"people one by one": must(dispersion.Of(apart, nil)), "another unit": must(dispersion.Of(scaled, w))} {
			if !near(m.Gini, other.Gini) || !near(m.TheilT, other.TheilT) || !near(m.TheilL, other.TheilL) || !near(m.Atkinson, other.Atkinson) || !near(m.CV, other.CV) {
				t.Fatalf("%s: got %+v, want %+v", name, other, m)
			}
		}
		parts, err := dispersion.Decompose(x, w, groups)
		if err != nil || !near(parts.LBetween+parts.LWithin, m.TheilL) || parts.LBetween < -1e-12 || !near(parts.Between+parts.Within, m.TheilT) || parts.Between < -1e-12 || parts.Within < -1e-12 {
			t.Fatalf("parts %+v, %v do not add up to %v", parts, err, m.TheilT)
		}
	}
}

func slowGini(x, w []float64) float64 {
	var sum, total, mean float64
	for i := range x {
		total += w[i]
		mean += w[i] * x[i]
		for j := range x {
			sum += w[i] * w[j] * math.Abs(x[i]-x[j])
		}
	}
	return sum / (2 * mean / total * total * total)
}

func must(m dispersion.Measures, err error) dispersion.Measures {
	if err != nil {
		panic(err)
	}
	return m
}

func TestGoldenOfTheSamples(t *testing.T) {
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Skipf("the folder ../shared/samples is absent: %v", err)
	}
	var want struct {
		Values, Weights []float64
		Decomposition   struct{ Unweighted, Weighted dispersion.Parts } `json:"theil_decomposition"`
		Zero            struct {
			Values   []float64
			Mean     float64
			SD       float64 `json:"sd_population"`
			CV       float64
			Gini     float64
			TheilT   float64  `json:"theil_T"`
			TheilL   *float64 `json:"theil_L"`
			Atkinson float64  `json:"atkinson_0_5"`
		} `json:"zero_handling"`
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	groups := []string{"1", "1", "2", "2", "2"}
	for weights, parts := range map[bool]dispersion.Parts{false: want.Decomposition.Unweighted, true: want.Decomposition.Weighted} {
		w := want.Weights
		if !weights {
			w = nil
		}
		got, err := dispersion.Decompose(want.Values, w, groups)
		if err != nil || !near(got.Between, parts.Between) || !near(got.Within, parts.Within) {
			t.Errorf("weighted %v: got %+v, %v; want %+v", weights, got, err, parts)
		}
	}
	z := want.Zero
	got, err := dispersion.Of(z.Values, nil)
	if err != nil || z.TheilL != nil || !same(got, dispersion.Measures{z.Mean, z.SD, z.CV, z.Gini, z.TheilT, math.NaN(), z.Atkinson, math.NaN(), math.NaN()}) {
		t.Errorf("with a zero: got %+v, %v; want %+v", got, err, z)
	}
}

func BenchmarkOf(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	x, w := make([]float64, 200), make([]float64, 200)
	for i := range x {
		x[i], w[i] = r.Float64()*100, r.Float64()*1e8
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := dispersion.Of(x, w); err != nil {
			b.Fatal(err)
		}
	}
}

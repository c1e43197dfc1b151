package measure_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/measure"
	"resolute/internal/measure/progress"
	"resolute/internal/measure/projection"
	"resolute/internal/sheet"
)

func asFile(t testing.TB, method any) string {
	t.Helper()
	text, err := json.Marshal(method)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A method file is refused with its line, or gives verdicts within its scores and values within the limits.
func FuzzMethodFile(f *testing.F) {
	for _, method := range []any{measure.UsualMethods.Growth, measure.UsualMethods.Trend, measure.UsualMethods.Line} {
		text := asFile(f, method)
		f.Add([]byte(text))
		f.Add([]byte(strings.Replace(text, "@1", "@2", 1)))
		f.Add([]byte(text[:len(text)/2]))
	}
	f.Add([]byte(`{"damping":1e308}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		by, err := measure.UsualMethods.With(bytes.NewReader(text), "m.json")
		if err != nil {
			if resolute.CodeOf(err) != resolute.Invalid || !strings.Contains(err.Error(), "m.json:") {
				t.Fatalf("got %v", err)
			}
			return
		}
		v := by.Growth.Judge(progress.Case{BaseYear: 2015, Year: 2023, TargetYear: 2030, Base: 40, Value: 55, Target: 95, Limit: math.NaN(), Direction: 1})
		if math.IsNaN(v.Score) || math.IsInf(v.Score, 0) {
			t.Errorf("no score: %+v", v)
		}
		s := projection.Series{Years: []int{2020, 2021, 2022, 2023}, Values: []float64{0, 40, 60, 100}}
		for _, p := range by.Trend.Project(s, projection.Percent, 2030, nil, 0.9) {
			if !(p.Value >= 0 && p.Value <= 100) {
				t.Errorf("%+v", p)
			}
		}
		if v := by.Line.Expect(s, projection.Percent, 2030); !(v >= 0 && v <= 100) && by.Line.LeastPoints <= 4 && by.Line.FromYear <= 2020 {
			t.Errorf("the line %+v expects %v", by.Line, v)
		}
	})
}

// A file of cases or of goalposts is refused, or each row is judged or told.
func FuzzTablesOfFigures(f *testing.F) {
	f.Add([]byte(strings.Join(measure.CaseColumns, ",") + "\na,b,2015,40,2023,55,2030,95,1,\na,b,2015,0,2023,0,2030,0,-1,0\na,b,2015,-1e308,2023,1e308,2030,,1,\n"))
	f.Add([]byte("indicator,worst,best\na,0,100\n"))
	f.Add([]byte("x,w,g\n1,2,a\n1e308,1e308,b\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		refused := func(err error) {
			var r *sheet.Refusal
			if err != nil && !errors.As(err, &r) && !strings.Contains(err.Error(), "column ") {
				t.Errorf("refused without a place: %v", err)
			}
		}
		list, _, err := measure.JudgeCases(bytes.NewReader(text), "x.csv", measure.UsualMethods.Growth)
		refused(err)
		if _, err := json.Marshal(list); err != nil {
			t.Error(err)
		}
		_, err = measure.Goalposts(bytes.NewReader(text), "x.csv")
		refused(err)
		spread, err := measure.MeasureSpread(bytes.NewReader(text), "x.csv", measure.SpreadColumns{Value: "x", Weight: "w", Group: "g"})
		refused(err)
		if _, err := json.Marshal(spread); err != nil {
			t.Error(err)
		}
	})
}

// Parameters that make no sense are refused with their name.
func TestHostileParameters(t *testing.T) {
	own := func(method any) string { return strings.Replace(asFile(t, method), "@1", "-own@1", 1) }
	growth, trend, line := own(measure.UsualMethods.Growth), own(measure.UsualMethods.Trend), own(measure.UsualMethods.Line)
	for _, c := range []struct{ text, from, to, says string }{
		{trend, `"damping":0.85`, `"damping":0`, "damping"},
		{trend, `"damping":0.85`, `"damping":-1`, "damping"},
		{trend, `"damping":0.85`, `"damping":1e308`, "damping"},
		{trend, `"damping":0.85`, `"damping":NaN`, "JSON"},
		{trend, `"damping":0.85`, `"damping":1e999`, "damping"},
		{trend, `"damping":0.85`, `"damping":"0.85"`, "damping"},
		{trend, `"last_points":5`, `"last_points":2000000000`, "last_points"},
		{trend, `"last_points":5`, `"last_points":-5`, "last_points"},
		{trend, `"least_points":4`, `"least_points":0`, "least_points"},
		{trend, `"least_errors":50`, `"least_errors":99999999`, "least_errors"},
		{trend, `"floor":0.05`, `"floor":0`, "floor"},
		{trend, `"floor":0.05`, `"floor":1e-320`, "floor"},
		{trend, `"ceiling":99.95`, `"ceiling":100`, "ceiling"},
		{line, `"weight_exponent":1`, `"weight_exponent":-1`, "weight_exponent"},
		{line, `"weight_exponent":1`, `"weight_exponent":1e300`, "weight_exponent"},
		{line, `"from_year":2000`, `"from_year":-2000`, "from_year"},
		{line, `"least_points":2`, `"least_points":1`, "least_points"},
		{growth, `"zero":0.001`, `"zero":0`, "zero"},
		{growth, `"zero":0.001`, `"zero":1e300`, "zero"},
		{growth, `"limit_exponent":4.44`, `"limit_exponent":1e300`, "limit_exponent"},
		{growth, `[1.3,5]`, `[1e300,5]`, "with_target"},
		{growth, `[1.3,5]`, `[-9,5]`, "with_target"},
		{growth, `"substantial_progress":0.95`, `"substantial_progress":1e300`, "ratio_bounds"},
	} {
		text := strings.Replace(c.text, c.from, c.to, 1)
		if text == c.text {
			t.Fatalf("%s does not occur", c.from)
		}
		if _, err := measure.UsualMethods.With(strings.NewReader(text), "m.json"); resolute.CodeOf(err) != resolute.Invalid || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v", c.to, err)
		}
	}
}

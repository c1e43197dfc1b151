package measure_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/measure"
)

func written(t *testing.T, method any) string {
	t.Helper()
	text, err := json.MarshalIndent(method, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAMethodFileDecides(t *testing.T) {
	usual := measure.UsualMethods
	growth := strings.NewReplacer("growth-ratio@1", "un-chart@2", "0.95", "0.9", `"moderate_progress": 0.6`, `"moderate_progress": 0.5`).Replace(written(t, usual.Growth))
	own, err := usual.With(strings.NewReader(growth), "un.json")
	if err != nil || own.Growth.ID != "un-chart@2" || own.Trend.ID != usual.Trend.ID {
		t.Fatalf("got %+v, %v", own, err)
	}
	const row = "indicator,series,base_year,base_value,current_year,current_value,target_year,target,direction,limit\na,a1,2015,40,2023,52.5,2030,95,1,\n"
	for _, c := range []struct {
		by           measure.Methods
		status, name string
	}{{usual, "limited_progress", "growth-ratio@1"}, {own, "moderate_progress", "un-chart@2"}} {
		list, _, err := measure.JudgeCases(strings.NewReader(row), "x.csv", c.by.Growth)
		if err != nil || len(list) != 1 || list[0].Status != c.status || list[0].Method != c.name {
			t.Errorf("by %s: got %+v, %v", c.name, list, err)
		}
	}
	trend, err := usual.With(strings.NewReader(strings.NewReplacer("damped-logit@1", "national@1", "0.85", "1").Replace(written(t, usual.Trend))), "trend.json")
	if err != nil {
		t.Fatal(err)
	}
	f := measure.Frame{Indicator: "u", Areas: []measure.AreaSeries{{Area: "KEN"}}}
	for i, v := range []float64{10, 12, 15, 18, 22, 26} {
		f.Areas[0].Points = append(f.Areas[0].Points, measure.Point{Year: 2015 + i, Value: v})
	}
	damped, err := measure.Project(f, usual, "KEN", 2030, 0.9, measure.Aim{Target: math.NaN()})
	if err != nil {
		t.Fatal(err)
	}
	both, err := trend.With(strings.NewReader(strings.NewReplacer("time-weighted-linear@1", "steeper@2", `"weight_exponent": 1`, `"weight_exponent": 3`).Replace(written(t, usual.Line))), "line.json")
	if err != nil {
		t.Fatal(err)
	}
	undamped, err := measure.Project(f, both, "KEN", 2030, 0.9, measure.Aim{Target: 50, BaseYear: 2015})
	if err != nil || undamped.Method != "national@1" || undamped.Expected[9].Value <= damped.Expected[9].Value || !strings.Contains(undamped.Verdicts[3].Method, "national@1") || !strings.Contains(undamped.Verdicts[2].Method, "steeper@2") {
		t.Errorf("got %+v, %v; damped %v", undamped, err, damped.Expected[9])
	}
}

func TestAMalformedMethodFileIsRefusedWithItsLine(t *testing.T) {
	growth, trend := written(t, measure.UsualMethods.Growth), written(t, measure.UsualMethods.Trend)
	for name, c := range map[string]struct{ text, from, to, want string }{
		"no JSON":                           {growth, `"zero": 0.001,`, `"zero": 0.001`, "m.json:5: expected JSON"},
		"it breaks off":                     {"{\n\"id\": \"a@1\",\n", "", "", "m.json:3: expected a whole method"},
		"something behind it":               {trend + "\n{}", "", "", "expected nothing behind"},
		"a word for a number":               {trend, `"damping": 0.85`, `"damping": "much"`, "m.json:6: expected damping of another kind than string"},
		"a parameter nobody knows":          {trend, `"damping": 0.85`, `"damping": 0.85, "mood": 1`, `m.json:6: expected no parameter "mood"`},
		"a parameter that is missing":       {trend, `"floor": 0.05,`, ``, "expected a value of floor"},
		"no version":                        {trend, "damped-logit@1", "national", "m.json:2: expected an id"},
		"the name of the built-in one":      {trend, "0.85", "0.8", "m.json:2: expected another name or version"},
		"a damping above one":               {trend, `"damping": 0.85`, `"damping": 1.5`, "m.json:6: expected damping: a number above 0, at most 1"},
		"bounds that do not fall":           {growth, `"moderate_progress": 0.6`, `"moderate_progress": 0.99`, "expected ratio_bounds: substantial"},
		"none of the three":                 {"{\"id\": \"a@1\"}", "", "", "m.json:1: expected the parameters of a ratio of growth"},
		"a point of scores that turns back": {growth, "1.3,", "0.1,", "expected with_target: 2 to 100 points"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(c.text, c.from, c.to, 1)
			_, err := measure.UsualMethods.With(strings.NewReader(text), "m.json")
			if resolute.CodeOf(err) != resolute.Invalid || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q in\n%s", err, c.want, text)
			}
		})
	}
}

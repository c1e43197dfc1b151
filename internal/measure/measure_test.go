package measure_test

import (
	"math"
	"os"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/measure"
	"resolute/internal/measure/statfile"
)

const samples = "../../../shared/samples/stats/"

func frame(t *testing.T, text string) measure.Frame {
	t.Helper()
	f, findings, err := measure.ReadFrame(strings.NewReader(text), "x.csv", statfile.Options{}, measure.Pick{})
	if err != nil || len(findings) > 0 {
		t.Fatal(findings, err)
	}
	return f
}

func openSample(t *testing.T, file string) *os.File {
	t.Helper()
	in, err := os.Open(samples + file)
	if err != nil {
		t.Skipf("the folder ../shared/samples is absent: %v", err)
	}
	t.Cleanup(func() { _ = in.Close() })
	return in
}

func sample(t *testing.T, file string) measure.Frame {
	t.Helper()
	f, findings, err := measure.ReadFrame(openSample(t, file), file, statfile.Options{}, measure.Pick{})
	if err != nil || len(findings) > 0 {
		t.Fatal(findings, err)
	}
	return f
}

func TestDivideOfInternetUsers(t *testing.T) {
	f := sample(t, "itu_datahub/individuals-using-the-internet.csv")
	d, err := measure.MeasureDivide(f, framework.Builtin(), measure.DivideQuery{Years: []int{2005, 2015, 2024}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		n              int
		mean, gini, cv float64
	}{{212, 21.67, 0.5645, 1.068}, {205, 48.40, 0.3451, 0.599}, {184, 72.76, 0.1838, 0.342}} {
		got := d.Years[i]
		if got.Areas != want.n || math.Abs(float64(got.Unweighted.Mean)-want.mean) > 0.005 || math.Abs(float64(got.Unweighted.Gini)-want.gini) > 5e-5 || math.Abs(float64(got.Unweighted.CV)-want.cv) > 5e-4 {
			t.Errorf("%d: got %d areas, %+v; want %+v", got.Year, got.Areas, got.Unweighted, want)
		}
	}
	if p := d.Years[2].Percentile; math.Abs(float64(p.P10)-31.32) > 0.005 || math.Abs(float64(p.P50)-82.30) > 0.005 || math.Abs(float64(p.P90)-96.25) > 0.005 {
		t.Errorf("percentiles of 2024: got %+v", p)
	}
	if len(d.Warnings) != 2 {
		t.Errorf("the areas differ from year to year: got %v", d.Warnings)
	}
	balanced, err := measure.MeasureDivide(f, framework.Builtin(), measure.DivideQuery{Years: []int{2005, 2015, 2024}, Balanced: true})
	if err != nil || len(balanced.Warnings) > 0 || balanced.Years[0].Areas != balanced.Years[2].Areas || balanced.Years[0].Areas == 0 {
		t.Errorf("a balanced panel: got %+v, %v", balanced, err)
	}
}

func TestTimeDistanceOfInternetUsers(t *testing.T) {
	f := sample(t, "itu_datahub/individuals-using-the-internet.csv")
	for _, c := range []struct {
		one, other string
		years      float64
		state      string
	}{{"BGD", "KOR", 23.27, "ok"}, {"ETH", "ZAF", 14.15, "ok"}, {"CHN", "IND", 5.01, "ok"}, {"BRA", "DNK", 18.56, "ok"}, {"KEN", "DNK", 24, "left_censored"}} {
		d, err := measure.MeasureDivide(f, framework.Builtin(), measure.DivideQuery{Years: []int{2024}, Between: [2]string{c.one, c.other}})
		if err != nil || math.Abs(float64(d.Pair.TimeDistance)-c.years) > 0.005 || d.Pair.TimeState != c.state {
			t.Errorf("%s and %s: got %+v, %v; want %v years, %s", c.one, c.other, d.Pair, err, c.years, c.state)
		}
	}
}

const small = "indicator,area,period,value,unit,status\nu,KEN,2020,20,%,\nu,KEN,2021,30,%,E\nu,FIN,2020,90,%,\nu,FIN,2021,92,%,\nu,ETH,2021,10,%,\nu,WLD,2021,60,%,\nu,Africa,2021,40,%,\n"

func TestDivideOfAGroup(t *testing.T) {
	f := frame(t, small)
	people := frame(t, "indicator,area,period,value\npop,KE,2021,50\npop,FIN,2021,5\npop,ETH,2021,120\n")
	for name, c := range map[string]struct {
		q               measure.DivideQuery
		areas           int
		value, coverage float64
		enough          bool
	}{
		"all, each the same":           {measure.DivideQuery{Years: []int{2021}, Least: 0.01}, 3, 44, 3.0 / 194, true},
		"all, too few of them":         {measure.DivideQuery{Years: []int{2021}}, 3, math.NaN(), 3.0 / 194, false},
		"all, by people":               {measure.DivideQuery{Years: []int{2021}, Weights: &people, Least: 0.01}, 3, (30.0*50 + 92*5 + 10*120) / 175, 3.0 / 194, true},
		"least developed":              {measure.DivideQuery{Years: []int{2021}, Group: "LDC", Least: 0.01}, 1, 10, 1.0 / 46, true},
		"an own list":                  {measure.DivideQuery{Years: []int{2021}, Areas: []string{"KE", "FIN", "231"}}, 3, 44, 1, true},
		"an own list, by people":       {measure.DivideQuery{Years: []int{2021}, Areas: []string{"KEN", "FIN", "ETH"}, Weights: &people}, 3, (30.0*50 + 92*5 + 10*120) / 175, 1, true},
		"an own list, the median":      {measure.DivideQuery{Years: []int{2021}, Areas: []string{"KEN", "FIN", "ETH"}, Rule: "median"}, 3, 30, 1, true},
		"two of Africa, with a hole":   {measure.DivideQuery{Years: []int{2020}, Areas: []string{"KEN", "ETH"}}, 1, math.NaN(), 0.5, false},
		"the same, with less asked of": {measure.DivideQuery{Years: []int{2020}, Areas: []string{"KEN", "ETH"}, Least: 0.5}, 1, 20, 0.5, true},
	} {
		d, err := measure.MeasureDivide(f, framework.Builtin(), c.q)
		if err != nil {
			t.Fatal(err)
		}
		got := d.Years[0]
		a := got.Aggregate
		same := math.IsNaN(c.value) && math.IsNaN(float64(a.Value)) || math.Abs(float64(a.Value)-c.value) < 1e-9
		if got.Areas != c.areas || !same || math.Abs(float64(a.Coverage)-c.coverage) > 1e-9 || a.Sufficient != c.enough {
			t.Errorf("%s: got %d areas, %+v; want %+v", name, got.Areas, a, c)
		}
		if len(d.Aside) != 2 {
			t.Errorf("%s: set aside %v, want Africa and WLD", name, d.Aside)
		}
	}
	for name, q := range map[string]measure.DivideQuery{"group": {Group: "ATLANTIS"}, "area": {Between: [2]string{"KEN", "ATL"}}} {
		if _, err := measure.MeasureDivide(f, framework.Builtin(), q); resolute.CodeOf(err) != resolute.Usage && resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("unknown %s: got %v", name, err)
		}
	}
}

func TestFigureOfAFile(t *testing.T) {
	two := "indicator,area,period,value\na,KEN,2020,1\nb,KEN,2020,2\n"
	for name, c := range map[string]struct {
		text string
		pick measure.Pick
		code resolute.Code
	}{
		"several and none picked": {two, measure.Pick{}, resolute.Usage},
		"not among them":          {two, measure.Pick{Indicator: "c"}, resolute.Usage},
		"words only":              {"indicator,area,period,value,kind\na,KEN,2020,yes,words\n", measure.Pick{}, resolute.Usage},
	} {
		if f, _, err := measure.ReadFrame(strings.NewReader(c.text), "x.csv", statfile.Options{}, c.pick); resolute.CodeOf(err) != c.code {
			t.Errorf("%s: got %+v, %v", name, f, err)
		}
	}
	sexes := "indicator,area,period,value,sex\na,KEN,2020,3,\na,KEN,2020,1,F\na,KEN,2020,2,M\n"
	f, _, err := measure.ReadFrame(strings.NewReader(sexes), "x.csv", statfile.Options{}, measure.Pick{Dims: map[string]string{"SEX": "F"}})
	if err != nil || len(f.Areas) != 1 || f.Areas[0].Points[0].Text != "1" {
		t.Errorf("women: got %+v, %v", f, err)
	}
	f, findings, err := measure.ReadFrame(strings.NewReader("indicator,area,period,value\na,KEN,2020,3\na,KEN,2020,4\n"), "x.csv", statfile.Options{}, measure.Pick{})
	if err != nil || len(findings) != 1 || findings[0].Rule != "duplicate-observation" || len(f.Areas[0].Points) != 1 {
		t.Errorf("two values of one year: got %+v, %v, %v", f, findings, err)
	}
}

func TestForecastOfOneArea(t *testing.T) {
	f := sample(t, "itu_datahub/individuals-using-the-internet.csv")
	p, err := measure.Project(f, measure.UsualMethods, "KEN", 2030, 0.9, measure.Aim{Target: 95, BaseYear: 2015})
	if err != nil {
		t.Fatal(err)
	}
	end := p.Expected[len(p.Expected)-1]
	if len(p.Expected) != 6 || end.Year != 2030 || !(end.Low < end.Value && end.Value < end.High) || p.Backtest == nil || len(p.Scenarios) != 4 {
		t.Errorf("got %+v", p)
	}
	verdicts := map[string]string{}
	for _, v := range p.Verdicts {
		verdicts[v.Method] = v.Status
	}
	if verdicts["growth-ratio@1"] != "moderate_progress" || verdicts["linear-pace@1"] != "limited_progress" ||
		verdicts["anticipated-progress@1 with time-weighted-linear@1"] != "accelerate" || len(verdicts) != 4 {
		t.Errorf("the methods differ about Kenya: got %v", verdicts)
	}
	if _, err := measure.Project(f, measure.UsualMethods, "ATL", 2030, 0.9, measure.Aim{Target: math.NaN()}); resolute.CodeOf(err) != resolute.NotFound {
		t.Errorf("an unknown area: got %v", err)
	}
	counts := frame(t, "indicator,area,period,value\nn,KEN,2020,1000000\n")
	if _, err := measure.Project(counts, measure.UsualMethods, "KEN", 2030, 0.9, measure.Aim{Target: math.NaN()}); resolute.CodeOf(err) != resolute.Invalid {
		t.Errorf("counts cannot be projected: got %v", err)
	}
}

func TestRowsOfAFileOfCases(t *testing.T) {
	head := "indicator,series,base_year,base_value,current_year,current_value,target_year,target,direction,limit\n"
	list, findings, err := measure.JudgeCases(strings.NewReader(head+"a,a1,2015.0,40,2023,55,2030,95,1,\na,a2,2015-16,1,2023,x,2030,,1,\na,a3,2015,1,2023,2,2030,,0,\na,a4,2015,,,,2030,,1,\n"), "x.csv", measure.UsualMethods.Growth)
	if err != nil || len(list) != 2 || len(findings) != 2 {
		t.Fatalf("got %+v, %v, %v", list, findings, err)
	}
	if list[0].Status != "moderate_progress" || list[1].Status != "not_available" || findings[0].Path != "F3" || findings[1].Path != "I4" {
		t.Errorf("got %+v, %v", list, findings)
	}
	if scores := measure.ScoreIndicators(list, measure.UsualMethods.Growth); len(scores) != 1 || scores[0].Scored != 1 || scores[0].Series != 2 {
		t.Errorf("got %+v", scores)
	}
	if _, _, err := measure.JudgeCases(strings.NewReader("indicator,series\n"), "x.csv", measure.UsualMethods.Growth); err == nil || !strings.Contains(err.Error(), "base_year") {
		t.Errorf("missing columns: got %v", err)
	}
}

func TestSpreadOfAFile(t *testing.T) {
	s, err := measure.MeasureSpread(strings.NewReader("v,w,g\n10,50,a\n20,30,a\n40,10,b\n60,6,b\n90,4,b\n,1,b\nx,2,b\n5,-1,b\n"), "x.csv", measure.SpreadColumns{Value: "v", Weight: "w", Group: "g"})
	if err != nil || s.N != 5 || s.Missing != 1 || len(s.Findings) != 2 || s.Weighted == nil || math.Abs(float64(s.Weighted.Gini)-0.3897297297) > 1e-9 || math.Abs(float64(s.Theil.Weighted.Between)-0.229428702179) > 1e-9 {
		t.Errorf("got %+v, %v", s, err)
	}
	if _, err := measure.MeasureSpread(strings.NewReader("v\n"), "x.csv", measure.SpreadColumns{Value: "v"}); err == nil {
		t.Error("nothing can be measured of nothing")
	}
}

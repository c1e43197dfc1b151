package progress_test

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"resolute/internal/measure/progress"
)

const published = "../../../../shared/samples/stats/progress/canada_cif_progress_"

var none = math.NaN()

func near(a, b, by float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= by || a == b
}

// The worked examples of docs/reference/measures.md.
func TestGrowthRatio(t *testing.T) {
	for name, c := range map[string]struct {
		of     progress.Case
		value  float64
		score  float64
		status string
	}{
		"half way too slow":            {progress.Case{2015, 2023, 2030, 40, 55, 95, none, 1}, 0.6841055133387192, 0.6007536667051369, progress.Moderate},
		"falls as wished":              {progress.Case{2015, 2023, 2030, 14.5, 10.4, 7.25, none, -1}, 0.9010899546976208, 2.150642533554434, progress.Moderate},
		"falls and should rise":        {progress.Case{2015, 2023, 2030, 40, 38, 95, none, 1}, -0.10766467, -2.9486028, progress.Deterioration},
		"met":                          {progress.Case{2015, 2023, 2030, 40, 96, 95, none, 1}, 1.9481603, 5, progress.Achieved},
		"met long ago and worse since": {progress.Case{2015, 2023, 2030, 99, 97, 95, none, 1}, none, 5, progress.Achieved},
		"no target":                    {progress.Case{2016, 2023, 2030, 66.6, 71.4, none, 100, 1}, 0.009991483690946268, 1.739752850099936, progress.Moderate},
		"no target, stands at 100":     {progress.Case{2016, 2023, 2030, 100, 100, none, 100, 1}, 0, 5, progress.Substantial},
		"no target, leaves 100":        {progress.Case{2016, 2020, 2030, 100, 96, none, 100, 1}, -0.0101536, -3.7692, progress.Deterioration},
		"all below zero":               {progress.Case{2015, 2020, 2030, -10, -5, none, none, 1}, 0.1294494, 5, progress.Substantial},
		"below zero, far from 100":     {progress.Case{2015, 2020, 2030, -10, -5, none, 100, 1}, 0.1294494, 5, progress.Substantial},
		"below zero, near -9":          {progress.Case{2015, 2020, 2030, -10, -9.99, none, -9, 1}, 0.0002000800, -2.2322424, progress.Limited},
		"falls, half its way to 8":     {progress.Case{2015, 2020, 2030, 10, 9.9, none, 8, -1}, 0.0020080483, -0.9030272, progress.Limited},
		"falls to nothing":             {progress.Case{2015, 2020, 2030, 10, 9.9, none, 0, -1}, 0.0020080483, -1.4959758, progress.Limited},
		"stays at nothing":             {progress.Case{2015, 2020, 2030, 0, 0.001, none, 0, -1}, 0, 5, progress.Substantial},
		"just met, late":               {progress.Case{2015, 2023, 2020, 40, 95, 95, none, 1}, 0.6045925, 5, progress.Achieved},
		"from zero":                    {progress.Case{2015, 2023, 2030, 0, 1, 10, none, 1}, 1.61, 5, progress.Substantial},
		"one year only":                {progress.Case{2015, 2015, 2030, 40, 40, 95, none, 1}, none, none, progress.NotAvailable},
		"value not known":              {progress.Case{2015, 2023, 2030, 40, none, 95, none, 1}, none, none, progress.NotAvailable},
		"base not known":               {progress.Case{2015, 2023, 2030, none, 40, 95, none, 1}, none, none, progress.NotAvailable},
		"signs differ":                 {progress.Case{2015, 2023, 2030, -1, 40, 95, none, 1}, none, none, progress.NotAvailable},
		"target year passed at base":   {progress.Case{2015, 2023, 2015, 1, 40, 95, none, 1}, none, none, progress.NotAvailable},
		"at the target, then worse":    {progress.Case{2015, 2023, 2030, 95, 90, 95, none, 1}, none, -5, progress.Deterioration},
	} {
		got := progress.GrowthRatio.Judge(c.of)
		by := 1e-6
		if name == "from zero" || name == "met long ago and worse since" {
			by = 10 // the score tells
			if math.IsNaN(c.value) {
				c.value = got.Value
			}
		}
		if !near(got.Value, c.value, by) || !near(got.Score, c.score, 1e-5) || got.Status != c.status {
			t.Errorf("%s: got %+v, want %v, %v, %s", name, got, c.value, c.score, c.status)
		}
	}
}

func TestLinearPace(t *testing.T) {
	p := progress.PaceOf(progress.Case{2015, 2023, 2030, 40, 55, 95, none, 1})
	if !near(p.ShareClosed, 0.2727272727272727, 1e-12) || !near(p.ShareOfTime, 0.5333333333333333, 1e-12) || !near(p.Ratio, 0.5113636363636364, 1e-12) {
		t.Errorf("got %+v", p)
	}
	kenya := progress.Case{2015, 2024, 2030, 16.6, 35.0, 95, none, 1}
	if p := progress.PaceOf(kenya); math.Round(p.ReachYear) != 2053 || !near(p.Ratio, 0.39, 0.005) || p.Status(progress.GrowthRatio) != progress.Limited {
		t.Errorf("Kenya by the line: got %+v, %s", p, p.Status(progress.GrowthRatio))
	}
	if year := progress.GrowthRatio.ReachByGrowth(kenya); math.Round(year) != 2036 {
		t.Errorf("Kenya by growth: got %v", year)
	}
	if v := progress.GrowthRatio.Judge(kenya); !near(v.Value, 0.70, 0.005) || v.Status != progress.Moderate {
		t.Errorf("Kenya by the ratio: got %+v", v)
	}
	for name, c := range map[string]progress.Case{"base": {2015, 2024, 2030, none, 35, 95, none, 1}, "value": {2015, 2024, 2030, 16.6, none, 95, none, 1}, "target": {2015, 2024, 2030, 16.6, 35, none, none, 1}} {
		if p := progress.PaceOf(c); !math.IsNaN(p.ShareOfTime) || p.Status(progress.GrowthRatio) != progress.NotAvailable || !math.IsNaN(progress.GrowthRatio.ReachByGrowth(c)) {
			t.Errorf("the %s is not known: got %+v", name, p)
		}
	}
	away := progress.Case{2015, 2024, 2030, 20, 15, 95, none, 1}
	if p := progress.PaceOf(away); !math.IsInf(p.ReachYear, 1) || p.Status(progress.GrowthRatio) != progress.Deterioration {
		t.Errorf("away from the target: got %+v", p)
	}
	if year := progress.GrowthRatio.ReachByGrowth(away); !math.IsInf(year, 1) {
		t.Errorf("away from the target by growth: got %v", year)
	}
}

func TestExpected(t *testing.T) {
	c := progress.Case{2015, 2023, 2030, 40, 55, 90, none, 1}
	for expected, want := range map[float64]string{91: progress.OnTrack, 85: progress.OnTrack, 84: progress.Accelerate, 40: progress.Accelerate, 39: progress.Reverse} {
		if _, got := progress.JudgeExpected(c, expected); got != want {
			t.Errorf("%v expected: got %s, want %s", expected, got, want)
		}
	}
}

func TestExpectedAtTheEdge(t *testing.T) {
	for name, c := range map[string]struct {
		base, target, expected float64
		share                  float64
		verdict                string
	}{
		"nothing is expected":                 {40, 90, none, none, progress.NotAvailable},
		"the base is not known":               {none, 90, 80, none, progress.NotAvailable},
		"stays at the target":                 {90, 90, 90, 0, progress.OnTrack},
		"leaves the target":                   {90, 90, 89, none, progress.Reverse},
		"as much is missing as was asked for": {40, 90, 40, 1, progress.Accelerate},
	} {
		share, verdict := progress.JudgeExpected(progress.Case{2015, 2023, 2030, c.base, 55, c.target, none, 1}, c.expected)
		if !near(share, c.share, 1e-12) || verdict != c.verdict {
			t.Errorf("%s: got %v, %s; want %v, %s", name, share, verdict, c.share, c.verdict)
		}
	}
}

func TestMeanOfSeries(t *testing.T) {
	met, slow, silent := progress.Verdict{Score: 5, Status: progress.Achieved}, progress.Verdict{Score: 1, Status: progress.Moderate}, progress.Verdict{Score: none, Status: progress.NotAvailable}
	for name, c := range map[string]struct {
		series []progress.Verdict
		score  float64
		status string
	}{
		"one is silent":          {[]progress.Verdict{met, silent, slow}, 3, progress.Substantial},
		"all are met":            {[]progress.Verdict{met, met}, 5, progress.Achieved},
		"met as far as is known": {[]progress.Verdict{met, silent}, 5, progress.Substantial},
		"all are silent":         {[]progress.Verdict{silent}, none, progress.NotAvailable},
	} {
		if got := progress.GrowthRatio.Mean(c.series); !near(got.Score, c.score, 1e-12) || got.Status != c.status {
			t.Errorf("%s: got %+v, want %v, %s", name, got, c.score, c.status)
		}
	}
}

func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(published + name + ".csv")
	if err != nil {
		t.Skipf("the folder ../shared/samples is absent: %v", err)
	}
	defer func() { _ = f.Close() }()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	if text == "" {
		return none
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Every row of a published table: growth to 1e-9, score to 1e-3, verdict equal.
func TestPublishedTable(t *testing.T) {
	verdicts := map[string][]progress.Verdict{}
	for _, r := range table(t, "components") {
		n := func(name string) float64 { return number(t, r[name]) }
		got := progress.GrowthRatio.Judge(progress.Case{n("base_year"), n("current_year"), n("target_year"), n("base_value"), n("current_value"), n("target"), n("limit"), int(n("direction"))})
		if !near(got.Value, n("progress_value"), 1e-9) || !near(got.Score, n("score"), 1e-3) || got.Status != r["status"] {
			t.Errorf("%s: got %+v, published %s, %s, %s", r["series"], got, r["progress_value"], r["score"], r["status"])
		}
		if sign := n("sign"); !math.IsNaN(sign) && got.Sign != int(sign) {
			t.Errorf("%s: sign %d, published %s", r["series"], got.Sign, r["sign"])
		}
		verdicts[r["indicator"]] = append(verdicts[r["indicator"]], got)
	}
	equal, scored := 0, 0
	for _, r := range table(t, "aggregate") {
		if r["score"] == "" || verdicts[r["indicator"]] == nil {
			continue
		}
		scored++
		if got := progress.GrowthRatio.Mean(verdicts[r["indicator"]]); near(got.Score, number(t, r["score"]), 1e-3) {
			equal++
			if got.Status != r["progress_status"] {
				t.Errorf("%s: got %+v, published %s", r["indicator"], got, r["progress_status"])
			}
		} else {
			t.Logf("%s: the plain mean is %v, published %s", r["indicator"], got.Score, r["score"])
		}
	}
	if scored == 0 || equal*100 < scored*95 {
		t.Errorf("the plain mean of scores gives %d of %d published scores", equal, scored)
	}
}

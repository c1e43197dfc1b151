package measure_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/measure"
)

// prices are those of fixed broadband as % of GNI per capita, of which less is better: Kenya halves its price every
// four years, Denmark stays, Chad asks more than a whole income at first, and forty others show how far such prices stray.
func prices(t *testing.T) measure.Frame {
	t.Helper()
	var b strings.Builder
	b.WriteString("dataflow,indicator,unit,area,period,value\n")
	add := func(area string, year int, v float64) {
		fmt.Fprintf(&b, "ITU:DATAHUB,i154_FBB_ts_GNI,%% GNI p.c.,%s,%d,%.6f\n", area, year, v)
	}
	for year := 2006; year <= 2024; year++ {
		past := float64(year - 2012)
		add("KEN", year, 32*math.Pow(0.5, past/4))
		add("DNK", year, 0.8)
		add("TCD", year, 140-4*past)
		for i := range 40 {
			add(fmt.Sprintf("A%02d", i), year, (5+float64(i))*math.Exp(-0.05*past)*(1+0.1*math.Sin(past+float64(i))))
		}
	}
	return frame(t, b.String())
}

// Where less is better the catalogue's direction turns every verdict; nothing that is expected is free or below.
func TestForecastOfAPrice(t *testing.T) {
	f := prices(t)
	for name, c := range map[string]struct {
		area     string
		target   float64
		verdicts [4]string
		reach    float64 // by growth
		distance float64
		closed   float64
	}{
		// 19.03 in 2015 to 4 in 2024: growth -15.9 % a year; 2 in 2030 asks -13.9 %: R 1.14
		"falls fast enough":            {"KEN", 2, [4]string{"substantial_progress", "substantial_progress", "on_track", "on_track"}, 2028, 2, (4 - 19.027314) / (2 - 19.027314)},
		"falls, but must fall to half": {"KEN", 0.5, [4]string{"moderate_progress", "substantial_progress", "on_track", "on_track"}, 2036, 3.5, (4 - 19.027314) / (0.5 - 19.027314)},
		"is met and stays":             {"DNK", 2, [4]string{"target_achieved", "target_achieved", "on_track", "on_track"}, 2015, -1.2, math.NaN()},
		"falls too slowly":             {"TCD", 20, [4]string{"limited_progress", "limited_progress", "accelerate", "accelerate"}, 2065.589, 72, 36.0 / 108},
	} {
		p, err := measure.Project(f, measure.UsualMethods, c.area, 2030, 0.9, measure.Aim{Target: c.target, BaseYear: 2015})
		if err != nil {
			t.Fatal(err)
		}
		if p.Aim.Direction != -1 || p.Aim.DirectionBy != measure.ByCatalogue || p.Scale != "log" {
			t.Errorf("%s: got %+v on the scale %s", name, p.Aim, p.Scale)
		}
		if !near(float64(p.Aim.Distance), c.distance, 1e-5) || !near(float64(p.Aim.Closed), c.closed, 1e-5) || !near(float64(p.Verdicts[0].Reach), c.reach, 0.01) {
			t.Errorf("%s: got %+v, reach %v; want %+v", name, p.Aim, p.Verdicts[0].Reach, c)
		}
		for i, want := range c.verdicts {
			if p.Verdicts[i].Status != want {
				t.Errorf("%s: %s says %s, want %s", name, p.Verdicts[i].Method, p.Verdicts[i].Status, want)
			}
		}
		for _, e := range p.Expected {
			if !(e.Value > 0) || !(e.Low > 0 && e.Low <= e.Value && e.Value <= e.High) {
				t.Errorf("%s: %+v is beyond the limit, or its band is", name, e)
			}
		}
		for _, s := range p.Scenarios {
			if s.Refused == "" {
				t.Errorf("%s: a curve of shares was drawn: %+v", name, s)
			}
		}
		if p.Backtest == nil || p.Backtest.Scale != "log" || !math.IsNaN(float64(p.Backtest.HalfWidth)) || !(p.Backtest.Half > 0) {
			t.Errorf("%s: back-test %+v", name, p.Backtest)
		}
	}
}

func near(a, b, by float64) bool { return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= by }

// On the logarithm the price falls by ln 2 in four years; a year on it falls by that x 0.85 / 4.
func TestPriceIsExpectedOnTheLogarithm(t *testing.T) {
	p, err := measure.Project(prices(t), measure.UsualMethods, "KEN", 2026, 0.9, measure.Aim{Target: math.NaN()})
	if err != nil {
		t.Fatal(err)
	}
	for i, damped := range []float64{0.85, 0.85 + 0.85*0.85} {
		if want := 4 * math.Pow(0.5, damped/4); !near(float64(p.Expected[i].Value), want, 1e-5) {
			t.Errorf("%d: got %v, want %v", p.Expected[i].Year, p.Expected[i].Value, want)
		}
	}
	if p.Aim != nil || p.Verdicts != nil {
		t.Errorf("nobody asked for a target: %+v, %v", p.Aim, p.Verdicts)
	}
}

// The cheaper one leads; the dear one is behind by the time since the other had its price.
func TestTheCheaperLeads(t *testing.T) {
	f := prices(t)
	for name, c := range map[string]struct {
		one, other        string
		way               int
		leader            string
		gap, ratio, years float64
		state             string
		caught            float64
	}{
		"less is better":         {"TCD", "KEN", 0, "KEN", 88, 23, 18, "left_censored", 23},
		"it stays":               {"KEN", "DNK", 0, "DNK", 3.2, 5, 18, "left_censored", 3.2 / 0.99706},
		"more is better, if you": {"KEN", "TCD", 1, "TCD", 88, 4.0 / 92, 18, "left_censored", 23},
	} {
		d, err := measure.MeasureDivide(f, framework.Builtin(), measure.DivideQuery{Years: []int{2024}, Between: [2]string{c.one, c.other}, Way: c.way})
		if err != nil {
			t.Fatal(err)
		}
		p := d.Pair
		if p.Leader != c.leader || !near(float64(p.Absolute), c.gap, 1e-5) || !near(float64(p.Ratio), c.ratio, 1e-5) || !near(float64(p.TimeDistance), c.years, 0.01) || p.TimeState != c.state {
			t.Errorf("%s: got %+v, want %+v", name, p, c)
		}
		// In percent of itself a year Kenya falls by ln 2 / 4, and Denmark by nothing.
		if name == "it stays" && (!near(float64(p.CatchUpBend), math.Log(5)/(math.Ln2/4), 1e-3) || p.Scale != "log") {
			t.Errorf("catches up in %v on the scale %s", p.CatchUpBend, p.Scale)
		}
		if !math.IsNaN(float64(p.Offline)) {
			t.Errorf("%s: nobody is left out of a price: %v", name, p.Offline)
		}
		if !near(float64(p.CatchUpYears), c.caught, 1e-3) {
			t.Errorf("%s: catches up in %v, want %v", name, p.CatchUpYears, c.caught)
		}
	}
	at := frame(t, "dataflow,indicator,area,period,value\nITU:DATAHUB,i154_FBB_ts_GNI,KEN,2012,32\nITU:DATAHUB,i154_FBB_ts_GNI,KEN,2016,16\nITU:DATAHUB,i154_FBB_ts_GNI,KEN,2020,8\nITU:DATAHUB,i154_FBB_ts_GNI,UGA,2020,12\n")
	d, err := measure.MeasureDivide(at, framework.Builtin(), measure.DivideQuery{Between: [2]string{"UGA", "KEN"}})
	if err != nil || d.Pair.TimeDistance != 2 || d.Pair.LeaderTime != 2018 || d.Pair.TimeState != "ok" || d.Pair.Relative != 0.5 {
		t.Errorf("12 lies half way between 16 and 8: got %+v, %v", d.Pair, err)
	}
}

// What the catalogue does not know goes to the side of its target.
func TestDirectionOfATarget(t *testing.T) {
	f := frame(t, "indicator,area,period,value\nu,KEN,2015,60\nu,KEN,2018,50\nu,KEN,2021,40\nu,KEN,2024,30\n")
	for name, c := range map[string]struct {
		target float64
		asked  int
		way    int
		by     string
		status string
	}{
		"down":                     {20, 0, -1, measure.ByTarget, "substantial_progress"},
		"up":                       {80, 0, 1, measure.ByTarget, "deterioration"},
		"up, though it lies below": {20, 1, 1, measure.ByCaller, "target_achieved"},
		"where it was":             {60, 0, 1, measure.ByDefault, "deterioration"},
	} {
		p, err := measure.Project(f, measure.UsualMethods, "KEN", 2030, 0.9, measure.Aim{Target: c.target, BaseYear: 2015, Way: c.asked})
		if err != nil || p.Aim.Direction != c.way || p.Aim.DirectionBy != c.by || p.Verdicts[0].Status != c.status || p.Verdicts[1].Status != c.status {
			t.Errorf("%s: got %+v, %+v, %v; want %+v", name, p.Aim, p.Verdicts, err, c)
		}
	}
}

func TestWhatCannotBeProjected(t *testing.T) {
	price, share := prices(t), frame(t, "indicator,area,period,value\nu,KEN,2021,10\nu,KEN,2022,20\nu,KEN,2023,30\nu,KEN,2024,40\n")
	words := "dataflow,indicator,area,period,value\nITU:DATAHUB,EG7,KEN,2020,1\n"
	for name, c := range map[string]struct {
		f     measure.Frame
		to    int
		level float64
		aim   float64
		code  resolute.Code
		says  string
	}{
		"a target nobody can have": {share, 2030, 0.9, 120, resolute.Invalid, "beyond the natural limits"},
		"a price below nothing":    {price, 2030, 0.9, -1, resolute.Invalid, "beyond the natural limits"},
		"an endless target":        {price, 2030, 0.9, math.Inf(1), resolute.Invalid, "beyond the natural limits"},
		"an endless future":        {share, 2000000000, 0.9, math.NaN(), resolute.Usage, "up to 2074"},
		"a level that is none":     {share, 2030, math.NaN(), math.NaN(), resolute.Usage, "between 0 and 1"},
		"no limits are known":      {frame(t, words), 2030, 0.9, math.NaN(), resolute.Invalid, "no lower limit"},
	} {
		_, err := measure.Project(c.f, measure.UsualMethods, "KEN", c.to, c.level, measure.Aim{Target: c.aim, BaseYear: 2015})
		if resolute.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

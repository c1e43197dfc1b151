package measure

import (
	"errors"
	"fmt"
	"math"

	"resolute"
	"resolute/internal/measure/progress"
	"resolute/internal/measure/projection"
)

// Accuracy is how a method did in a back-test, in percentage points.
type Accuracy struct {
	Method string `json:"method"`
	MAE    Number `json:"mean_absolute_error"`
	Bias   Number `json:"bias"` // expected less observed
}

// Backtest is what came out when a method stood in a past year and expected a later one.
type Backtest struct {
	Indicator string            `json:"indicator"`
	From      int               `json:"from"`
	To        int               `json:"to"`
	Areas     int               `json:"areas"`    // that were tried
	Left      int               `json:"left_out"` // too short a series, or no value in From
	Method    string            `json:"method"`
	By        projection.Method `json:"parameters"` // of the method
	MAE       Number            `json:"mean_absolute_error"`
	Bias      Number            `json:"bias"`
	Level     float64           `json:"level"`
	Coverage  Number            `json:"coverage"`         // share of the areas whose value fell into the band
	HalfWidth Number            `json:"half_width_logit"` // of the band
	Errors    int               `json:"past_errors"`      // that the band was taken from, all known in From
	Others    []Accuracy        `json:"others"`
}

// aheadByDefault is how many years a back-test looks ahead unless it is told.
const aheadByDefault = 5

// TryForecast tests the damped trend on an indicator in percent: it stands in the year from, knows
// nothing of later, and expects the year to. A zero to is the last year in which at least half as
// many areas have a value as in the best year; a zero from is five years earlier.
func TryForecast(f Frame, by projection.Method, from, to int, level float64) (Backtest, error) {
	if err := percentages(f); err != nil {
		return Backtest{}, err
	}
	if to == 0 {
		to = f.LastFullYear()
	}
	if from == 0 {
		from = to - aheadByDefault
	}
	if from >= to || !(level > 0 && level < 1) {
		return Backtest{}, &resolute.Error{Code: resolute.Usage, Field: "from", Message: "want a year before the one that is expected, and a level between 0 and 1"}
	}
	b := by.Try(f.series(), from, to, level)
	out := Backtest{Indicator: f.Indicator, From: from, To: to, Areas: b.Series, Left: b.Left, Method: b.Main.Method, By: by, MAE: Number(b.Main.MAE), Bias: Number(b.Main.Bias), Level: level,
		Coverage: Number(b.Coverage), HalfWidth: Number(b.HalfWidth), Errors: b.Errors}
	for _, other := range b.Others {
		out.Others = append(out.Others, Accuracy{other.Method, Number(other.MAE), Number(other.Bias)})
	}
	return out, nil
}

// percentages fails for values outside of 0 to 100, for which the trend is not made.
func percentages(f Frame) error {
	for _, a := range f.Areas {
		for _, p := range a.Points {
			if p.Value < 0 || p.Value > 100 {
				return &resolute.Error{Code: resolute.Invalid, Field: "indicator",
					Message: fmt.Sprintf("%s %d is %s: only percentages from 0 to 100 can be projected", a.Area, p.Year, p.Text)}
			}
		}
	}
	return nil
}

// LastFullYear is the last year in which at least half as many areas have a value as in the best year;
// 0 without values.
func (f Frame) LastFullYear() int {
	counts, most, last := map[int]int{}, 0, 0
	for _, a := range f.Areas {
		for _, p := range a.Points {
			counts[p.Year]++
			most = max(most, counts[p.Year])
		}
	}
	for year, n := range counts {
		if 2*n >= most {
			last = max(last, year)
		}
	}
	return last
}

// Expected is what is expected of one year, with its band.
type Expected struct {
	Year  int    `json:"year"`
	Value Number `json:"value"`
	Low   Number `json:"low"`
	High  Number `json:"high"`
}

// Scenario is a curve of diffusion, or why there is none.
type Scenario struct {
	Curve      string            `json:"curve"`
	Parameters map[string]Number `json:"parameters,omitempty"`
	SSE        Number            `json:"sum_of_squared_errors"`
	AICc       Number            `json:"aicc"`
	AtBound    bool              `json:"ceiling_at_bound"`
	Value      Number            `json:"value"` // in the last year asked for
	Refused    string            `json:"refused,omitempty"`
}

// OtherVerdict is what one method says of a target.
type OtherVerdict struct {
	Method string `json:"method"`
	Status string `json:"status"`
	Figure Number `json:"figure"` // ratio of growth, ratio of pace, or the share that will be missing
	Reach  Number `json:"reach_year"`
}

// Forecast is the future of one area, with what makes it credible.
type Forecast struct {
	Indicator string            `json:"indicator"`
	Area      string            `json:"area"`
	AreaName  string            `json:"area_name"`
	Last      Expected          `json:"last"` // the last value that is known
	Method    string            `json:"method"`
	By        projection.Method `json:"parameters"` // of the method
	Level     float64           `json:"level"`
	Expected  []Expected        `json:"expected"`
	Backtest  *Backtest         `json:"backtest"` // as far ahead, on all areas; nil where the data are too short
	Scenarios []Scenario        `json:"scenarios"`
	Verdicts  []OtherVerdict    `json:"verdicts,omitempty"` // on a target, by several methods
}

// Aim is a target by the last year of a forecast, seen from a base year.
type Aim struct {
	Target   float64 // NaN: none
	BaseYear int
}

// Project expects the values of an area up to a year.
func Project(f Frame, by Methods, area string, to int, level float64, aim Aim) (Forecast, error) {
	return learn(f, by).Project(area, to, level, aim)
}

func scenarios(s projection.Series, to int) (list []Scenario) {
	for _, name := range projection.Curves {
		c, err := projection.Fit(name, s)
		if errors.Is(err, projection.ErrCurve) {
			nan := Number(math.NaN())
			list = append(list, Scenario{Curve: name, SSE: nan, AICc: nan, Value: nan, Refused: err.Error()})
			continue
		}
		parameters := map[string]Number{}
		for k, v := range c.Parameters {
			parameters[k] = Number(v)
		}
		list = append(list, Scenario{Curve: name, Parameters: parameters, SSE: Number(c.SSE), AICc: Number(c.AICc), AtBound: c.AtBound, Value: Number(c.At(to))})
	}
	return list
}

// verdicts judges a target by the ratio of growth, the linear pace and what is expected: they often
// differ, and the reader must see it.
func (f Forecast) verdicts(a AreaSeries, to int, aim Aim, by progress.Method) []OtherVerdict {
	c := progress.Case{BaseYear: float64(aim.BaseYear), TargetYear: float64(to), Target: aim.Target, Base: math.NaN(), Limit: math.NaN(), Direction: 1}
	for _, p := range a.Points {
		if p.Year >= aim.BaseYear { // the first later year stands for a missing base
			c.BaseYear, c.Base = float64(p.Year), p.Value
			break
		}
	}
	last := a.Points[len(a.Points)-1]
	c.Year, c.Value = float64(last.Year), last.Value
	growth, pace := by.Judge(c), progress.PaceOf(c)
	missing, expected := progress.JudgeExpected(c, float64(f.Expected[len(f.Expected)-1].Value))
	return []OtherVerdict{
		{by.ID, growth.Status, Number(growth.Value), Number(by.ReachByGrowth(c))},
		{progress.LinearPace, pace.Status(by), Number(pace.Ratio), Number(pace.ReachYear)},
		{progress.Anticipated + " with " + f.Method, expected, Number(missing), f.reach(aim.Target)},
	}
}

// reach is the first expected year at the target.
func (f Forecast) reach(target float64) Number {
	for _, e := range f.Expected {
		if float64(e.Value) >= target {
			return Number(e.Year)
		}
	}
	return Number(math.NaN())
}

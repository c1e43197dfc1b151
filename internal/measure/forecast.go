package measure

import (
	"errors"
	"math"
	"slices"

	"resolute"
	"resolute/internal/measure/projection"
)

// Accuracy is how a method did in a back-test, in the unit of the indicator; shares in percentage points.
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
	Scale     string            `json:"scale"`            // on which the trend is a line: logit or log
	HalfWidth Number            `json:"half_width_logit"` // of the band; null on another scale
	Half      Number            `json:"half_width"`       // of the band, on the scale
	Errors    int               `json:"past_errors"`      // that the band was taken from, all known in From
	Others    []Accuracy        `json:"others"`
}

// aheadByDefault is how many years a back-test looks ahead unless it is told.
const aheadByDefault = 5

// TryForecast tests the damped trend on an indicator whose limits are known: it stands in the year from, knows
// nothing of later, and expects the year to. A zero to is the last year in which at least half as
// many areas have a value as in the best year; a zero from is five years earlier.
func TryForecast(f Frame, by Methods, from, to int, level float64) (Backtest, error) {
	limits, err := f.limits()
	if err != nil {
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
	b := by.Trend.Try(f.series(), limits, from, to, level, by.Line)
	out := Backtest{Indicator: f.Indicator, From: from, To: to, Areas: b.Series, Left: b.Left, Method: b.Main.Method, By: by.Trend, MAE: Number(b.Main.MAE), Bias: Number(b.Main.Bias), Level: level,
		Coverage: Number(b.Coverage), Scale: limits.Scale(), HalfWidth: None, Half: Number(b.HalfWidth), Errors: b.Errors}
	if out.Scale == projection.Logit {
		out.HalfWidth = out.Half
	}
	for _, other := range b.Others {
		out.Others = append(out.Others, Accuracy{other.Method, Number(other.MAE), Number(other.Bias)})
	}
	return out, nil
}

// LastFullYear is the last year in which at least half as many areas have a value as in the best year;
// 0 without values.
func (f Frame) LastFullYear() int {
	if years := f.FullYears(); len(years) > 0 {
		return years[len(years)-1]
	}
	return 0
}

// FullYears are the years, in order, in which at least half as many areas have a value as in the best year.
func (f Frame) FullYears() (years []int) {
	counts, most := map[int]int{}, 0
	for _, a := range f.Areas {
		for _, p := range a.Points {
			counts[p.Year]++
			most = max(most, counts[p.Year])
		}
	}
	for year, n := range counts {
		if 2*n >= most {
			years = append(years, year)
		}
	}
	slices.Sort(years)
	return years
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
	Scale     string            `json:"scale"`      // on which the trend is a line: logit or log
	Level     float64           `json:"level"`
	Expected  []Expected        `json:"expected"`
	Backtest  *Backtest         `json:"backtest"` // as far ahead, on all areas; nil where the data are too short
	Scenarios []Scenario        `json:"scenarios"`
	Aim       *AimSeen          `json:"aim,omitempty"`
	Verdicts  []OtherVerdict    `json:"verdicts,omitempty"` // on a target, by several methods
}

// Aim is a target by the last year of a forecast, seen from a base year.
type Aim struct {
	Target   float64 // NaN: none
	BaseYear int
	Way      int // 1: more is better, -1: less is better; 0: what the catalogue says, else on which side of the base the target lies
}

// AimSeen is a target with the way that is left to it.
type AimSeen struct {
	Target      Number `json:"target"`
	Year        int    `json:"year"`
	Direction   int    `json:"direction"` // 1: more is better, -1: less is better
	DirectionBy string `json:"direction_by"`
	BaseYear    int    `json:"base_year"`
	Base        Number `json:"base_value"`
	Distance    Number `json:"distance"`     // from the last value, in the unit of the indicator; 0 or below: met
	Closed      Number `json:"share_closed"` // of the way from the base; null where the base was at the target or beyond
}

// Project expects the values of an area up to a year.
func Project(f Frame, by Methods, area string, to int, level float64, aim Aim) (Forecast, error) {
	return learn(f, by).Project(area, to, level, aim)
}

// notShares says why an indicator has no curves: their ceiling is at most 100.
const notShares = "the curves are for percentages"

func scenarios(s projection.Series, l projection.Limits, to int) (list []Scenario) {
	nan := Number(math.NaN())
	for _, name := range projection.Curves {
		if l != projection.Percent {
			list = append(list, Scenario{Curve: name, SSE: nan, AICc: nan, Value: nan, Refused: notShares})
			continue
		}
		c, err := projection.Fit(name, s)
		if errors.Is(err, projection.ErrCurve) {
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

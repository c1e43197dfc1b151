package projection

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/optimize"
)

// epoch is the year 0 of the curves.
const epoch = 2000

// The names of curves.
const (
	Logistic = "logistic"      // K / (1 + e^(-r(t-t0)))
	Full     = "logistic-full" // the same with K held at 100
	Gompertz = "gompertz"      // K e^(-b e^(-ct))
	Bass     = "bass"          // m (1-e^(-(p+q)t)) / (1 + q/p e^(-(p+q)t))
)

// Curves lists them in the order in which they are shown.
var Curves = []string{Logistic, Full, Gompertz, Bass}

// Curve is a curve of diffusion fitted to a series by least squares. It is a scenario, never the
// headline.
type Curve struct {
	Name       string
	Parameters map[string]float64
	SSE        float64
	AICc       float64 // compare curves on equal data only
	AtBound    bool    // the ceiling ran into 100: no interval may be drawn from it
	at         func(t float64) float64
}

// At gives the value of a year.
func (c Curve) At(year int) float64 { return c.at(float64(year - epoch)) }

// ErrCurve says why a curve is refused.
var ErrCurve = errors.New("curve refused")

// shape is a curve with free parameters: any vector of numbers gives a lawful curve.
type shape struct {
	starts     [][]float64
	parameters func(x []float64) map[string]float64
	at         func(p map[string]float64, t float64) float64
	ceiling    string // the parameter that may run into 100; empty: it is held
}

// below100 and above0 fold free numbers into what a parameter may be.
func below100(x float64) float64 { return percent(x) }
func above0(x float64) float64   { return math.Exp(max(-50, min(50, x))) }

var logistic = func(p map[string]float64, t float64) float64 { return p["K"] / (1 + math.Exp(-p["r"]*(t-p["t0"]))) }

var shapes = map[string]shape{
	Logistic: {grid([]float64{-0.5, 0, 1, 3}, []float64{-3, -2, -1}, []float64{5, 12, 20, 30}), func(x []float64) map[string]float64 {
		return map[string]float64{"K": below100(x[0]), "r": above0(x[1]), "t0": x[2]}
	}, logistic, "K"},
	Full: {grid([]float64{-3, -2, -1}, []float64{5, 12, 20, 30}), func(x []float64) map[string]float64 {
		return map[string]float64{"K": 100, "r": above0(x[0]), "t0": x[1]}
	}, logistic, ""},
	Gompertz: {grid([]float64{0, 1, 3}, []float64{0, 1, 2}, []float64{-4, -3, -2, -1}), func(x []float64) map[string]float64 {
		return map[string]float64{"K": below100(x[0]), "b": above0(x[1]), "c": above0(x[2])}
	}, func(p map[string]float64, t float64) float64 { return p["K"] * math.Exp(-p["b"]*math.Exp(-p["c"]*t)) }, "K"},
	Bass: {grid([]float64{0, 1, 3}, []float64{-7, -5, -3}, []float64{-3, -2, -1}), func(x []float64) map[string]float64 {
		return map[string]float64{"m": below100(x[0]), "p": above0(x[1]), "q": above0(x[2])}
	}, func(p map[string]float64, t float64) float64 {
		e := math.Exp(-(p["p"] + p["q"]) * t)
		return p["m"] * (1 - e) / (1 + p["q"]/p["p"]*e)
	}, "m"},
}

// grid gives every combination of starting values.
func grid(axes ...[]float64) [][]float64 {
	points := [][]float64{nil}
	for _, axis := range axes {
		var next [][]float64
		for _, p := range points {
			for _, v := range axis {
				next = append(next, append(append([]float64{}, p...), v))
			}
		}
		points = next
	}
	return points
}

// Fit fits a curve. It is refused (ErrCurve) with fewer points than parameters and two more, and,
// where the ceiling is free, when the last value is below 60 % of the ceiling that was found: before
// the turn of the curve the data do not tell where it ends.
func Fit(name string, s Series) (Curve, error) {
	sh, known := shapes[name]
	if !known {
		return Curve{}, fmt.Errorf("%w: there is no curve %q", ErrCurve, name)
	}
	free := len(sh.starts[0])
	if len(s.Years) < free+2 {
		return Curve{}, fmt.Errorf("%w: %d points are too few for %d parameters", ErrCurve, len(s.Years), free)
	}
	best, sse := sh.search(s)
	p := sh.parameters(best)
	n, k := float64(len(s.Years)), float64(free+1) // the variance is a parameter too
	c := Curve{Name: name, Parameters: p, SSE: sse, AICc: n*math.Log(sse/n) + 2*k + 2*k*(k+1)/(n-k-1), at: func(t float64) float64 { return sh.at(p, t) }}
	if ceiling, free := p[sh.ceiling]; free {
		c.AtBound = ceiling > 99.9
		if last := s.Values[len(s.Values)-1]; !c.AtBound && last < 0.6*ceiling {
			return Curve{}, fmt.Errorf("%w: the last value %.1f is below 60 %% of the ceiling %.1f, before the turn of the curve", ErrCurve, last, ceiling)
		}
	}
	return c, nil
}

// search minimises the sum of squared errors from many starts.
func (sh shape) search(s Series) (best []float64, sse float64) {
	sse = math.Inf(1)
	loss := func(x []float64) float64 {
		p, sum := sh.parameters(x), 0.0
		for i, year := range s.Years {
			d := s.Values[i] - sh.at(p, float64(year-epoch))
			sum += d * d
		}
		if math.IsNaN(sum) {
			return math.Inf(1)
		}
		return sum
	}
	for _, start := range sh.starts {
		r, err := optimize.Minimize(optimize.Problem{Func: loss}, start, &optimize.Settings{FuncEvaluations: 4000,
			Converger: &optimize.FunctionConverge{Absolute: 1e-9, Relative: 1e-10, Iterations: 60}}, &optimize.NelderMead{})
		if r != nil && r.F < sse && (err == nil || best == nil) {
			best, sse = r.X, r.F
		}
	}
	return best, sse
}

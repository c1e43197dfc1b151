package projection

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

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

// values are the parameters of a curve, in the order of its names: the ceiling, then the two that
// give it its form.
type values [3]float64

// shape is a curve whose form has two parameters; any two numbers give a lawful one. The best ceiling of
// a form follows from it, so that only forms are searched for.
type shape struct {
	names  [3]string
	starts [][]float64
	form   func(x []float64) [2]float64
	at     func(form [2]float64, t float64) float64 // as a share of the ceiling
	held   bool                                     // the ceiling stays at 100
}

// above0 folds a free number into what a parameter may be.
func above0(x float64) float64 { return math.Exp(max(-50, min(50, x))) }

func logistic(p [2]float64, t float64) float64 { return 1 / (1 + math.Exp(-p[0]*(t-p[1]))) }

func paceAndTurn(x []float64) [2]float64 { return [2]float64{above0(x[0]), x[1]} }

func bothAbove0(x []float64) [2]float64 { return [2]float64{above0(x[0]), above0(x[1])} }

var shapes = map[string]shape{
	Logistic: {names: [3]string{"K", "r", "t0"}, starts: grid([]float64{-3, -2, -1}, []float64{5, 12, 20, 30}), form: paceAndTurn, at: logistic},
	Full:     {names: [3]string{"K", "r", "t0"}, starts: grid([]float64{-3, -2, -1}, []float64{5, 12, 20, 30}), form: paceAndTurn, at: logistic, held: true},
	Gompertz: {names: [3]string{"K", "b", "c"}, starts: grid([]float64{0, 1, 2}, []float64{-4, -3, -2, -1}), form: bothAbove0,
		at: func(p [2]float64, t float64) float64 { return math.Exp(-p[0] * math.Exp(-p[1]*t)) }},
	Bass: {names: [3]string{"m", "p", "q"}, starts: grid([]float64{-7, -5, -3}, []float64{-3, -2, -1}), form: bothAbove0,
		at: func(p [2]float64, t float64) float64 {
			e := math.Exp(-(p[0] + p[1]) * t)
			return (1 - e) / (1 + p[1]/p[0]*e)
		}},
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
	free := 3
	if sh.held {
		free = 2
	}
	if len(s.Years) < free+2 {
		return Curve{}, fmt.Errorf("%w: %d points are too few for %d parameters", ErrCurve, len(s.Years), free)
	}
	p, sse := sh.search(s)
	n, k := float64(len(s.Years)), float64(free+1) // the variance is a parameter too
	c := Curve{Name: name, Parameters: map[string]float64{}, SSE: sse, AICc: n*math.Log(sse/n) + 2*k + 2*k*(k+1)/(n-k-1),
		at: func(t float64) float64 { return p[0] * sh.at([2]float64(p[1:]), t) }}
	for i, name := range sh.names {
		c.Parameters[name] = p[i]
	}
	if ceiling := p[0]; !sh.held {
		c.AtBound = ceiling > 99.9
		if last := s.Values[len(s.Values)-1]; !c.AtBound && last < 0.6*ceiling {
			return Curve{}, fmt.Errorf("%w: the last value %.1f is below 60 %% of the ceiling %.1f, before the turn of the curve", ErrCurve, last, ceiling)
		}
	}
	return c, nil
}

// fit gives the best ceiling of a form, 100 at most, and the sum of squared errors with it.
func (sh shape) fit(s Series, form [2]float64) (ceiling, sse float64) {
	var seen, squares, both float64 // squares of the values, of the shares, and their products
	for i, year := range s.Years {
		share, v := sh.at(form, float64(year-epoch)), s.Values[i]
		seen, squares, both = seen+v*v, squares+share*share, both+share*v
	}
	ceiling = 100
	if !sh.held && both < 100*squares {
		ceiling = both / squares
	}
	sse = seen - 2*ceiling*both + ceiling*ceiling*squares
	if math.IsNaN(sse) {
		return ceiling, math.Inf(1)
	}
	return ceiling, max(sse, 0) // rounding may leave less than nothing
}

// The search begins from every start for a short while and goes on from those that came furthest.
const (
	shortSearch = 60 // evaluations
	longSearch  = 4000
	goOn        = 4 // starts
)

// search minimises the sum of squared errors from many starts.
func (sh shape) search(s Series) (p values, sse float64) {
	loss := func(x []float64) float64 {
		_, sse := sh.fit(s, sh.form(x))
		return sse
	}
	var begun []optimize.Location
	for _, start := range sh.starts {
		begun = append(begun, descend(loss, start, shortSearch))
	}
	slices.SortStableFunc(begun, func(a, b optimize.Location) int { return cmp.Compare(a.F, b.F) })
	best := begun[0]
	for _, from := range begun[:goOn] {
		if r := descend(loss, from.X, longSearch); r.F < best.F {
			best = r
		}
	}
	form := sh.form(best.X)
	ceiling, _ := sh.fit(s, form)
	for i, year := range s.Years {
		d := s.Values[i] - ceiling*sh.at(form, float64(year-epoch))
		sse += d * d // sharper than what fit takes apart
	}
	return values{ceiling, form[0], form[1]}, sse
}

// descend goes down from a start for so many evaluations at most.
func descend(loss func([]float64) float64, start []float64, most int) optimize.Location {
	r, _ := optimize.Minimize(optimize.Problem{Func: loss}, start, &optimize.Settings{FuncEvaluations: most, // a limit that is met is no failure
		Converger: &optimize.FunctionConverge{Absolute: 1e-9, Relative: 1e-10, Iterations: 60}}, &optimize.NelderMead{})
	if r == nil {
		return optimize.Location{X: start, F: loss(start)}
	}
	return r.Location
}

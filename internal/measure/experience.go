package measure

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"sync"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/measure/projection"
)

// Experience is what the series of one indicator teach about its future: which errors were made in the
// past, and how expecting did where the answer is known. It is safe for several readers; each part is
// reckoned once, by whoever asks first.
type Experience struct {
	frame  Frame
	by     Methods
	limits projection.Limits         // between which all that is expected lies
	unfit  error                     // why nothing can be projected
	errors func() *projection.Errors // of the past, pooled over all areas
	end    int                       // the last full year

	mu      sync.Mutex
	tried   map[trial]*Backtest
	curves  map[string][]Scenario // by area, up to curveTo
	curveTo int
	groups  *Experience // of groups in place of areas; nil: nobody asked yet
}

// mostAhead bounds how many years a projection goes beyond the last value.
const mostAhead = 50

// trial is a back-test.
type trial struct {
	ahead int
	level float64
}

// learn prepares what a frame teaches.
func learn(f Frame, by Methods) *Experience {
	limits, unfit := f.limits()
	x := &Experience{frame: f, by: by, limits: limits, unfit: unfit, end: f.LastFullYear(), tried: map[trial]*Backtest{}, curves: map[string][]Scenario{}}
	x.errors = sync.OnceValue(func() *projection.Errors { return by.Trend.PastErrors(f.series(), limits, x.end) })
	return x
}

// Project expects the values of an area up to a year. An indicator whose limits are not known or do not hold
// its values, a target beyond them, and a series that is too short are Errors with code Invalid; a level that is none and a year too far ahead with code Usage; an area without a value is one with code NotFound.
func (x *Experience) Project(area string, to int, level float64, aim Aim) (Forecast, error) {
	if x.unfit != nil {
		return Forecast{}, x.unfit
	}
	if !(level > 0 && level < 1) {
		return Forecast{}, &resolute.Error{Code: resolute.Usage, Field: "level", Message: "want a level between 0 and 1, as 0.9"}
	}
	if err := aim.check(x.frame, x.limits); err != nil {
		return Forecast{}, err
	}
	a, known := x.frame.area(area)
	if !known || len(a.Points) == 0 {
		return Forecast{}, &resolute.Error{Code: resolute.NotFound, Field: "area", Message: fmt.Sprintf("no value of %s in %q", x.frame.Indicator, area)}
	}
	last := a.Points[len(a.Points)-1]
	if to > last.Year+mostAhead {
		return Forecast{}, &resolute.Error{Code: resolute.Usage, Field: "to", Message: fmt.Sprintf("the last value is of %d: want a year up to %d, %d years ahead", last.Year, last.Year+mostAhead, mostAhead)}
	}
	out := Forecast{Indicator: x.frame.Indicator, Area: a.Area, AreaName: a.Name, Last: Expected{last.Year, Number(last.Value), Number(math.NaN()), Number(math.NaN())},
		Method: x.by.Trend.ID, By: x.by.Trend, Scale: x.limits.Scale(), Level: level, Expected: []Expected{}}
	for _, p := range x.by.Trend.Project(a.series(), x.limits, to, x.errors(), level) {
		out.Expected = append(out.Expected, Expected{p.Year, Number(p.Value), Number(p.Low), Number(p.High)})
	}
	if len(out.Expected) == 0 {
		return out, &resolute.Error{Code: resolute.Invalid, Field: "area", Message: fmt.Sprintf("%s has %d values up to %d: a projection to %d needs at least %d before", area, len(a.Points), last.Year, to, x.by.Trend.LeastPoints)}
	}
	out.Backtest = x.try(trial{min(to-last.Year, aheadByDefault), level})
	out.Scenarios = x.scenarios(a, to)
	if !math.IsNaN(aim.Target) {
		out.judge(x.frame, a, to, aim, x.by, x.limits)
	}
	return out, nil
}

// try is a back-test that ends in the last full year; nil where the data are too short for it.
func (x *Experience) try(t trial) *Backtest {
	x.mu.Lock()
	defer x.mu.Unlock()
	known, done := x.tried[t]
	if !done {
		if tried, err := TryForecast(x.frame, x.by, x.end-t.ahead, x.end, t.level); err == nil && tried.Areas > 0 {
			known = &tried
		}
		x.tried[t] = known
	}
	return known
}

// scenarios are the curves of an area. Those up to one year are kept: pages ask for no other.
func (x *Experience) scenarios(a AreaSeries, to int) []Scenario {
	x.mu.Lock()
	known, done := x.curves[a.Area]
	kept := x.curveTo
	x.mu.Unlock()
	if done && kept == to {
		return known
	}
	known = scenarios(a.series(), x.limits, to)
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.curveTo != to {
		clear(x.curves)
		x.curveTo = to
	}
	x.curves[a.Area] = known
	return known
}

// mostExperiences is how many indicators are kept for one state of the register; of 200 areas and 25
// years each has about a megabyte.
const mostExperiences = 32

// experiences are those of one state of the register.
type experiences struct {
	mu   sync.Mutex
	kept map[string]*Experience
}

// Experience gives what an indicator teaches, as of a change; 0 is now. dims picks the series as in
// Frame. It is kept until statistics change. An indicator that is not held is an Error with code NotFound.
func (m *Measure) Experience(ctx context.Context, key IndicatorKey, dims map[string]string, at int64) (*Experience, error) {
	state, err := m.experiencesAt(ctx, at)
	if err != nil {
		return nil, err
	}
	stated, err := json.Marshal(dims) // names in order
	if err != nil {
		panic(err) // strings are always JSON
	}
	name := key.Dataflow + "\x1f" + key.Code + "\x1f" + string(stated)
	state.mu.Lock()
	known := state.kept[name]
	state.mu.Unlock()
	if known != nil {
		return known, nil
	}
	f, err := m.Frame(ctx, key, dims, at)
	if err != nil {
		return nil, err
	}
	state.mu.Lock()
	defer state.mu.Unlock()
	if known = state.kept[name]; known != nil {
		return known, nil // somebody was quicker
	}
	if len(state.kept) >= mostExperiences {
		clear(state.kept)
	}
	known = learn(f, UsualMethods)
	state.kept[name] = known
	return known, nil
}

func (m *Measure) experiencesAt(ctx context.Context, at int64) (*experiences, error) {
	var change int64
	err := m.DB.View(ctx, func(q db.Queryer) error {
		seq, err := upTo(ctx, q, at)
		if err == nil {
			change, err = lastChange(ctx, q, seq)
		}
		if err != nil {
			return err
		}
		said, err := lastChangeOf(ctx, q, kindIndicators, seq) // how parts of a year make one
		change = max(change, said)
		return err
	})
	if err != nil {
		return nil, err
	}
	return m.experienced.at(change, func() (*experiences, error) { return &experiences{kept: map[string]*Experience{}}, nil })
}

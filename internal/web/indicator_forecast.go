package web

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/measure"
	"resolute/internal/measure/projection"
	"resolute/internal/web/chart"
)

// What is expected is expected of the last year of the 2030 Agenda, and judged from the year of its
// adoption, against usualAim percent unless the address names another aim.
const (
	ahead    = 2030
	aimBase  = 2015
	usualAim = 95.0
	level    = 0.9
)

// ForecastPart is what is expected of one country or group, with what it is worth and what it means for an aim.
type ForecastPart struct {
	Name       Passage
	Group      bool
	Line       int // of the chart
	Year       string
	Value      string
	Low, High  string
	Banded     bool
	Error      string // mean absolute error of the back-test, points for shares, else in the unit of the indicator
	Tested     string // word for the back-test
	Ahead      int    // years of it
	Areas      int    // that it was tested on
	Covered    string // share of values that the band held in it
	Others     []TestedLine
	Method     string
	Parameters string // of the method, as its file has them
	Scenarios  []ScenarioLine
	Aim, Base  string
	AimField   AimForm
	Verdicts   []VerdictLine

	expected []measure.Expected
}

// TestedLine is how another method did in the same back-test.
type TestedLine struct{ Name, Error string }

// ScenarioLine is one curve with its value in the last year, or why there is none.
type ScenarioLine struct {
	Curve, Value string
	Refused      bool
	AtBound      bool
}

// VerdictLine is what one method says of the aim.
type VerdictLine struct {
	Method, Name, Verdict string
	Figure                string // with its name
	Reach                 string // year; empty: never, or not known
}

// AimForm asks for another aim.
type AimForm struct {
	Value  string
	Hidden []Pair
}

// expectedOf is the place of the only country that is compared, without countries of the only group; -1: of
// nobody.
func (v *frameView) expectedOf() int {
	for _, groups := range []bool{false, true} {
		at, n := -1, 0
		for i, one := range v.compared {
			if one.group() == groups {
				at, n = i, n+1
			}
		}
		if n > 0 && n != 1 {
			return -1
		}
		if n == 1 {
			return at
		}
	}
	return -1
}

// forecast reckons what is expected of a country or group; nil where the data do not allow it.
func (p *indicatorPage) forecast(v *frameView) (*ForecastPart, error) {
	at := v.expectedOf()
	if at < 0 || !p.Percent && v.way == 0 || v.last >= ahead || p.request.period.To != "" {
		return nil, nil
	}
	group := v.compared[at].group()
	learnt, err := v.experience(group)
	if group && resolute.CodeOf(err) == resolute.Invalid {
		return nil, nil // no figure of a group makes sense
	}
	if err != nil {
		return nil, err
	}
	aim := measure.Aim{Target: p.aim(v), BaseYear: aimBase}
	f, err := learnt.Project(v.compared[at].series.Area, ahead, level, aim)
	if resolute.CodeOf(err) == resolute.Invalid && p.request.values.Has("aim") { // beyond its limits, or the rest cannot be projected either
		p.refuseAim()
		aim.Target = p.aim(v)
		f, err = learnt.Project(v.compared[at].series.Area, ahead, level, aim)
	}
	if code := resolute.CodeOf(err); code == resolute.Invalid || code == resolute.NotFound {
		return nil, nil // too short, or its limits are not known
	}
	if err != nil {
		return nil, err
	}
	end := f.Expected[len(f.Expected)-1]
	out := &ForecastPart{Name: v.compared[at].name, Group: group, Line: at, Year: strconv.Itoa(end.Year), Value: v.figure(float64(end.Value)), Low: v.figure(float64(end.Low)), High: v.figure(float64(end.High)),
		Banded: end.Low.String() != "", Method: f.Method, expected: f.Expected}
	if parameters, err := json.Marshal(f.By); err == nil {
		out.Parameters = string(parameters)
	}
	if f.Backtest != nil {
		out.tested(p, v, f.Backtest)
	}
	for _, s := range f.Scenarios {
		if f.Scale != projection.Logit {
			break // the curves are for shares
		}
		out.Scenarios = append(out.Scenarios, ScenarioLine{Curve: p.T("indicator.curve." + s.Curve), Value: p.Decimal(float64(s.Value), 1), Refused: s.Refused != "", AtBound: s.AtBound})
	}
	out.judged(p, aim, f.Verdicts)
	return out, nil
}

// aim is the aim of the address, else of shares of which more is better the usual one; NaN: none.
func (p *indicatorPage) aim(v *frameView) float64 {
	text := p.request.values.Get("aim")
	if aim, err := strconv.ParseFloat(text, 64); err == nil && !math.IsInf(aim, 0) && !math.IsNaN(aim) {
		return aim
	}
	if text != "" {
		p.refuseAim()
	}
	if p.Percent && v.way >= 0 {
		return usualAim
	}
	return math.NaN()
}

func (p *indicatorPage) refuseAim() {
	text := p.request.values.Get("aim")
	p.request.values.Del("aim")
	p.request.refuse([]string{"aim=" + text})
}

func (f *ForecastPart) tested(p *indicatorPage, v *frameView, b *measure.Backtest) {
	f.Error, f.Ahead, f.Areas = v.figure(float64(b.MAE)), b.To-b.From, b.Areas
	f.Tested = "indicator.backtest"
	if f.Group {
		f.Tested += "_groups"
	}
	if !p.Percent {
		f.Tested += "_unit"
	}
	f.Covered = p.Decimal(100*float64(b.Coverage), 0)
	for _, other := range b.Others {
		method, _, _ := strings.Cut(other.Method, "@")
		f.Others = append(f.Others, TestedLine{p.T("indicator.tried." + method), v.figure(float64(other.MAE))})
	}
}

// Tested lists how other methods did.
func (p *indicatorPage) Tested(others []TestedLine) string {
	var list []string
	for _, one := range others {
		list = append(list, one.Name+p.Colon()+one.Error)
	}
	return p.List(list)
}

// verdictKinds are the words of the verdicts, in their order: of the method and of its figure.
var verdictKinds = [...]struct{ method, figure string }{{"growth", "growth"}, {"pace", "pace"}, {"commission", "anticipated"}, {"anticipated", "anticipated"}}

// judged writes the verdicts; the figure of each is named, since each method has its own.
func (f *ForecastPart) judged(p *indicatorPage, aim measure.Aim, verdicts []measure.OtherVerdict) {
	if len(verdicts) == 0 {
		return
	}
	f.Aim, f.Base = p.Decimal(aim.Target, decimalsOf(aim.Target)), strconv.Itoa(aim.BaseYear)
	f.AimField = AimForm{Value: strconv.FormatFloat(aim.Target, 'f', -1, 64), Hidden: p.carriedBeside("aim")}
	for i, one := range verdicts {
		kind, told := verdictKinds[i].method, verdictKinds[i].figure
		l := VerdictLine{Method: one.Method, Name: p.T("indicator.method." + kind), Verdict: p.T("indicator.verdict." + one.Status)}
		if figure := float64(one.Figure); !math.IsNaN(figure) && !math.IsInf(figure, 0) {
			l.Figure = p.T("indicator.figure."+told, "figure", p.Decimal(figure, 2))
		}
		if reach := float64(one.Reach); !math.IsNaN(reach) && !math.IsInf(reach, 0) && reach < 3000 {
			l.Reach = strconv.Itoa(int(math.Ceil(reach)))
		}
		f.Verdicts = append(f.Verdicts, l)
	}
}

// draw adds what is expected to the line of the country.
func (f *ForecastPart) draw(c *chart.Lines) {
	line := &c.Lines[f.Line]
	for _, e := range f.expected {
		line.Ahead = append(line.Ahead, chart.Point{Year: e.Year, Value: float64(e.Value)})
		if f.Banded {
			line.Band = append(line.Band, chart.Band{Year: e.Year, Low: float64(e.Low), High: float64(e.High)})
		}
	}
	c.To = ahead
}

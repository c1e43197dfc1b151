package web

import (
	"math"
	"slices"
	"strconv"

	"resolute"
	"resolute/internal/measure"
	"resolute/internal/measure/dispersion"
	"resolute/internal/measure/projection"
	"resolute/internal/web/chart"
)

// ahead is the last year that is projected.
const ahead = 2030

// chart draws the areas chosen, with the middle of all economies beside them; without a choice the
// middle half and the tenths at both ends, so that the whole is seen first.
func (p *indicatorPage) chart(v *frameView) (_ *IndicatorChart, err error) {
	out := &IndicatorChart{}
	c := chart.Lines{ID: "c1", Title: p.Heading, From: v.first, To: v.last, Label: v.axis}
	middle := v.percentile(p.T("indicator.middle"), 50)
	if len(v.chosen) == 0 {
		c.Lines = []chart.Line{v.percentile(p.T("indicator.p90"), 90), middle, v.percentile(p.T("indicator.p10"), 10)}
		out.Middle = true
	}
	for _, a := range v.chosen {
		line := chart.Line{Name: v.name(a).Text}
		for _, point := range a.Points {
			line.Points = append(line.Points, chart.Point{Year: point.Year, Value: point.Value, Open: point.Estimated})
			out.Estimates = out.Estimates || point.Estimated
		}
		out.Gaps = out.Gaps || broken(line.Points)
		c.Lines = append(c.Lines, line)
	}
	if len(v.chosen) == 1 && (p.Percent || v.way != 0) {
		if out.Forecast, err = p.forecast(v, &c); err != nil {
			return nil, err
		}
		out.Ahead = out.Forecast != nil
	}
	if len(v.chosen) > 0 && len(v.chosen) < mostCompared {
		middle.Group = true
		c.Lines, out.Middle = append(c.Lines, middle), true
	}
	c.Description = p.describe(c)
	c.Min, c.Max, _ = chart.Steps(extremes(c))
	if p.Percent && c.Max > 60 {
		c.Min, c.Max = 0, max(100, c.Max)
	}
	out.SVG = c.SVG()
	return out, nil
}

func broken(points []chart.Point) bool {
	for i := 1; i < len(points); i++ {
		if points[i].Year > points[i-1].Year+1 {
			return true
		}
	}
	return false
}

func extremes(c chart.Lines) (lowest, highest float64) {
	for _, l := range c.Lines {
		for _, point := range slices.Concat(l.Points, l.Ahead) {
			lowest, highest = min(lowest, point.Value), max(highest, point.Value)
		}
		for _, b := range l.Band {
			highest = max(highest, b.High)
		}
	}
	return lowest, highest
}

// axis labels a step of the axis.
func (v *frameView) axis(value float64) string {
	decimals := 0
	if value != math.Trunc(value) {
		decimals = 1
	}
	switch size := math.Abs(value); {
	case v.frame.Unit == "%":
		return v.Decimal(value, decimals) + "%"
	case size >= 1e9:
		return v.T("indicator.billions", "n", v.Decimal(value/1e9, decimalsOf(value/1e9)))
	case size >= 1e6:
		return v.T("indicator.millions", "n", v.Decimal(value/1e6, decimalsOf(value/1e6)))
	}
	return v.Decimal(value, decimals)
}

func decimalsOf(value float64) int {
	if value == math.Trunc(value) {
		return 0
	}
	return 1
}

// percentile is the line of a percentile of all economies, in years in which at least half as many
// report as in the best.
func (v *frameView) percentile(name string, percent float64) chart.Line {
	byYear, most := map[int][]float64{}, 0
	for _, a := range v.frame.Areas {
		if !measure.Economy(v.catalogue, a.Area) {
			continue
		}
		for _, point := range a.Points {
			byYear[point.Year] = append(byYear[point.Year], point.Value)
			most = max(most, len(byYear[point.Year]))
		}
	}
	line := chart.Line{Name: name}
	for year := v.first; year <= v.last && year > 0; year++ {
		if values := byYear[year]; len(values) > 0 && 2*len(values) >= most {
			line.Points = append(line.Points, chart.Point{Year: year, Value: dispersion.Percentile(values, percent)})
		}
	}
	return line
}

// describe says in words where each line begins and ends.
func (p *indicatorPage) describe(c chart.Lines) string {
	var parts []string
	for _, l := range c.Lines {
		if n := len(l.Points); n > 0 {
			parts = append(parts, p.T("indicator.from_to", "name", l.Name, "a", p.Decimal(l.Points[0].Value, 1), "from", strconv.Itoa(l.Points[0].Year),
				"b", p.Decimal(l.Points[n-1].Value, 1), "to", strconv.Itoa(l.Points[n-1].Year)))
		}
	}
	return p.List(parts)
}

// ForecastPart is what is expected of one area, with what it is worth.
type ForecastPart struct {
	Year      string
	Value     string
	Low, High string
	Banded    bool
	Error     string // mean absolute error of the back-test, points for shares, else in the unit of the indicator
	Ahead     int    // years of the back-test
	Covered   string // share of values that the band held in it
	Method    string
	Scenarios []ScenarioLine
}

// ScenarioLine is one curve with its value in the last year, or why there is none.
type ScenarioLine struct {
	Curve, Value string
	Refused      bool
	AtBound      bool
}

// forecast adds what is expected to the line of the one area; nil where the data do not allow it.
func (p *indicatorPage) forecast(v *frameView, c *chart.Lines) (*ForecastPart, error) {
	if v.last >= ahead || p.request.period.To != "" {
		return nil, nil
	}
	learnt, err := v.experience()
	if err != nil {
		return nil, err
	}
	f, err := learnt.Project(v.chosen[0].Area, ahead, 0.9, measure.Aim{Target: math.NaN()})
	if resolute.CodeOf(err) == resolute.Invalid || resolute.CodeOf(err) == resolute.NotFound {
		return nil, nil // too short, or its limits are not known
	}
	if err != nil {
		return nil, err
	}
	line := &c.Lines[0]
	for _, e := range f.Expected {
		line.Ahead = append(line.Ahead, chart.Point{Year: e.Year, Value: float64(e.Value)})
		if e.Low.String() != "" {
			line.Band = append(line.Band, chart.Band{Year: e.Year, Low: float64(e.Low), High: float64(e.High)})
		}
	}
	if len(line.Band) < len(line.Ahead) {
		line.Band = nil
	}
	c.To = ahead
	end := f.Expected[len(f.Expected)-1]
	out := &ForecastPart{Year: strconv.Itoa(end.Year), Value: v.figure(float64(end.Value)), Low: v.figure(float64(end.Low)), High: v.figure(float64(end.High)), Banded: end.Low.String() != "", Method: f.Method}
	if b := f.Backtest; b != nil {
		out.Error, out.Ahead = v.figure(float64(b.MAE)), b.To-b.From
		out.Covered = p.Decimal(100*float64(b.Coverage), 0)
	}
	if f.Scale != projection.Logit {
		return out, nil // the curves are for shares
	}
	for _, s := range f.Scenarios {
		out.Scenarios = append(out.Scenarios, ScenarioLine{Curve: p.T("indicator.curve." + s.Curve), Value: p.Decimal(float64(s.Value), 1), Refused: s.Refused != "", AtBound: s.AtBound})
	}
	return out, nil
}

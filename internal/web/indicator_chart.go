package web

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"strconv"

	"resolute/internal/measure"
	"resolute/internal/measure/dispersion"
	"resolute/internal/web/chart"
)

// IndicatorChart is the chart of lines with its words.
type IndicatorChart struct {
	SVG       template.HTML
	Estimates bool
	Ahead     bool
	Banded    bool
	Gaps      bool
	Groups    bool
	Middle    bool // it shows the middle of all economies
	Counted   bool // its rows tell how many economies report
	Names     []string
	Rows      []ChartRow // the same as a table

	drawing chart.Lines
}

// ChartRow is one year of the chart.
type ChartRow struct {
	Year  string
	Areas string // that report; empty: the chart is of areas
	Cells []ValueCell
}

// chart draws what is compared, with the middle of all economies beside it; without a choice the middle
// half and the tenths at both ends, so that the whole is seen first.
func (p *indicatorPage) chart(v *frameView) *IndicatorChart {
	out := &IndicatorChart{}
	c := chart.Lines{ID: "c1", Title: p.Heading, From: v.first, To: v.last, Label: v.axis}
	for _, one := range v.compared {
		line := chart.Line{Name: one.label(), Full: one.told(), Wide: one.group()}
		for _, point := range one.series.Points {
			line.Points = append(line.Points, chart.Point{Year: point.Year, Value: point.Value, Open: point.Estimated})
			out.Estimates = out.Estimates || point.Estimated
		}
		out.Gaps, out.Groups = out.Gaps || broken(line.Points), out.Groups || line.Wide
		c.Lines = append(c.Lines, line)
	}
	if p.Forecast != nil {
		p.Forecast.draw(&c)
		out.Ahead, out.Banded = true, p.Forecast.Banded
	}
	c.Lines = append(c.Lines, v.spread()...)
	out.Middle = len(c.Lines) > len(v.compared)
	c.Description = p.describe(c)
	c.Min, c.Max, _ = chart.Steps(extremes(c))
	if p.Percent && c.Max > 60 {
		c.Min, c.Max = 0, max(100, c.Max)
	}
	out.SVG, out.drawing = c.SVG(), c
	out.fillRows(v)
	return out
}

// spread are the lines of all economies: the middle beside what is compared while there is room for it,
// and without a choice the tenths at both ends as well.
func (v *frameView) spread() []chart.Line {
	switch n := len(v.compared); {
	case n == 0:
		return []chart.Line{v.percentile(v.T("indicator.p90"), 90), v.percentile(v.T("indicator.middle"), 50), v.percentile(v.T("indicator.p10"), 10)}
	case n < mostCompared:
		middle := v.percentile(v.T("indicator.middle"), 50)
		middle.Group = true
		return []chart.Line{middle}
	}
	return nil
}

// fillRows writes the lines as a table: what is drawn, and nothing else.
func (c *IndicatorChart) fillRows(v *frameView) {
	for _, l := range c.drawing.Lines {
		c.Names = append(c.Names, cmp.Or(l.Full, l.Name))
	}
	for year := c.drawing.From; year <= c.drawing.To && year > 0; year++ {
		row, held := ChartRow{Year: strconv.Itoa(year)}, false
		for _, l := range c.drawing.Lines {
			cell := v.cellOf(l, year)
			row.Cells, held = append(row.Cells, cell), held || cell.Text != ""
		}
		if held {
			c.Rows = append(c.Rows, row)
		}
	}
}

// cellOf is what a line shows of a year.
func (v *frameView) cellOf(l chart.Line, year int) ValueCell {
	for _, point := range l.Points {
		if point.Year == year {
			return ValueCell{Text: v.figure(point.Value), Estimated: point.Open}
		}
	}
	for i, point := range l.Ahead {
		if point.Year != year {
			continue
		}
		cell := ValueCell{Text: v.figure(point.Value), Ahead: true}
		if len(l.Band) > 0 {
			cell.Band = v.figure(l.Band[i].Low) + "–" + v.figure(l.Band[i].High)
		}
		return cell
	}
	return ValueCell{}
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
			parts = append(parts, p.T("indicator.from_to", "name", cmp.Or(l.Full, l.Name), "a", p.Decimal(l.Points[0].Value, 1), "from", strconv.Itoa(l.Points[0].Year),
				"b", p.Decimal(l.Points[n-1].Value, 1), "to", strconv.Itoa(l.Points[n-1].Year)))
		}
	}
	return p.List(parts)
}

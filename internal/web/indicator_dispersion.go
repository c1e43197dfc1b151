package web

import (
	"math"
	"slices"
	"strconv"

	"resolute/internal/measure"
	"resolute/internal/web/chart"
)

// dispersed is how far apart economies are in each full year: those that have a value in all of these
// years, and all that report.
type dispersed struct {
	same, all measure.Divide
}

// leastPanel is how many economies must have a value in each year to be compared over time.
const leastPanel = 5

func (v *frameView) dispersed(weights *measure.Frame) (d dispersed, err error) {
	years := v.frame.FullYears()
	if d.same, err = measure.MeasureDivide(v.frame, v.catalogue, measure.DivideQuery{Years: years, Balanced: true, Weights: weights}); err != nil {
		return d, err
	}
	d.all, err = measure.MeasureDivide(v.frame, v.catalogue, measure.DivideQuery{Years: years, Weights: weights})
	return d, err
}

// panel is how many economies have a value in each year.
func (d dispersed) panel() int {
	if len(d.same.Years) == 0 {
		return 0
	}
	return d.same.Years[0].Areas
}

// threeYears are the first, the middle and the last year of the same economies; where these are too few to be
// compared over time, of those that have a value in three years.
func (d dispersed) threeYears(v *frameView, weights *measure.Frame) (measure.Divide, error) {
	if d.panel() < leastPanel {
		return measure.MeasureDivide(v.frame, v.catalogue, measure.DivideQuery{Balanced: true, Weights: weights})
	}
	three, last := d.same, len(d.same.Years)-1
	three.Years = nil
	for _, i := range slices.Compact([]int{0, last / 2, last}) {
		three.Years = append(three.Years, d.same.Years[i])
	}
	return three, nil
}

// reporting are the fewest and the most economies that report in a year.
func (d dispersed) reporting() (fewest, most int) {
	for i, y := range d.all.Years {
		if i == 0 {
			fewest = y.Areas
		}
		fewest, most = min(fewest, y.Areas), max(most, y.Areas)
	}
	return fewest, most
}

// drawDispersion draws Gini over time, and warns where the economies are not the same.
func (p *indicatorPage) drawDispersion(v *frameView, out *DividePart) {
	d := out.overTime
	if len(d.all.Years) == 0 {
		return
	}
	from, to := d.all.Years[0].Year, d.all.Years[len(d.all.Years)-1].Year
	c := chart.Lines{ID: "d1", Title: p.Heading + p.Colon() + p.T("indicator.divide_title"), From: from, To: to}
	line := func(key string, years []measure.DivideYear, of func(measure.DivideYear) measure.Number) chart.Line {
		l := chart.Line{Name: p.T("indicator.line." + key), Full: p.T("indicator.measure." + key)}
		for _, y := range years {
			if value := float64(of(y)); !math.IsNaN(value) {
				l.Points = append(l.Points, chart.Point{Year: y.Year, Value: value})
			}
		}
		return l
	}
	gini := func(y measure.DivideYear) measure.Number { return y.Unweighted.Gini }
	if d.panel() >= leastPanel {
		c.Lines = append(c.Lines, line("gini", d.same.Years, gini))
		if p.Percent {
			c.Lines = append(c.Lines, line("gini_left_out", d.same.Years, complementGini))
		}
		if d.same.Years[0].Weighted != nil {
			c.Lines = append(c.Lines, line("gini_weighted", d.same.Years, weightedGini))
		}
	}
	every := line("gini_all", d.all.Years, gini)
	every.Group = true
	c.Lines = append(c.Lines, every)
	c.Description = p.describe(c)
	step := 0.0
	c.Min, c.Max, step = chart.Steps(extremes(c))
	c.Label = func(value float64) string { return p.Decimal(value, decimalsOfStep(step)) }
	out.Chart = &IndicatorChart{SVG: c.SVG(), drawing: c}
	out.Chart.fillDispersion(p, d)
	out.Warning = p.panelWords(d, from, to)
}

// decimalsOfStep is how many decimals tell the steps of an axis apart.
func decimalsOfStep(step float64) int {
	return max(0, int(math.Ceil(-math.Log10(step)-1e-9)))
}

// panelWords say of which economies the lines are.
func (p *indicatorPage) panelWords(d dispersed, from, to int) string {
	fewest, most := d.reporting()
	first, last := strconv.Itoa(from), strconv.Itoa(to)
	switch {
	case d.panel() < leastPanel:
		return p.T("indicator.panel_too_small", "n", d.panel(), "least", leastPanel, "fewest", fewest, "most", most)
	case len(d.all.Warnings) > 0:
		return p.T("indicator.panel_warning", "n", d.panel(), "from", first, "to", last, "fewest", fewest, "most", most)
	}
	return p.T("indicator.panel_same", "n", d.panel(), "from", first, "to", last)
}

// fillDispersion writes the lines as a table, with how many economies report in each year.
func (c *IndicatorChart) fillDispersion(p *indicatorPage, d dispersed) {
	c.Counted = true
	for _, l := range c.drawing.Lines {
		c.Names = append(c.Names, l.Full)
	}
	for _, y := range d.all.Years {
		row := ChartRow{Year: strconv.Itoa(y.Year), Areas: p.Count(y.Areas)}
		for _, l := range c.drawing.Lines {
			cell := ValueCell{}
			for _, point := range l.Points {
				if point.Year == y.Year {
					cell.Text = p.Decimal(point.Value, 3)
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		c.Rows = append(c.Rows, row)
	}
}

// rows gives every measure of every year.
func (d dispersed) rows(row func(of string, year int, name string, value measure.Number) []string) {
	add := func(of string, years []measure.DivideYear) {
		for _, y := range years {
			for _, one := range measuresOf(y) {
				cells := row(of, y.Year, one.name, one.value)
				set(cells, divideColumns, "areas_used", strconv.Itoa(y.Areas))
				set(cells, divideColumns, "areas_of", strconv.Itoa(y.Aggregate.Of))
				set(cells, divideColumns, "estimated", strconv.Itoa(y.Estimated))
			}
		}
	}
	add("same economies", d.same.Years)
	add("all that report", d.all.Years)
}

// named is a measure with the name that files give it.
type named struct {
	name  string
	value measure.Number
}

func measuresOf(y measure.DivideYear) []named {
	list := []named{{"p10", y.Percentile.P10}, {"p25", y.Percentile.P25}, {"p50", y.Percentile.P50}, {"p75", y.Percentile.P75}, {"p90", y.Percentile.P90}, {"p90_by_p10", y.Ratio}}
	for _, of := range []struct {
		suffix string
		d      *measure.Dispersion
	}{{"", &y.Unweighted}, {"_weighted", y.Weighted}, {"_left_out", y.Complement}} {
		if of.d != nil {
			list = append(list, named{"mean" + of.suffix, of.d.Mean}, named{"sd_population" + of.suffix, of.d.SD}, named{"cv" + of.suffix, of.d.CV}, named{"gini" + of.suffix, of.d.Gini},
				named{"theil_T" + of.suffix, of.d.TheilT}, named{"theil_L" + of.suffix, of.d.TheilL}, named{"atkinson_0_5" + of.suffix, of.d.Atkinson})
		}
	}
	return list
}

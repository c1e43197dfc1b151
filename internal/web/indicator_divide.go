package web

import (
	"slices"
	"strconv"

	"resolute"
	"resolute/internal/measure"
	"resolute/internal/measure/projection"
)

// DividePart is how far apart economies are, in the first year, one in the middle and the last full one.
type DividePart struct {
	Years    []string
	Rows     []DivideRow
	Balanced int // economies that have all the years
	Groups   []DivideRow
	Pair     *PairPart
	Aside    []string
}

// DivideRow is one measure by year.
type DivideRow struct {
	Name   string
	Values []string // empty: not defined, or too few
	Rests  string   // on how many economies
}

// PairPart compares the two areas that are chosen.
type PairPart struct {
	Leader, Laggard Passage
	Year            string
	Gap, Ratio      string
	Distance        string
	AtLeast, Never  bool
	CatchUp         string // years; empty: never at this pace
}

// groupsOfDivide are set beside all economies.
var groupsOfDivide = []string{"LDC", "LLDC", "SIDS"}

func (p *indicatorPage) divide(v *frameView) (*DividePart, error) {
	q := measure.DivideQuery{Balanced: true}
	if len(v.chosen) == 2 {
		q.Between = [2]string{v.chosen[0].Area, v.chosen[1].Area}
	}
	d, err := measure.MeasureDivide(v.frame, v.catalogue, q)
	if resolute.CodeOf(err) == resolute.NotFound { // the two have no year in common
		q.Between = [2]string{}
		d, err = measure.MeasureDivide(v.frame, v.catalogue, q)
	}
	if err != nil || len(d.Years) == 0 { // the page says that the period has no values
		return nil, err
	}
	out := &DividePart{Aside: d.Aside[:min(len(d.Aside), mostNotes)]}
	years := make([]int, len(d.Years))
	for i, y := range d.Years {
		years[i], out.Balanced = y.Year, y.Areas
		out.Years = append(out.Years, strconv.Itoa(y.Year))
	}
	out.Rows = p.measures(d, v)
	for _, group := range groupsOfDivide {
		g, err := measure.MeasureDivide(v.frame, v.catalogue, measure.DivideQuery{Years: years, Group: group})
		if err != nil {
			return nil, err
		}
		out.Groups = append(out.Groups, p.groupRow(group, g, v))
	}
	if d.Pair != nil {
		out.Pair = p.pair(d.Pair, v)
	}
	return out, nil
}

func (p *indicatorPage) measures(d measure.Divide, v *frameView) (rows []DivideRow) {
	add := func(key string, of func(measure.DivideYear) string) {
		row := DivideRow{Name: p.T("indicator.measure." + key)}
		for _, y := range d.Years {
			row.Values = append(row.Values, of(y))
		}
		rows = append(rows, row)
	}
	figure := func(of func(measure.DivideYear) measure.Number) func(measure.DivideYear) string {
		return func(y measure.DivideYear) string { return v.figure(float64(of(y))) }
	}
	ratio := func(of func(measure.DivideYear) measure.Number) func(measure.DivideYear) string {
		return func(y measure.DivideYear) string { return p.Decimal(float64(of(y)), 3) }
	}
	add("mean", figure(func(y measure.DivideYear) measure.Number { return y.Unweighted.Mean }))
	add("p10", figure(func(y measure.DivideYear) measure.Number { return y.Percentile.P10 }))
	add("p50", figure(func(y measure.DivideYear) measure.Number { return y.Percentile.P50 }))
	add("p90", figure(func(y measure.DivideYear) measure.Number { return y.Percentile.P90 }))
	add("gini", ratio(func(y measure.DivideYear) measure.Number { return y.Unweighted.Gini }))
	if p.Percent {
		add("gini_left_out", ratio(func(y measure.DivideYear) measure.Number { return complementGini(y) }))
	}
	add("theil", ratio(func(y measure.DivideYear) measure.Number { return y.Unweighted.TheilT }))
	add("cv", ratio(func(y measure.DivideYear) measure.Number { return y.Unweighted.CV }))
	return rows
}

func complementGini(y measure.DivideYear) measure.Number {
	if y.Complement == nil {
		return measure.None
	}
	return y.Complement.Gini
}

func (p *indicatorPage) groupRow(group string, d measure.Divide, v *frameView) DivideRow {
	g, _ := v.catalogue.Group(group)
	row := DivideRow{Name: p.In(g.Name).Text}
	for _, y := range d.Years {
		row.Values = append(row.Values, v.figure(float64(y.Aggregate.Value)))
	}
	if last := d.Years[len(d.Years)-1].Aggregate; last != nil {
		row.Rests = p.T("indicator.rests_on", "used", last.Used, "of", last.Of)
	}
	return row
}

func (p *indicatorPage) pair(of *measure.Pair, v *frameView) *PairPart {
	named := func(code string) Passage {
		i := slices.IndexFunc(v.frame.Areas, func(a measure.AreaSeries) bool { return a.Area == code })
		return v.name(v.frame.Areas[i])
	}
	caught := of.CatchUpYears
	if of.Scale == projection.Log { // a price that falls by a share of itself each year is never nothing
		caught = of.CatchUpBend
	}
	return &PairPart{Leader: named(of.Leader), Laggard: named(of.Laggard), Year: strconv.Itoa(of.Year), Gap: v.figure(float64(of.Absolute)), Ratio: p.Decimal(float64(of.Ratio), 2),
		Distance: p.Decimal(float64(of.TimeDistance), 1), AtLeast: of.TimeState == "left_censored", Never: of.TimeState == "not_reached", CatchUp: p.Decimal(float64(caught), 1)}
}

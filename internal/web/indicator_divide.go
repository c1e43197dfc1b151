package web

import (
	"context"
	"maps"
	"math"
	"slices"
	"strconv"

	"resolute"
	"resolute/internal/measure"
	"resolute/internal/measure/projection"
)

// DividePart is how far apart economies are: over time, in the first year, one in the middle and the
// last full one, between groups, and between two that are compared.
type DividePart struct {
	Chart      *IndicatorChart // of dispersion; nil: no full years
	Warning    string          // on the economies behind the chart
	Years      []string
	Rows       []DivideRow
	Balanced   int // economies that have all the years
	Groups     []DivideRow
	Rule       string // by which groups have one figure
	Pair       *PairPart
	Statements []Statement
	Aside      []string

	overTime dispersed
	figures  map[string][]measure.GroupFigure
}

// DivideRow is one measure by year.
type DivideRow struct {
	Name    string
	Values  []string // empty: not defined, or too few
	Verdict string   // closer or wider since the first year; empty: it says nothing of that
	Rests   []string // on how many economies
}

// groupsOfDivide are set beside each other where the reader compares no groups.
var groupsOfDivide = []string{measure.World, "LDC", "LLDC", "SIDS"}

func (s *Site) divide(ctx context.Context, r *request, p *indicatorPage, v *frameView) (*DividePart, error) {
	weights, err := s.Measure.WeightsOf(ctx, v.frame, r.head.Seq)
	if err != nil {
		return nil, err
	}
	out := &DividePart{}
	out.overTime, err = v.dispersed(weights)
	if resolute.CodeOf(err) == resolute.Invalid {
		r.notices = append(r.notices, p.T("indicator.no_group"))
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	d, err := out.overTime.threeYears(v, weights)
	if err != nil || len(d.Years) == 0 { // the page says that the period has no values
		return nil, err
	}
	out.Aside = d.Aside[:min(len(d.Aside), mostNotes)]
	for _, y := range d.Years {
		out.Balanced = y.Areas
		out.Years = append(out.Years, strconv.Itoa(y.Year))
	}
	out.Rows = p.measures(d, v)
	p.drawDispersion(v, out)
	if err := s.fillDivideGroups(ctx, r, p, v, out, d); err != nil {
		return nil, err
	}
	p.fillPair(v, out)
	p.fillStatements(v, out)
	return out, nil
}

// measures are the rows of measures, each with its verdict: they need not agree, and all stand.
func (p *indicatorPage) measures(d measure.Divide, v *frameView) (rows []DivideRow) {
	add := func(key string, apart bool, of func(measure.DivideYear) measure.Number, write func(float64) string) {
		row := DivideRow{Name: p.T("indicator.measure." + key)}
		for _, y := range d.Years {
			row.Values = append(row.Values, write(float64(of(y))))
		}
		if apart {
			row.Verdict = p.nearer(float64(of(d.Years[0])), float64(of(d.Years[len(d.Years)-1])))
		}
		rows = append(rows, row)
	}
	ratio := func(value float64) string { return p.Decimal(value, 3) }
	add("mean", false, func(y measure.DivideYear) measure.Number { return y.Unweighted.Mean }, v.figure)
	add("p10", false, func(y measure.DivideYear) measure.Number { return y.Percentile.P10 }, v.figure)
	add("p50", false, func(y measure.DivideYear) measure.Number { return y.Percentile.P50 }, v.figure)
	add("p90", false, func(y measure.DivideYear) measure.Number { return y.Percentile.P90 }, v.figure)
	add("range", true, func(y measure.DivideYear) measure.Number { return y.Percentile.P90 - y.Percentile.P10 }, v.figure)
	add("ratio", true, func(y measure.DivideYear) measure.Number { return y.Ratio }, ratio)
	add("gini", true, func(y measure.DivideYear) measure.Number { return y.Unweighted.Gini }, ratio)
	if p.Percent {
		add("gini_left_out", true, complementGini, ratio)
	}
	if d.Years[0].Weighted != nil {
		add("gini_weighted", true, weightedGini, ratio)
	}
	add("theil", true, func(y measure.DivideYear) measure.Number { return y.Unweighted.TheilT }, ratio)
	add("cv", true, func(y measure.DivideYear) measure.Number { return y.Unweighted.CV }, ratio)
	return rows
}

// nearer tells whether a measure of distance grew; empty where it is not defined.
func (p *indicatorPage) nearer(first, last float64) string {
	switch {
	case math.IsNaN(first) || math.IsNaN(last):
		return ""
	case last < first:
		return p.T("indicator.closer")
	case last > first:
		return p.T("indicator.wider")
	}
	return p.T("indicator.as_far")
}

func complementGini(y measure.DivideYear) measure.Number {
	if y.Complement == nil {
		return measure.None
	}
	return y.Complement.Gini
}

func weightedGini(y measure.DivideYear) measure.Number {
	if y.Weighted == nil {
		return measure.None
	}
	return y.Weighted.Gini
}

// fillDivideGroups adds the figures of the groups that are compared, else of the usual ones.
func (s *Site) fillDivideGroups(ctx context.Context, r *request, p *indicatorPage, v *frameView, out *DividePart, d measure.Divide) error {
	var keys []string
	for _, one := range v.compared {
		if one.group() {
			keys = append(keys, one.code)
		}
	}
	if len(keys) == 0 {
		keys = groupsOfDivide
	}
	figures, err := s.groupFigures(ctx, r, v, keys)
	if err != nil {
		return err
	}
	out.figures = figures
	for _, key := range keys {
		row := DivideRow{Name: compared{code: key, name: v.groupName(key)}.told()}
		for _, y := range d.Years {
			f, _ := figureOfYear(figures[key], y.Year)
			text := ""
			if f.Sufficient {
				text = v.figure(float64(f.Value))
			}
			row.Values = append(row.Values, text)
		}
		if f, ok := figureOfYear(figures[key], d.Years[len(d.Years)-1].Year); ok {
			row.Rests, out.Rule = p.restsOf(f)[1:], p.ruleOf(f)
		}
		out.Groups = append(out.Groups, row)
	}
	return nil
}

// PairPart compares two countries or groups.
type PairPart struct {
	Leader, Laggard Passage
	Year            string
	Gap, Ratio      string
	Distance        string
	AtLeast, Never  bool
	CatchUp         string // years; empty: never at this pace
	Usual           bool   // the reader chose none: the least developed countries and the world

	pair             measure.Pair
	leading, lagging compared
}

// fillPair compares the two that are chosen, else the least developed countries with the world.
func (p *indicatorPage) fillPair(v *frameView, out *DividePart) {
	two, usual := v.compared, false
	if len(two) != 2 {
		two, usual = nil, true
		for _, key := range []string{"LDC", measure.World} {
			two = append(two, compared{param: "group", code: key, name: v.groupName(key), series: measure.SeriesOfGroup(key, out.figures[key]), figures: out.figures[key]})
		}
	}
	pair, ok := v.frame.Compare(two[0].series, two[1].series, 0)
	if !ok {
		return
	}
	part := &PairPart{pair: pair, leading: two[0], lagging: two[1], Usual: usual}
	if pair.Leader != two[0].series.Area {
		part.leading, part.lagging = two[1], two[0]
	}
	part.Leader, part.Laggard, part.Year = part.leading.name, part.lagging.name, strconv.Itoa(pair.Year)
	part.Gap, part.Ratio = v.figure(float64(pair.Absolute)), p.Decimal(float64(pair.Ratio), 2)
	caught := pair.CatchUpYears
	if pair.Scale == projection.Log { // a price that falls by a share of itself each year is never nothing
		caught = pair.CatchUpBend
	}
	part.Distance, part.CatchUp = p.Decimal(float64(pair.TimeDistance), 1), p.Decimal(float64(caught), 1)
	part.AtLeast, part.Never = pair.TimeState == "left_censored", pair.TimeState == "not_reached"
	out.Pair = part
}

// divideColumns are those of the rows of the view.
var divideColumns = columnsOf("dataflow indicator dims of year measure value areas_used areas_of estimated coverage share_estimated rule weighed_by members_on",
	"year", "value", "areas_used", "areas_of", "estimated", "coverage", "share_estimated")

// divideRows are the measures of each year, of the same economies and of all that report; the figures of
// groups; and the two that are compared.
func (p *indicatorPage) divideRows(v *frameView) fileTable {
	t := fileTable{columns: divideColumns}
	if p.Divide == nil {
		return t
	}
	row := func(of string, year int, name string, value measure.Number) []string {
		cells := make([]string, len(divideColumns))
		copy(cells, []string{v.frame.Dataflow, v.frame.Indicator, v.dimsText(), of, strconv.Itoa(year), name, numberText(value)})
		t.rows = append(t.rows, cells)
		return cells
	}
	p.Divide.overTime.rows(row)
	for _, key := range slices.Sorted(maps.Keys(p.Divide.figures)) {
		for _, f := range p.Divide.figures[key] {
			cells := row(key, f.Year, "aggregate", onlySufficient(f))
			for name, value := range map[string]string{"areas_used": strconv.Itoa(f.Areas), "areas_of": strconv.Itoa(f.Of), "coverage": numberText(f.Coverage),
				"share_estimated": numberText(f.Estimated), "rule": f.Rule, "weighed_by": f.WeighedBy, "members_on": f.Members} {
				set(cells, divideColumns, name, value)
			}
		}
	}
	if part := p.Divide.Pair; part != nil {
		of, pair := part.lagging.code+" / "+part.leading.code, part.pair
		row(of, pair.Year, "absolute_gap", pair.Absolute)
		row(of, pair.Year, "ratio_b_over_a", pair.Ratio)
		row(of, pair.Year, "relative_gap_of_a", pair.Relative)
		row(of, pair.Year, "time_distance_years", pair.TimeDistance)
		row(of, pair.Year, "catch_up_years", pair.CatchUpYears)
	}
	return t
}

func onlySufficient(f measure.GroupFigure) measure.Number {
	if !f.Sufficient {
		return measure.None
	}
	return f.Value
}

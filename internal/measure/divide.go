package measure

import (
	"fmt"
	"math"
	"slices"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/measure/dispersion"
	"resolute/internal/measure/divide"
)

// DivideQuery asks how an indicator is spread over areas.
type DivideQuery struct {
	Years    []int  // in order; none: the first, a middle and the last full year
	Balanced bool   // only areas that have a value in each of the years
	Weights  *Frame // such as population, joined by area; nil: each area the same
	Group    string // of which areas; empty: all countries
	Between  [2]string
	Least    float64 // share of the weight that a group must have; 0 stands for divide.Enough
}

// DivideYear is the spread of one year.
type DivideYear struct {
	Year       int         `json:"year"`
	Areas      int         `json:"areas"`
	Estimated  int         `json:"estimated"` // of the areas, values that are somebody's estimate
	Unweighted Dispersion  `json:"unweighted"`
	Weighted   *Dispersion `json:"weighted,omitempty"`   // of the areas that have a weight of this year
	Complement *Dispersion `json:"complement,omitempty"` // of those who are left out; indicators in percent only
	Percentile Percentiles `json:"percentiles_type7_unweighted"`
	Ratio      Number      `json:"p90_by_p10"`
	Aggregate  *Aggregate  `json:"aggregate"`
}

// Aggregate is one figure for all the areas, with what it rests on.
type Aggregate struct {
	Rule       string `json:"rule"`
	Value      Number `json:"value"` // null: insufficient
	Used       int    `json:"areas_used"`
	Of         int    `json:"areas_of"`
	Coverage   Number `json:"coverage"`
	Estimated  Number `json:"share_estimated"`
	Sufficient bool   `json:"sufficient"`
}

// Divide is the answer to a DivideQuery.
type Divide struct {
	Indicator string       `json:"indicator"`
	Name      string       `json:"name"`
	Unit      string       `json:"unit"`
	Group     string       `json:"group"`
	Balanced  bool         `json:"balanced"`
	Years     []DivideYear `json:"years"`
	Aside     []string     `json:"areas_aside"` // of the source, that are no economies: regions, the world, names without a code
	Warnings  []string     `json:"warnings"`
	Pair      *Pair        `json:"between,omitempty"`
}

// Pair compares two areas.
type Pair struct {
	Leader       string `json:"leader"`
	Laggard      string `json:"laggard"`
	Year         int    `json:"year"` // the last in which both have a value
	LeaderValue  Number `json:"leader_value"`
	LaggardValue Number `json:"laggard_value"`
	Absolute     Number `json:"absolute_gap_pp"`
	Ratio        Number `json:"ratio_b_over_a"`
	Relative     Number `json:"relative_gap_of_a"`
	Offline      Number `json:"offline_ratio"`
	TimeDistance Number `json:"time_distance_years"`
	LeaderTime   Number `json:"leader_time"`
	TimeState    string `json:"time_state"`
	CatchUpYears Number `json:"catch_up_years"` // null: never at this pace
	CatchUpBasis string `json:"catch_up_basis"`
}

// MeasureDivide measures how an indicator is spread over the areas of a group, year by year. An
// unknown group or area is an Error with code Usage or NotFound.
func MeasureDivide(f Frame, c *framework.Catalogue, q DivideQuery) (Divide, error) {
	if _, ok := c.Group(q.Group); q.Group != "" && !ok {
		return Divide{}, &resolute.Error{Code: resolute.Usage, Field: "group", Message: fmt.Sprintf("unknown group %q: want LDC, LLDC, SIDS or another group of the reference tables", q.Group)}
	}
	if len(q.Years) == 0 {
		q.Years = f.threeYears()
	}
	slices.Sort(q.Years)
	d := Divide{Indicator: f.Indicator, Name: f.Name, Unit: f.Unit, Group: q.Group, Balanced: q.Balanced, Years: []DivideYear{}, Aside: []string{}, Warnings: []string{}}
	for _, a := range f.Areas {
		if !Economy(c, a.Area) {
			d.Aside = append(d.Aside, a.Area)
		}
	}
	percent := percentages(f) == nil && f.Unit == "%"
	var panels [][]string
	for _, year := range q.Years {
		members := f.members(c, q, year)
		if q.Balanced {
			members = slices.DeleteFunc(members, func(m member) bool { return !m.inAll(q.Years) })
		}
		y, panel := measureYear(year, members, q, percent)
		d.Years, panels = append(d.Years, y), append(panels, panel)
	}
	for i := 1; i < len(panels); i++ {
		if !slices.Equal(panels[i], panels[0]) {
			d.Warnings = append(d.Warnings, fmt.Sprintf("the areas of %d (%d) are not those of %d (%d): compare a balanced panel", q.Years[i], len(panels[i]), q.Years[0], len(panels[0])))
		}
	}
	if q.Between[0] != "" {
		pair, err := f.compare(q.Between[0], q.Between[1])
		if err != nil {
			return Divide{}, err
		}
		d.Pair = &pair
	}
	return d, nil
}

// threeYears are the first year, one in the middle and the last full one.
func (f Frame) threeYears() []int {
	first, last := math.MaxInt, f.LastFullYear()
	for _, a := range f.Areas {
		if len(a.Points) > 0 {
			first = min(first, a.Points[0].Year)
		}
	}
	return slices.Compact([]int{min(first, last), min(first, last) + (last-min(first, last))/2, last})
}

// member is an area that takes part, with its value of the year at hand.
type member struct {
	series    AreaSeries
	value     float64 // NaN: none
	estimated bool
	weight    float64
}

func (m member) inAll(years []int) bool {
	return !slices.ContainsFunc(years, func(year int) bool { _, ok := m.series.At(year); return !ok })
}

// At gives the value of a year.
func (a AreaSeries) At(year int) (Point, bool) {
	i := slices.IndexFunc(a.Points, func(p Point) bool { return p.Year == year })
	if i < 0 {
		return Point{}, false
	}
	return a.Points[i], true
}

// members are the economies of the group on the last day of the year; rows of regions and of the
// world are no areas among others.
func (f Frame) members(c *framework.Catalogue, q DivideQuery, year int) (list []member) {
	for _, a := range f.Areas {
		country, known := c.Country(a.Area)
		if q.Group == "" && !Economy(c, a.Area) || q.Group != "" && (!known || c.Membership(q.Group, country.ISO3, fmt.Sprintf("%04d-12-31", year)) != framework.Member) {
			continue
		}
		m := member{series: a, value: math.NaN(), weight: math.NaN()}
		if p, ok := a.At(year); ok {
			m.value, m.estimated = p.Value, p.Estimated
		}
		if q.Weights != nil {
			m.weight = q.Weights.weightOf(a.Area, country, year)
		}
		list = append(list, m)
	}
	return list
}

// weightOf finds the weight of an area in the same year, whichever of its codes the frame uses.
func (f *Frame) weightOf(area string, country framework.Country, year int) float64 {
	for _, code := range []string{area, country.ISO3, country.ISO2, country.M49} {
		if a, ok := f.area(code); ok {
			if p, ok := a.At(year); ok {
				return p.Value
			}
		}
	}
	return math.NaN()
}

func measureYear(year int, members []member, q DivideQuery, percent bool) (y DivideYear, panel []string) {
	y = DivideYear{Year: year, Ratio: Number(math.NaN()), Unweighted: dispersionOf(notMeasured)}
	rule := divide.PlainMean
	if q.Weights != nil {
		rule = divide.WeightedMean
	}
	var values, weighed, weights []float64
	var parts []divide.Member
	for _, m := range members {
		parts = append(parts, divide.Member{Value: m.value, Weight: m.weight, Estimated: m.estimated})
		if math.IsNaN(m.value) {
			continue
		}
		panel, values = append(panel, m.series.Area), append(values, m.value)
		if m.estimated {
			y.Estimated++
		}
		if m.weight >= 0 {
			weighed, weights = append(weighed, m.value), append(weights, m.weight)
		}
	}
	y.Areas, y.Aggregate = len(values), aggregateOf(divide.Of(rule, parts, leastOf(q)))
	if plain, err := dispersion.Of(values, nil); err == nil {
		y.Unweighted = dispersionOf(plain)
	}
	y.Percentile = percentilesOf(values)
	if p10 := float64(y.Percentile.P10); p10 > 0 {
		y.Ratio = y.Percentile.P90 / y.Percentile.P10
	}
	if byWeight, err := dispersion.Of(weighed, weights); err == nil && q.Weights != nil {
		w := dispersionOf(byWeight)
		y.Weighted = &w
	}
	if left, err := dispersion.Of(dispersion.Complement(values, 100), nil); err == nil && percent {
		l := dispersionOf(left)
		y.Complement = &l
	}
	return y, panel
}

var notMeasured = dispersion.Measures{Mean: math.NaN(), SDPopulation: math.NaN(), CV: math.NaN(), Gini: math.NaN(), TheilT: math.NaN(), TheilL: math.NaN(), Atkinson: math.NaN()}

func leastOf(q DivideQuery) float64 {
	if q.Least > 0 {
		return q.Least
	}
	return divide.Enough
}

func aggregateOf(a divide.Aggregate) *Aggregate {
	return &Aggregate{a.Rule, Number(a.Value), a.Used, a.Of, Number(a.Coverage), Number(a.Estimated), a.Sufficient}
}

func percentilesOf(values []float64) Percentiles {
	at := func(p float64) Number { return Number(dispersion.Percentile(values, p)) }
	return Percentiles{at(10), at(25), at(50), at(75), at(90)}
}

// slopePoints are the last points from which the pace of a catch-up is taken.
const slopePoints = 5

// compare compares two areas in the last year in which both have a value; the one that is ahead then
// leads.
func (f Frame) compare(one, other string) (Pair, error) {
	a, okA := f.area(one)
	b, okB := f.area(other)
	if !okA || !okB {
		return Pair{}, &resolute.Error{Code: resolute.NotFound, Field: "between", Message: fmt.Sprintf("no values of %s in both %q and %q", f.Indicator, one, other)}
	}
	for i := len(a.Points) - 1; i >= 0; i-- {
		p := a.Points[i]
		q, ok := b.At(p.Year)
		switch {
		case !ok:
			continue
		case p.Value < q.Value:
			return pairOf(b, a, q, p), nil
		}
		return pairOf(a, b, p, q), nil
	}
	return Pair{}, &resolute.Error{Code: resolute.NotFound, Field: "between", Message: fmt.Sprintf("%s and %s have no year of %s in common", one, other, f.Indicator)}
}

func pairOf(leader, laggard AreaSeries, ahead, behind Point) Pair {
	gap := divide.Between(ahead.Value, behind.Value)
	path := make([]divide.Point, len(leader.Points))
	for i, p := range leader.Points {
		path[i] = divide.Point{Year: float64(p.Year), Value: p.Value}
	}
	years, at, state := divide.TimeDistance(path, divide.Point{Year: float64(behind.Year), Value: behind.Value})
	return Pair{Leader: leader.Area, Laggard: laggard.Area, Year: behind.Year, LeaderValue: Number(ahead.Value), LaggardValue: Number(behind.Value),
		Absolute: Number(gap.Absolute), Ratio: Number(gap.Ratio), Relative: Number(gap.Relative), Offline: Number(gap.Offline),
		TimeDistance: Number(years), LeaderTime: Number(at), TimeState: state,
		CatchUpYears: Number(divide.CatchUp(ahead.Value, behind.Value, leader.slope(ahead.Year), laggard.slope(behind.Year))),
		CatchUpBasis: fmt.Sprintf("slope of the last %d values up to %d, if that pace goes on", slopePoints, behind.Year)}
}

// slope is that of the last points up to a year, in points a year.
func (a AreaSeries) slope(until int) float64 { return a.series().Slope(slopePoints, until) }

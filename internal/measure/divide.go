package measure

import (
	"fmt"
	"math"
	"slices"

	"resolute/internal/framework"
	"resolute/internal/measure/dispersion"
	"resolute/internal/measure/divide"
)

// DivideQuery asks how an indicator is spread over areas.
type DivideQuery struct {
	Years    []int    // in order; none: the first, a middle and the last full year
	Balanced bool     // only areas that have a value in each of the years
	Weights  *Frame   // such as population, joined by area; nil: each area the same
	Group    string   // of which areas; empty: all countries
	Areas    []string // an own list of areas in place of a group
	Rule     string   // of divide.Rules, by which the areas get one figure; empty: that of the indicator
	Between  [2]string
	Way      int     // for Between, 1: more is better, -1: less is better; 0: what the catalogue says
	Least    float64 // share that must be covered for one figure of the areas; 0: the usual one of the rule
}

// group is that of whose members the answer is.
func (q DivideQuery) group() string {
	switch {
	case len(q.Areas) > 0:
		return OwnAreas
	case q.Group == "":
		return World
	}
	return q.Group
}

// DivideYear is the spread of one year.
type DivideYear struct {
	Year       int         `json:"year"`
	Areas      int         `json:"areas"`
	Estimated  int         `json:"estimated"` // of the areas, values that are somebody's estimate
	Unweighted Dispersion  `json:"unweighted"`
	Sample     Number      `json:"gini_small_sample_n_over_n_minus_1"` // of the plain Gini
	Weighted   *Dispersion `json:"weighted,omitempty"`                 // of the areas that have a weight of this year
	Complement *Dispersion `json:"complement,omitempty"`               // of those who are left out; indicators in percent only
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
	WeighedBy  string `json:"weighed_by"` // the indicator of the weights; empty: none
	Members    string `json:"members_on"` // the day of whose members it is; empty: always the same
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

// MeasureDivide measures how an indicator is spread over the areas of a group, year by year. An
// unknown group or area is an Error with code Usage or NotFound.
func MeasureDivide(f Frame, c *framework.Catalogue, q DivideQuery) (Divide, error) {
	if _, ok := c.Group(q.Group); q.Group != "" && !ok {
		return Divide{}, unknownGroup(q.Group)
	}
	rule, err := f.rule(GroupQuery{Rule: q.Rule, Weights: q.Weights})
	if err != nil {
		return Divide{}, err
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
	percent := f.shares()
	var panels [][]string
	g := newGrouper(c)
	values := g.grid(f)
	for _, year := range q.Years {
		members, day := q.members(g, values, year)
		y, panel := measureYear(year, members, q, rule, percent)
		y.Aggregate.Members = day
		d.Years, panels = append(d.Years, y), append(panels, panel)
	}
	for i := 1; i < len(panels); i++ {
		if !slices.Equal(panels[i], panels[0]) {
			d.Warnings = append(d.Warnings, fmt.Sprintf("the areas of %d (%d) are not those of %d (%d): compare a balanced panel", q.Years[i], len(panels[i]), q.Years[0], len(panels[0])))
		}
	}
	if q.Between[0] != "" {
		pair, err := f.compare(q.Between[0], q.Between[1], q.Way)
		if err != nil {
			return Divide{}, err
		}
		d.Pair = &pair
	}
	return d, nil
}

// threeYears are the first year, the one nearest to the middle that has a value, and the last full one;
// of two as near the earlier.
func (f Frame) threeYears() []int {
	years := f.yearsOf(GroupQuery{})
	if len(years) == 0 {
		return nil
	}
	first, last := years[0], f.LastFullYear()
	far := func(year int) int { return max(2*year-first-last, first+last-2*year) }
	middle := slices.MinFunc(years, func(a, b int) int { return far(a) - far(b) })
	return slices.Compact([]int{first, middle, last})
}

// member is an area that takes part, with its value of the year at hand.
type member struct {
	divide.Member
	area string // the code of the source
}

// At gives the value of a year.
func (a AreaSeries) At(year int) (Point, bool) {
	i := slices.IndexFunc(a.Points, func(p Point) bool { return p.Year == year })
	if i < 0 {
		return Point{}, false
	}
	return a.Points[i], true
}

// members are the economies of the group, and the day of whose members they are; rows of regions and
// of the world are no areas among others. One that has no value takes part without.
func (q DivideQuery) members(g *grouper, values grid, year int) (list []member, day string) {
	w := walk{grouper: g, values: values, q: GroupQuery{Balanced: q.Balanced}, years: q.Years}
	if q.Weights != nil {
		w.weights = g.weightsOf(q.Weights)
	}
	day = g.day(q.group(), year, "")
	ids := g.membersOf(q.group(), day, g.own(q.Areas), values.reporting())
	w.fill(ids, year, nil)
	for i, part := range w.parts {
		list = append(list, member{part, values.codes[ids[i]]})
	}
	return list, day
}

func measureYear(year int, members []member, q DivideQuery, rule string, percent bool) (y DivideYear, panel []string) {
	y = DivideYear{Year: year, Ratio: None, Sample: None, Unweighted: dispersionOf(notMeasured)}
	var values, weighed, weights []float64
	var parts []divide.Member
	for _, m := range members {
		parts = append(parts, m.Member)
		if math.IsNaN(m.Value) {
			continue
		}
		panel, values = append(panel, m.area), append(values, m.Value)
		if m.Estimated {
			y.Estimated++
		}
		if m.Weight >= 0 {
			weighed, weights = append(weighed, m.Value), append(weights, m.Weight)
		}
	}
	y.Areas, y.Aggregate = len(values), aggregateOf(divide.Of(rule, parts, q.Least))
	if rule == divide.WeightedMean || rule == divide.Sum && q.Weights != nil {
		y.Aggregate.WeighedBy = q.Weights.label()
	}
	if plain, err := dispersion.Of(values, nil); err == nil {
		y.Unweighted, y.Sample = dispersionOf(plain), Number(dispersion.SmallSample(plain.Gini, len(values)))
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

var notMeasured = dispersion.Measures{Mean: math.NaN(), SDPopulation: math.NaN(), CV: math.NaN(), Gini: math.NaN(), TheilT: math.NaN(), TheilL: math.NaN(), Atkinson: math.NaN(), Atkinson1: math.NaN(), Atkinson2: math.NaN()}

func aggregateOf(a divide.Aggregate) *Aggregate {
	return &Aggregate{Rule: a.Rule, Value: Number(a.Value), Used: a.Used, Of: a.Of, Coverage: Number(a.Coverage), Estimated: Number(a.Estimated), Sufficient: a.Sufficient}
}

func percentilesOf(values []float64) Percentiles {
	at := func(p float64) Number { return Number(dispersion.Percentile(values, p)) }
	return Percentiles{at(10), at(25), at(50), at(75), at(90)}
}

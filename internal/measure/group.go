package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"resolute/internal/framework"
	"resolute/internal/measure/divide"
)

// The groups that no reference table holds.
const (
	World    = "WORLD" // the Member States of ITU, and every other economy that ever reports
	OwnAreas = "AREAS" // a list of areas that a question brings along
)

// usualGroups are those of a question that names none.
var usualGroups = []string{World, "ITU:AFR", "ITU:AMS", "ITU:ARB", "ITU:ASP", "ITU:CIS", "ITU:EUR"}

// GroupQuery asks for the figures of groups of areas. The zero value asks for the usual ones.
type GroupQuery struct {
	Groups   []string   // keys of the reference tables, World; none, and no Areas: the world and the six ITU regions
	Areas    []string   // an own list of areas, beside the groups
	Rule     string     // one of divide.Rules; empty: that of the indicator
	Weights  *Frame     // what areas are weighed by, of the same year, such as population; nil: nothing
	Years    []int      // none: every year with a value
	Balanced bool       // only areas that have a value in each of the years; without Years up to the last full one
	On       string     // day of membership; empty: the last day of each year
	Concepts *Catalogue // by which GroupAll knows what indicators measure; nil: the built-in one
	Least    float64    // share that must be covered for a figure; 0: the usual one of the rule
}

// GroupFigure is one figure of an indicator for a group of areas in a year.
type GroupFigure struct {
	Dataflow   string `json:"dataflow"`
	Indicator  string `json:"indicator"`
	Dims       string `json:"dims"`
	Group      string `json:"group"`
	Year       int    `json:"year"`
	Value      Number `json:"value"` // null: insufficient
	Rule       string `json:"rule"`
	Areas      int    `json:"areas_used"`
	Of         int    `json:"areas_of"`
	Coverage   Number `json:"coverage"` // of the weight, else of the areas
	Estimated  Number `json:"share_estimated"`
	Sufficient bool   `json:"sufficient"`
	WeighedBy  string `json:"weighed_by"` // the indicator of the weights; empty: none
	Members    string `json:"members_on"` // the day of whose members it is; empty: always the same
	Changed    bool   `json:"areas_changed"`
}

// Groups are the figures of one indicator for the groups that were asked for.
type Groups struct {
	Figures  []GroupFigure `json:"figures"` // by group as asked for, and year
	Warnings []string      `json:"warnings"`
}

// OfGroups gives each group one figure a year. Members are those of the day; a day before anything is
// known of a group, or after, has the members of the nearest day that is known. An unknown group is
// an Error with code Usage, and so is a rule without the weights it needs; a rule that makes no sense
// for the indicator is one with code Invalid, which says why.
func OfGroups(f Frame, c *framework.Catalogue, q GroupQuery) (Groups, error) {
	return newGrouper(c).of(f, q)
}

// of is OfGroups.
func (g *grouper) of(f Frame, q GroupQuery) (Groups, error) {
	groups, err := g.groups(q)
	if err != nil {
		return Groups{}, err
	}
	rule, err := f.rule(q)
	if err != nil {
		return Groups{}, err
	}
	values := g.grid(f)
	w := walk{grouper: g, q: q, values: values, years: f.yearsOf(q), own: g.own(q.Areas), reporting: values.reporting(),
		figure: GroupFigure{Dataflow: f.Dataflow, Indicator: f.Indicator, Dims: f.dimsText(), Rule: rule}}
	if q.Weights != nil && (rule == divide.WeightedMean || rule == divide.Sum) {
		w.weights, w.figure.WeighedBy = g.weightsOf(q.Weights), q.Weights.label()
	}
	out := Groups{Figures: []GroupFigure{}, Warnings: []string{}}
	for _, group := range groups {
		w.group(group, &out)
	}
	return out, nil
}

// walk goes through groups and years of one indicator.
type walk struct {
	*grouper
	q               GroupQuery
	values, weights grid
	years           []int
	own, reporting  []int
	figure          GroupFigure // what all figures share
	parts           []divide.Member
}

// group adds the figures of a group, and a warning where its areas change.
func (w *walk) group(group string, out *Groups) {
	var before, panel []int
	first, warned := len(out.Figures), false
	for n, year := range w.years {
		f := w.figure
		f.Group, f.Year, f.Members = group, year, w.day(group, year, w.q.On)
		members := w.membersOf(group, f.Members, w.own, w.reporting)
		before, panel = panel, w.fill(members, year, before[:0])
		a := divide.Of(f.Rule, w.parts, w.q.Least)
		f.Value, f.Areas, f.Of, f.Coverage, f.Estimated, f.Sufficient = Number(a.Value), a.Used, a.Of, Number(a.Coverage), Number(a.Estimated), a.Sufficient
		f.Changed = n > 0 && !slices.Equal(before, panel)
		out.Figures = append(out.Figures, f)
		if f.Changed && !warned {
			warned = true
			out.Warnings = append(out.Warnings, changing(out.Figures[first], f))
		}
	}
}

func changing(from, to GroupFigure) string {
	return fmt.Sprintf("%s of %s: the areas with a value change, from %d of %d in %d to %d of %d in %d and after: compare a balanced panel", to.Indicator, to.Group, from.Areas, from.Of, from.Year, to.Areas, to.Of, to.Year)
}

// fill takes up the members with value and weight, and gives those of them that have a value.
func (w *walk) fill(members []int, year int, panel []int) []int {
	w.parts = w.parts[:0]
	for _, id := range members {
		m := divide.Member{Value: math.NaN(), Weight: w.weights.at(id, year)}
		if v := w.values.at(id, year); !math.IsNaN(v) && (!w.q.Balanced || w.values.inAll(id, w.years)) {
			m.Value, m.Estimated = v, w.values.estimated(id, year)
			panel = append(panel, id)
		}
		w.parts = append(w.parts, m)
	}
	return panel
}

// yearsOf are the years of a question, in order.
func (f Frame) yearsOf(q GroupQuery) []int {
	years := slices.Clone(q.Years)
	if len(years) == 0 {
		last := math.MaxInt
		if q.Balanced {
			last = f.LastFullYear()
		}
		seen := map[int]bool{}
		for _, a := range f.Areas {
			for _, p := range a.Points {
				if p.Year <= last && !seen[p.Year] {
					seen[p.Year], years = true, append(years, p.Year)
				}
			}
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// label names what a frame measures.
func (f Frame) label() string { return strings.TrimSpace(f.Dataflow + " " + f.Indicator) }

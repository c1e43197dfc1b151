package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/framework"
)

// grouper knows who is a member of what, and when. It numbers areas, whichever of their codes a
// source prints, and serves any number of indicators in turn.
type grouper struct {
	catalogue *framework.Catalogue
	ids       map[string]int      // by any code; -1: no economy
	codes     []string            // of the areas by number: ISO 3166 alpha-3, else that of the source
	members   map[[2]string][]int // by group and day
	worldwide []int               // Member States of ITU
	weights   map[*Frame]grid
}

func newGrouper(c *framework.Catalogue) *grouper {
	g := &grouper{catalogue: c, ids: map[string]int{}, members: map[[2]string][]int{}, weights: map[*Frame]grid{}}
	for _, country := range c.Countries() {
		if country.ITUMember {
			g.worldwide = append(g.worldwide, g.id(country.ISO3))
		}
	}
	slices.Sort(g.worldwide)
	return g
}

// id numbers an area; -1 is a region, the world, or a name.
func (g *grouper) id(area string) int {
	if id, known := g.ids[area]; known {
		return id
	}
	id := -1
	country, there := g.catalogue.Country(area)
	switch {
	case there && area != country.ISO3:
		id = g.id(country.ISO3)
	case there || Economy(g.catalogue, area):
		id = len(g.codes)
		g.codes = append(g.codes, area)
	}
	g.ids[area] = id
	return id
}

// own numbers the areas of an own list; what no table knows is an area that has no value.
func (g *grouper) own(areas []string) (list []int) {
	for _, area := range areas {
		id := g.id(area)
		if id < 0 {
			id = len(g.codes)
			g.codes, g.ids[area] = append(g.codes, area), id
		}
		list = append(list, id)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// groups are those that are asked for, with their keys as the tables write them.
func (g *grouper) groups(q GroupQuery) ([]string, error) {
	asked := q.Groups
	if len(asked) == 0 && len(q.Areas) == 0 {
		asked = usualGroups
	}
	var list []string
	for _, key := range asked {
		group, known := g.catalogue.Group(key)
		switch {
		case strings.EqualFold(key, World):
			list = append(list, World)
		case !known:
			return nil, unknownGroup(key)
		default:
			list = append(list, group.Key)
		}
	}
	if len(q.Areas) > 0 {
		list = append(list, OwnAreas)
	}
	return list, nil
}

func unknownGroup(key string) error {
	return &resolute.Error{Code: resolute.Usage, Field: "group",
		Message: fmt.Sprintf("unknown group %q: want LDC, LLDC, SIDS, ITU:AFR, WB:LIC, M49:002 or another group of the reference tables, or WORLD", key)}
}

// day is that of whose members a figure of the year is: its last, or the nearest that is known; empty
// for a group that has always the same.
func (g *grouper) day(group string, year int, on string) string {
	of, known := g.catalogue.Group(group)
	if !known {
		return ""
	}
	if on == "" {
		on = fmt.Sprintf("%04d-12-31", year)
	}
	on = max(on, of.KnownFrom)
	if of.KnownTo != "" {
		on = min(on, of.KnownTo)
	}
	return on
}

// membersOf gives the members of a group on a day, in order; reporting are those that ever report.
func (g *grouper) membersOf(group, day string, own, reporting []int) []int {
	switch group {
	case World:
		list := slices.Concat(g.worldwide, reporting)
		slices.Sort(list)
		return slices.Compact(list)
	case OwnAreas:
		return own
	}
	key := [2]string{group, day}
	list, known := g.members[key]
	if !known {
		for _, country := range g.catalogue.Members(group, day) {
			list = append(list, g.id(country.ISO3))
		}
		slices.Sort(list)
		g.members[key] = list
	}
	return list
}

// grid are the points of a frame by area and year, NaN where there is none.
type grid struct {
	first, width int
	values       []float64 // by number of the area, then year
	guesses      []bool
	codes        map[int]string // of the areas that have a series, as the source prints them
}

// grid spreads a frame out. Of two codes of one area the first counts.
func (g *grouper) grid(f Frame) grid {
	t := grid{codes: map[int]string{}}
	last := math.MinInt
	t.first = math.MaxInt
	for _, a := range f.Areas {
		g.id(a.Area)
		for _, p := range a.Points {
			t.first, last = min(t.first, p.Year), max(last, p.Year)
		}
	}
	if last < t.first {
		return t
	}
	t.width = last - t.first + 1
	t.values, t.guesses = make([]float64, len(g.codes)*t.width), make([]bool, len(g.codes)*t.width)
	for i := range t.values {
		t.values[i] = math.NaN()
	}
	for _, a := range f.Areas {
		id := g.id(a.Area)
		if _, twice := t.codes[id]; id < 0 || twice {
			continue
		}
		t.codes[id] = a.Area
		for _, p := range a.Points {
			at := id*t.width + p.Year - t.first
			t.values[at], t.guesses[at] = p.Value, p.Estimated
		}
	}
	return t
}

// weightsOf is the grid of weights, which many indicators share.
func (g *grouper) weightsOf(f *Frame) grid {
	t, known := g.weights[f]
	if !known {
		t = g.grid(*f)
		g.weights[f] = t
	}
	return t
}

func (t grid) place(id, year int) (int, bool) {
	at := id*t.width + year - t.first
	return at, year >= t.first && year < t.first+t.width && at < len(t.values)
}

// at gives a value, NaN where there is none.
func (t grid) at(id, year int) float64 {
	if at, there := t.place(id, year); there {
		return t.values[at]
	}
	return math.NaN()
}

func (t grid) estimated(id, year int) bool {
	at, there := t.place(id, year)
	return there && t.guesses[at]
}

// inAll tells whether an area has a value in each of the years.
func (t grid) inAll(id int, years []int) bool {
	return !slices.ContainsFunc(years, func(year int) bool { return math.IsNaN(t.at(id, year)) })
}

// reporting are the areas that have a series.
func (t grid) reporting() []int {
	list := make([]int, 0, len(t.codes))
	for id := range t.codes {
		list = append(list, id)
	}
	return list
}

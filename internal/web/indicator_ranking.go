package web

import (
	"cmp"
	"slices"
	"strconv"

	"resolute/internal/measure"
)

// RankLine is one economy in the order of its newest value.
type RankLine struct {
	Place     string
	Name      Passage
	Href      string
	Value     string
	Year      string
	Estimated bool
	Width     string // of its bar
	Chosen    bool
	Group     bool // a figure of a group, among the economies without a place
}

// ranked is an economy or a group with its value.
type ranked struct {
	name   Passage
	code   string // of a country or group in addresses; empty: neither
	group  bool
	series measure.AreaSeries
	point  measure.Point
}

// order gives all economies by their value of the year, or the newest of the five before, and the groups
// that are compared among them, the best first.
func (v *frameView) order() (list []ranked) {
	for _, a := range v.frame.Areas {
		if point, ok := latest(a, v.year); ok && measure.Economy(v.catalogue, a.Area) {
			list = append(list, ranked{name: v.name(a), code: v.iso2(a), series: a, point: point})
		}
	}
	for _, one := range v.compared {
		if point, ok := one.series.At(v.year); ok && one.group() {
			list = append(list, ranked{name: one.name, code: one.code, group: true, series: one.series, point: point})
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int {
		if v.way < 0 {
			a, b = b, a
		}
		return cmp.Compare(b.point.Value, a.point.Value)
	})
	return list
}

// ranking writes that order. A group has no place of its own; equal values share one.
func (p *indicatorPage) ranking(v *frameView) (lines []RankLine) {
	list, highest := v.order(), 0.0
	for _, r := range list {
		highest = max(highest, r.point.Value)
	}
	if p.Percent {
		highest = max(highest, 100)
	}
	places := placesOf(list)
	for i, r := range list {
		l := RankLine{Name: r.name, Value: v.figure(r.point.Value), Year: r.point.Period, Estimated: r.point.Estimated, Width: "0%", Group: r.group,
			Chosen: !r.group && slices.Contains(p.request.values["area"], r.code)}
		if !r.group {
			l.Place = p.Count(places[i])
		}
		if r.code != "" && !r.group {
			l.Href = p.URL("/area/" + r.code)
		}
		if highest > 0 && r.point.Value > 0 {
			l.Width = strconv.FormatFloat(r.point.Value/highest*100, 'f', 1, 64) + "%"
		}
		lines = append(lines, l)
	}
	return lines
}

// placesOf gives the place of each economy in a list in order; 0 is a group.
func placesOf(list []ranked) []int {
	places, n, before := make([]int, len(list)), 0, -1
	for i, r := range list {
		if r.group {
			continue
		}
		n++
		places[i] = n
		if before >= 0 && list[before].point.Value == r.point.Value {
			places[i] = places[before]
		}
		before = i
	}
	return places
}

package measure

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"

	"resolute"
	"resolute/internal/framework"
)

// MostlyEstimated tells whether more than half of what the figure rests on is estimated.
func (f GroupFigure) MostlyEstimated() bool { return mostly(f.Estimated) }

// SeriesOfGroup are the figures of a group that enough of its areas make, as if it were an area; the other
// years are gaps. A figure that rests mostly on estimates is one.
func SeriesOfGroup(key string, figures []GroupFigure) AreaSeries {
	a := AreaSeries{Area: key}
	for _, f := range figures {
		if value := float64(f.Value); f.Group == key && !math.IsNaN(value) {
			a.Points = append(a.Points, Point{Period: strconv.Itoa(f.Year), Year: f.Year, Value: value, Text: strconv.FormatFloat(value, 'f', -1, 64), Estimated: f.MostlyEstimated()})
		}
	}
	return a
}

// FrameOfGroups sets groups in the place of areas: the world, all groups of the reference tables, and the own
// list of the question. What they taught in the past, together, tells what may be expected of one. Of the
// question groups and years do not count; its errors are those of OfGroups. The warnings are those of the groups
// that it names.
func FrameOfGroups(f Frame, c *framework.Catalogue, q GroupQuery) (Frame, []string, error) {
	asked, err := OfGroups(f, c, q)
	if err != nil {
		return Frame{}, nil, err
	}
	q.Groups, q.Years = []string{World}, nil
	for _, g := range c.Groups() {
		q.Groups = append(q.Groups, g.Key)
	}
	all, err := OfGroups(f, c, q)
	if err != nil {
		return Frame{}, nil, err
	}
	f.Areas = nil
	for from := 0; from < len(all.Figures); {
		key, to := all.Figures[from].Group, from
		for to < len(all.Figures) && all.Figures[to].Group == key {
			to++
		}
		a := SeriesOfGroup(key, all.Figures[from:to])
		a.Name = "World"
		if group, known := c.Group(key); known {
			a.Name, _ = group.Name.In(resolute.English)
		}
		f.Areas, from = append(f.Areas, a), to
	}
	slices.SortFunc(f.Areas, func(a, b AreaSeries) int { return cmp.Compare(a.Area, b.Area) })
	return f, asked.Warnings, nil
}

// OfGroups is the experience of groups in place of areas, weighed by what WeightsOf gives as of a change; 0 is
// now. Groups are built in: they are the same in every catalogue. An indicator of which no figure of a group makes
// sense is an Error with code Invalid.
func (m *Measure) OfGroups(ctx context.Context, x *Experience, c *framework.Catalogue, at int64) (*Experience, error) {
	x.mu.Lock()
	known := x.groups
	x.mu.Unlock()
	if known != nil {
		return known, nil
	}
	weights, err := m.WeightsOf(ctx, x.frame, at)
	if err != nil {
		return nil, err
	}
	f, _, err := FrameOfGroups(x.frame, c, GroupQuery{Weights: weights})
	if err != nil {
		return nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.groups == nil {
		x.groups = learn(f, x.by)
	}
	return x.groups, nil
}

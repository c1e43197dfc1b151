package measure

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/measure/dispersion"
	"resolute/internal/measure/divide"
)

// figure is one line of a profile.
func (b *board) figure(h *heldConcept, year int, who subject, with []subject, since int) ProfileFigure {
	w := b.walk(h)
	f := ProfileFigure{Concept: h.ID, Core: h.Core, Called: h.Concept.Name, IndicatorKey: h.key, Dims: h.dims, Name: h.name, Unit: h.unit, Direction: h.Direction,
		Threads: h.Threads, Target: targetOf(h.Cell("sdg_indicator")), Aimed: h.Target != nil && h.Direction != 0, Year: year, Ranks: []Rank{}, Beside: []BesideFigure{}, Points: []ProfilePoint{},
		area: h.values.codes[who.id], overTime: h.OverTime}
	if who.group {
		b.fillGroup(&f, h, w, who, since)
	} else {
		b.fillArea(&f, h, w, who, with, since)
	}
	for _, other := range with {
		f.Beside = append(f.Beside, w.beside(h, other, f.Year))
	}
	return f
}

// targetOf is the target of an SDG indicator: 17.8 of 17.8.1.
func targetOf(indicator string) string {
	at := strings.LastIndex(indicator, ".")
	if strings.Count(indicator, ".") != 2 {
		return ""
	}
	return indicator[:at]
}

func (b *board) fillArea(f *ProfileFigure, h *heldConcept, w *walk, who subject, with []subject, since int) {
	for _, year := range h.years {
		if v := h.values.at(who.id, year); !math.IsNaN(v) {
			f.Points = append(f.Points, ProfilePoint{year, Number(v), h.values.estimated(who.id, year)})
		}
	}
	newest := f.Points[len(f.Points)-1]
	f.Value, f.Estimated = newest.Value, newest.Estimated
	f.Change = changeSince(f.Points, since)
	for _, group := range b.ranked(who, with) {
		if r := w.rank(h, group, who.id, f.Year); r.Place > 0 {
			f.Ranks = append(f.Ranks, r)
		}
	}
	f.Verdict = verdictOf(h.Concept, f.Points, since)
}

func (b *board) fillGroup(f *ProfileFigure, h *heldConcept, w *walk, who subject, since int) {
	panels := map[int][]int{}
	for _, year := range h.years {
		g, panel := w.of(who.key, year)
		if panels[year] = panel; g.Sufficient {
			f.Points = append(f.Points, ProfilePoint{year, g.Value, mostly(g.Estimated)})
		}
		if year == f.Year {
			f.Group, f.Value, f.Estimated = &g, g.Value, mostly(g.Estimated)
		}
	}
	var values []float64
	for _, id := range panels[f.Year] {
		values = append(values, h.values.at(id, f.Year))
	}
	f.Spread = spreadOf(values, h.rule != divide.Sum)
	if n := len(f.Points); n > 0 && f.Points[n-1].Year == f.Year {
		if f.Change = changeSince(f.Points, since); f.Change != nil {
			f.Change.Changed = !slices.Equal(panels[f.Change.Year], panels[f.Year])
		}
		f.Verdict = verdictOf(h.Concept, f.Points, since)
	}
}

// changeSince tells what became of the first value since a year; nil where the newest is the first.
func changeSince(points []ProfilePoint, since int) *ProfileChange {
	newest := points[len(points)-1]
	i := slices.IndexFunc(points, func(p ProfilePoint) bool { return p.Year >= since })
	if i < 0 || points[i].Year >= newest.Year {
		return nil
	}
	return &ProfileChange{Year: points[i].Year, Value: points[i].Value, By: Number(rounded(float64(newest.Value - points[i].Value)))}
}

// mostly tells whether more than half of what a figure of a group rests on is estimated.
func mostly(share Number) bool { return share > 0.5 }

// rounded takes away what the subtraction of decimals adds behind their last digit.
func rounded(v float64) float64 {
	text := strconv.FormatFloat(v, 'g', 12, 64)
	v, _ = strconv.ParseFloat(text, 64) // just written
	return v
}

// spreadOf measures how values differ; nil of none.
func spreadOf(values []float64, shares bool) *ProfileSpread {
	if len(values) == 0 {
		return nil
	}
	s := &ProfileSpread{Areas: len(values), Least: Number(slices.Min(values)), Median: Number(dispersion.Percentile(values, 50)), Most: Number(slices.Max(values)), Gini: None}
	if measured, err := dispersion.Of(values, nil); err == nil && shares && len(values) > 1 && s.Least >= 0 {
		s.Gini = Number(measured.Gini)
	}
	return s
}

package measure

import (
	"math"
	"slices"

	"resolute/internal/measure/divide"
)

// Rank is the place of an area among those that have a value in the same year. The first is the best
// where the direction of the indicator says what is better, else the highest.
type Rank struct {
	Among  string `json:"among"` // World, or a group
	Year   int    `json:"year"`
	Place  int    `json:"place"`  // 0: the area is not of them
	Tied   int    `json:"tied"`   // others with the same value
	Of     int    `json:"of"`     // areas with a value
	Judged bool   `json:"judged"` // a direction says what is better
}

// rank places an area among the members of a group.
func (w *walk) rank(h *heldConcept, group string, id, year int) Rank {
	r := Rank{Among: group, Year: year, Judged: h.Direction != 0}
	own := w.values.at(id, year)
	members := w.membersOf(group, w.day(group, year, ""), nil, w.reporting)
	there := slices.Contains(members, id)
	ahead := 0
	for _, member := range members {
		v := w.values.at(member, year)
		if math.IsNaN(v) {
			continue
		}
		r.Of++
		switch {
		case v == own && member != id:
			r.Tied++
		case h.Direction < 0 && v < own, h.Direction >= 0 && v > own:
			ahead++
		}
	}
	if there && !math.IsNaN(own) {
		r.Place = ahead + 1
	}
	return r
}

// BesideFigure is the figure of another area or of a group in the year of a profile's figure, or of an
// area its newest before.
type BesideFigure struct {
	Of         string `json:"of"` // ISO 3166 alpha-2, key of a group, or World
	Group      bool   `json:"is_group"`
	Year       int    `json:"year"`  // 0: no value
	Value      Number `json:"value"` // null: no value, or insufficient
	Estimated  bool   `json:"estimated"`
	Rule       string `json:"rule"` // of a group
	WeighedBy  string `json:"weighed_by"`
	Areas      int    `json:"areas_used"`
	AreasOf    int    `json:"areas_of"`
	Coverage   Number `json:"coverage"`
	Sufficient bool   `json:"sufficient"`
	Earlier    int    `json:"earlier_year"`  // of a group that is insufficient: the newest year before that is not; 0: none
	Before     Number `json:"earlier_value"` // of that year; null: none
}

func (w *walk) beside(h *heldConcept, who subject, year int) BesideFigure {
	if who.group {
		g, _ := w.of(who.key, year)
		b := BesideFigure{Of: who.key, Group: true, Before: None, Year: year, Value: g.Value, Estimated: mostly(g.Estimated), Rule: g.Rule, WeighedBy: g.WeighedBy,
			Areas: g.Areas, AreasOf: g.Of, Coverage: g.Coverage, Sufficient: g.Sufficient}
		w.earlier(h, &b)
		return b
	}
	for _, y := range slices.Backward(h.years) {
		if v := h.values.at(who.id, y); y <= year && !math.IsNaN(v) {
			return BesideFigure{Of: who.key, Year: y, Value: Number(v), Estimated: h.values.estimated(who.id, y), Areas: 1, AreasOf: 1, Coverage: 1, Sufficient: true, Before: None}
		}
	}
	return BesideFigure{Of: who.key, Value: None, Coverage: None, AreasOf: 1, Before: None}
}

// earlier looks for the newest year before in which a group that is insufficient has a figure.
func (w *walk) earlier(h *heldConcept, b *BesideFigure) {
	if b.Sufficient || b.Rule == divide.None {
		return
	}
	for _, year := range slices.Backward(h.years) {
		if year >= b.Year {
			continue
		}
		if g, _ := w.of(b.Of, year); g.Sufficient {
			b.Earlier, b.Before = year, g.Value
			return
		}
	}
}

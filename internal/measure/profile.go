package measure

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/measure/dispersion"
	"resolute/internal/measure/divide"
)

// UsualSince is the year from which profiles tell what changed: that of the Sustainable Development
// Goals.
const UsualSince = 2015

// ProfileQuery asks for the figures of one area.
type ProfileQuery struct {
	Area   string // of a country any code, else the key of a group or of an ITU region: KE, LDC, AFR
	Beside string // a country or a group to compare with; empty: the usual
	Since  int    // year from which change is told; 0: UsualSince
	At     int64  // change as of which; 0: now
}

// Profile is an area in figures: the newest of everything that the catalogue of indicators knows.
type Profile struct {
	Area    string          `json:"area"` // ISO 3166 alpha-2, or key of a group
	Group   bool            `json:"is_group"`
	Beside  []string        `json:"beside"` // with what it is compared: areas and groups
	Since   int             `json:"since"`
	Figures []ProfileFigure `json:"figures"` // in the order of the catalogue
	Missing []ProfileGap    `json:"no_data"` // of the core list, of which nothing is held for the area

	Unknown int `json:"outside_catalogue"` // indicators held for any area that the catalogue does not know: no profile shows them

	DataVersion int64 `json:"data_version"` // whoever gives it out says on which it stands
}

// ProfileGap is an indicator of the core list without data.
type ProfileGap struct {
	Concept string        `json:"concept"`
	Core    string        `json:"core"`
	Name    resolute.Text `json:"name"`
}

// ProfileFigure is one indicator in an area. Of a group Value is what its rule makes of the areas.
type ProfileFigure struct {
	Concept string        `json:"concept"`
	Core    string        `json:"core"`
	Called  resolute.Text `json:"called"`
	IndicatorKey
	Dims      string          `json:"dims"`
	Name      string          `json:"name"` // as the source prints it
	Unit      string          `json:"unit"`
	Direction int             `json:"direction"` // 1: more is better, -1: less is better, 0: neither
	Threads   []string        `json:"threads"`   // paragraphs that it evidences
	Target    string          `json:"sdg_target"`
	Year      int             `json:"year"`
	Value     Number          `json:"value"`             // null: insufficient
	Estimated bool            `json:"estimated"`         // of a group: more than half of it
	Printed   *ProfilePrinted `json:"printed,omitempty"` // of a country: as the source says it
	Group     *GroupFigure    `json:"aggregate,omitempty"`
	Spread    *ProfileSpread  `json:"spread,omitempty"`
	Change    *ProfileChange  `json:"change,omitempty"`
	Ranks     []Rank          `json:"ranks"`
	Beside    []BesideFigure  `json:"beside"`
	Verdict   *ProfileVerdict `json:"progress,omitempty"`
	Points    []ProfilePoint  `json:"points"`

	area, overTime string // code of the source, and how months make a year
}

// ProfilePrinted is the newest observation as its source prints it.
type ProfilePrinted struct {
	Area   string `json:"area"` // code of the source
	Period string `json:"period"`
	Value  string `json:"value"`
	Status string `json:"status"`
	Source string `json:"source"`
	Note   string `json:"note"`
}

// ProfileSpread is how the areas of a group differ in the year.
type ProfileSpread struct {
	Areas  int    `json:"areas"` // with a value
	Least  Number `json:"min"`
	Median Number `json:"median"`
	Most   Number `json:"max"`
	Gini   Number `json:"gini"` // null where it says nothing: of counts, and of values below zero
}

// ProfileChange is what changed since an earlier year.
type ProfileChange struct {
	Year    int    `json:"year"`
	Value   Number `json:"value"`
	By      Number `json:"by"`            // in the unit of the figure
	Changed bool   `json:"areas_changed"` // of a group: the areas with a value are others
}

// ProfilePoint is one year of a figure.
type ProfilePoint struct {
	Year      int    `json:"year"`
	Value     Number `json:"value"`
	Estimated bool   `json:"estimated"`
}

// Profile gives the figures of an area, as of a change. An area or group that nobody knows is an Error
// with code NotFound, one to compare with is one with code Usage.
func (m *Measure) Profile(ctx context.Context, c *framework.Catalogue, q ProfileQuery) (Profile, error) {
	b, err := m.boardAt(ctx, c, q.At)
	if err != nil {
		return Profile{}, err
	}
	if q.Since == 0 {
		q.Since = UsualSince
	}
	p, err := b.profile(q)
	if err == nil && !p.Group {
		err = m.print(ctx, &p, q.At)
	}
	return p, err
}

func (b *board) profile(q ProfileQuery) (Profile, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := Profile{Since: q.Since, Unknown: b.unknown, Figures: []ProfileFigure{}, Missing: []ProfileGap{}}
	who, known := b.subject(q.Area)
	if !known {
		return p, &resolute.Error{Code: resolute.NotFound, Field: "area", Message: "no area or group " + q.Area}
	}
	p.Area, p.Group = who.key, who.group
	with, err := b.with(who, q.Beside)
	if err != nil {
		return p, err
	}
	for _, s := range with {
		p.Beside = append(p.Beside, s.key)
	}
	for _, concept := range b.concepts.Concepts() {
		h, year, there := b.choose(b.held[concept.ID], who)
		switch {
		case there:
			p.Figures = append(p.Figures, b.figure(h, year, who, with, q.Since))
		case concept.Core != "":
			p.Missing = append(p.Missing, ProfileGap{concept.ID, concept.Core, concept.Name})
		}
	}
	return p, nil
}

// subject is an area or a group.
type subject struct {
	key   string // ISO 3166 alpha-2, or key of the group
	id    int    // of an area
	group bool
}

func (b *board) subject(key string) (subject, bool) {
	if strings.EqualFold(key, World) {
		return subject{World, -1, true}, true
	}
	if group, known := b.catalogue.Group(key); known {
		return subject{group.Key, -1, true}, true
	}
	if country, known := b.catalogue.Country(key); known {
		return subject{country.ISO2, b.id(country.ISO3), false}, true
	}
	region, known := b.catalogue.Group("ITU:" + strings.ToUpper(key))
	return subject{region.Key, -1, true}, known
}

// with are those to compare with: what is asked for, else of a country its ITU region and the world, of
// a group the world.
func (b *board) with(who subject, asked string) (list []subject, err error) {
	if asked != "" {
		other, known := b.subject(asked)
		if !known || other.key == who.key {
			return nil, &resolute.Error{Code: resolute.Usage, Field: "beside", Message: "want another country, a group of the reference tables, or " + World + ": " + asked}
		}
		return []subject{other}, nil
	}
	if country, known := b.catalogue.Country(who.key); !who.group && known && country.ITURegion != "" {
		list = append(list, subject{"ITU:" + country.ITURegion, -1, true})
	}
	if who.key != World {
		list = append(list, subject{World, -1, true})
	}
	return list, nil
}

// choose picks the table of a concept with the newest value of the subject, of several the first, and
// the year: of a group the newest that its rule covers sufficiently, else the last full one.
func (b *board) choose(held []*heldConcept, who subject) (best *heldConcept, year int, there bool) {
	sufficient := false
	for _, h := range held {
		if !who.group {
			if newest, has := h.newest(who.id); has && newest > year {
				best, year, there = h, newest, true
			}
			continue
		}
		newest, covered, has := b.newestOf(h, who.key)
		if has && (!there || covered && !sufficient || covered == sufficient && newest > year) {
			best, year, there, sufficient = h, newest, true, covered
		}
	}
	return best, year, there
}

// newestOf is the newest year of a group with a sufficient figure, else the last full one in which any
// of its areas has a value.
func (b *board) newestOf(h *heldConcept, group string) (year int, sufficient, there bool) {
	w := b.walk(h)
	for _, y := range slices.Backward(h.years) {
		f, panel := w.of(group, y)
		if f.Sufficient {
			return y, true, true
		}
		if len(panel) > 0 && (!there || y == h.last) {
			year, there = y, true
		}
	}
	return year, false, there
}

// figure is one line of a profile.
func (b *board) figure(h *heldConcept, year int, who subject, with []subject, since int) ProfileFigure {
	w := b.walk(h)
	f := ProfileFigure{Concept: h.ID, Core: h.Core, Called: h.Concept.Name, IndicatorKey: h.key, Dims: h.dims, Name: h.name, Unit: h.unit, Direction: h.Direction,
		Threads: h.Threads, Target: targetOf(h.Cell("sdg_indicator")), Year: year, Ranks: []Rank{}, Beside: []BesideFigure{}, Points: []ProfilePoint{},
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

// ranked are the groups among which an area has a rank: the world, its ITU region, and the one it is
// compared with.
func (b *board) ranked(who subject, with []subject) []string {
	list := []string{World}
	if country, known := b.catalogue.Country(who.key); known && country.ITURegion != "" {
		list = append(list, "ITU:"+country.ITURegion)
	}
	for _, other := range with {
		if other.group && !slices.Contains(list, other.key) {
			list = append(list, other.key)
		}
	}
	return list
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

// Reporting tells of which countries, by ISO 3166 alpha-2, profiles have figures, as of a change; 0 is
// now. Nobody may write to what it gives.
func (m *Measure) Reporting(ctx context.Context, c *framework.Catalogue, at int64) (map[string]bool, error) {
	b, err := m.boardAt(ctx, c, at)
	if err != nil {
		return nil, err
	}
	return b.reporting, nil
}

package measure

import (
	"context"

	"resolute"
	"resolute/internal/framework"
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
	Aimed     bool            `json:"-"` // the catalogue has a target, which Verdict judges where the values allow it

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
	p := Profile{Since: q.Since, Unknown: b.unknown, Beside: []string{}, Figures: []ProfileFigure{}, Missing: []ProfileGap{}}
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

// Reporting tells of which countries, by ISO 3166 alpha-2, profiles have figures, as of a change; 0 is
// now. Nobody may write to what it gives.
func (m *Measure) Reporting(ctx context.Context, c *framework.Catalogue, at int64) (map[string]bool, error) {
	b, err := m.boardAt(ctx, c, at)
	if err != nil {
		return nil, err
	}
	return b.reporting, nil
}

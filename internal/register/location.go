package register

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/iati"
)

// Location is one location that an activity states. Codes are as printed. Point is nil when there is
// none, or none that can be used.
type Location struct {
	N              int              `json:"n"` // from 1, in the order of the activity
	Ref            string           `json:"ref,omitempty"`
	Name           resolute.Text    `json:"name"`
	Reach          string           `json:"reach,omitempty"`     // 1 the activity happens there, 2 those it is for live there
	Exactness      string           `json:"exactness,omitempty"` // 1 exact, 2 approximate
	Class          string           `json:"class,omitempty"`     // 1 administrative region, 2 populated place, 3 structure, 4 other
	Feature        string           `json:"feature,omitempty"`   // a code of the list LocationType
	Point          *Point           `json:"point"`
	Gazetteers     []GazetteerCode  `json:"gazetteers,omitempty"`
	Administrative []Administrative `json:"administrative,omitempty"`
}

// Point is a point in degrees of WGS 84; north and east are positive.
type Point struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// GazetteerCode is the code that a gazetteer gives to a place.
type GazetteerCode struct {
	Vocabulary string `json:"vocabulary"`
	Code       string `json:"code"`
}

// Administrative is a division in which a place lies.
type Administrative struct {
	Vocabulary string `json:"vocabulary"`
	Level      string `json:"level,omitempty"`
	Code       string `json:"code"`
}

// locationsOf projects the locations of an activity.
func locationsOf(a iati.Activity) []Location {
	if len(a.Locations) == 0 {
		return nil
	}
	list := make([]Location, len(a.Locations))
	for i, l := range a.Locations {
		out := Location{N: i + 1, Ref: l.Ref, Name: l.Name, Reach: l.Reach, Exactness: l.Exactness, Class: l.Class, Feature: l.Feature}
		if l.Point.OK {
			out.Point = &Point{l.Point.Latitude, l.Point.Longitude}
		}
		for _, g := range l.Gazetteers {
			out.Gazetteers = append(out.Gazetteers, GazetteerCode(g))
		}
		for _, d := range l.Administrative {
			out.Administrative = append(out.Administrative, Administrative(d))
		}
		list[i] = out
	}
	return list
}

// LocationColumns are the columns of the table location that LocationRow scans, of its row l.
const LocationColumns = `l.n, l.ref, l.name, l.lang, l.names, l.reach, l.exactness, l.class, l.feature, l.latitude, l.longitude, l.codes`

// LocationRow takes one row of the table location in.
type LocationRow struct {
	l                   Location
	name, lang          string
	names, codes        string
	latitude, longitude sql.NullFloat64
}

// Dest is where the LocationColumns of the next row go.
func (r *LocationRow) Dest() []any {
	*r = LocationRow{}
	return []any{&r.l.N, &r.l.Ref, &r.name, &r.lang, &r.names, &r.l.Reach, &r.l.Exactness, &r.l.Class, &r.l.Feature, &r.latitude, &r.longitude, &r.codes}
}

// locationCodes are the codes of a location as its row holds them.
type locationCodes struct {
	Gazetteers     []GazetteerCode  `json:"gazetteers,omitempty"`
	Administrative []Administrative `json:"administrative,omitempty"`
}

// Location gives the location whose row was scanned.
func (r *LocationRow) Location() (Location, error) {
	out := r.l
	out.Name = resolute.Text{}
	switch {
	case r.names != "":
		if err := json.Unmarshal([]byte(r.names), &out.Name); err != nil {
			return out, fmt.Errorf("names of a location: %w", err)
		}
	case r.name != "":
		out.Name[resolute.Lang(r.lang)] = r.name
	}
	if r.codes != "" {
		var codes locationCodes
		if err := json.Unmarshal([]byte(r.codes), &codes); err != nil {
			return out, fmt.Errorf("codes of a location: %w", err)
		}
		out.Gazetteers, out.Administrative = codes.Gazetteers, codes.Administrative
	}
	if r.latitude.Valid && r.longitude.Valid {
		out.Point = &Point{r.latitude.Float64, r.longitude.Float64}
	}
	return out, nil
}

func readLocations(ctx context.Context, q db.Queryer, a *Activity) error {
	var row LocationRow
	return each(ctx, q, `SELECT `+LocationColumns+` FROM location l WHERE l.version = $1 ORDER BY l.n`, func(rows *sql.Rows) error {
		if err := rows.Scan(row.Dest()...); err != nil {
			return err
		}
		l, err := row.Location()
		a.Locations = append(a.Locations, l)
		return err
	}, a.Version)
}

var locationColumns = []string{"version", "n", "ref", "name", "lang", "names", "reach", "exactness", "class", "feature", "latitude", "longitude", "gazetteer", "gazetteer_code", "codes"}

func locationRows(v staged, _ func(Participant) int64) (rows [][]any) {
	for _, l := range v.Locations {
		name, lang := l.Name.In(resolute.English)
		names, codes, gazetteer := "", "", GazetteerCode{}
		if len(l.Name) > 1 {
			names = textOf(l.Name)
		}
		if len(l.Gazetteers) > 0 {
			gazetteer = l.Gazetteers[0]
		}
		if len(l.Gazetteers)+len(l.Administrative) > 0 {
			codes = textOf(locationCodes{l.Gazetteers, l.Administrative})
		}
		var latitude, longitude any
		if l.Point != nil {
			latitude, longitude = l.Point.Latitude, l.Point.Longitude
		}
		rows = append(rows, []any{v.Version, int64(l.N), l.Ref, name, string(lang), names, l.Reach, l.Exactness, l.Class, l.Feature, latitude, longitude, gazetteer.Vocabulary, gazetteer.Code, codes})
	}
	return rows
}

// textOf writes a value as JSON.
func textOf(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings always have a form in JSON
	}
	return string(text)
}

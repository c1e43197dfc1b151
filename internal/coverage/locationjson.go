package coverage

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/register"
	"resolute/internal/sheet"
)

// LocationJSON is one location as others read it, with its name and the title of its activity in one
// language. Latitude and longitude are degrees of WGS 84, null where there is no point that can be used.
type LocationJSON struct {
	Activity       string                    `json:"activity" doc:"Key of the activity"`
	N              int                       `json:"n" doc:"Place among the locations of the activity, from 1"`
	Identifier     string                    `json:"iati_identifier"`
	Title          string                    `json:"activity_title"`
	TitleLang      string                    `json:"activity_title_lang"`
	Reporter       string                    `json:"reporter"`
	Countries      []string                  `json:"countries" doc:"Of the activity: a location has none of its own"`
	Ref            string                    `json:"ref"`
	Name           string                    `json:"name"`
	NameLang       string                    `json:"name_lang"`
	Class          string                    `json:"class" doc:"IATI GeographicLocationClass"`
	Exactness      string                    `json:"exactness" doc:"IATI GeographicExactness"`
	Reach          string                    `json:"reach" doc:"IATI GeographicLocationReach"`
	Feature        string                    `json:"feature" doc:"IATI LocationType"`
	Latitude       *float64                  `json:"latitude"`
	Longitude      *float64                  `json:"longitude"`
	Gazetteers     []register.GazetteerCode  `json:"gazetteers"`
	Administrative []register.Administrative `json:"administrative"`
}

// JSON gives the location with its texts in a language, or their declared fallback, which the fields of
// languages name.
func (l Located) JSON(lang resolute.Lang) LocationJSON {
	title, titleLang := l.Activity.Title.In(lang)
	name, nameLang := l.Name.In(lang)
	out := LocationJSON{Activity: l.Activity.Key, N: l.N, Identifier: l.Activity.Identifier, Title: title, TitleLang: string(titleLang), Reporter: l.Activity.ReporterName,
		Countries: notNil(l.Activity.Countries), Ref: l.Ref, Name: name, NameLang: string(nameLang), Class: l.Class, Exactness: l.Exactness, Reach: l.Reach, Feature: l.Feature,
		Gazetteers: l.Gazetteers, Administrative: l.Administrative}
	if l.Point != nil {
		out.Latitude, out.Longitude = &l.Point.Latitude, &l.Point.Longitude
	}
	if out.Gazetteers == nil {
		out.Gazetteers = []register.GazetteerCode{}
	}
	if out.Administrative == nil {
		out.Administrative = []register.Administrative{}
	}
	return out
}

// LocationListJSON is one page of a list of locations as others read it.
type LocationListJSON struct {
	Total       int            `json:"total"`
	Activities  int            `json:"activities" doc:"That state them"`
	Without     int            `json:"activities_without" doc:"That state none"`
	DataVersion int64          `json:"data_version"`
	Next        string         `json:"next" doc:"Cursor of the next page, empty at the end"`
	Locations   []LocationJSON `json:"locations"`
}

// JSON gives the page with texts in a language.
func (l LocationList) JSON(lang resolute.Lang) LocationListJSON {
	out := LocationListJSON{Total: l.Total, Activities: l.Activities, Without: l.Without, DataVersion: l.Version, Next: l.Next, Locations: make([]LocationJSON, len(l.Items))}
	for i, item := range l.Items {
		out.Locations[i] = item.JSON(lang)
	}
	return out
}

// LocationFormats are the forms in which a whole list of locations is written, with their media types:
// a table, an object with all of them in a list, and a feature collection (RFC 7946).
var LocationFormats = map[string]string{"csv": "text/csv; charset=utf-8; header=present", "json": "application/json; charset=utf-8", "geojson": "application/geo+json"}

// WriteLocations writes the whole list in one of the LocationFormats, however long, as it is read; cursor
// and limit do not count.
func (c *Coverage) WriteLocations(ctx context.Context, w io.Writer, q ListQuery, format string) error {
	s, err := c.listed(ctx, &q)
	if err != nil {
		return err
	}
	each := func(take func(LocationJSON) error) error {
		return c.eachLocation(ctx, s, q, func(l Located) error { return take(l.JSON(q.Lang)) })
	}
	list := s.foundLocations(q).list
	switch format {
	case "csv":
		return writeLocationTable(w, each)
	case "geojson":
		return writeFeatures(w, each, list.Version)
	}
	head := fmt.Sprintf(`{"total":%d,"activities":%d,"activities_without":%d,"data_version":%d,"locations":[`, list.Total, list.Activities, list.Without, list.Version)
	return writeObjects(w, each, head, func(l LocationJSON) any { return l })
}

// eachJSON hands on the locations of one state of the data.
type eachJSON func(take func(LocationJSON) error) error

// feature is one location as RFC 7946 has it: the longitude stands before the latitude, and what has no
// place has the geometry null.
type feature struct {
	Type       string       `json:"type"`
	ID         string       `json:"id"`
	Geometry   *geometry    `json:"geometry"`
	Properties LocationJSON `json:"properties"`
}

type geometry struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"`
}

func writeFeatures(w io.Writer, each eachJSON, version int64) error {
	head := fmt.Sprintf(`{"type":"FeatureCollection","data_version":%d,"features":[`, version)
	return writeObjects(w, each, head, func(l LocationJSON) any {
		f := feature{Type: "Feature", ID: l.Activity + "/" + strconv.Itoa(l.N), Properties: l}
		if l.Latitude != nil {
			f.Geometry = &geometry{"Point", [2]float64{*l.Longitude, *l.Latitude}}
		}
		return f
	})
}

// writeObjects writes an object whose last member is a list, one location a line.
func writeObjects(w io.Writer, each eachJSON, head string, of func(LocationJSON) any) error {
	out := bufio.NewWriter(w)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	begin := head + "\n"
	err := each(func(l LocationJSON) error {
		if _, err := out.WriteString(begin); err != nil {
			return err
		}
		begin = ","
		return e.Encode(of(l))
	})
	if err != nil {
		return err
	}
	if begin != "," {
		if _, err := out.WriteString(begin); err != nil {
			return err
		}
	}
	if _, err := out.WriteString("]}\n"); err != nil {
		return err
	}
	return out.Flush()
}

var locationHeader = []string{"activity", "n", "iati_identifier", "activity_title", "reporter", "countries", "ref", "name", "class", "exactness", "reach", "feature", "latitude", "longitude", "gazetteers", "administrative"}

func writeLocationTable(w io.Writer, each eachJSON) error {
	out := csv.NewWriter(w)
	if err := out.Write(locationHeader); err != nil {
		return err
	}
	err := each(func(l LocationJSON) error { return out.Write(l.record()) })
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return err
}

// record writes a location as the cells of a table; what others wrote cannot run as a formula.
func (l LocationJSON) record() []string {
	var gazetteers, divisions []string
	for _, g := range l.Gazetteers {
		gazetteers = append(gazetteers, g.Vocabulary+":"+g.Code)
	}
	for _, d := range l.Administrative {
		divisions = append(divisions, strings.TrimSuffix(d.Vocabulary+"/"+d.Level, "/")+":"+d.Code)
	}
	cells := []string{l.Identifier, l.Title, l.Reporter, strings.Join(l.Countries, "|"), l.Ref, l.Name, l.Class, l.Exactness, l.Reach, l.Feature}
	for i, cell := range cells {
		cells[i] = sheet.Guard(cell)
	}
	cells = slices.Concat([]string{l.Activity, strconv.Itoa(l.N)}, cells, []string{degrees(l.Latitude), degrees(l.Longitude)})
	return append(cells, sheet.Guard(strings.Join(gazetteers, "|")), sheet.Guard(strings.Join(divisions, "|")))
}

// degrees writes an angle as it was read.
func degrees(angle *float64) string {
	if angle == nil {
		return ""
	}
	return strconv.FormatFloat(*angle, 'f', -1, 64)
}

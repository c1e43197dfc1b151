package iati

import (
	"slices"
	"strconv"
	"strings"

	"resolute"
)

// WGS84 is the one reference system that the standard has for points: latitude and longitude in
// degrees (EPSG 4326), in this order.
const WGS84 = "http://www.opengis.net/def/crs/EPSG/0/4326"

// Location is one location of an activity. Codes are as printed.
type Location struct {
	Ref                 string // the publisher's own, to which results refer
	Reach               string // location-reach: 1 the activity happens there, 2 those it is for live there
	Gazetteers          []Gazetteer
	Name                resolute.Text
	Description         resolute.Text // of the place
	ActivityDescription resolute.Text // of what happens there
	Administrative      []Administrative
	Point               Point
	Exactness           string // 1 exact, 2 approximate
	Class               string // location-class: 1 administrative region, 2 populated place, 3 structure, 4 other
	Feature             string // feature-designation, a code of the list LocationType
	Line                int
}

// Gazetteer is one location-id: the code that a gazetteer gives to the place.
type Gazetteer struct{ Vocabulary, Code string }

// Administrative is one administrative: a division in which the place lies. The level is as printed.
type Administrative struct{ Vocabulary, Level, Code string }

// Point is the point of a location. SRSName and Pos are as printed, without outer white space; both are
// empty when there is no point. Latitude and Longitude are degrees (north and east are positive) and
// count only when OK: pos is two numbers in range, of the system WGS84 or of one not stated, and not
// "0 0", which stands for a point that nobody filled in.
type Point struct {
	SRSName   string
	Pos       string
	Latitude  float64
	Longitude float64
	OK        bool
	Line      int // of the point, else 0
	Column    int // as its line
}

// PointAt is the point of the system WGS84 with that pos: latitude and longitude with a blank between.
func PointAt(pos string) Point { return newPoint(WGS84, pos) }

// newPoint reads what a point states.
func newPoint(srsName, pos string) Point {
	p := Point{SRSName: srsName, Pos: pos}
	if pos == "" || srsName != "" && !isWGS84(srsName) {
		return p
	}
	latitude, longitude, ok := degrees(pos)
	if ok && inRange(latitude, longitude) && (latitude != 0 || longitude != 0) {
		p.Latitude, p.Longitude, p.OK = latitude, longitude, true
	}
	return p
}

// degrees reads two decimal numbers with white space between.
func degrees(pos string) (latitude, longitude float64, ok bool) {
	first, rest, _ := strings.Cut(strings.TrimSpace(pos), " ")
	if strings.ContainsAny(first, "\t\r\n") { // rare: another white space than a blank
		parts := strings.Fields(pos)
		if len(parts) != 2 {
			return 0, 0, false
		}
		first, rest = parts[0], parts[1]
	}
	latitude, north := decimal(first)
	longitude, east := decimal(strings.TrimSpace(rest))
	return latitude, longitude, north && east
}

// decimal reads a decimal number, also in scientific notation; what else ParseFloat takes (words for
// infinity, hexadecimal digits, underscores) is none.
func decimal(s string) (float64, bool) {
	if s == "" || strings.Trim(s, "0123456789+-.eE") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n + 0, err == nil // without the sign of a negative zero
}

// inRange reports whether a place on earth has such a latitude and longitude.
func inRange(latitude, longitude float64) bool {
	return latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180
}

// wgs84Names are names of EPSG 4326 in small letters; the first is the one that the standard has.
var wgs84Names = []string{strings.ToLower(WGS84), "https://www.opengis.net/def/crs/epsg/0/4326", "urn:ogc:def:crs:epsg::4326", "epsg:4326"}

// isWGS84 tells the names of EPSG 4326.
func isWGS84(srsName string) bool {
	return srsName == WGS84 || slices.Contains(wgs84Names, strings.ToLower(srsName))
}

// location reads a location. Of what may stand there once the first that says something counts.
func (d *decoder) location(at spot) Location {
	l := Location{Ref: d.attr("ref"), Line: at.line}
	d.each(func(name []byte) {
		switch string(name) {
		case "location-reach":
			d.firstCode(&l.Reach)
		case "location-id":
			l.Gazetteers = append(l.Gazetteers, Gazetteer{d.attr("vocabulary"), d.attr("code")})
		case "name":
			d.firstText(&l.Name)
		case "description":
			d.firstText(&l.Description)
		case "activity-description":
			d.firstText(&l.ActivityDescription)
		case "administrative":
			l.Administrative = append(l.Administrative, Administrative{d.attr("vocabulary"), d.attr("level"), d.attr("code")})
		case "point":
			d.point(&l.Point)
		case "exactness":
			d.firstCode(&l.Exactness)
		case "location-class":
			d.firstCode(&l.Class)
		case "feature-designation":
			d.firstCode(&l.Feature)
		}
	})
	return l
}

// firstCode reads the code of the element at hand unless one is known.
func (d *decoder) firstCode(code *string) {
	if *code == "" {
		*code = d.attr("code")
	}
}

// firstText reads the narratives of the element at hand unless some are known.
func (d *decoder) firstText(t *resolute.Text) {
	if len(*t) == 0 {
		*t = d.narratives()
	}
}

// point reads the point of a location unless one is known.
func (d *decoder) point(p *Point) {
	if p.Line > 0 {
		return
	}
	at, srsName, pos := d.here(), d.attr("srsName"), ""
	d.each(func(name []byte) {
		if string(name) == "pos" && pos == "" {
			pos = d.text()
		}
	})
	*p = newPoint(srsName, pos)
	p.Line, p.Column = at.line, at.column
}

// location writes a location, its children in the order of the schema.
func (w *Writer) location(l Location) {
	w.begin(2, "location", pair{"ref", l.Ref})
	w.code(3, "location-reach", l.Reach)
	for _, g := range l.Gazetteers {
		w.empty(3, "location-id", pair{"vocabulary", g.Vocabulary}, pair{"code", g.Code})
	}
	w.said("name", l.Name)
	w.said("description", l.Description)
	w.said("activity-description", l.ActivityDescription)
	for _, a := range l.Administrative {
		w.empty(3, "administrative", pair{"vocabulary", a.Vocabulary}, pair{"level", a.Level}, pair{"code", a.Code})
	}
	w.point(l.Point)
	w.code(3, "exactness", l.Exactness)
	w.code(3, "location-class", l.Class)
	w.code(3, "feature-designation", l.Feature)
	w.end(2, "location")
}

// said writes a text of a location; none when nothing is said.
func (w *Writer) said(name string, t resolute.Text) {
	if len(t) > 0 {
		w.narrated(3, name, t)
	}
}

// point writes what a point states.
func (w *Writer) point(p Point) {
	if p.SRSName == "" && p.Pos == "" {
		return
	}
	w.tag(3, "point", pair{"srsName", p.SRSName})
	w.raw("><pos>")
	w.escaped(p.Pos, textEscapes)
	w.raw("</pos></point>\n")
}

package iati

import (
	"slices"
	"strconv"
	"strings"
)

// WGS84 is the one reference system that the standard has for points: latitude and longitude in
// degrees (EPSG 4326), in this order.
const WGS84 = "http://www.opengis.net/def/crs/EPSG/0/4326"

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
	if srsName != "" && !isWGS84(srsName) {
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

// point reads the point of a location unless one is known, and tells what is wrong with it.
func (d *decoder) point(p *Point) {
	if p.Line > 0 {
		return
	}
	at, srsName, pos, stated := d.here(), d.attr("srsName"), "", false
	d.each(func(name []byte) {
		if string(name) == "pos" && pos == "" {
			pos, stated = d.text(), true
		}
	})
	*p = newPoint(srsName, pos)
	p.Line, p.Column = at.line, at.column
	if f := p.fault(); stated && f.Rule != "" { // a point without pos is a fault against the schema
		d.find(f.Rule, f.Severity, at, f.Found, f.Expected, "%s", f.Message)
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

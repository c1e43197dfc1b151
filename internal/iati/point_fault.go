package iati

import (
	"fmt"
	"iter"
	"strings"

	"resolute"
	"resolute/internal/iati/rules"
)

// The rules of findings about points. They are our own: the rules of the standard say nothing of points.
const (
	coordinatesInvalid = "coordinates-invalid"
	coordinatesSwapped = "coordinates-swapped"
	coordinatesZero    = "coordinates-zero"
	coordinatesSystem  = "coordinates-system"
)

// twoDegrees is what a pos should be.
const twoDegrees = "latitude and longitude in degrees, with a blank between"

// fault says what is wrong with a point and what to do about it; a finding without rule when it is sound.
func (p Point) fault() resolute.Finding {
	switch {
	case p.SRSName != "" && !isWGS84(p.SRSName):
		return resolute.Finding{Rule: coordinatesSystem, Severity: resolute.SeverityWarning, Found: clip(p.SRSName), Expected: WGS84,
			Message: "the point is not in the reference system of the standard, and is kept and shown nowhere: give latitude and longitude of EPSG 4326"}
	case !p.OK:
		return p.posFault()
	case p.SRSName != "" && p.SRSName != WGS84:
		return resolute.Finding{Rule: coordinatesSystem, Severity: resolute.SeverityNote, Found: clip(p.SRSName), Expected: WGS84,
			Message: "the reference system is known by this name too: write the name that the standard has"}
	}
	return resolute.Finding{}
}

// posFault is fault of a pos of which no place can be read.
func (p Point) posFault() resolute.Finding {
	f := resolute.Finding{Rule: coordinatesInvalid, Severity: resolute.SeverityWarning, Found: clip(p.Pos), Expected: twoDegrees}
	latitude, longitude, numbers := degrees(p.Pos)
	switch {
	case p.Pos == "":
		f.Message = "the point has no coordinates: write them, or leave <point> out"
	case !numbers && strings.ContainsAny(p.Pos, ",;"):
		f.Message = fmt.Sprintf("%q is kept and shown nowhere: write two numbers with a blank between and a full stop before decimals, no comma", clip(p.Pos))
	case !numbers:
		f.Message = fmt.Sprintf("%q is kept and shown nowhere: write latitude and longitude as two decimal numbers with a blank between", clip(p.Pos))
	case inRange(latitude, longitude):
		f.Rule, f.Message = coordinatesZero, "the point lies in the sea at 0 0, as points do that nobody filled in, and is shown nowhere: correct it, or leave <point> out"
	case inRange(longitude, latitude):
		f.Rule, f.Message = coordinatesSwapped, fmt.Sprintf("%q is kept and shown nowhere: it fits when the numbers change places; write the latitude first", clip(p.Pos))
	default:
		f.Expected = "a latitude from -90 to 90 and a longitude from -180 to 180"
		f.Message = fmt.Sprintf("%q is beyond the earth, and is kept and shown nowhere: write degrees, with a minus in the south and west", clip(p.Pos))
	}
	return f
}

// pointFaults tells what is wrong with the points of an activity; root is the element around it.
func pointFaults(root *rules.Node) (all []found) {
	for activity := range named(root, "iati-activity") {
		for location := range named(activity, "location") {
			for point := range named(location, "point") {
				if f := pointFault(point); f.Rule != "" {
					all = append(all, found{f, point.At})
				}
			}
		}
	}
	return all
}

// pointFault is fault of a <point>; one without <pos> is a fault against the schema, and none of ours.
func pointFault(point *rules.Node) Fault {
	for pos := range named(point, "pos") {
		f := newPoint(cleanText(attributeOf(point, "srsName")), cleanText(string(pos.Text))).fault()
		f.Path = "iati-activities/iati-activity/location/point"
		if f.Severity == resolute.SeverityNote {
			return Fault{f, "advisory"}
		}
		return Fault{f, "warning"}
	}
	return Fault{}
}

// named gives the children of that name.
func named(n *rules.Node, name string) iter.Seq[*rules.Node] {
	return func(yield func(*rules.Node) bool) {
		for _, c := range n.Children {
			if string(c.Name) == name && !yield(c) {
				return
			}
		}
	}
}

func attributeOf(n *rules.Node, name string) string {
	for _, a := range n.Attrs {
		if string(a.Name) == name {
			return string(a.Value)
		}
	}
	return ""
}

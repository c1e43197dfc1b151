package iati

import "resolute"

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

// location reads a location. Of what may stand there once the first that says something counts.
func (d *decoder) location(at spot) Location {
	l := Location{Ref: d.attr("ref"), Line: at.line}
	d.each(func(name []byte) {
		switch string(name) {
		case "location-reach":
			d.firstCode(&l.Reach, &reaches)
		case "location-id":
			if g := (Gazetteer{d.attr("vocabulary"), d.attr("code")}); g != (Gazetteer{}) {
				l.Gazetteers = append(l.Gazetteers, g)
			}
		case "name":
			d.firstText(&l.Name)
		case "description":
			d.firstText(&l.Description)
		case "activity-description":
			d.firstText(&l.ActivityDescription)
		case "administrative":
			if a := (Administrative{d.attr("vocabulary"), d.attr("level"), d.attr("code")}); a != (Administrative{}) {
				l.Administrative = append(l.Administrative, a)
			}
		case "point":
			d.point(&l.Point)
		case "exactness":
			d.firstCode(&l.Exactness, &exactnesses)
		case "location-class":
			d.firstCode(&l.Class, &placeClasses)
		case "feature-designation":
			if l.Feature == "" {
				l.Feature = d.attr("code")
			}
		}
	})
	return l
}

// firstCode reads the code of the element at hand unless one is known.
func (d *decoder) firstCode(code *string, list *codeList) {
	if *code == "" {
		*code = d.check(list, d.attr("code"), d.here())
	}
}

// firstText reads the narratives of the element at hand unless some are known.
func (d *decoder) firstText(t *resolute.Text) {
	if len(*t) == 0 {
		*t = d.narratives()
	}
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

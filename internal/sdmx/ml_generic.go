package sdmx

import (
	"encoding/xml"
	"strings"
)

// genericSet reads the data set of a generic message.
func (r *mlReader) genericSet() error {
	err := r.children(func(t xml.StartElement) error {
		switch t.Name.Local {
		case "KeyFamilyRef", "DataSetURI":
			return r.genericFamily(t)
		case "Attributes":
			rec := Record{Attached: true, Line: r.at().line, Column: 1}
			if err := r.values(&rec.Attributes); err != nil {
				return err
			}
			return r.emit(&rec)
		case "Group":
			return r.genericGroup()
		case "Series":
			return r.genericSeries()
		case "Obs":
			r.series = Record{}
			return r.genericObs(false)
		case "DataSet": // within a MessageGroup of 2.0
			return r.dataSet(t)
		}
		return r.skip()
	})
	if err != nil {
		return err
	}
	return r.begin()
}

// genericFamily takes the key family of a generic data set of 2.0.
func (r *mlReader) genericFamily(t xml.StartElement) error {
	if t.Name.Local != "KeyFamilyRef" || r.flow.written {
		return r.skip()
	}
	at := r.at()
	var id string
	if err := r.textInto(&id); err != nil {
		return err
	}
	ref := r.set.Ref
	if ref.ID == id {
		return nil
	}
	ref.ID = id
	r.set = bind(ref, r.set.Action, r.known, at, r.handler)
	return nil
}

// values reads Value elements: id and value, or concept and value in 2.0.
func (r *mlReader) values(to *[]Value) error {
	return r.children(func(t xml.StartElement) error {
		if t.Name.Local != "Value" {
			return r.skip()
		}
		id := attr(t, "id")
		if id == "" {
			id = attr(t, "concept")
		}
		if !IsID(id) {
			return r.unnamed(id)
		}
		v := Value{ID: id, Text: attr(t, "value")}
		for _, known := range *to {
			if known.ID == id {
				return refuse("sdmx-content", r.at(), id, "each component once", "%s has two values", id)
			}
		}
		if len(*to) >= maxComponents {
			return refuse("sdmx-limit", r.at(), id, "at most 2,000 components", "too many values")
		}
		if v.Text != "" {
			*to = append(*to, v)
		}
		return r.skip()
	})
}

func (r *mlReader) unnamed(id string) error {
	return refuse("sdmx-content", r.at(), id, "the id of a component", "a value names no component")
}

func (r *mlReader) genericGroup() error {
	rec := Record{Attached: true, Line: r.at().line, Column: r.at().column}
	err := r.children(func(t xml.StartElement) error {
		switch t.Name.Local {
		case "GroupKey":
			return r.values(&rec.Key)
		case "Attributes":
			return r.values(&rec.Attributes)
		case "Series": // 2.0 may hold series within groups
			return r.genericSeries()
		}
		return r.skip()
	})
	if err != nil {
		return err
	}
	return r.emit(&rec)
}

func (r *mlReader) genericSeries() error {
	r.series.reset(r.at())
	r.series.Attached = true
	observed := false
	err := r.children(func(t xml.StartElement) error {
		switch t.Name.Local {
		case "SeriesKey":
			return r.values(&r.series.Key)
		case "Attributes":
			return r.values(&r.series.Attributes)
		case "Obs":
			observed = true
			return r.genericObs(true)
		}
		return r.skip()
	})
	if err != nil || observed {
		return err
	}
	return r.emit(&r.series)
}

// reset empties a record for the next place.
func (rec *Record) reset(at place) {
	rec.Key, rec.Measures, rec.Attributes = rec.Key[:0], rec.Measures[:0], rec.Attributes[:0]
	rec.Attached, rec.Line, rec.Column = false, at.line, at.column
}

func (r *mlReader) genericObs(inSeries bool) error {
	rec := &r.record
	rec.reset(r.at())
	if inSeries {
		rec.Key = append(rec.Key, r.series.Key...)
	}
	err := r.children(func(t xml.StartElement) error { return r.genericPart(rec, t) })
	if err != nil {
		return err
	}
	if inSeries {
		rec.inherit(r.series.Attributes)
	}
	return r.emit(rec)
}

// inherit adds the attributes that the record does not state itself.
func (rec *Record) inherit(attributes []Value) {
	for _, a := range attributes {
		if value(rec.Attributes, a.ID) == "" {
			rec.Attributes = append(rec.Attributes, a)
		}
	}
}

func (r *mlReader) genericPart(rec *Record, t xml.StartElement) error {
	switch t.Name.Local {
	case "ObsKey":
		return r.values(&rec.Key)
	case "ObsDimension":
		id := attr(t, "id")
		if id == "" {
			id = r.flow.atObs
		}
		if id == "" || id == allDimensions {
			id = r.set.timeDimension()
		}
		if !IsID(id) {
			return r.unnamed(id)
		}
		rec.Key = append(rec.Key, Value{ID: id, Text: attr(t, "value")})
	case "Time": // 2.0
		text, err := r.text()
		name := r.set.timeDimension()
		if name == "" {
			name = timePeriod
		}
		rec.Key = append(rec.Key, Value{ID: name, Text: strings.TrimSpace(text)})
		return err
	case "ObsValue":
		id := attr(t, "id")
		if id == "" {
			id = r.measure()
		}
		if !IsID(id) {
			return r.unnamed(id)
		}
		if text := attr(t, "value"); text != "" {
			rec.Measures = append(rec.Measures, Value{ID: id, Text: text})
		}
	case "Attributes":
		return r.values(&rec.Attributes)
	}
	return r.skip()
}

// allDimensions is the dimension at observation of flat data.
const allDimensions = "AllDimensions"

// measure gives the name of the one measure that older messages do not name.
func (r *mlReader) measure() string {
	if s := r.set.Structure; s != nil && len(s.Measures) > 0 {
		return s.Measures[0].ID
	}
	return obsValue
}

package sdmx

import (
	"encoding/xml"
	"strings"

	"resolute"
)

// specificSet reads the data set of a structure-specific message, or of a compact one of 2.0.
func (r *mlReader) specificSet(set xml.StartElement, at place) error {
	if r.set.Structure == nil {
		r.handler.finding(guessed(r.set, at))
		r.keyIDs = map[string]bool{}
	}
	var own Record
	own.reset(at)
	own.Attached = true
	r.sort(&own, set, attributeRole)
	if len(own.Attributes) > 0 {
		if err := r.emit(&own); err != nil {
			return err
		}
	}
	err := r.specificChildren(false, func(t xml.StartElement) error {
		switch t.Name.Local {
		case "Group", "Atts":
			return r.specificGroup(t)
		case "Series":
			return r.specificSeries(t)
		case "Obs":
			r.series.reset(r.at())
			return r.specificObs(t, false)
		}
		if suffixed(t) { // 2.0 names groups by their id
			return r.specificGroup(t)
		}
		return r.skip()
	})
	if err != nil {
		return err
	}
	if err := r.release(); err != nil {
		return err
	}
	return r.begin()
}

func suffixed(t xml.StartElement) bool { return strings.HasSuffix(t.Name.Local, "Group") }

// notData are unqualified attributes of elements that are no components.
func notData(a xml.Attr) bool {
	if a.Name.Space != "" {
		return true
	}
	switch a.Name.Local {
	case "type", "action", "structureRef", "setID", "xmlns", "dataScope", "keyFamilyURI", "datasetID":
		return true
	}
	return false
}

// sort puts the attributes of an element where they belong. Without structure those that are not
// known by name are taken as unnamed.
func (r *mlReader) sort(rec *Record, t xml.StartElement, unnamed role) {
	for _, a := range t.Attr {
		if notData(a) || a.Value == "" {
			continue
		}
		v := Value{ID: a.Name.Local, Text: a.Value}
		switch r.roleOf(v.ID, unnamed) {
		case dimensionRole:
			rec.Key = append(rec.Key, v)
		case measureRole:
			rec.Measures = append(rec.Measures, v)
		default:
			rec.Attributes = append(rec.Attributes, v)
		}
	}
}

func (r *mlReader) roleOf(id string, unnamed role) role {
	if s := r.set.Structure; s != nil {
		found, met := r.roles[id]
		if !met {
			found = s.role(id)
			r.roles[id] = found
		}
		if found != unknownRole {
			return found
		}
		if id == timePeriod && s.Time != "" {
			return dimensionRole
		}
		if !r.told[id] {
			r.told[id] = true
			r.handler.finding(finding("sdmx-component-unknown", resolute.SeverityWarning, r.at(), id, "a component of "+s.Ref.String(),
				"%s has no component %s: kept as an attribute", s.Ref, id))
		}
		return attributeRole
	}
	switch {
	case strings.HasPrefix(id, obsValue):
		return measureRole
	case id == timePeriod || id == r.flow.atObs || r.keyIDs[id]:
		return dimensionRole
	case attributeNames[id]:
		return attributeRole
	}
	return unnamed
}

func (r *mlReader) specificGroup(t xml.StartElement) error {
	var rec Record
	rec.reset(r.at())
	rec.Attached = true
	r.sort(&rec, t, attributeRole)
	if err := r.components(&rec); err != nil {
		return err
	}
	if r.keyIDs != nil && len(r.keyIDs) == 0 {
		if len(r.waiting) >= maxWaiting {
			return refuse("sdmx-limit", r.at(), "", "at most 100,000 groups before the first series",
				"without the structure a group cannot be told apart before a series is met, and more than 100,000 stand there: give the structure")
		}
		r.waiting = append(r.waiting, rec)
		return nil
	}
	return r.emit(&rec)
}

// maxWaiting bounds the groups that wait for a series to tell their dimensions from attributes.
const maxWaiting = 100_000

// release hands on the groups that waited. Without any series all that is not known is a dimension.
func (r *mlReader) release() error {
	waiting := r.waiting
	r.waiting = nil
	for _, rec := range waiting {
		all := rec.Attributes
		rec.Attributes = nil
		for _, v := range all {
			if r.keyIDs[v.ID] || len(r.keyIDs) == 0 && !attributeNames[v.ID] {
				rec.Key = append(rec.Key, v)
			} else {
				rec.Attributes = append(rec.Attributes, v)
			}
		}
		if err := r.emit(&rec); err != nil {
			return err
		}
	}
	return nil
}

func (r *mlReader) specificSeries(t xml.StartElement) error {
	r.series.reset(r.at())
	r.series.Attached = true
	r.sort(&r.series, t, dimensionRole)
	if r.keyIDs != nil {
		for _, v := range r.series.Key {
			r.keyIDs[v.ID] = true
		}
	}
	if err := r.release(); err != nil {
		return err
	}
	r.observed = false
	err := r.specificChildren(true, func(t xml.StartElement) error {
		if t.Name.Local == "Obs" {
			return r.specificObs(t, true)
		}
		return r.within(&r.series, t)
	})
	if err != nil || r.observed {
		return err
	}
	return r.emit(&r.series)
}

// specificChildren is children with observations of the plain sort read in a shorter way.
func (r *mlReader) specificChildren(inSeries bool, each func(xml.StartElement) error) error {
	if err := r.bare(inSeries); err != nil {
		return err
	}
	return r.children(func(t xml.StartElement) error {
		if err := each(t); err != nil {
			return err
		}
		return r.bare(inSeries)
	})
}

// bare reads the observations of the plain sort that come next.
func (r *mlReader) bare(inSeries bool) error {
	for {
		t, ok := r.simple("Obs")
		if !ok {
			return nil
		}
		if !inSeries {
			r.series.reset(r.at())
		}
		if err := r.bareObs(t, inSeries); err != nil {
			return err
		}
	}
}

func (r *mlReader) specificObs(t xml.StartElement, inSeries bool) error {
	rec, err := r.beginObs(t, inSeries)
	if err == nil {
		err = r.components(rec)
	}
	if err != nil {
		return err
	}
	return r.endObs(rec, inSeries)
}

// bareObs reads an observation with nothing in it.
func (r *mlReader) bareObs(t xml.StartElement, inSeries bool) error {
	rec, err := r.beginObs(t, inSeries)
	if err != nil {
		return err
	}
	return r.endObs(rec, inSeries)
}

func (r *mlReader) beginObs(t xml.StartElement, inSeries bool) (*Record, error) {
	r.observed = true
	rec := &r.record
	rec.reset(r.at())
	if inSeries {
		rec.Key = append(rec.Key, r.series.Key...)
	}
	r.sort(rec, t, r.unnamedOf(t, inSeries))
	return rec, r.release()
}

func (r *mlReader) endObs(rec *Record, inSeries bool) error {
	if inSeries {
		rec.inherit(r.series.Attributes)
	}
	return r.emit(rec)
}

// unnamedOf says what an attribute of an observation is that nothing is known about. The first
// flat observation settles it: what stands before the time, the value or a well-known attribute
// is a dimension.
func (r *mlReader) unnamedOf(t xml.StartElement, inSeries bool) role {
	if r.keyIDs == nil {
		return attributeRole
	}
	if inSeries {
		r.findTime(t)
		return attributeRole
	}
	if len(r.keyIDs) > 0 {
		return attributeRole
	}
	for _, a := range t.Attr {
		if notData(a) {
			continue
		}
		id := a.Name.Local
		if id == timePeriod || attributeNames[id] || strings.HasPrefix(id, obsValue) {
			break
		}
		r.keyIDs[id] = true
	}
	r.keyIDs[timePeriod] = true
	return attributeRole
}

// findTime recognizes the time of a compact message that calls it by another name: the one
// attribute of the first observation that reads like a period.
func (r *mlReader) findTime(t xml.StartElement) {
	if r.keyIDs[timePeriod] || r.version != ML20 {
		return
	}
	r.keyIDs[timePeriod] = true
	for _, a := range t.Attr {
		if a.Name.Local == timePeriod {
			return
		}
	}
	for _, a := range t.Attr {
		if !notData(a) && !attributeNames[a.Name.Local] && !strings.HasPrefix(a.Name.Local, obsValue) && len(a.Value) >= 4 && strings.IndexFunc(a.Value[:4], func(c rune) bool { return c < '0' || c > '9' }) < 0 {
			r.keyIDs[a.Name.Local] = true
			return
		}
	}
}

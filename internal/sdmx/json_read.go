package sdmx

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"resolute"
)

// jsonReader reads a data message of SDMX-JSON: once for what it says of its structures, which
// may stand behind the data, and once for the data.
type jsonReader struct {
	*jsonScanner
	version    Format
	structures []*jsonStructure
	described  bool // the message says what its structures are
	known      Structures
	handler    Handler

	shape  *jsonStructure
	record Record
	series Record
	sets   int
	told   bool
}

func readJSON(in io.ReadSeeker, known Structures, h Handler) (Format, error) {
	r := &jsonReader{known: known, handler: h, version: JSON10}
	for _, pass := range []func(string) error{r.describe, r.data} {
		source, err := open(in)
		if err != nil {
			return r.version, err
		}
		r.jsonScanner = newJSONScanner(source)
		if err := r.members(pass); err != nil {
			return r.version, err
		}
	}
	if r.sets == 0 {
		h.finding(finding("sdmx-no-data", resolute.SeverityWarning, r.at(), "", "a data set", "the message holds no data set"))
	}
	return r.version, nil
}

// members reads the message; what stands in its member data, or in the root of early versions, is
// given to each.
func (r *jsonReader) members(each func(name string) error) error {
	err := r.object(false, func(name string) error {
		if name == "data" {
			return r.object(false, each)
		}
		return each(name)
	})
	if err != nil {
		return err
	}
	if _, err := r.dec.Token(); err != io.EOF {
		return refuse("sdmx-not-well-formed", r.at(), "", "the end of the message", "something stands behind the message")
	}
	if !r.described {
		return refuse("sdmx-no-data", place{1, 1}, "", "a data message", "the message says nothing of the structure of data: it is no data message of SDMX-JSON")
	}
	return nil
}

func (r *jsonReader) describe(name string) error {
	switch name {
	case "structure":
		r.described = true
		s := &jsonStructure{}
		r.structures = []*jsonStructure{s}
		return r.shapeInto(s)
	case "structures":
		r.version, r.described = JSON20, true
		return r.array(func(int) error {
			s := &jsonStructure{}
			r.structures = append(r.structures, s)
			return r.shapeInto(s)
		})
	}
	return r.skip()
}

// shapeInto reads what the message says of a structure.
func (r *jsonReader) shapeInto(s *jsonStructure) error {
	if err := r.into(s); err != nil {
		return err
	}
	if id, wrong := s.misnamed(); wrong {
		return refuse("sdmx-content", r.at(), id, "a name for each component, once", "a component of the structure is called %q: it has no name, or one that stands there already", short(id))
	}
	return nil
}

func (r *jsonReader) data(name string) error {
	if name != "dataSets" {
		return r.skip()
	}
	return r.array(func(int) error {
		r.sets++
		return r.dataSet()
	})
}

// dataSet reads one data set. What it is about may be said after its data: then it is looked up
// in its structure.
func (r *jsonReader) dataSet() error {
	at := r.at()
	index, said, begun := 0, "", false
	var valid [2]string
	begin := func() error {
		if begun {
			return nil
		}
		begun = true
		return r.begin(index, said, valid, at)
	}
	err := r.object(false, func(name string) error {
		switch name {
		case "structure", "structureRef", "action":
			if begun {
				return refuse("sdmx-content", r.at(), name, name+" before the data", "the data set says its %s behind its data: put it before", name)
			}
			if name == "action" {
				return r.into(&said)
			}
			return r.into(&index)
		case "validFrom":
			return r.into(&valid[0])
		case "validTo":
			return r.into(&valid[1])
		case "attributes", "dimensionGroupAttributes", "series", "observations":
			if err := begin(); err != nil {
				return err
			}
			return r.content(name)
		case "annotations":
			r.notKept()
		}
		return r.skip()
	})
	if err != nil {
		return err
	}
	return begin()
}

func (r *jsonReader) notKept() {
	if !r.told {
		r.told = true
		r.handler.finding(finding("sdmx-not-kept", resolute.SeverityNote, r.at(), "annotations", "", "annotations of data are not kept"))
	}
}

func (r *jsonReader) begin(index int, said string, valid [2]string, at place) error {
	if index < 0 || index >= len(r.structures) {
		return refuse("sdmx-reference", at, strconv.Itoa(index), "a structure of the message", "the data set refers to structure %d, the message has %d", index, len(r.structures))
	}
	r.shape = r.structures[index]
	action, ok := actionOf(said)
	if !ok {
		return refuse("sdmx-action", at, said, "Merge, Append, Replace, Delete or Information", "%q is no action", short(said))
	}
	if said == "" && r.version == JSON10 {
		action = Information
	}
	ref := refOfLinks(r.shape.Links)
	set := bind(ref, action, r.known, at, r.handler)
	if set.Structure == nil {
		set.Structure = r.shape.structure(ref)
	}
	set.ValidFrom, set.ValidTo = valid[0], valid[1]
	return r.handler.dataSet(set)
}

func (r *jsonReader) content(name string) error {
	switch name {
	case "attributes":
		rec := Record{Attached: true}
		rec.reset(r.at())
		rec.Attached = true
		if err := r.attributes(&rec, r.shape.Attributes.DataSet); err != nil || len(rec.Attributes) == 0 {
			return err
		}
		return r.handler.record(&rec)
	case "dimensionGroupAttributes":
		return r.object(true, func(key string) error { return r.attached(key, r.shape.dimensions(), r.shape.Attributes.Group) })
	case "series":
		return r.object(true, r.oneSeries)
	}
	return r.object(true, r.flat)
}

// flat reads an observation whose key is over the dimensions of observations, or over those of
// series too, or over all.
func (r *jsonReader) flat(key string) error {
	d := r.shape.Dimensions
	numbers := strings.Count(key, ":") + 1
	r.series.reset(r.at())
	switch {
	case numbers == len(d.Observation):
		if err := r.fixed(&r.series); err != nil {
			return err
		}
		return r.observation(key, d.Observation)
	case numbers == len(d.Series)+len(d.Observation):
		if err := r.fixed(&r.series); err != nil {
			return err
		}
		return r.observation(key, slices.Concat(d.Series, d.Observation))
	}
	return r.observation(key, r.shape.dimensions())
}

// fixed adds the dimensions that have one value in the whole data set.
func (r *jsonReader) fixed(rec *Record) error {
	zero := strings.TrimSuffix(strings.Repeat("0:", len(r.shape.Dimensions.DataSet)), ":")
	return r.key(rec, zero, r.shape.Dimensions.DataSet)
}

// key reads numbers of values, one for each dimension; an empty one leaves its dimension out.
func (r *jsonReader) key(rec *Record, key string, dimensions []jsonComponent) error {
	if len(dimensions) == 0 && key == "" {
		return nil
	}
	rest, more := key, true
	for n := 0; more; n++ {
		var number string
		number, rest, more = strings.Cut(rest, ":")
		if n >= len(dimensions) || !more && n+1 != len(dimensions) {
			return refuse("sdmx-content", r.at(), key, "a number for each dimension", "the key %q does not have %d numbers", short(key), len(dimensions))
		}
		if number == "" || number == "~" {
			continue
		}
		v, err := r.numbered(number, dimensions[n])
		if err != nil {
			return err
		}
		rec.Key = append(rec.Key, Value{ID: v.ID, Text: v.Text}) // a dimension has one value
	}
	return nil
}

// numbered gives the value of a component by its number.
func (r *jsonReader) numbered(number string, c jsonComponent) (Value, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= len(c.Values) {
		return Value{}, refuse("sdmx-content", r.at(), number, "a number of a value", "%s has %d values, none with the number %s", c.ID, len(c.Values), short(number))
	}
	v, ok := c.Values[n].text()
	if !ok {
		return Value{}, refuse("sdmx-content", r.at(), number, "a value", "value %d of %s is empty", n, c.ID)
	}
	v.ID = c.ID
	return v, nil
}

func (r *jsonReader) attached(key string, dimensions, attributes []jsonComponent) error {
	var rec Record
	rec.reset(r.at())
	rec.Attached = true
	if err := r.key(&rec, key, dimensions); err != nil {
		return err
	}
	if err := r.attributes(&rec, attributes); err != nil {
		return err
	}
	return r.handler.record(&rec)
}

func (r *jsonReader) attributes(rec *Record, list []jsonComponent) error {
	var raw []json.RawMessage
	if err := r.into(&raw); err != nil {
		return err
	}
	return r.addAttributes(rec, raw, list)
}

func (r *jsonReader) addAttributes(rec *Record, raw []json.RawMessage, list []jsonComponent) error {
	for i, one := range raw {
		if i >= len(list) {
			if string(one) != "null" {
				r.notKept()
			}
			continue
		}
		v, ok, err := r.component(one, list[i])
		if err != nil {
			return err
		}
		if ok {
			rec.Attributes = append(rec.Attributes, v)
		}
	}
	return nil
}

// component reads what stands for a component: the number of one of its values, or the value.
func (r *jsonReader) component(raw json.RawMessage, c jsonComponent) (Value, bool, error) {
	raw = bytes.TrimSpace(raw)
	if raw[0] >= '0' && raw[0] <= '9' && len(c.Values) > 0 {
		n, err := strconv.Atoi(string(raw))
		if err == nil && n < len(c.Values) && c.Values[n] == nil {
			return Value{}, false, nil
		}
		v, err := r.numbered(string(raw), c)
		return v, err == nil, err
	}
	v, ok := literal(raw)
	v.ID = c.ID
	return v, ok, nil
}

func (r *jsonReader) oneSeries(key string) error {
	r.series.reset(r.at())
	r.series.Attached = true
	if err := r.fixed(&r.series); err != nil {
		return err
	}
	if err := r.key(&r.series, key, r.shape.Dimensions.Series); err != nil {
		return err
	}
	observed := false
	err := r.object(false, func(name string) error {
		switch name {
		case "attributes":
			if observed {
				return refuse("sdmx-content", r.at(), name, "attributes before observations", "the series says its attributes behind its observations: put them before")
			}
			return r.attributes(&r.series, r.shape.Attributes.Series)
		case "observations":
			return r.object(true, func(key string) error {
				observed = true
				return r.observation(key, r.shape.Dimensions.Observation)
			})
		case "annotations":
			r.notKept()
		}
		return r.skip()
	})
	if err != nil || observed {
		return err
	}
	return r.handler.record(&r.series)
}

func (r *jsonReader) observation(key string, dimensions []jsonComponent) error {
	rec := &r.record
	rec.reset(r.at())
	rec.Key = append(rec.Key, r.series.Key...)
	if err := r.key(rec, key, dimensions); err != nil {
		return err
	}
	var raw []json.RawMessage
	if err := r.into(&raw); err != nil {
		return err
	}
	measures := r.shape.measures()
	for i, m := range measures {
		if i >= len(raw) {
			break
		}
		v, ok, err := r.component(raw[i], m)
		if err != nil {
			return err
		}
		if ok {
			rec.Measures = append(rec.Measures, v)
		}
	}
	if len(raw) > len(measures) {
		if err := r.addAttributes(rec, raw[len(measures):], r.shape.Attributes.Observation); err != nil {
			return err
		}
	}
	rec.inherit(r.series.Attributes)
	return r.handler.record(rec)
}

// languages reads a text in several languages, in the order of the message.
func languages(raw json.RawMessage) (Value, bool) {
	d := json.NewDecoder(bytes.NewReader(raw))
	_, _ = d.Token() // the opening brace
	var v Value
	for d.More() {
		lang, err := d.Token()
		if err != nil {
			return Value{}, false
		}
		name, _ := lang.(string)
		var text string
		if d.Decode(&text) != nil {
			return Value{Text: string(raw)}, true // no text in languages: kept as it is
		}
		v.Parts = append(v.Parts, Part{Lang: name, Text: text})
	}
	v = v.canonical()
	return v, v.Text != ""
}

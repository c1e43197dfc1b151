package sdmx

import (
	"bytes"
	"encoding/json"
	"io"
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
	keys   jsonKeys
	record Record
	series Record
	sets   int
	told   bool

	defaults []Value // of attributes, which hold where the data set does not state them
}

func readJSON(in io.ReadSeeker, known Structures, h Handler) (Format, error) {
	r := &jsonReader{known: known, handler: h, version: JSON10}
	for _, pass := range []func(string) error{r.describe, r.data} {
		source, err := open(in)
		if err != nil {
			return r.version, err
		}
		r.jsonScanner = newJSONScanner(source)
		if err := r.message(pass); err != nil {
			return r.version, err
		}
	}
	if r.sets == 0 {
		h.finding(finding("sdmx-no-data", resolute.SeverityWarning, r.at(), "", "a data set", "the message holds no data set"))
	}
	return r.version, nil
}

// message reads the message; what stands in its member data, or in the root of early versions, is
// given to each.
func (r *jsonReader) message(each func(name string) error) error {
	err := r.object(func(name string) error {
		if name == "data" {
			return r.object(each)
		}
		return each(name)
	})
	if err != nil {
		return err
	}
	if ended, err := r.end(); err != nil || !ended {
		if err == nil {
			err = refuse("sdmx-not-well-formed", r.at(), "", "the end of the message", "something stands behind the message")
		}
		return err
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
	raw, err := r.raw(maxDescription)
	if err != nil {
		return err
	}
	if bytes.Count(raw, []byte{','}) > maxListed {
		return refuse("sdmx-limit", r.at(), "", "at most 4,194,304 commas", "what the message says of a structure lists too much")
	}
	if err := r.decode(raw, s); err != nil {
		return err
	}
	s.readTexts()
	if id, wrong := s.misnamed(); wrong {
		return refuse("sdmx-content", r.at(), id, "a name for each component, once", "a component of the structure is called %q: it has no name, or one that stands there already", short(id))
	}
	return nil
}

func (r *jsonReader) data(name string) error {
	switch name {
	case "errors":
		return r.errors()
	case "dataSets":
	default:
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
	err := r.object(func(name string) error {
		switch name {
		case "structure", "structureRef", "action", "validFrom", "validTo":
			if begun {
				return refuse("sdmx-content", r.at(), name, name+" before the data", "the data set says its %s behind its data: put it before", name)
			}
			switch name {
			case "action":
				return r.into(&said)
			case "validFrom":
				return r.into(&valid[0])
			case "validTo":
				return r.into(&valid[1])
			}
			return r.into(&index)
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
	if err == nil {
		err = begin()
	}
	if err != nil || len(r.defaults) == 0 {
		return err
	}
	return r.handler.record(&Record{Attributes: r.defaults, Attached: true, Line: at.line, Column: at.column})
}

// errors tells of the first error that the sender says he met.
func (r *jsonReader) errors() error {
	raw, err := r.raw(maxText)
	if err != nil {
		return err
	}
	if !json.Valid(raw) {
		return r.fault("no value of JSON")
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil || len(list) == 0 {
		return nil
	}
	text := string(list[0])
	var first struct {
		Code          json.RawMessage
		Title, Detail string
	}
	if json.Unmarshal(list[0], &first) == nil {
		text = strings.Join(strings.Fields(string(first.Code)+" "+first.Title+" "+first.Detail), " ")
	}
	r.handler.finding(incomplete(r.at(), text))
	return nil
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
	r.keys = r.shape.keys()
	action, ok := actionOf(said)
	if !ok {
		return refuse("sdmx-action", at, said, "Merge, Append, Replace, Delete or Information", "%q is no action", short(said))
	}
	if said == "" && r.version == JSON10 {
		action = Information
	}
	if r.defaults = nil; action != Delete && action != Merge { // a deletion names what it takes away, and a merge leaves what it does not state
		r.defaults = r.shape.defaults()
	}
	ref := refOfLinks(r.shape.Links)
	set := bind(ref, action, r.known, at, r.handler)
	if set.Structure == nil {
		set.Structure = r.shape.structure(ref)
	}
	set.ValidFrom, set.ValidTo = valid[0], valid[1]
	return r.handler.dataSet(set)
}

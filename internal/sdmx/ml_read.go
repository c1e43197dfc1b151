package sdmx

import (
	"bufio"
	"encoding/xml"
	"strings"

	"resolute"
)

// mlFlow is what the header says about one structure of the message.
type mlFlow struct {
	ref     Ref
	atObs   string // dimension at observation; AllDimensions: flat
	line    int
	written bool
}

// mlReader reads a data message of SDMX-ML.
type mlReader struct {
	*mlScanner
	version Format
	generic bool
	known   Structures
	handler Handler
	flows   map[string]mlFlow
	action  string
	family  Ref // of 2.0: the key family that the header names
	told    map[string]bool

	set     DataSet
	flow    mlFlow
	series  Record
	record  Record
	keyIDs  map[string]bool // without structure: dimensions met so far
	waiting []Record        // groups met before any dimension is known

	roles    map[string]role // of components in the structure of the data set
	observed bool            // the series has an observation
	single   []string        // components of the last record, which each stand once
}

const messageSpace = "/resources/sdmxml/schemas/v"

// mlVersion tells the version by the namespace of the root.
func mlVersion(space string) Format {
	path := strings.ToLower(space)
	i := strings.Index(path, messageSpace)
	if i < 0 || !strings.HasSuffix(path, "/message") {
		return ""
	}
	switch path[i+len(messageSpace) : len(path)-len("/message")] {
	case "2_0":
		return ML20
	case "2_1":
		return ML21
	case "3_0", "3_1":
		return ML30
	}
	return ""
}

func readML(in *bufio.Reader, known Structures, h Handler) (Format, error) {
	r := &mlReader{mlScanner: newMLScanner(in), known: known, handler: h, flows: map[string]mlFlow{}, told: map[string]bool{}}
	root, err := r.root()
	if err != nil {
		return "", err
	}
	switch name := root.Name.Local; name {
	case "GenericData", "GenericTimeSeriesData", "MessageGroup":
		r.generic = true
	case "StructureSpecificData", "StructureSpecificTimeSeriesData", "CompactData":
	case "Structure":
		return r.version, refuse("sdmx-no-data", r.at(), name, "a data message", "this message holds structures and no data: give it with --structure beside a data message")
	default:
		return r.version, refuse("sdmx-no-data", r.at(), name, "a data message", "a message %s of SDMX-ML %s is not read", name, strings.TrimPrefix(string(r.version), "ml"))
	}
	sets := 0
	err = r.children(func(t xml.StartElement) error {
		switch t.Name.Local {
		case "Header":
			return r.header()
		case "DataSet":
			sets++
			return r.dataSet(t)
		case "Footer":
			return r.footer()
		}
		return r.skip()
	})
	if err == nil {
		_, err = r.next() // nothing may follow
	}
	if err == nil && sets == 0 {
		h.finding(finding("sdmx-no-data", resolute.SeverityWarning, r.at(), "", "a data set", "the message holds no data set"))
	}
	return r.version, err
}

func (r *mlReader) root() (xml.StartElement, error) {
	for {
		token, err := r.next()
		if err != nil {
			return xml.StartElement{}, err
		}
		t, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		r.version = mlVersion(t.Name.Space)
		if r.version == "" {
			return t, refuse("sdmx-version", r.at(), t.Name.Space, "a namespace .../sdmxml/schemas/v2_0, v2_1, v3_0 or v3_1/message",
				"the root %s is of no version of SDMX-ML that is read", short(t.Name.Local))
		}
		return t, nil
	}
}

// header reads what the message says of its structures.
func (r *mlReader) header() error {
	return r.children(func(t xml.StartElement) error {
		switch t.Name.Local {
		case "Structure":
			return r.headerStructure(t)
		case "DataSetAction":
			return r.textInto(&r.action)
		case "Truncated": // 2.0
			return r.truncated()
		case "KeyFamilyRef":
			return r.textInto(&r.family.ID)
		case "KeyFamilyAgency":
			return r.textInto(&r.family.Agency)
		}
		return r.skip()
	})
}

func (r *mlReader) textInto(to *string) error {
	text, err := r.text()
	*to = strings.TrimSpace(text)
	return err
}

func (r *mlReader) headerStructure(t xml.StartElement) error {
	flow := mlFlow{atObs: attr(t, "dimensionAtObservation"), line: r.at().line}
	err := r.children(func(t xml.StartElement) error {
		ref, err := r.reference(classOf(t.Name.Local))
		if ref.ID != "" {
			flow.ref = ref
		}
		return err
	})
	r.flows[attr(t, "structureID")] = flow
	return err
}

// reference reads a reference: an element Ref, an element URN, or a URN as text (3.0).
func (r *mlReader) reference(class Class) (Ref, error) {
	var ref Ref
	var plain strings.Builder
	for {
		token, err := r.next()
		if err != nil {
			return ref, err
		}
		switch t := token.(type) {
		case xml.CharData:
			if plain.Len() < maxText {
				plain.Write(t)
			}
			continue
		case xml.StartElement:
			if err := r.referenceElement(t, &ref); err != nil {
				return ref, err
			}
			continue
		}
		if found, ok := refOfURN(strings.TrimSpace(plain.String())); ok {
			ref = found
		}
		if ref.Class == "" {
			ref.Class = class
		}
		return ref, nil
	}
}

func (s *mlScanner) referenceElement(t xml.StartElement, ref *Ref) error {
	switch t.Name.Local {
	case "Ref":
		*ref = Ref{Class: classOf(attr(t, "class")), Agency: attr(t, "agencyID"), ID: attr(t, "id"), Version: attr(t, "version")}
		if parent := attr(t, "maintainableParentID"); parent != "" {
			ref.ID, ref.Version = parent, attr(t, "maintainableParentVersion")
		}
		return s.skip()
	case "URN":
		text, err := s.text()
		if found, ok := refOfURN(strings.TrimSpace(text)); ok {
			*ref = found
		}
		return err
	}
	return s.skip()
}

// dataSet begins a data set and reads it.
func (r *mlReader) dataSet(t xml.StartElement) error {
	at := r.at()
	flow, action, err := r.about(t, at)
	if err != nil {
		return err
	}
	r.flow, r.keyIDs, r.roles = flow, nil, map[string]role{}
	if !r.generic {
		r.set = bind(flow.ref, action, r.known, at, r.handler)
		r.set.ValidFrom, r.set.ValidTo = attr(t, "validFromDate"), attr(t, "validToDate")
		return r.specificSet(t, at)
	}
	r.set = DataSet{Ref: flow.ref, Action: action, Line: at.line}
	if r.version != ML20 || flow.ref.ID != "" { // in 2.0 the key family may follow within the data set
		r.set = bind(flow.ref, action, r.known, at, r.handler)
	}
	r.set.ValidFrom, r.set.ValidTo = attr(t, "validFromDate"), attr(t, "validToDate")
	return r.genericSet()
}

// about finds what a data set is about and what it asks.
func (r *mlReader) about(t xml.StartElement, at place) (mlFlow, Action, error) {
	said := attr(t, "action")
	if said == "" {
		said = r.action
	}
	action, ok := actionOf(said)
	if !ok {
		return mlFlow{}, "", refuse("sdmx-action", at, said, "Append, Replace, Delete, Information or Merge", "%q is no action", short(said))
	}
	if said == "" && r.version != ML30 {
		action = Information
	}
	if r.version == ML20 {
		family := r.family
		if uri, ok := refOfURN(attr(t, "keyFamilyURI")); ok {
			family = uri
		}
		family.Class = DataStructure
		return mlFlow{ref: family, atObs: timePeriod, line: at.line}, action, nil
	}
	id := attr(t, "structureRef")
	flow, ok := r.flows[id]
	if !ok {
		return mlFlow{}, "", refuse("sdmx-reference", at, id, "a structureID of the header", "the data set refers to the structure %q, which the header does not have", short(id))
	}
	return flow, action, nil
}

// begin hands the data set on, once, when it is known what it is about.
func (r *mlReader) begin() error {
	if r.flow.written {
		return nil
	}
	r.flow.written = true
	return r.handler.dataSet(r.set)
}

// emit hands on a record with what is inherited from its series. Within it a component stands once.
func (r *mlReader) emit(rec *Record) error {
	if id := r.twice(rec); id != "" {
		return refuse("sdmx-content", place{rec.Line, rec.Column}, id, "each component once", "%s stands twice, in the series and the observation or as attribute and element", id)
	}
	if err := r.begin(); err != nil {
		return err
	}
	return r.handler.record(rec)
}

// twice is that of the record, which mostly has the same components as the one before.
func (r *mlReader) twice(rec *Record) string {
	n, same := 0, true
	for _, list := range [][]Value{rec.Key, rec.Measures, rec.Attributes} {
		for i := range list {
			same = same && n < len(r.single) && r.single[n] == list[i].ID
			n++
		}
	}
	if same && n == len(r.single) {
		return ""
	}
	r.single = r.single[:0]
	if id := rec.twice(); id != "" {
		return id
	}
	for _, list := range [][]Value{rec.Key, rec.Measures, rec.Attributes} {
		for i := range list {
			r.single = append(r.single, list[i].ID)
		}
	}
	return ""
}

// twice gives a component that a record states more than once; empty when there is none.
func (rec *Record) twice() string {
	lists := [][]Value{rec.Key, rec.Measures, rec.Attributes}
	for i, list := range lists {
		for j := range list {
			if find(list[j+1:], list[j].ID, 0) != nil {
				return list[j].ID
			}
			for _, other := range lists[i+1:] {
				if find(other, list[j].ID, 0) != nil {
					return list[j].ID
				}
			}
		}
	}
	return ""
}

package sdmx

import (
	"fmt"
	"slices"
	"strings"

	"resolute"
)

// Class is the kind of artefact that a data set refers to, in the words of SDMX-CSV.
type Class string

// The classes of artefacts that data can be reported against.
const (
	Dataflow      Class = "dataflow"
	DataStructure Class = "datastructure"
	Provision     Class = "dataprovision"
)

// Ref names a dataflow, data structure or provision agreement.
type Ref struct {
	Class               Class
	Agency, ID, Version string
}

// String gives AGENCY:ID(VERSION), as SDMX-CSV writes it.
func (r Ref) String() string {
	if r.ID == "" {
		return ""
	}
	if r.Version == "" {
		return r.Agency + ":" + r.ID
	}
	return fmt.Sprintf("%s:%s(%s)", r.Agency, r.ID, r.Version)
}

// ParseRef reads AGENCY:ID(VERSION); the version may be missing.
func ParseRef(s string) (Ref, bool) {
	agency, rest, ok := strings.Cut(s, ":")
	if !ok {
		return Ref{}, false
	}
	id, version, versioned := strings.Cut(rest, "(")
	if versioned {
		if version, ok = strings.CutSuffix(version, ")"); !ok || version == "" {
			return Ref{}, false
		}
	}
	if !IsID(strings.ReplaceAll(agency, ".", "_")) || !IsID(id) {
		return Ref{}, false
	}
	return Ref{Agency: agency, ID: id, Version: version}, true
}

// IsID says whether s may identify a component or an artefact.
func IsID(s string) bool {
	for _, c := range []byte(s) {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c == '@' || c == '$') {
			return false
		}
	}
	return s != ""
}

// refOfURN reads the end of a URN: ...Dataflow=AGENCY:ID(VERSION).
func refOfURN(urn string) (Ref, bool) {
	path, name, ok := strings.Cut(urn, "=")
	if !ok || !strings.HasPrefix(path, "urn:sdmx:") {
		return Ref{}, false
	}
	if end := strings.IndexByte(name, ')'); end >= 0 {
		name = name[:end+1]
	}
	ref, ok := ParseRef(name)
	ref.Class = classOf(path[strings.LastIndexByte(path, '.')+1:])
	return ref, ok
}

// classOf gives the class by any of its names, empty for an unknown one.
func classOf(name string) Class {
	switch strings.ToLower(name) {
	case "dataflow", "dataflowdefinition", "structureusage":
		return Dataflow
	case "datastructure", "keyfamily", "structure":
		return DataStructure
	case "dataprovision", "provisionagreement", "provisionagrement": // the standard itself once misspelt it
		return Provision
	}
	return ""
}

// Action is what a data set asks of what is already held.
type Action string

// The actions of the standard. Append and Information are old words, taken as Merge by who loads.
const (
	Merge       Action = "merge"
	Append      Action = "append"
	Replace     Action = "replace"
	Delete      Action = "delete"
	Information Action = "information"
)

// actionOf reads an action, letters or words of any case. None is Merge.
func actionOf(s string) (Action, bool) {
	switch strings.ToLower(s) {
	case "", "m", "merge":
		return Merge, true
	case "a", "append":
		return Append, true
	case "r", "replace":
		return Replace, true
	case "d", "delete":
		return Delete, true
	case "i", "information":
		return Information, true
	}
	return "", false
}

// Part is one of several values, or the value in one language.
type Part struct {
	Lang string
	Text string
}

// Value is what a component holds: text as it was printed, and for a component with several
// values or languages its parts.
type Value struct {
	ID    string
	Text  string
	Parts []Part
}

// Record is one line of a data set. Key holds the dimensions that are given. An attached record
// is no observation: its attributes hold for all observations that its partial key covers.
type Record struct {
	Key        []Value
	Measures   []Value
	Attributes []Value
	Attached   bool
	Line       int
	Column     int
}

// canonical is the value with the text of its parts; those without text are none, and a single part
// without language is plain text.
func (v Value) canonical() Value {
	v.Parts = slices.DeleteFunc(v.Parts, func(p Part) bool { return p.Text == "" })
	if len(v.Parts) == 0 {
		return Value{ID: v.ID}
	}
	if len(v.Parts) == 1 && v.Parts[0].Lang == "" {
		return Value{ID: v.ID, Text: v.Parts[0].Text}
	}
	v.Text = v.printed()
	return v
}

// clone is a record whose slices are its own.
func (rec *Record) clone() Record {
	c := *rec
	c.Key, c.Measures, c.Attributes = slices.Clone(rec.Key), slices.Clone(rec.Measures), slices.Clone(rec.Attributes)
	return c
}

// value finds the component id in a list; empty when it is not there.
func value(list []Value, id string) string {
	for i := range list {
		if list[i].ID == id {
			return list[i].Text
		}
	}
	return ""
}

// DataSet begins a run of records. Structure is nil when no structure is known. ValidFrom and ValidTo
// are times as they are printed, for which the data held; SDMX-CSV has no place for them.
type DataSet struct {
	Ref                Ref
	Action             Action
	Structure          *Structure
	Line               int
	ValidFrom, ValidTo string
	Columns            []string // dimensions that a table has columns for, whether or not a row fills them
}

// timeDimension gives the name of the time dimension.
func (d DataSet) timeDimension() string {
	if d.Structure != nil {
		return d.Structure.timeDimension()
	}
	return timePeriod
}

// Names of the standard that no structure can change.
const (
	timePeriod = "TIME_PERIOD"
	obsValue   = "OBS_VALUE"
)

// Handler takes what a message holds, in its order. The slices of a record are used again for
// the next one; its texts may be kept. An error of a function ends the reading.
type Handler struct {
	DataSet func(DataSet) error
	Record  func(*Record) error
	Finding func(resolute.Finding)
}

func (h Handler) dataSet(d DataSet) error {
	if h.DataSet == nil {
		return nil
	}
	return h.DataSet(d)
}

// record hands on a record with what it gives. An empty value is one that is not given, in every
// format; what is stated to be missing is NaN or #N/A.
func (h Handler) record(r *Record) error {
	r.Key, r.Measures, r.Attributes = given(r.Key), given(r.Measures), given(r.Attributes)
	if h.Record == nil {
		return nil
	}
	return h.Record(r)
}

func given(list []Value) []Value {
	for i := range list {
		if list[i].Text == "" {
			return slices.DeleteFunc(list, func(v Value) bool { return v.Text == "" })
		}
	}
	return list
}

func (h Handler) finding(f resolute.Finding) {
	if h.Finding != nil {
		h.Finding(f)
	}
}

// Format is an encoding of the standard with its version.
type Format string

// The formats that are read; all but ML20 are also written, and CSV21 is what 2.0 looks like. Generic
// SDMX-ML 2.1 is read as ML21, SDMX-JSON 2.1 as JSON20.
const (
	CSV10  Format = "csv1.0"
	CSV21  Format = "csv2.1"
	JSON10 Format = "json1.0"
	JSON20 Format = "json2.0"
	ML20   Format = "ml2.0"
	ML21   Format = "ml2.1"
	ML30   Format = "ml3.0"

	GenericML21 Format = "genericml2.1"
	JSON21      Format = "json2.1"
)

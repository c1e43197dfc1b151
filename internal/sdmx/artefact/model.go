package artefact

import (
	"strings"
	"time"

	"resolute"
)

// Class is a class of maintainable artefacts, in the words of the addresses of SDMX REST.
type Class string

// The classes that are written.
const (
	AgencyScheme  Class = "agencyscheme"
	Codelist      Class = "codelist"
	ConceptScheme Class = "conceptscheme"
	DataStructure Class = "datastructure"
	Dataflow      Class = "dataflow"
)

// Name identifies a maintainable artefact.
type Name struct {
	Class               Class
	Agency, ID, Version string
}

// models are the classes as URNs call them: package and class of the information model.
var models = map[Class][2]string{AgencyScheme: {"base", "AgencyScheme"}, Codelist: {"codelist", "Codelist"}, ConceptScheme: {"conceptscheme", "ConceptScheme"},
	DataStructure: {"datastructure", "DataStructure"}, Dataflow: {"datastructure", "Dataflow"}}

// URN gives the name by which other messages refer to the artefact.
func (n Name) URN() string {
	model := models[n.Class]
	return "urn:sdmx:org.sdmx.infomodel." + model[0] + "." + model[1] + "=" + n.Agency + ":" + n.ID + "(" + n.Version + ")"
}

// Path gives the artefact's place among the structures of an interface of version 2.
func (n Name) Path() string {
	return strings.Join([]string{string(n.Class), n.Agency, n.ID, n.Version}, "/")
}

// Artefact is a maintainable artefact. What it holds depends on its class.
type Artefact struct {
	Name
	Text       resolute.Text // by which people know it
	Stub       bool          // only its names are told: the rest stands at its address
	Partial    bool          // it holds only some of its items
	Items      []Item        // of a scheme or list
	Structure  Name          // of a dataflow
	Components Components    // of a data structure
}

// Item is a code, concept or agency.
type Item struct {
	ID   string
	Text resolute.Text
}

// Components are the parts of a data structure, which has one measure and all attributes at the observation.
type Components struct {
	Dimensions []Component // without the time
	Time       Component
	Measure    Component
	Attributes []Component
}

// Component is a dimension, measure or attribute: its concept bears its name in the scheme.
type Component struct {
	ID       string
	Scheme   Name   // of its concept
	Codelist Name   // zero: it is not enumerated
	Type     string // of one that is not: String, Double or ObservationalTimePeriod
}

// Region says for which codes of a dataflow there are data.
type Region struct {
	Flow                 Name
	Text                 resolute.Text
	Keys                 []Values
	Series, Observations int
}

// Values are the codes of one component that have data; for the time its first and last period.
type Values struct {
	Component   string
	Codes       []string
	First, Last string
}

// constraint names a region as an artefact.
func (r Region) constraint() string { return "CR_A_" + r.Flow.ID }

// Message is what a structure message holds.
type Message struct {
	ID        string
	Sender    string
	Prepared  time.Time
	Lang      resolute.Lang // that the reader prefers, for messages with one best name
	Base      string        // in front of the addresses of artefacts that are only named
	Artefacts []Artefact
	Regions   []Region
}

// of gives the artefacts of a class.
func (m Message) of(class Class) []Artefact {
	var list []Artefact
	for _, a := range m.Artefacts {
		if a.Class == class {
			list = append(list, a)
		}
	}
	return list
}

// Format is an encoding of structure messages.
type Format string

// The formats that are written.
const (
	ML21   Format = "ml2.1"
	ML30   Format = "ml3.0"
	JSON10 Format = "json1.0"
	JSON20 Format = "json2.0"
	JSON21 Format = "json2.1"
)

// IDs gives the names of all components.
func (c Components) IDs() []string {
	var ids []string
	for _, list := range [][]Component{c.Dimensions, {c.Time, c.Measure}, c.Attributes} {
		for _, part := range list {
			ids = append(ids, part.ID)
		}
	}
	return ids
}

package sdmx

import "slices"

// Component is a dimension, measure or attribute of a structure.
type Component struct {
	ID       string
	Codelist Ref      // zero: not enumerated
	Type     string   // of an own text format, such as Double
	Required bool     // an attribute or measure that must be given
	Several  bool     // more than one value is allowed
	Level    []string // of an attribute: the dimensions that it varies with; nil: unknown or the observation
	Measured bool     // an attribute of the observation
	concept  Ref      // of the concept, and the name in its scheme
	named    string
}

// Structure is a data structure definition.
type Structure struct {
	Ref        Ref
	Dimensions []Component // in order, the time dimension included
	Time       string      // name of the time dimension; empty: none
	Groups     map[string][]string
	Attributes []Component
	Measures   []Component
}

func (s *Structure) timeDimension() string { return s.Time }

// role says what a component is.
type role uint8

const (
	unknownRole role = iota
	dimensionRole
	measureRole
	attributeRole
)

func (s *Structure) role(id string) role {
	named := func(c Component) bool { return c.ID == id }
	switch {
	case slices.ContainsFunc(s.Dimensions, named):
		return dimensionRole
	case slices.ContainsFunc(s.Measures, named):
		return measureRole
	case slices.ContainsFunc(s.Attributes, named):
		return attributeRole
	}
	return unknownRole
}

// Codelist is an enumeration. Open says that it is only a part or a reference, so that a code it
// lacks may exist.
type Codelist struct {
	Ref   Ref
	Codes map[string]bool
	Open  bool
}

// Structures is what structure messages say.
type Structures struct {
	Flows     map[Ref]Ref // from dataflow to data structure
	Defined   []*Structure
	Codelists map[Ref]*Codelist
}

// Add joins what another message says.
func (s *Structures) Add(other Structures) {
	s.Defined = append(s.Defined, other.Defined...)
	if s.Flows == nil {
		s.Flows = map[Ref]Ref{}
	}
	if s.Codelists == nil {
		s.Codelists = map[Ref]*Codelist{}
	}
	for k, v := range other.Flows {
		s.Flows[k] = v
	}
	for k, v := range other.Codelists {
		s.Codelists[k] = v
	}
}

// Find gives the structure that data reported against ref follow. A dataflow leads to its
// structure. When the very artefact is not there, one of the same name in another version is
// taken, then the only structure that there is for a reference that leads nowhere; exact says
// whether neither was needed.
func (s Structures) Find(ref Ref) (found *Structure, exact bool) {
	target := ref
	if flow, ok := s.Flows[Ref{Class: Dataflow, Agency: ref.Agency, ID: ref.ID, Version: ref.Version}]; ok && ref.Class != DataStructure {
		target = flow
	}
	for _, d := range s.Defined {
		if d.Ref.Agency == target.Agency && d.Ref.ID == target.ID && d.Ref.Version == target.Version {
			return d, true
		}
	}
	for _, d := range s.Defined {
		if d.Ref.ID == target.ID && (target.Agency == "" || d.Ref.Agency == target.Agency) {
			return d, target.Version == ""
		}
	}
	if len(s.Defined) == 1 && ref.Class != DataStructure {
		return s.Defined[0], false
	}
	return nil, false
}

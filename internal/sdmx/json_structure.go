package sdmx

import (
	"bufio"
	"slices"
	"strings"
)

// The parts of SDMX-JSON structure messages that say something of data.
type (
	jsonArtefact struct {
		ID       string `json:"id"`
		Agency   string `json:"agencyID"`
		Version  string `json:"version"`
		Partial  bool   `json:"isPartial"`
		External bool   `json:"isExternalReference"`
	}
	jsonCodelist struct {
		jsonArtefact
		Codes      []jsonArtefact `json:"codes"`
		Extensions []struct{}     `json:"codelistExtensions"`
	}
	jsonDataflow struct {
		jsonArtefact
		Structure string `json:"structure"`
	}
	jsonRepresentation struct {
		Enumeration string `json:"enumeration"`
		Format      struct {
			Type string `json:"dataType"`
		} `json:"format"`
		Text struct { // of 1.0
			Type string `json:"textType"`
		} `json:"textFormat"`
		MaxOccurs any `json:"maxOccurs"` // a number, or "unbounded"
	}
	jsonPart struct {
		ID             string             `json:"id"`
		Usage          string             `json:"usage"`
		Assignment     string             `json:"assignmentStatus"`
		Representation jsonRepresentation `json:"localRepresentation"`
		Relationship   struct {
			Dimensions  []string  `json:"dimensions"`
			Group       string    `json:"group"`
			Observation *struct{} `json:"observation"`
			Primary     string    `json:"primaryMeasure"`
		} `json:"attributeRelationship"`
	}
	jsonDefinition struct {
		jsonArtefact
		Parts struct {
			DimensionList struct {
				Dimensions []jsonPart `json:"dimensions"`
				Time       *jsonPart  `json:"timeDimension"`
				Times      []jsonPart `json:"timeDimensions"`
			} `json:"dimensionList"`
			Groups []struct {
				ID         string   `json:"id"`
				Dimensions []string `json:"groupDimensions"`
			} `json:"groups"`
			MeasureList struct {
				Measures []jsonPart `json:"measures"`
				Primary  *jsonPart  `json:"primaryMeasure"`
			} `json:"measureList"`
			AttributeList struct {
				Attributes []jsonPart `json:"attributes"`
			} `json:"attributeList"`
		} `json:"dataStructureComponents"`
	}
)

func readJSONStructures(in *bufio.Reader) (Structures, error) {
	s := newJSONScanner(in)
	found := Structures{Flows: map[Ref]Ref{}, Codelists: map[Ref]*Codelist{}}
	err := s.object(func(name string) error {
		if name != "data" {
			return s.skip()
		}
		return s.object(func(name string) error { return s.artefacts(name, &found) })
	})
	if err == nil && len(found.Defined)+len(found.Codelists)+len(found.Flows) == 0 {
		err = refuse("sdmx-no-structure", place{1, 1}, "", "a structure message", "the message holds no data structure, dataflow or code list")
	}
	return found, err
}

func (s *jsonScanner) artefacts(name string, found *Structures) error {
	switch name {
	case "codelists":
		return s.array(func(int) error {
			var list jsonCodelist
			err := s.into(&list)
			c := &Codelist{Ref: list.ref(""), Codes: map[string]bool{}, Open: list.Partial || list.External || len(list.Extensions) > 0}
			for _, code := range list.Codes {
				c.Codes[code.ID] = true
			}
			found.Codelists[c.Ref] = c
			return err
		})
	case "dataflows":
		return s.array(func(int) error {
			var flow jsonDataflow
			err := s.into(&flow)
			if ref, ok := refOfURN(flow.Structure); ok {
				found.Flows[flow.ref(Dataflow)] = ref
			}
			return err
		})
	case "dataStructures":
		return s.array(func(int) error {
			var d jsonDefinition
			err := s.into(&d)
			if defined := d.structure(); len(defined.Dimensions) > 0 {
				found.Defined = append(found.Defined, defined)
			}
			return err
		})
	}
	return s.skip()
}

func (a jsonArtefact) ref(class Class) Ref {
	ref := Ref{Class: class, Agency: a.Agency, ID: a.ID, Version: a.Version}
	if ref.Version == "" {
		ref.Version = "1.0"
	}
	return ref
}

func (d *jsonDefinition) structure() *Structure {
	s := &Structure{Ref: d.ref(DataStructure), Groups: map[string][]string{}}
	for _, p := range d.Parts.DimensionList.Dimensions {
		s.Dimensions = append(s.Dimensions, p.component())
	}
	times := d.Parts.DimensionList.Times
	if t := d.Parts.DimensionList.Time; t != nil {
		times = append(times, *t)
	}
	for _, p := range times {
		s.Dimensions = append(s.Dimensions, p.component())
		s.Time = p.ID
	}
	for _, g := range d.Parts.Groups {
		s.Groups[g.ID] = g.Dimensions
	}
	measures := d.Parts.MeasureList.Measures
	if p := d.Parts.MeasureList.Primary; p != nil {
		measures = append(measures, *p)
	}
	for _, p := range measures {
		s.Measures = append(s.Measures, p.component())
	}
	for _, p := range d.Parts.AttributeList.Attributes {
		c := p.component()
		c.Level = slices.Concat(p.Relationship.Dimensions, s.Groups[p.Relationship.Group])
		c.Measured = p.Relationship.Observation != nil || p.Relationship.Primary != ""
		s.Attributes = append(s.Attributes, c)
	}
	return s
}

func (p jsonPart) component() Component {
	c := Component{ID: p.ID, Type: p.Representation.Format.Type, Required: p.Usage == "mandatory" || strings.EqualFold(p.Assignment, "mandatory")}
	if c.Type == "" {
		c.Type = p.Representation.Text.Type
	}
	if list, ok := refOfURN(p.Representation.Enumeration); ok {
		list.Class = ""
		c.Codelist = list
	}
	switch most := p.Representation.MaxOccurs.(type) {
	case string:
		c.Several = true
	case float64:
		c.Several = most > 1
	}
	return c
}

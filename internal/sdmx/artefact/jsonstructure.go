package artefact

// The parts of a data structure in SDMX-JSON: 1.0 has lists of time dimensions and a primary measure,
// and calls the format of a text otherwise.
type (
	jsonStructure struct {
		Dimensions jsonDimensions  `json:"dimensionList"`
		Attributes *jsonAttributes `json:"attributeList,omitempty"`
		Measures   jsonMeasures    `json:"measureList"`
	}
	jsonDimensions struct {
		ID    string          `json:"id"`
		List  []jsonComponent `json:"dimensions"`
		Time  *jsonComponent  `json:"timeDimension,omitempty"`
		Times []jsonComponent `json:"timeDimensions,omitempty"`
	}
	jsonAttributes struct {
		ID   string          `json:"id"`
		List []jsonComponent `json:"attributes"`
	}
	jsonMeasures struct {
		ID      string          `json:"id"`
		List    []jsonComponent `json:"measures,omitempty"`
		Primary *jsonComponent  `json:"primaryMeasure,omitempty"`
	}
	jsonComponent struct {
		ID             string             `json:"id"`
		Position       *int               `json:"position,omitempty"`
		Type           string             `json:"type,omitempty"` // 1.0
		Usage          string             `json:"usage,omitempty"`
		Assignment     string             `json:"assignmentStatus,omitempty"` // 1.0
		Relationship   *jsonRelationship  `json:"attributeRelationship,omitempty"`
		Concept        string             `json:"conceptIdentity"`
		Representation jsonRepresentation `json:"localRepresentation"`
	}
	jsonRelationship struct {
		Observation *struct{} `json:"observation,omitempty"`
		Primary     string    `json:"primaryMeasure,omitempty"` // 1.0
	}
	jsonRepresentation struct {
		Enumeration string          `json:"enumeration,omitempty"`
		Format      *jsonFormat     `json:"format,omitempty"`
		Text        *jsonTextFormat `json:"textFormat,omitempty"` // 1.0
	}
	jsonFormat struct {
		Type string `json:"dataType"`
	}
	jsonTextFormat struct {
		Type string `json:"textType"`
	}
)

func (w jsonWriter) components(c Components) *jsonStructure {
	s := &jsonStructure{Dimensions: jsonDimensions{ID: "DimensionDescriptor"}, Measures: jsonMeasures{ID: "MeasureDescriptor"}}
	for i, d := range c.Dimensions {
		j := w.component(d, "Dimension")
		j.Position = &i
		s.Dimensions.List = append(s.Dimensions.List, j)
	}
	time, measure := w.component(c.Time, "TimeDimension"), w.component(c.Measure, "")
	if w.format == JSON10 {
		last := len(c.Dimensions)
		time.Position = &last
		s.Dimensions.Times, s.Measures.Primary = []jsonComponent{time}, &measure
	} else {
		s.Dimensions.Time, s.Measures.List = &time, []jsonComponent{measure}
	}
	for _, a := range c.Attributes {
		j := w.component(a, "")
		if w.format == JSON10 {
			j.Assignment, j.Relationship = "Conditional", &jsonRelationship{Primary: c.Measure.ID}
		} else {
			j.Usage, j.Relationship = "optional", &jsonRelationship{Observation: &struct{}{}}
		}
		if s.Attributes == nil {
			s.Attributes = &jsonAttributes{ID: "AttributeDescriptor"}
		}
		s.Attributes.List = append(s.Attributes.List, j)
	}
	return s
}

func (w jsonWriter) component(c Component, kind string) jsonComponent {
	j := jsonComponent{ID: c.ID, Concept: c.concept()}
	switch {
	case c.Codelist.ID != "":
		j.Representation.Enumeration = c.Codelist.URN()
	case w.format == JSON10:
		j.Representation.Text = &jsonTextFormat{c.Type}
	default:
		j.Representation.Format = &jsonFormat{c.Type}
	}
	if w.format == JSON10 {
		j.Type = kind
	}
	return j
}

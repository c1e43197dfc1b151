package sdmx

// The parts of the structure of SDMX-JSON 2.0.
type (
	writtenStructure struct {
		DataSets   []int              `json:"dataSets"`
		Links      []writtenLink      `json:"links"`
		Name       string             `json:"name"`
		Dimensions writtenComponents  `json:"dimensions"`
		Measures   writtenComponents  `json:"measures"`
		Attributes writtenAttachments `json:"attributes"`
	}
	writtenLink struct {
		URN string `json:"urn"`
		Rel string `json:"rel"`
	}
	writtenComponents struct {
		Observation []writtenComponent `json:"observation"`
	}
	writtenAttachments struct {
		Group       []writtenComponent `json:"dimensionGroup"`
		Observation []writtenComponent `json:"observation"`
	}
	writtenComponent struct {
		ID           string           `json:"id"`
		Name         string           `json:"name"`
		Position     *int             `json:"keyPosition,omitempty"`
		Roles        []string         `json:"roles,omitempty"`
		Relationship *writtenRelation `json:"relationship,omitempty"`
		Values       []writtenValue   `json:"values,omitempty"`
	}
	writtenRelation struct {
		Observation *struct{} `json:"observation,omitempty"`
		Dimensions  []string  `json:"dimensions,omitempty"`
	}
	writtenValue struct {
		ID    string `json:"id,omitempty"`
		Name  string `json:"name,omitempty"`
		Value string `json:"value,omitempty"`
	}
)

package artefact

import (
	"encoding/json"
	"strconv"

	"resolute"
)

// Which codes have data, in SDMX-JSON: actual constraints of content (1.0) or data (2.0), and
// constraints of their own (2.1).
type (
	jsonConstraint struct {
		ID          string           `json:"id"`
		Agency      string           `json:"agencyID"`
		Version     string           `json:"version"`
		Name        string           `json:"name"`
		Names       resolute.Text    `json:"names"`
		Type        string           `json:"type,omitempty"` // 1.0
		Role        string           `json:"role,omitempty"` // 2.0
		Annotations []jsonAnnotation `json:"annotations"`
		Attachment  jsonAttachment   `json:"constraintAttachment"`
		Regions     []jsonRegion     `json:"cubeRegions"`
	}
	jsonAvailability struct {
		Attachment   jsonAttachment `json:"constraintAttachment"`
		Region       jsonRegion     `json:"cubeRegion"`
		Series       int            `json:"seriesCount"`
		Observations int            `json:"obsCount"`
	}
	jsonAnnotation struct {
		ID    string `json:"id"`
		Title string `json:"title,omitempty"` // 1.0
		Value string `json:"value,omitempty"` // 2.0
		Type  string `json:"type"`
	}
	jsonAttachment struct {
		Dataflows []string `json:"dataflows,omitempty"`
		Dataflow  string   `json:"dataflow,omitempty"` // 2.1
	}
	jsonRegion struct {
		Included *bool      `json:"isIncluded,omitempty"` // 1.0
		Include  *bool      `json:"include,omitempty"`
		Keys     []jsonKeys `json:"keyValues,omitempty"`
	}
	jsonKeys struct {
		ID     string     `json:"id"`
		Values []jsonCode `json:"values,omitempty"`
		Range  *jsonRange `json:"timeRange,omitempty"`
	}
	jsonCode struct {
		code  string
		plain bool // 1.0 has texts, the others objects
	}
	jsonRange struct {
		Start jsonPeriod `json:"startPeriod"`
		End   jsonPeriod `json:"endPeriod"`
	}
	jsonPeriod struct {
		Period    string `json:"period"`
		Inclusive bool   `json:"isInclusive"`
	}
)

func (w jsonWriter) content(r Region) jsonConstraint {
	c := w.constraint(r)
	c.Role, c.Type = "", "Actual"
	return c
}

func (w jsonWriter) constraint(r Region) jsonConstraint {
	c := jsonConstraint{ID: r.constraint(), Agency: r.Flow.Agency, Version: r.Flow.Version, Name: w.best(r.Text), Names: r.Text, Role: "Actual",
		Attachment: jsonAttachment{Dataflows: []string{r.Flow.URN()}}, Regions: []jsonRegion{w.region(r)}}
	for _, m := range r.metrics() {
		a := jsonAnnotation{ID: m.id, Type: metric}
		if w.format == JSON10 {
			a.Title = strconv.Itoa(m.count)
		} else {
			a.Value = strconv.Itoa(m.count)
		}
		c.Annotations = append(c.Annotations, a)
	}
	return c
}

func (w jsonWriter) available(r Region) jsonAvailability {
	return jsonAvailability{Attachment: jsonAttachment{Dataflow: r.Flow.URN()}, Region: w.region(r), Series: r.Series, Observations: r.Observations}
}

func (w jsonWriter) region(r Region) jsonRegion {
	yes := true
	region := jsonRegion{Include: &yes}
	if w.format == JSON10 {
		region = jsonRegion{Included: &yes}
	}
	for _, k := range r.Keys {
		j := jsonKeys{ID: k.Component}
		for _, code := range k.Codes {
			j.Values = append(j.Values, jsonCode{code, w.format == JSON10})
		}
		if k.First != "" {
			j.Range = &jsonRange{jsonPeriod{k.First, true}, jsonPeriod{k.Last, true}}
		}
		region.Keys = append(region.Keys, j)
	}
	return region
}

func (c jsonCode) MarshalJSON() ([]byte, error) {
	if c.plain {
		return json.Marshal(c.code)
	}
	return json.Marshal(struct {
		Value string `json:"value"`
	}{c.code})
}

package artefact

import (
	"encoding/json"
	"io"
	"time"

	"resolute"
)

// The parts of a structure message of SDMX-JSON that all versions have.
type (
	jsonMessage struct {
		Schema string   `json:"$schema,omitempty"`
		Meta   jsonMeta `json:"meta"`
		Data   jsonData `json:"data"`
	}
	jsonMeta struct {
		ID        string          `json:"id"`
		Test      bool            `json:"test"`
		Prepared  string          `json:"prepared"`
		Languages []resolute.Lang `json:"contentLanguages"`
		Sender    jsonParty       `json:"sender"`
	}
	jsonParty struct {
		ID string `json:"id"`
	}
	jsonData struct {
		AgencySchemes  []jsonArtefact     `json:"agencySchemes,omitempty"`
		Dataflows      []jsonArtefact     `json:"dataflows,omitempty"`
		Codelists      []jsonArtefact     `json:"codelists,omitempty"`
		ConceptSchemes []jsonArtefact     `json:"conceptSchemes,omitempty"`
		DataStructures []jsonArtefact     `json:"dataStructures,omitempty"`
		Content        []jsonConstraint   `json:"contentConstraints,omitempty"` // 1.0
		Constraints    []jsonConstraint   `json:"dataConstraints,omitempty"`    // 2.0
		Available      []jsonAvailability `json:"availabilityConstraints,omitempty"`
	}
	jsonArtefact struct {
		ID         string         `json:"id"`
		Agency     string         `json:"agencyID"`
		Version    string         `json:"version,omitempty"`
		Final      *bool          `json:"isFinal,omitempty"` // 1.0
		External   bool           `json:"isExternalReference,omitempty"`
		Partial    bool           `json:"isPartial,omitempty"`
		Name       string         `json:"name"`
		Names      resolute.Text  `json:"names"`
		Links      []jsonLink     `json:"links,omitempty"`
		Structure  string         `json:"structure,omitempty"`
		Agencies   []jsonItem     `json:"agencies,omitempty"`
		Codes      []jsonItem     `json:"codes,omitempty"`
		Concepts   []jsonItem     `json:"concepts,omitempty"`
		Components *jsonStructure `json:"dataStructureComponents,omitempty"`
	}
	jsonLink struct {
		Href string `json:"href,omitempty"`
		URN  string `json:"urn"`
		Rel  string `json:"rel"`
		Type string `json:"type"`
	}
	jsonItem struct {
		ID    string        `json:"id"`
		Name  string        `json:"name"`
		Names resolute.Text `json:"names"`
	}
)

// jsonWriter turns artefacts into what a version of SDMX-JSON says of them.
type jsonWriter struct {
	format Format
	lang   resolute.Lang
	base   string
}

func writeJSON(out io.Writer, format Format, m Message) error {
	w := jsonWriter{format, m.Lang, m.Base}
	message := jsonMessage{Meta: jsonMeta{ID: m.ID, Prepared: m.Prepared.UTC().Format(time.RFC3339), Languages: resolute.Langs[:], Sender: jsonParty{m.Sender}}}
	switch format {
	case JSON20:
		message.Schema = "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json"
	case JSON21:
		message.Schema = "https://json.sdmx.org/2.1/sdmx-json-structure-schema.json"
	}
	d := &message.Data
	for class, list := range map[Class]*[]jsonArtefact{AgencyScheme: &d.AgencySchemes, Dataflow: &d.Dataflows, Codelist: &d.Codelists, ConceptScheme: &d.ConceptSchemes, DataStructure: &d.DataStructures} {
		for _, a := range m.of(class) {
			*list = append(*list, w.artefact(a))
		}
	}
	for _, r := range m.Regions {
		switch format {
		case JSON10:
			d.Content = append(d.Content, w.content(r))
		case JSON20:
			d.Constraints = append(d.Constraints, w.constraint(r))
		default:
			d.Available = append(d.Available, w.available(r))
		}
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(message)
}

func (w jsonWriter) artefact(a Artefact) jsonArtefact {
	j := jsonArtefact{ID: a.ID, Agency: a.Agency, Version: a.Version, External: a.Stub, Partial: a.Partial, Name: w.best(a.Text), Names: a.Text}
	j.Links = []jsonLink{{URN: a.URN(), Rel: "self", Type: string(a.Class)}}
	if w.format == JSON10 {
		j.Final = new(bool)
	} else if a.Class == AgencyScheme {
		j.Version = "" // a scheme of agencies has no other
	}
	if a.Stub {
		j.Links[0].Href = w.base + a.Path()
		return j
	}
	switch a.Class {
	case AgencyScheme:
		j.Agencies = w.items(a.Items)
	case Codelist:
		j.Codes = w.items(a.Items)
	case ConceptScheme:
		j.Concepts = w.items(a.Items)
	case Dataflow:
		j.Structure = a.Structure.URN()
	case DataStructure:
		j.Components = w.components(a.Components)
	}
	return j
}

func (w jsonWriter) items(list []Item) []jsonItem {
	var out []jsonItem
	for _, i := range list {
		out = append(out, jsonItem{i.ID, w.best(i.Text), i.Text})
	}
	return out
}

// best is the name for the reader.
func (w jsonWriter) best(text resolute.Text) string {
	name, _ := text.In(w.lang)
	return name
}

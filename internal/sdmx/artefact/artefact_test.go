package artefact_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"resolute"
	"resolute/internal/sdmx"
	"resolute/internal/sdmx/artefact"
)

const schemas = "../../../../shared/samples/stats/sdmx/schemas"

func english(text string) resolute.Text { return resolute.Text{resolute.English: text} }

func named(class artefact.Class, agency, id string) artefact.Name {
	return artefact.Name{Class: class, Agency: agency, ID: id, Version: "1.0"}
}

// example is a message with an artefact of each class.
func example() artefact.Message {
	concepts, flow, structure, list := named(artefact.ConceptScheme, "A.B", "CONCEPTS"), named(artefact.Dataflow, "A.B", "FLOW"), named(artefact.DataStructure, "A.B", "FLOW"), named(artefact.Codelist, "A.B", "CL_AREA")
	component := func(id, kind string) artefact.Component {
		return artefact.Component{ID: id, Scheme: concepts, Type: kind}
	}
	area := artefact.Component{ID: "REF_AREA", Scheme: concepts, Codelist: list}
	items := func(ids ...string) (out []artefact.Item) {
		for _, id := range ids {
			out = append(out, artefact.Item{ID: id, Text: resolute.Text{resolute.English: `<"` + id + `" & others>`, resolute.Arabic: "بلد"}})
		}
		return out
	}
	return artefact.Message{ID: "M1", Sender: "A", Prepared: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Lang: resolute.French, Base: "/structure/",
		Artefacts: []artefact.Artefact{
			{Name: named(artefact.AgencyScheme, "SDMX", "AGENCIES"), Text: english("Agencies"), Items: items("A")},
			{Name: flow, Text: resolute.Text{resolute.English: "Flow", resolute.French: "Flux"}, Structure: structure},
			{Name: named(artefact.Dataflow, "A", "OTHER"), Text: english("Told elsewhere"), Stub: true},
			{Name: list, Text: english("Areas"), Items: items("KEN", "UGA", "1$x"), Partial: true},
			{Name: concepts, Text: english("Concepts"), Items: items("REF_AREA", "TEXT", "TIME_PERIOD", "OBS_VALUE", "NOTE")},
			{Name: structure, Text: english("Structure"), Components: artefact.Components{Dimensions: []artefact.Component{area, component("TEXT", "String")},
				Time: component("TIME_PERIOD", "ObservationalTimePeriod"), Measure: component("OBS_VALUE", "Double"), Attributes: []artefact.Component{component("NOTE", "String")}}},
		},
		Regions: []artefact.Region{{Flow: flow, Text: english("Flow"), Series: 2, Observations: 17, Keys: []artefact.Values{{Component: "REF_AREA", Codes: []string{"KEN", "UGA"}},
			{Component: "TIME_PERIOD", First: "2005-01-01", Last: "2024-12-31"}}}}}
}

var formats = []artefact.Format{artefact.ML21, artefact.ML30, artefact.JSON10, artefact.JSON20, artefact.JSON21}

func write(t *testing.T, format artefact.Format, m artefact.Message) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := artefact.Write(&out, format, m); err != nil {
		t.Fatal(format, err)
	}
	return out.Bytes()
}

func TestWhatIsWrittenIsReadAsTheSameStructures(t *testing.T) {
	for _, format := range formats {
		got, err := sdmx.ReadStructures(bytes.NewReader(write(t, format, example())))
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		flow := sdmx.Ref{Class: sdmx.Dataflow, Agency: "A.B", ID: "FLOW", Version: "1.0"}
		d, exact := got.Find(flow)
		if d == nil || !exact {
			t.Fatalf("%s: the dataflow leads to %+v", format, d)
		}
		kinds := map[string]string{}
		for _, list := range [][]sdmx.Component{d.Dimensions, d.Measures, d.Attributes} {
			for _, c := range list {
				kinds[c.ID] = c.Type + c.Codelist.String()
			}
		}
		want := map[string]string{"REF_AREA": "A.B:CL_AREA(1.0)", "TEXT": "String", "TIME_PERIOD": "ObservationalTimePeriod", "OBS_VALUE": "Double", "NOTE": "String"}
		if !reflect.DeepEqual(kinds, want) || d.Time != "TIME_PERIOD" || len(d.Dimensions) != 3 || !d.Attributes[0].Measured || d.Attributes[0].Required {
			t.Errorf("%s: %+v", format, d)
		}
		list := got.Codelists[sdmx.Ref{Agency: "A.B", ID: "CL_AREA", Version: "1.0"}]
		if list == nil || !list.Open || !reflect.DeepEqual(list.Codes, map[string]bool{"KEN": true, "UGA": true, "1$x": true}) {
			t.Errorf("%s: code list %+v", format, list)
		}
	}
}

// What readers do not take in is looked for in the text.
func TestAMessageTellsCountsStubsAndLanguages(t *testing.T) {
	for format, parts := range map[artefact.Format][]string{
		artefact.ML21:   {`type="Actual"`, ">17<", `id="obs_count"`, `structureURL="/structure/dataflow/A/OTHER/1.0"`, `<com:Value>KEN</com:Value>`, `<com:StartPeriod isInclusive="true">2005-01-01<`, `xml:lang="ar">بلد<`, `isPartial="true"`},
		artefact.ML30:   {`role="Actual"`, ">17<", `<str:Value>KEN</str:Value>`, `<str:AgencyScheme id="AGENCIES" agencyID="SDMX" urn=`, `<str:Observation/>`},
		artefact.JSON10: {`"contentConstraints":[`, `"values":["KEN","UGA"]`, `"title":"17"`, `"name":"Flux"`, `"isExternalReference":true`, `"primaryMeasure":{"id":"OBS_VALUE"`},
		artefact.JSON20: {`"dataConstraints":[`, `"values":[{"value":"KEN"}`, `"role":"Actual"`, `"href":"/structure/dataflow/A/OTHER/1.0"`},
		artefact.JSON21: {`"availabilityConstraints":[`, `"obsCount":17`, `"seriesCount":2`},
	} {
		out := string(write(t, format, example()))
		for _, part := range parts {
			if !strings.Contains(out, part) {
				t.Errorf("%s does not say %s:\n%s", format, part, out)
			}
		}
	}
}

func TestMLIsValidByTheSchemasOfTheStandard(t *testing.T) {
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not there")
	}
	paths, err := filepath.Glob(filepath.Join(schemas, "*.xsd"))
	if err != nil || len(paths) == 0 {
		t.Skip("the samples are not there")
	}
	dir := t.TempDir()
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		keep(t, filepath.Join(dir, filepath.Base(path)), bytes.ReplaceAll(b, []byte("http://www.w3.org/2001/xml.xsd"), []byte("xml.xsd")))
	}
	message := filepath.Join(dir, "message.xml")
	keep(t, message, write(t, artefact.ML30, example()))
	if said, err := exec.Command(lint, "--nonet", "--noout", "--schema", filepath.Join(dir, "SDMXMessage.xsd"), message).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

func keep(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestJSONIsValidByTheSchemaOfTheStandard(t *testing.T) {
	path := filepath.Join(schemas, "sdmx-json-structure-schema.json")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the samples are not there")
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []artefact.Format{artefact.JSON20, artefact.JSON21} {
		m := example()
		if format == artefact.JSON20 {
			m.Regions = nil // the schema is of 2.1, which has another place for them
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(write(t, format, m)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestNamesOfArtefacts(t *testing.T) {
	n := named(artefact.Codelist, "A.B", "CL_X")
	if n.URN() != "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A.B:CL_X(1.0)" || n.Path() != "codelist/A.B/CL_X/1.0" {
		t.Error(n.URN(), n.Path())
	}
	if ids := example().Artefacts[5].Components.IDs(); !slices.Equal(ids, []string{"REF_AREA", "TEXT", "TIME_PERIOD", "OBS_VALUE", "NOTE"}) {
		t.Error(ids)
	}
}

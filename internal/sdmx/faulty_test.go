package sdmx

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"

	"resolute"
)

const (
	mlHead = `<m:StructureSpecificData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message" xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common" xmlns:s="urn:x">
<m:Header><m:ID>A</m:ID><m:Structure structureID="S" dimensionAtObservation="AllDimensions"><c:Structure>urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:B(1.0)</c:Structure></m:Structure></m:Header>
`
	mlTail   = `</m:StructureSpecificData>`
	csvHead  = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TIME_PERIOD,OBS_VALUE\n"
	jsonHead = `{"meta":{},"data":{"structures":[{"dimensions":{"observation":[{"id":"FREQ","values":[{"id":"A"}]}]},"measures":{"observation":[{"id":"OBS_VALUE"}]}}],"dataSets":[`
)

func packed(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(s)) // into memory
	_ = w.Close()
	return b.String()
}

func TestBrokenMessagesAreRefusedWithPlaceAndReason(t *testing.T) {
	for _, c := range []struct {
		name, message, rule string
		line                int
	}{
		{"nothing", "", "sdmx-empty", 1},
		{"blanks", " \n\t\n", "sdmx-empty", 1},
		{"no text", "\x89PNG\r\n", "sdmx-encoding", 1},
		{"a table of another kind", "country,year,value\nKEN,2020,1\n", "sdmx-header", 1},
		{"a damaged packing", "\x1f\x8bnothing", "sdmx-gzip", 1},
		{"a packing cut off", packed(strings.Repeat(csvHead, 900))[:60], "sdmx-gzip", 1},
		{"CSV without STRUCTURE_ID", "STRUCTURE,FREQ\ndataflow,A\n", "sdmx-header", 1},
		{"CSV with a column twice", "STRUCTURE,STRUCTURE_ID,FREQ,FREQ\n", "sdmx-header", 1},
		{"CSV with a column without name", "STRUCTURE,STRUCTURE_ID,,FREQ\n", "sdmx-header", 1},
		{"CSV with a short row", csvHead + "dataflow,A:B(1.0),I,A,2020,1\ndataflow,A:B(1.0),I,A,2020\n", "sdmx-row", 3},
		{"CSV with a long row", csvHead + "dataflow,A:B(1.0),I,A,2020,1,2\n", "sdmx-row", 2},
		{"CSV with an unknown action", csvHead + "dataflow,A:B(1.0),E,A,2020,1\n", "sdmx-action", 2},
		{"CSV about nothing", csvHead + "dataflow,B,I,A,2020,1\n", "sdmx-reference", 2},
		{"CSV about something else", csvHead + "codelist,A:B(1.0),I,A,2020,1\n", "sdmx-reference", 2},
		{"CSV with an open quote", csvHead + "dataflow,A:B(1.0),I,A,2020,\"1\n", "sdmx-row", 2},
		{"CSV with a quote inside", csvHead + "dataflow,A:B(1.0),I,A,20\"20,1\n", "sdmx-row", 2},
		{"CSV with text behind a quote", csvHead + "dataflow,A:B(1.0),I,A,\"2020\"x,1\n", "sdmx-row", 2},
		{"CSV that is not UTF-8", csvHead + "dataflow,A:B(1.0),I,A,20\xff20,1\n", "sdmx-encoding", 2},
		{"CSV with a zero byte", csvHead + "dataflow,A:B(1.0),I,A,20\x0020,1\n", "sdmx-encoding", 2},
		{"XML that breaks off", mlHead + `<m:DataSet s:structureRef="S"><Obs A="1"`, "sdmx-not-well-formed", 3},
		{"XML with crossed elements", mlHead + `<m:DataSet s:structureRef="S"></m:Header>`, "sdmx-not-well-formed", 3},
		{"XML with a document type", "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"b\">]>\n" + mlHead + mlTail, "sdmx-doctype", 2},
		{"XML with an entity of its own", mlHead + `<m:DataSet s:structureRef="S"><Obs A="&b;"/></m:DataSet>` + mlTail, "sdmx-not-well-formed", 3},
		{"XML with an attribute twice", mlHead + `<m:DataSet s:structureRef="S"><Obs A="1" A="2"/></m:DataSet>` + mlTail, "sdmx-not-well-formed", 3},
		{"XML with two roots", mlHead + `<m:DataSet s:structureRef="S"/>` + mlTail + "\n<m:more/>", "sdmx-not-well-formed", 4},
		{"XML with text behind", mlHead + `<m:DataSet s:structureRef="S"/>` + mlTail + "\nmore", "sdmx-not-well-formed", 4},
		{"XML in another encoding", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n" + mlHead, "sdmx-encoding", 1},
		{"XML too deep", mlHead + strings.Repeat("<a>", 80), "sdmx-limit", 3},
		{"XML of another standard", `<iati-activities version="2.03"/>`, "sdmx-version", 1},
		{"XML of an unknown version", `<m:GenericData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v9_0/message"/>`, "sdmx-version", 1},
		{"a structure message", `<m:Structure xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"/>`, "sdmx-no-data", 1},
		{"an error message", `<m:Error xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"/>`, "sdmx-no-data", 1},
		{"XML about a structure that the header lacks", mlHead + `<m:DataSet s:structureRef="T"/>` + mlTail, "sdmx-reference", 3},
		{"XML with an unknown action", mlHead + `<m:DataSet s:structureRef="S" action="Forget"/>` + mlTail, "sdmx-action", 3},
		{"XML with text among observations", mlHead + `<m:DataSet s:structureRef="S">1.3</m:DataSet>` + mlTail, "sdmx-content", 3},
		{"JSON that breaks off", jsonHead, "sdmx-not-well-formed", 1},
		{"JSON with something behind", jsonHead + `]}} {}`, "sdmx-not-well-formed", 1},
		{"JSON that is no message", `{"a":1}`, "sdmx-no-data", 1},
		{"JSON with a number that no value has", jsonHead + "{\"observations\":{\n\"1\":[5]}}]}}", "sdmx-content", 2},
		{"JSON with a key too long", jsonHead + "{\"observations\":{\n\"0:0\":[5]}}]}}", "sdmx-content", 2},
		{"JSON with a key that is no number", jsonHead + "{\"observations\":{\n\"x\":[5]}}]}}", "sdmx-content", 2},
		{"JSON with an unknown action", jsonHead + "{\n\"action\":\"Forget\",\"observations\":{}}]}}", "sdmx-action", 1},
		{"JSON about a structure it lacks", jsonHead + `{"structure":4,"observations":{}}]}}`, "sdmx-reference", 1},
		{"JSON with a list for an object", jsonHead + `{"observations":[1]}]}}`, "sdmx-content", 1},
		{"JSON too deep", `{"meta":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "}", "sdmx-limit", 1},
		{"JSON with a component without name", strings.Replace(jsonHead, `"id":"FREQ",`, "", 1) + `]}}`, "sdmx-content", 1},
		{"JSON with a component twice", strings.Replace(jsonHead, `"OBS_VALUE"`, `"FREQ"`, 1) + `]}}`, "sdmx-content", 1},
		{"JSON with a component that is oddly called", strings.Replace(jsonHead, `"OBS_VALUE"`, `"a, b"`, 1) + `]}}`, "sdmx-content", 1},
		{"JSON with a member twice", `{"data":{},"data":{}}`, "sdmx-content", 1},
		{"JSON whose data were valid from when is said behind them", jsonHead + "{\"observations\":{},\n\"validFrom\":\"2020\"}]}}", "sdmx-content", 2},
		{"a utility message of 2.0", `<m:UtilityData xmlns:m="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"><DataSet><Series><Key><F>A</F></Key></Series></DataSet></m:UtilityData>`, "sdmx-no-data", 1},
		{"JSON that is not UTF-8", jsonHead + "{\"observations\":{\n\"0\":[5,\"C\xf4te\"]}}]}}", "sdmx-encoding", 2},
		{"JSON with a name that is not UTF-8", "{\"C\xf4te\":1}", "sdmx-encoding", 1},
		{"XML with more groups than can wait for a series", mlHead + `<m:DataSet s:structureRef="S">` + strings.Repeat(`<Group A="1"/>`, maxWaiting+1) + `</m:DataSet>` + mlTail, "sdmx-limit", 3},
		{"JSON that breaks off behind a backslash", `{"` + strings.Repeat("x", 1<<16-3) + `\n`, "sdmx-not-well-formed", 1},
		{"JSON with a text too long", `{"meta":"` + strings.Repeat("x", maxText) + `"}`, "sdmx-limit", 1},
		{"JSON with a text without end", `{"meta":"` + strings.Repeat("x", 4<<20), "sdmx-limit", 1},
		{"JSON that lists too much", `{"structure":{"dimensions":{"observation":[{"id":"A","values":[` + strings.Repeat("0,", maxListed+1) + `0]}]}}}`, "sdmx-limit", 1},
		{"CSV with a row of quoted cells without end", csvHead + `"a` + strings.Repeat("\n\",\"a", maxText/2), "sdmx-limit", 2},
		{"attributes on too many levels", levels(maxLevels + 1), "sdmx-limit", maxLevels + 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Survey(strings.NewReader(c.message), Structures{}, func(resolute.Finding) {})
			var refused *RefusedError
			if !errors.As(err, &refused) {
				t.Fatalf("got %v, want a refusal", err)
			}
			f := refused.Finding
			if f.Rule != c.rule || f.Line != c.line || f.Column < 1 || f.Message == "" || f.Severity != resolute.SeverityError {
				t.Errorf("got %s in line %d, column %d (%s), want %s in line %d", f.Rule, f.Line, f.Column, f.Message, c.rule, c.line)
			}
		})
	}
}

// levels is a table of attributes that hang on n sets of dimensions.
func levels(n int) string {
	var b strings.Builder
	b.WriteString("STRUCTURE,STRUCTURE_ID,ACTION,D0,D1,D2,D3,D4,D5,D6,D7,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n")
	for row := range n {
		b.WriteString("dataflow,A:B(1.0),M")
		for i := range 8 {
			b.WriteString("," + strings.Repeat("x", row>>i&1))
		}
		b.WriteString(",,,A\n")
	}
	return b.String()
}

const dsd = `<m:Structure xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message" xmlns:s="urn:s"><m:Structures>
<s:Codelists><s:Codelist id="CL_FREQ" agencyID="A" version="1.0"><s:Code id="A"/><s:Code id="M"/></s:Codelist></s:Codelists>
<s:DataStructures><s:DataStructure id="B" agencyID="A" version="1.0"><s:DataStructureComponents>
<s:DimensionList><s:Dimension id="FREQ"><s:LocalRepresentation><s:Enumeration>urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:CL_FREQ(1.0)</s:Enumeration></s:LocalRepresentation></s:Dimension>
<s:TimeDimension id="TIME_PERIOD"/></s:DimensionList>
<s:AttributeList><s:Attribute id="OBS_STATUS" usage="mandatory"><s:LocalRepresentation><s:Enumeration>urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:CL_FREQ(1.0)</s:Enumeration></s:LocalRepresentation><s:AttributeRelationship><s:Observation/></s:AttributeRelationship></s:Attribute></s:AttributeList>
<s:MeasureList><s:Measure id="OBS_VALUE"><s:LocalRepresentation><s:TextFormat textType="Double"/></s:LocalRepresentation></s:Measure></s:MeasureList>
</s:DataStructureComponents></s:DataStructure></s:DataStructures></m:Structures></m:Structure>`

func TestFindingsTellWhatIsWrongAndWhere(t *testing.T) {
	known, err := ReadStructures(strings.NewReader(dsd))
	if err != nil {
		t.Fatal(err)
	}
	const head = "STRUCTURE,STRUCTURE_ID,FREQ,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
	for _, c := range []struct {
		name, message, rule string
		line                int
		severity            resolute.Severity
	}{
		{"a key twice", head + "datastructure,A:B(1.0),A,2020,1,A\ndatastructure,A:B(1.0),A,2020,2,A\n", "sdmx-duplicate-key", 3, resolute.SeverityError},
		{"an unknown code", head + "datastructure,A:B(1.0),X,2020,1,A\n", "sdmx-code-unknown", 2, resolute.SeverityError},
		{"a dimension that is missing", head + "datastructure,A:B(1.0),,2020,1,A\n", "sdmx-dimension-missing", 2, resolute.SeverityError},
		{"an attribute that is missing", head + "datastructure,A:B(1.0),A,2020,1,\n", "sdmx-attribute-missing", 2, resolute.SeverityWarning},
		{"a value that is no number", head + "datastructure,A:B(1.0),A,2020,many,A\n", "sdmx-number", 2, resolute.SeverityWarning},
		{"a time that is no period", head + "datastructure,A:B(1.0),A,last year,1,A\n", "sdmx-period", 2, resolute.SeverityWarning},
		{"a dimension stated to be missing", head + "datastructure,A:B(1.0),NaN,2020,1,A\n", "sdmx-code-unknown", 2, resolute.SeverityError},
		{"another version", head + "datastructure,A:B(2.0),A,2020,1,A\n", "sdmx-structure-other", 2, resolute.SeverityWarning},
		{"a component of no structure", "STRUCTURE,STRUCTURE_ID,FREQ,TIME_PERIOD,OBS_VALUE,OBS_STATUS,MORE\ndatastructure,A:B(1.0),A,2020,1,A,x\n", "sdmx-component-unknown", 1, resolute.SeverityWarning},
	} {
		t.Run(c.name, func(t *testing.T) {
			var found []resolute.Finding
			if _, err := Survey(strings.NewReader(c.message), known, func(f resolute.Finding) { found = append(found, f) }); err != nil {
				t.Fatal(err)
			}
			if len(found) != 1 || found[0].Rule != c.rule || found[0].Line != c.line || found[0].Severity != c.severity {
				t.Errorf("got %+v, want one %s %s in line %d", found, c.severity, c.rule, c.line)
			}
		})
	}
	var found []resolute.Finding
	clean := head + "datastructure,A:B(1.0),A,2021,#N/A,#N/A\ndatastructure,A:B(1.0),A,2022,NaN,NaN\ndatastructure,A:B(1.0),A,2020,1,A\ndatastructure,A:B(1.0),M,2020-01,NaN,A\n"
	if _, err := Survey(strings.NewReader(clean), known, func(f resolute.Finding) { found = append(found, f) }); err != nil || len(found) > 0 {
		t.Errorf("a message without fault: %v %v", found, err)
	}
}

func TestAStructureMessageWithATooLongTextIsRefused(t *testing.T) {
	long := strings.Repeat(strings.Repeat("a", 1000)+"<!---->", maxText/1000+1)
	_, err := ReadStructures(strings.NewReader(strings.Replace(dsd, `<s:TimeDimension id="TIME_PERIOD"/>`, `<s:TimeDimension id="TIME_PERIOD">`+long+`</s:TimeDimension>`, 1)))
	var refused *RefusedError
	if !errors.As(err, &refused) || refused.Finding.Rule != "sdmx-limit" {
		t.Errorf("got %v, want sdmx-limit", err)
	}
}

func TestWhatAPeriodIs(t *testing.T) {
	for text, want := range map[string]bool{
		"2024": true, "2024-06": true, "2024-06-30": true, "2024-06-30T10:00:00": true, "2024-06-30T10:00:00Z": true, "2024-Q1": true, "2024-S2": true,
		"2024-T3": true, "2024-M12": true, "2024-W53": true, "2024-D366": true, "2024-A1": true, "2024-01-01/P1Y": true, "2015Z": true,
		"": false, "24": false, "2024-13": false, "2024-Q5": false, "2024-1": false, "2024-06-32": false, "last year": false, "2024-": false, "2024-W": false, "2024/": false,
	} {
		if got := IsPeriod(text); got != want {
			t.Errorf("%q: got %t, want %t", text, got, want)
		}
	}
}

// A message whose structure leaves out dimensions that its keys count cannot be read: no number in it
// is known to stand for anything. Who receives it must see that the message is at fault, and how.
func TestKeyThatTheStructureDoesNotDescribeSaysSo(t *testing.T) {
	for _, c := range []struct{ name, message, want string }{
		{"a key longer", jsonHead + `{"observations":{"0:0":[5]}}]}}`, `the key "0:0" has 2 numbers, and the structure in the message describes 1 dimensions for it: FREQ`},
		{"no dimension at all", `{"data":{"structures":[{"dimensions":{}}],"dataSets":[{"observations":{"0":[5]}}]}}`, `the key "0" has 1 numbers, and the structure in the message describes 0 dimensions for it: none`},
	} {
		_, err := Survey(strings.NewReader(c.message), Structures{}, func(resolute.Finding) {})
		if err == nil || !strings.HasSuffix(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
	_, err := Survey(bytes.NewReader(sample(t, "misc/sdg_flat_json1.json")), Structures{}, func(resolute.Finding) {})
	if err == nil || !strings.Contains(err.Error(), "has 16 numbers, and the structure in the message describes 8 dimensions for it: FREQ, REPORTING_TYPE, ") {
		t.Errorf("keys of 16 numbers over 8 dimensions: %v", err)
	}
}

package sdmx

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// flatSchema is the schema of flat data that follows from a structure by the rules of SDMX-ML 3.0:
// types derived from those of the standard, with the components as attributes.
func flatSchema(set *SetSummary) string {
	var attributes strings.Builder
	for _, list := range [][]string{set.Dimensions, set.Measures, set.Layout.Attributes} {
		for _, id := range list {
			if _, several := set.Several[id]; !several && id != timePeriod {
				fmt.Fprintf(&attributes, `<xs:attribute name=%q type="xs:string"/>`, id)
			}
		}
	}
	comps := ""
	for id := range set.Several {
		comps += fmt.Sprintf(`<xs:complexType name=%q><xs:complexContent><xs:restriction base="dsd:CompType"><xs:sequence><xs:element name="Value" type="common:ValueType" minOccurs="0" maxOccurs="unbounded" form="unqualified"/></xs:sequence><xs:attribute name="id" type="common:NCNameIDType" use="required" fixed=%q/></xs:restriction></xs:complexContent></xs:complexType>`, id, id)
	}
	derived := func(name string) string {
		return `<xs:complexType name="` + name + `"><xs:complexContent><xs:restriction base="dsd:` + name + `"><xs:sequence><xs:element name="Comp" type="dsd:CompType" form="unqualified" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>` +
			attributes.String() + `</xs:restriction></xs:complexContent></xs:complexType>`
	}
	return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="` + Namespace(set.Ref) + `" targetNamespace="` + Namespace(set.Ref) + `"
 xmlns:dsd="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/data/structurespecific" xmlns:common="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common">
<xs:import namespace="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/data/structurespecific" schemaLocation="SDMXDataStructureSpecific.xsd"/>
<xs:import namespace="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common" schemaLocation="SDMXCommon.xsd"/>
<xs:complexType name="DataSetType"><xs:complexContent><xs:restriction base="dsd:DataSetType"><xs:choice minOccurs="0" maxOccurs="unbounded">
<xs:element name="Atts" type="AttsType" form="unqualified"/><xs:element name="Obs" type="ObsType" form="unqualified"/></xs:choice>
</xs:restriction></xs:complexContent></xs:complexType>` + derived("ObsType") + derived("AttsType") + comps + `</xs:schema>`
}

func TestMLIsValidByTheSchemasOfTheStandard(t *testing.T) {
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not there")
	}
	for _, name := range []string{"ecb_exr/ng-ts.xml", "v3_csv/example-01.csv", "v3_csv/example-07.csv", "v3_csv/example-10.csv", "twg_json/agri.json", "pysdmx_xml21/reader/generic_dataser_groups.xml", "pysdmx_csv20/reader/data_v2.csv"} {
		t.Run(name, func(t *testing.T) {
			message := sample(t, name)
			out, err := converted(t, message, ML30, Structures{})
			if err != nil {
				t.Fatal(err)
			}
			_, s := inWords(t, out, Structures{})
			dir := t.TempDir()
			schemas, err := filepath.Glob(filepath.Join(samples, "schemas", "*.xsd"))
			if err != nil || len(schemas) == 0 {
				t.Skip("the schemas are not there")
			}
			for _, path := range schemas {
				b, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				b = bytes.ReplaceAll(b, []byte("http://www.w3.org/2001/xml.xsd"), []byte("xml.xsd"))
				write(t, filepath.Join(dir, filepath.Base(path)), b)
			}
			write(t, filepath.Join(dir, "flat.xsd"), []byte(flatSchema(s.Sets[0])))
			write(t, filepath.Join(dir, "all.xsd"), []byte(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import namespace="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message" schemaLocation="SDMXMessage.xsd"/><xs:import namespace="`+Namespace(s.Sets[0].Ref)+`" schemaLocation="flat.xsd"/></xs:schema>`))
			write(t, filepath.Join(dir, "data.xml"), out)
			said, err := exec.Command(lint, "--nonet", "--noout", "--schema", filepath.Join(dir, "all.xsd"), filepath.Join(dir, "data.xml")).CombinedOutput()
			if err != nil {
				t.Errorf("%v\n%s\n%s", err, said[:min(len(said), 2000)], out[:min(len(out), 1500)])
			}
		})
	}
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestJSONIsValidByTheSchemaOfTheStandard(t *testing.T) {
	path := filepath.Join(samples, "schemas", "sdmx-json-data-schema.json")
	if _, err := os.Stat(path); err != nil {
		t.Skip("the samples are not there")
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"ecb_exr/ng-ts.xml", "v3_csv/example-01.csv", "v3_csv/example-10.csv", "twg_json/agri.json", "pysdmx_xml21/reader/generic_dataser_groups.xml", "pysdmx_csv20/reader/data_v2.csv"} {
		for _, format := range []Format{JSON20, JSON21} {
			out, err := converted(t, sample(t, name), format, Structures{})
			if err != nil {
				t.Fatal(err)
			}
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
			if err == nil {
				err = schema.Validate(value)
			}
			if err != nil {
				t.Errorf("%s as %s: %.1500v", name, format, err)
			}
		}
	}
}

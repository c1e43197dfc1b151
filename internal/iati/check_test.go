package iati_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"resolute"
	"resolute/internal/iati"
)

// today is the day on which the tests check.
var today = time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)

// check gives the verdict of the schema on a file, and what was found.
func check(t testing.TB, file []byte, version string) (iati.Checked, []iati.Fault) {
	t.Helper()
	return checkAs(t, file, iati.Checking{Version: version, SchemaOnly: true})
}

func checkAs(t testing.TB, file []byte, how iati.Checking) (iati.Checked, []iati.Fault) {
	t.Helper()
	how.Now = today
	var findings []iati.Fault
	verdict, err := iati.Check(bytes.NewReader(file), how, func(f iati.Fault) { findings = append(findings, f) })
	if err != nil {
		t.Fatal(err)
	}
	return verdict, findings
}

// Every file of the official suites, and every other file of the manifest, has the verdict that
// libxml2 gives with the same schema.
func TestVerdictsEqualTheManifest(t *testing.T) {
	folder := samples(t, "iati")
	manifest, err := os.Open(filepath.Join(folder, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer manifest.Close()
	judged := 0
	for lines := bufio.NewScanner(manifest); lines.Scan(); {
		cells := strings.Split(lines.Text(), "\t")
		verdict, version, found := strings.Cut(cells[7], " (")
		if !found || verdict != "valid" && verdict != "invalid" {
			continue
		}
		judged++
		got, findings := check(t, unzipped(t, filepath.Join(folder, cells[0])), strings.TrimSuffix(version, ")"))
		if got.Valid != (verdict == "valid") || got.Valid != (len(findings) == 0) {
			t.Errorf("%s: valid %v, want %s; %+v", cells[0], got.Valid, verdict, findings[:min(3, len(findings))])
		}
	}
	if judged < 700 {
		t.Errorf("only %d files were judged", judged)
	}
}

// sound is a valid activity, in lines that the faults below change.
const sound = `<?xml version="1.0"?>
<iati-activities version="2.03" generated-datetime="2026-01-31T12:00:00Z">
<iati-activity default-currency="USD">
<iati-identifier>XX-1-A</iati-identifier>
<reporting-org ref="XX-1" type="40"><narrative>Fictional</narrative></reporting-org>
<title><narrative xml:lang="en">A title</narrative></title>
<description><narrative>What it is</narrative></description>
<participating-org role="1"/>
<activity-status code="2"/>
<activity-date iso-date="2024-02-29" type="1"/>
<transaction><transaction-type code="2"/><transaction-date iso-date="2024-03-01"/><value value-date="2024-03-01">1250.00</value></transaction>
</iati-activity>
</iati-activities>`

func TestCheckTellsEveryFaultWithItsPlace(t *testing.T) {
	const (
		activity = "iati-activities/iati-activity"
		instance = "http://www.w3.org/2001/XMLSchema-instance"
	)
	for _, c := range []struct{ name, old, new, want string }{
		{"nothing wrong", "", "", ""},
		{"an element is missing", "<activity-status code=\"2\"/>\n", "", "3:1 schema-element-missing " + activity + "/activity-status"},
		{"an unknown element", "<title>", "<titel/><title>", "6:1 schema-element-unknown " + activity + "/titel"},
		{"out of order", "<title>", "<sector code=\"1\"/><title>", "6:1 schema-element-order " + activity + "/sector"},
		{"twice", "<activity-status code=\"2\"/>", "<activity-status code=\"2\"/><activity-status code=\"3\"/>", "9:28 schema-element-repeated " + activity + "/activity-status"},
		{"an attribute is missing", " iso-date=\"2024-02-29\"", "", "10:1 schema-attribute-missing " + activity + "/activity-date/@iso-date"},
		{"an unknown attribute", "role=\"1\"", "role=\"1\" rolle=\"1\"", "8:29 schema-attribute-unknown " + activity + "/participating-org/@rolle"},
		{"a day that does not exist", "2024-02-29", "2023-02-29", "10:16 schema-value " + activity + "/activity-date/@iso-date"},
		{"a number with an exponent", "1250.00", "1.25e3", "11:83 schema-value " + activity + "/transaction/value"},
		{"a number with a comment inside", "1250.00", "12<!-- -->50", ""},
		{"text between elements", "<title>", "stray <title>", "5:85 schema-text " + activity},
		{"an attribute of another namespace", "role=\"1\"", "role=\"1\" xmlns:x=\"u\" x:y=\"1\"", ""},
		{"nil where nothing may be", "<title>", `<title xmlns:xsi="` + instance + `" xsi:nil="true">`, "6:62 schema-attribute-unknown " + activity + "/title/@xsi:nil"},
		{"not nil, and it may not say so", "role=\"1\"", `role="1" xmlns:xsi="` + instance + `" xsi:nil="false"`, "8:83 schema-attribute-unknown " + activity + "/participating-org/@xsi:nil"},
		{"nil by another prefix, declared behind it", "<title>", `<title q:nil=" 1 " xmlns:q="` + instance + `">`, "6:8 schema-attribute-unknown " + activity + "/title/@q:nil"},
		{"nil of another namespace", "<title>", `<title xmlns:xsi="u" xsi:nil="true">`, ""},
		{"nil of what is not known", "</iati-activity>", `<x:y xmlns:x="u" xmlns:xsi="` + instance + `" xsi:nil="true"/></iati-activity>`, ""},
		{"where the schemas are", "<title>", `<title xmlns:xsi="` + instance + `" xsi:schemaLocation="a b" xsi:noNamespaceSchemaLocation="b" xsi:more="1">`, ""},
		{"more than an element takes that is closed", "</iati-activity>", `<related-activity ref="a" type="1" xmlns:xsi="` + instance + `" xsi:schemaLocation="a b" xsi:more="1"/></iati-activity>`,
			"12:115 schema-attribute-unknown " + activity + "/related-activity/@xsi:more"},
		{"an element of another namespace at the end", "</iati-activity>", "<x:y xmlns:x=\"u\"><anything/></x:y></iati-activity>", ""},
		{"an element of another namespace too early", "<title>", "<x:y xmlns:x=\"u\"/><title>", "6:1 schema-element-order " + activity + "/element of another namespace"},
		{"what is known is judged in what is not", "</iati-activity>", "<x:y xmlns:x=\"u\"><activity-date/></x:y></iati-activity>",
			"12:18 schema-attribute-missing " + activity + "/x:y/activity-date/@type; 12:18 schema-attribute-missing " + activity + "/x:y/activity-date/@iso-date"},
		{"a default namespace", "<iati-activities ", "<iati-activities xmlns=\"u\" ", "2:1 schema-element-unknown iati-activities"},
		{"the root lacks its version", " version=\"2.03\"", "", "2:1 schema-attribute-missing iati-activities/@version"},
		{"no activity", sound[strings.Index(sound, "<iati-activity "):strings.Index(sound, "</iati-activities>")], "", "2:1 schema-element-missing iati-activities/iati-activity"},
		{"cut off", "</iati-activities>", "", "13:1 not-well-formed "},
		{"another document", sound, "<html/>", "1:1 not-iati "},
	} {
		t.Run(c.name, func(t *testing.T) {
			verdict, findings := check(t, []byte(strings.Replace(sound, c.old, c.new, 1)), "2.03")
			var got []string
			for _, f := range findings {
				got = append(got, fmt.Sprintf("%d:%d %s %s", f.Line, f.Column, f.Rule, f.Path))
				if f.Message == "" || f.Severity != resolute.SeverityError {
					t.Errorf("finding %+v", f)
				}
			}
			if have := strings.Join(got, "; "); have != c.want {
				t.Errorf("found %s\nwant  %s", have, c.want)
			}
			if verdict.Valid != (c.want == "") {
				t.Errorf("valid %v", verdict.Valid)
			}
		})
	}
}

func TestCheckNamesTheActivity(t *testing.T) {
	verdict, findings := check(t, []byte(strings.Replace(sound, "2024-02-29", "soon", 1)), "")
	if len(findings) != 1 || findings[0].Record != "XX-1-A" || verdict.Version != "2.03" || verdict.Elements != 1 || verdict.Kind != iati.Activities {
		t.Errorf("%+v, %+v", verdict, findings)
	}
}

func TestACodeWeighsByItsList(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`code="2"/>` + "\n", `code="9"/>` + "\n", "code-unlisted error error"},
		{`xml:lang="en"`, `xml:lang="qq"`, "code-unlisted warning warning"}, // the list of languages is not complete
		{`<activity-date `, `<country-budget-items vocabulary="1"/><activity-date `, "code-withdrawn note advisory"},
	} {
		_, found := checkAs(t, []byte(strings.Replace(sound, c.old, c.new, 1)), iati.Checking{})
		var got []string
		for _, f := range found {
			if strings.HasPrefix(f.Rule, "code-") {
				got = append(got, fmt.Sprint(f.Rule, " ", f.Severity, " ", f.RuleSeverity))
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %v, want %s", c.new, got, c.want)
		}
	}
}

// FuzzCheck: no crash, every finding with a place, and the same at any size of chunk.
func FuzzCheck(f *testing.F) {
	f.Add([]byte(sound))
	f.Add([]byte(strings.Replace(sound, "<title>", "<x:y xmlns:x='u'><title lang='1'>a</title></x:y>&#9;<title a='&lt;'>", 1)))
	f.Add([]byte(`<iati-organisations version="2.03"><iati-organisation xmlns=""><organisation-identifier>&amp;</organisation-identifier></iati-organisation></iati-organisations>`))
	f.Fuzz(func(t *testing.T, file []byte) {
		_, want := checkAs(t, file, iati.Checking{})
		var got []iati.Fault
		if _, err := iati.Check(iotest.OneByteReader(bytes.NewReader(file)), iati.Checking{Now: today}, func(f iati.Fault) { got = append(got, f) }); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("byte by byte %+v\nat once %+v", got, want)
		}
		for _, f := range want {
			if f.Line < 1 || f.Column < 1 || f.Message == "" {
				t.Fatalf("finding %+v", f)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	for name, how := range map[string]iati.Checking{"schema": {Version: "2.03", SchemaOnly: true}, "all": {Version: "2.03", Now: today}} {
		b.Run(name, func(b *testing.B) {
			benchmarkInputs(b, func(b *testing.B, file []byte) {
				b.SetBytes(int64(len(file)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := iati.Check(bytes.NewReader(file), how, func(iati.Fault) {}); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

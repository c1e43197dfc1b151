package iati_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/iati"
)

// bare puts elements under the root of a file of version 2.03.
func bare(elements ...[]byte) []byte {
	return slicesOf([]byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<iati-activities version=\"2.03\">\n"), bytes.Join(elements, []byte("\n")), []byte("\n</iati-activities>\n"))
}

func slicesOf(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// verdict checks a file against the schema alone.
func verdict(t testing.TB, file []byte) (iati.Checked, []iati.Fault) {
	t.Helper()
	var faults []iati.Fault
	checked, err := iati.Check(bytes.NewReader(file), iati.Checking{SchemaOnly: true}, func(f iati.Fault) { faults = append(faults, f) })
	if err != nil {
		t.Fatal(err)
	}
	return checked, faults
}

func TestAnActivityStandsAlone(t *testing.T) {
	const identity = `<iati-identifier>A</iati-identifier><reporting-org ref="R" type="40"><narrative>R</narrative></reporting-org><title><narrative>T</narrative></title><description><narrative>D</narrative></description><participating-org role="4"/>`
	const status = `<activity-status code="2"/><activity-date type="2" iso-date="2024-01-01"/>`
	cases := []struct {
		name, root, in, want string
		rules                string
	}{
		{"a valid one keeps every byte", `<iati-activities version="2.01">`, "<iati-activity\n hierarchy='1'>" + identity + "<!-- c -->" + status + "</iati-activity>",
			"<iati-activity\n hierarchy='1'>" + identity + "<!-- c -->" + status + "</iati-activity>", ""},
		{"the root's language and currency", `<iati-activities version="2.03" xml:lang="fr" default-currency="eur">`, `<iati-activity>` + identity + status + `</iati-activity>`,
			`<iati-activity xml:lang="fr" default-currency="EUR">` + identity + status + `</iati-activity>`, ""},
		{"its own language wins", `<iati-activities version="2.03" xml:lang="fr">`, `<iati-activity xml:lang="en">` + identity + status + `</iati-activity>`,
			`<iati-activity xml:lang="en">` + identity + status + `</iati-activity>`, ""},
		{"namespaces of the root that it uses", `<iati-activities version="2.03" xmlns:b="urn:b" xmlns:a="urn:&amp;a" xmlns:c="urn:c">`, `<iati-activity a:x="1">` + identity + status + `<b:y><c:z xmlns:c="urn:own"/></b:y></iati-activity>`,
			`<iati-activity a:x="1" xmlns:a="urn:&amp;a" xmlns:b="urn:b">` + identity + status + `<b:y><c:z xmlns:c="urn:own"/></b:y></iati-activity>`, ""},
		{"children in order, comments with what follows them", `<iati-activities version="2.03">`, "<iati-activity>\n " + status + "\n <!-- who -->\n " + identity + "\n</iati-activity>",
			"<iati-activity>\n <!-- who -->\n " + identity + "\n " + status + "\n</iati-activity>", "export-moved"},
		{"an element without what it must have goes", `<iati-activities version="2.03">`, "<iati-activity>" + identity + status + "\n <sector percentage=\"50\"/>\n <sector code=\"22040\"/></iati-activity>",
			"<iati-activity>" + identity + status + "\n <sector code=\"22040\"/></iati-activity>", "export-left-out"},
		{"an empty child takes its parent with it", `<iati-activities version="2.03">`, `<iati-activity>` + identity + status + `<document-link url="https://a.example/" format="a/b"><title/><category code="A01"/></document-link></iati-activity>`,
			`<iati-activity>` + identity + status + `</iati-activity>`, "export-left-out"},
		{"an exponent is written out", `<iati-activities version="2.03">`, `<iati-activity>` + identity + status + `<budget><period-start iso-date="2024-01-01T00:00:00"/><period-end iso-date="2024-12-31"/><value value-date="2024-01-01"> 1.25E3 </value></budget></iati-activity>`,
			`<iati-activity>` + identity + status + `<budget><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><value value-date="2024-01-01">1250</value></budget></iati-activity>`, "export-rewritten export-rewritten"},
		{"loose text becomes a narrative", `<iati-activities version="2.03">`, `<iati-activity>` + strings.Replace(identity, "<narrative>T</narrative>", " T &amp; <!-- c --> U ", 1) + status + `</iati-activity>`,
			`<iati-activity>` + strings.Replace(identity, "<narrative>T</narrative>", "<narrative>T &amp;U</narrative><!-- c -->", 1) + status + `</iati-activity>`, "export-rewritten"},
		{"tags inside words go, words stay", `<iati-activities version="2.03">`, `<iati-activity>` + strings.Replace(identity, ">D<", ">D <b>bold <i>x</i></b> e<", 1) + status + `</iati-activity>`,
			`<iati-activity>` + strings.Replace(identity, ">D<", ">D bold x e<", 1) + status + `</iati-activity>`, "export-rewritten"},
		{"what is unknown goes, foreign content stays", `<iati-activities version="2.03">`, `<iati-activity odd="1">` + identity + status + `<invented/><x:y xmlns:x="urn:x"> <invented/> </x:y></iati-activity>`,
			`<iati-activity>` + identity + status + `<x:y xmlns:x="urn:x"> <invented/> </x:y></iati-activity>`, "export-left-out export-left-out"},
		{"the activity itself stays and says what it lacks", `<iati-activities version="2.03">`, `<iati-activity>` + identity + `</iati-activity>`,
			`<iati-activity>` + identity + `</iati-activity>`, "export-not-valid export-not-valid"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []byte
			var rules []string
			eachElement(t, []byte(c.root+c.in+"</iati-activities>"), func(root iati.Root, el *iati.Element) {
				raw, findings := root.Standalone(el)
				got = bytes.Clone(raw)
				for _, f := range findings {
					rules = append(rules, f.Rule)
					if f.Line < 1 || f.Message == "" || f.Record != "A" {
						t.Errorf("finding %+v", f)
					}
				}
			})
			if string(got) != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if found := strings.Join(rules, " "); found != c.rules {
				t.Errorf("findings %q, want %q", found, c.rules)
			}
			if checked, faults := verdict(t, bare(got)); !checked.Valid && !strings.Contains(c.rules, "not-valid") {
				t.Errorf("not valid: %+v", faults)
			}
		})
	}
}

// TestWhatCameInValidGoesOutValid holds Standalone to this for every sound sample file of version
// 2: a valid file gives a valid one in which every activity keeps its bytes but those of the start
// tag; of any other file only such activities stay at fault as say so; and what was given back once
// is given back the same again.
func TestWhatCameInValidGoesOutValid(t *testing.T) {
	folder, files, valid := samples(t, "iati"), 0, 0
	for _, f := range manifest(t, folder) {
		path := filepath.Join(folder, filepath.FromSlash(f.path))
		in, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		r, err := iati.NewReader(in, iati.Options{})
		if err != nil || r.Root().Kind != iati.Activities {
			in.Close()
			continue
		}
		files++
		if conveyed(t, path, r) {
			valid++
		}
		in.Close()
	}
	if files == 0 || valid == 0 {
		t.Fatalf("%d files, %d of them valid", files, valid)
	}
	t.Logf("%d files, %d of them valid", files, valid)
}

// conveyed gives the activities of a file back and reports whether the file was valid.
func conveyed(t *testing.T, path string, r *iati.Reader) bool {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	checked, err := iati.Check(in, iati.Checking{SchemaOnly: true}, func(iati.Fault) {})
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	w := iati.NewWriter(&file, iati.Root{})
	var findings []resolute.Finding
	for {
		el, err := r.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				return false // it breaks off
			}
			break
		}
		raw, found := r.Root().Standalone(el)
		findings = append(findings, found...)
		if checked.Valid && len(found) > 0 {
			t.Errorf("%s: valid, and yet %+v", path, found[0])
		}
		again, more := (iati.Root{}).Standalone(&iati.Element{Raw: raw, Line: 1, Column: 1})
		if !bytes.Equal(raw, again) {
			t.Errorf("%s: given back again %s\nwas %s", path, again, raw)
		}
		for _, f := range more {
			if f.Rule != "export-not-valid" {
				t.Errorf("%s: of what was given back: %+v", path, f)
			}
		}
		if err := w.WriteElement(raw); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	lacking := map[string]bool{}
	for _, f := range findings {
		if f.Rule == "export-not-valid" {
			lacking[f.Record] = true
		}
	}
	_, faults := verdict(t, file.Bytes())
	for _, f := range faults {
		if !lacking[f.Record] && f.Record != "" {
			t.Errorf("%s: %s of %s stays, and nothing says so", path, fmt.Sprint(f.Rule, " ", f.Path, " ", f.Found), f.Record)
		}
	}
	return checked.Valid
}

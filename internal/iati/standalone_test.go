package iati_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/iati"
	"resolute/internal/iatitest"
)

// bare puts elements under the root of a file of version 2.03.
func bare(elements ...[]byte) []byte {
	return slices.Concat([]byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<iati-activities version=\"2.03\">\n"), bytes.Join(elements, []byte("\n")), []byte("\n</iati-activities>\n"))
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
		{"what it must have stays, half as it is", `<iati-activities version="2.03">`, `<iati-activity>` + strings.Replace(identity, ` type="40"`, "", 1) + status + `</iati-activity>`,
			`<iati-activity>` + strings.Replace(identity, ` type="40"`, "", 1) + status + `</iati-activity>`, "export-not-valid"},
		{"nil goes, whatever its prefix, and what may be said of the schema stays", `<iati-activities version="2.03" xmlns:q="http://www.w3.org/2001/XMLSchema-instance">`,
			`<iati-activity q:noNamespaceSchemaLocation="s">` + identity + `<activity-status code="2" q:nil="false"/><activity-date type="2" iso-date="2024-01-01"/></iati-activity>`,
			`<iati-activity q:noNamespaceSchemaLocation="s" xmlns:q="http://www.w3.org/2001/XMLSchema-instance">` + identity + status + `</iati-activity>`, "export-left-out"},
		{"an amount without a day has that of its transaction", `<iati-activities version="2.03">`,
			`<iati-activity>` + identity + status + `<transaction><transaction-type code="3"/><transaction-date iso-date="2024-05-06T00:00:00"/><value value-date="">7</value></transaction></iati-activity>`,
			`<iati-activity>` + identity + status + `<transaction><transaction-type code="3"/><transaction-date iso-date="2024-05-06"/><value value-date="2024-05-06">7</value></transaction></iati-activity>`, "export-rewritten export-rewritten"},
		{"that of a budget its first", `<iati-activities version="2.03">`,
			`<iati-activity>` + identity + status + `<budget><period-start iso-date="2024-01-01 00:00:00"/><period-end iso-date="2024-12-31"/><value currency="USD">7</value></budget></iati-activity>`,
			`<iati-activity>` + identity + status + `<budget><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><value currency="USD" value-date="2024-01-01">7</value></budget></iati-activity>`, "export-rewritten export-rewritten"},
		{"where there is none it goes", `<iati-activities version="2.03">`,
			`<iati-activity>` + identity + status + `<budget><period-start iso-date="soon"/><period-end iso-date="2024-12-31"/><value>7</value></budget></iati-activity>`,
			`<iati-activity>` + identity + status + `</iati-activity>`, "export-left-out"},
		{"a blank between day and time", `<iati-activities version="2.03">`, `<iati-activity last-updated-datetime="2012-12-16 03:09:42.5">` + identity + status + `</iati-activity>`,
			`<iati-activity last-updated-datetime="2012-12-16T03:09:42.5">` + identity + status + `</iati-activity>`, "export-rewritten"},
		{"a point has the one reference system there is", `<iati-activities version="2.03">`, `<iati-activity>` + identity + status + `<location><point><pos>1 2</pos></point></location></iati-activity>`,
			`<iati-activity>` + identity + status + `<location><point srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><pos>1 2</pos></point></location></iati-activity>`, "export-rewritten"},
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
			if checked, faults := check(t, bare(got), "2.03"); !checked.Valid && !strings.Contains(c.rules, "not-valid") {
				t.Errorf("not valid: %+v", faults)
			}
		})
	}
}

// judgedFile is a sample file with the verdict that libxml2 gives on it.
type judgedFile struct {
	path    string
	version string // of the schema that was taken
	bytes   []byte // with that version stated
}

// secondGeneration gives the sample files, those of the official suites among them, that were judged
// by a schema of version 2.
func secondGeneration(t testing.TB) (files []judgedFile) {
	t.Helper()
	folder := samples(t, "iati")
	manifest, err := os.ReadFile(filepath.Join(folder, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(manifest)) {
		cells := strings.Split(line, "\t")
		verdict, version, found := strings.Cut(cells[7], " (")
		version = strings.TrimSuffix(version, ")")
		if !found || verdict != "valid" && verdict != "invalid" || !strings.HasPrefix(version, "2.") {
			continue
		}
		file := unzipped(t, filepath.Join(folder, filepath.FromSlash(cells[0])))
		file = bytes.Replace(file, []byte(`version="xx"`), []byte(`version="`+version+`"`), 1)
		files = append(files, judgedFile{cells[0], version, file})
	}
	return files
}

// TestWhatCameInValidGoesOutValid holds Standalone to this for every sample file of version 2: a
// valid file gives a valid one in which nothing had to change; of any other file only such
// activities stay at fault as say so; and what was given back once is given back the same again.
func TestWhatCameInValidGoesOutValid(t *testing.T) {
	files, valid := 0, 0
	sound := map[string][]byte{}
	for _, f := range secondGeneration(t) {
		r, err := iati.NewReader(bytes.NewReader(f.bytes), iati.Options{})
		if err != nil || r.Root().Kind != iati.Activities {
			continue
		}
		files++
		was, out := conveyed(t, f, r)
		if was {
			valid++
		}
		if out != nil {
			sound[f.path] = out
		}
	}
	iatitest.Valid(t, sound)
	if files < 350 || valid < 100 {
		t.Errorf("only %d files, %d of them valid", files, valid)
	}
	t.Logf("%d files, %d of them valid", files, valid)
}

// conveyed gives the activities of a file back and reports whether the file was valid; out is what
// was given back, nil when something in it lacks something.
func conveyed(t *testing.T, f judgedFile, r *iati.Reader) (valid bool, out []byte) {
	t.Helper()
	checked, _ := check(t, f.bytes, f.version)
	var file bytes.Buffer
	w := iati.NewWriter(&file, iati.Root{})
	lacking := map[string]bool{}
	for {
		el, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return false, nil // it breaks off
		}
		raw, findings := r.Root().Standalone(el)
		for _, found := range findings {
			if checked.Valid {
				t.Errorf("%s: valid, and yet %+v", f.path, found)
			}
			lacking[found.Record] = lacking[found.Record] || found.Rule == "export-not-valid"
		}
		if told := slices.ContainsFunc(findings, func(f resolute.Finding) bool { return f.Rule != "export-moved" && f.Rule != "export-not-valid" }); !told &&
			r.Root().Canonical(el) != (iati.Root{}).Canonical(&iati.Element{Raw: raw}) {
			t.Errorf("%s: given back, the activity in line %d is another one", f.path, el.Line)
		}
		again, more := (iati.Root{}).Standalone(&iati.Element{Raw: raw, Line: 1, Column: 1})
		if !bytes.Equal(raw, again) {
			t.Errorf("%s: given back again %s\nwas %s", f.path, again, raw)
		}
		for _, found := range more {
			if found.Rule != "export-not-valid" {
				t.Errorf("%s: of what was given back: %+v", f.path, found)
			}
		}
		if err := w.WriteElement(raw); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, faults := check(t, file.Bytes(), "2.03")
	for _, fault := range faults {
		if !lacking[fault.Record] && fault.Record != "" {
			t.Errorf("%s: %s %s %q of %s stays, and nothing says so", f.path, fault.Rule, fault.Path, fault.Found, fault.Record)
		}
	}
	if len(faults) > 0 {
		return checked.Valid, nil
	}
	return checked.Valid, file.Bytes()
}

package iati_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/iati"
)

// judged gives what a Judge says of the activities of a file, by itself.
func judged(t testing.TB, file []byte) (iati.Root, []resolute.Finding, bool) {
	t.Helper()
	r, err := iati.NewReader(bytes.NewReader(file), iati.Options{})
	if err != nil {
		return iati.Root{}, nil, false
	}
	judge := iati.NewJudge(r.Root())
	var findings []resolute.Finding
	for {
		el, err := r.Next()
		if err == io.EOF {
			return r.Root(), findings, true
		}
		if err != nil {
			return r.Root(), nil, false
		}
		findings = append(findings, judge.Element(el)...)
	}
}

// Activities judged one by one as they are read have the faults of the file checked as a whole.
func TestAJudgeFindsWhatACheckFinds(t *testing.T) {
	folder := samples(t, "iati")
	files, faults := 0, 0
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".xml") {
			return err
		}
		file, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		// In the suites it is the folder that says the version.
		file = bytes.Replace(file, []byte("<iati-activities>"), []byte("<iati-activities version=\"2.03\">"), 1)
		if !bytes.Contains(file, []byte(" version=")) {
			return nil // judged by the version it states, which is none
		}
		root, got, sound := judged(t, file)
		if !sound || root.Kind != iati.Activities {
			return nil
		}
		_, all := check(t, file, "")
		var want []resolute.Finding
		for _, f := range all {
			if strings.HasPrefix(f.Path, "iati-activities/iati-activity") && (f.Path != "iati-activities/iati-activity" || f.Rule != "schema-element-missing") {
				f.Record = ""
				want = append(want, f.Finding)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: judged\n%+v\nchecked\n%+v", path, got[:min(3, len(got))], want[:min(3, len(want))])
		}
		files++
		faults += len(got)
		return nil
	})
	if err != nil || files < 60 || faults < 500 {
		t.Errorf("%d faults in %d files compared, %v; want many of both", faults, files, err)
	}
}

func TestAJudgeKnowsThePrefixesOfTheRoot(t *testing.T) {
	root, err := iati.ParseRoot([]byte(`<iati-activities version="2.03" xmlns:q="http://www.w3.org/2001/XMLSchema-instance">`))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range iati.NewJudge(root).Element(&iati.Element{Raw: []byte(`<iati-activity q:nil="true"/>`), Line: 2, Column: 1}) {
		if f.Rule == "schema-attribute-unknown" && f.Path == "iati-activities/iati-activity/@q:nil" && f.Found == "true" && f.Expected != "" && f.Column == 16 {
			return
		}
	}
	t.Error("an activity that is nil is found valid")
}

func TestAJudgeTellsOfTheRoot(t *testing.T) {
	for name, c := range map[string]struct {
		root  string
		rules []string
	}{
		"sound":             {`<iati-activities version="2.03">`, nil},
		"unknown attribute": {`<iati-activities version="2.03" colour="red">`, []string{"schema-attribute-unknown"}},
		"no time":           {`<iati-activities version="2.03" generated-datetime="now">`, []string{"schema-value"}},
		"a version to come": {`<iati-activities version="2.04">`, nil},
	} {
		root, err := iati.ParseRoot([]byte(c.root))
		if err != nil {
			t.Fatal(err)
		}
		var rules []string
		for _, f := range iati.NewJudge(root).Root() {
			rules = append(rules, f.Rule)
		}
		if !slices.Equal(rules, c.rules) {
			t.Errorf("%s: %v, want %v", name, rules, c.rules)
		}
	}
	root, err := iati.ParseRoot([]byte(`<iati-organisations version="3.01">`))
	if err != nil {
		t.Fatal(err)
	}
	if judge := iati.NewJudge(root); judge != nil || judge.Root() != nil || judge.Element(&iati.Element{Raw: []byte("<iati-activity/>")}) != nil {
		t.Error("a file of a version without schema is judged")
	}
}

func TestAGlanceFindsTheIdentifierOrNothing(t *testing.T) {
	for raw, want := range map[string]string{
		`<iati-activity><iati-identifier> A-1 </iati-identifier></iati-activity>`:       "A-1",
		"<iati-activity><iati-identifier\n x=\"1\">A</iati-identifier></iati-activity>": "A",
		`<iati-activity><iati-identifier>A&amp;B</iati-identifier></iati-activity>`:     "",
		`<iati-activity><iati-identifier><!-- c -->A</iati-identifier></iati-activity>`: "",
		`<iati-activity><iati-identifiers>A</iati-identifiers></iati-activity>`:         "",
		`<iati-activity><iati-identifier/><title/></iati-activity>`:                     "",
		`<iati-activity/>`: "",
	} {
		if got := iati.GlanceIdentifier([]byte(raw)); got != want {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
}

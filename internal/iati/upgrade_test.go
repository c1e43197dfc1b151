package iati_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/iati"
	"resolute/internal/iatitest"
)

// upgraded gives the activities of a file as they are in 2.03, with what was told of each.
func upgraded(t testing.TB, path string, visit func(root iati.Root, was, is *iati.Element, told []resolute.Finding)) {
	t.Helper()
	r, err := iati.NewReader(bytes.NewReader(unzipped(t, path)), iati.Options{})
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for {
		el, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		is, told := r.Root().Upgrade(el)
		visit(r.Root(), el, is, told)
	}
}

// firstGeneration lists the sample files of version 1.0x.
func firstGeneration(t testing.TB) (paths []string) {
	folder := samples(t, "iati")
	for _, row := range manifest(t, folder) {
		if strings.HasPrefix(row.version, "1") && row.root == "iati-activities" || strings.HasPrefix(row.path, "suites/ssot-1.05/activity-tests/should-pass") {
			paths = append(paths, filepath.Join(folder, row.path))
		}
	}
	return paths
}

// What 2.03 wants of an activity and 1.0x did not: the only faults that an upgrade leaves where the
// file was valid as what it was.
var wanted203 = []string{"title", "description", "participating-org", "activity-status", "activity-date", "reporting-org", "iati-identifier"}

func TestValidActivitiesOfTheFirstGenerationBecomeValid(t *testing.T) {
	for _, path := range firstGeneration(t) {
		whole, valid := 0, 0
		upgraded(t, path, func(root iati.Root, was, is *iati.Element, told []resolute.Finding) {
			whole++
			before := iati.NewJudge(root).Element(was)
			after := iati.NewJudge(iati.Root{Kind: iati.Activities, Version: "2.03"}).Element(is)
			if len(after) == 0 {
				valid++
			}
			if len(before) > 0 {
				return
			}
			for _, f := range after {
				last := f.Path[strings.LastIndexByte(f.Path, '/')+1:]
				missing := f.Rule == "schema-element-missing" && f.Path == "iati-activities/iati-activity/"+last && slices.Contains(wanted203, last)
				reporter := f.Rule == "schema-attribute-missing" && f.Path == "iati-activities/iati-activity/reporting-org/@type"
				if !missing && !reporter {
					t.Errorf("%s:%d: was valid, is not: %s %s: %s", filepath.Base(path), was.Line, f.Rule, f.Path, f.Message)
				}
			}
		})
		t.Logf("%s: %d of %d activities are valid as 2.03", filepath.Base(path), valid, whole)
	}
}

// What stands in an element: texts, values of attributes and comments.
func saidIn(t testing.TB, raw []byte) (said []string) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.Strict = false // prefixes of the root are not declared in a part
	for {
		token, err := d.Token()
		if err == io.EOF {
			return said
		}
		if err != nil {
			t.Fatal(err)
		}
		switch k := token.(type) {
		case xml.StartElement:
			for _, a := range k.Attr {
				said = append(said, strings.TrimSpace(a.Value))
			}
		case xml.CharData:
			said = append(said, strings.TrimSpace(string(k)))
		case xml.Comment:
			said = append(said, strings.TrimSpace(string(k)))
		}
	}
}

func TestAnUpgradeLosesNothing(t *testing.T) {
	codes := iati.OlderCodes()
	for _, path := range append(firstGeneration(t), filepath.Join("testdata", "version1.xml")) {
		upgraded(t, path, func(root iati.Root, was, is *iati.Element, told []resolute.Finding) {
			all := strings.Join(saidIn(t, is.Raw), "\x00")
			have := map[string]bool{}
			for _, s := range strings.Split(all, "\x00") {
				have[s] = true
			}
			for _, s := range saidIn(t, was.Raw) {
				if s != "" && !have[s] && !codes[strings.ToLower(s)] && !strings.Contains(all, s) {
					t.Errorf("%s:%d: %q is lost", filepath.Base(path), was.Line, s)
				}
			}
		})
	}
}

// What is given back of the first generation is valid where nothing says otherwise, for xmllint too, and
// says the same.
func TestTheFirstGenerationIsGivenBackAsTheThird(t *testing.T) {
	sound := map[string][]byte{}
	for _, path := range append(firstGeneration(t), filepath.Join("testdata", "version1.xml")) {
		var file bytes.Buffer
		w := iati.NewWriter(&file, iati.Root{})
		n := 0
		upgraded(t, path, func(root iati.Root, was, is *iati.Element, _ []resolute.Finding) {
			raw, told := root.Standalone(was)
			if slices.ContainsFunc(told, func(f resolute.Finding) bool { return f.Rule == "export-not-valid" }) {
				return
			}
			n++
			if err := w.WriteElement(raw); err != nil {
				t.Fatal(err)
			}
			changed := slices.ContainsFunc(told, func(f resolute.Finding) bool { return f.Rule == "export-left-out" || f.Rule == "export-rewritten" })
			if !changed && root.Canonical(was) != (iati.Root{}).Canonical(&iati.Element{Raw: raw}) {
				t.Errorf("%s:%d: given back, it is another one", filepath.Base(path), was.Line)
			}
			then, _ := iati.Decode(root, was)
			now, _ := iati.Decode(iati.Root{Kind: iati.Activities, Version: "2.03"}, &iati.Element{Raw: raw, Line: 1, Column: 1})
			if !changed && (len(then.Sectors) != len(now.Sectors) || len(then.Transactions) != len(now.Transactions) || !reflect.DeepEqual(then.Title, now.Title) ||
				!reflect.DeepEqual(withoutPlaces(then).Locations, withoutPlaces(now).Locations)) {
				t.Errorf("%s:%d: given back, it reads otherwise", filepath.Base(path), was.Line)
			}
		})
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			sound[filepath.Base(path)] = file.Bytes()
		}
	}
	if len(sound) < 4 {
		t.Errorf("only %d files have something to give back", len(sound))
	}
	iatitest.Valid(t, sound)
}

func TestAnUpgradeIsMadeOnce(t *testing.T) {
	for _, path := range firstGeneration(t) {
		upgraded(t, path, func(root iati.Root, was, is *iati.Element, told []resolute.Finding) {
			again, _ := root.Upgrade(&iati.Element{Name: is.Name, Raw: is.Raw, Line: is.Line, Column: is.Column})
			if !bytes.Equal(again.Raw, is.Raw) {
				t.Errorf("%s:%d: a second upgrade changes it:\n%s\n%s", filepath.Base(path), was.Line, is.Raw, again.Raw)
			}
		})
	}
}

func TestUpgradeOfEveryRule(t *testing.T) {
	path := filepath.Join("testdata", "version1.xml")
	golden := filepath.Join("testdata", "version1.golden.xml")
	var got bytes.Buffer
	upgraded(t, path, func(root iati.Root, was, is *iati.Element, told []resolute.Finding) {
		got.WriteString(strings.ReplaceAll(string(is.Raw), "><", ">\n<") + "\n")
		for _, f := range told {
			got.WriteString("<!-- " + f.Rule + ": " + f.Found + " -->\n")
		}
		if faults := iati.NewJudge(iati.Root{Kind: iati.Activities, Version: "2.03"}).Element(is); len(faults) > 0 {
			t.Errorf("not valid: %v", faults)
		}
	})
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// What is read of an activity of the first generation, with the lines of the file as received.
func TestActivitiesOfTheFirstGenerationAreRead(t *testing.T) {
	r, err := iati.NewReader(bytes.NewReader(unzipped(t, filepath.Join("testdata", "version1.xml"))), iati.Options{})
	if err != nil {
		t.Fatal(err)
	}
	el, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	lineOf := func(words string) int {
		file := unzipped(t, filepath.Join("testdata", "version1.xml"))
		return 1 + bytes.Count(file[:bytes.Index(file, []byte(words))], []byte("\n"))
	}
	a, _ := iati.Decode(r.Root(), el)
	if a.Identifier != "ZZ-FICT-1" || a.Title["en"] != "Radio for islands" || a.Title["fr"] != "La radio pour les îles" {
		t.Errorf("identifier and titles: %q %v", a.Identifier, a.Title)
	}
	if len(a.Participants) != 2 || a.Participants[0].Role != "1" || a.Participants[1].Role != "4" || a.Participants[1].Type != "21" {
		t.Errorf("participants: %+v", a.Participants)
	}
	if len(a.Transactions) != 2 || a.Transactions[0].Type != "3" || a.Transactions[0].Value.Cents != 150050 || a.Transactions[0].Line != lineOf("<transaction ref") {
		t.Errorf("transactions: %+v, want the first on line %d", a.Transactions, lineOf("<transaction ref"))
	}
	if len(a.Sectors) != 2 || a.Sectors[0].Vocabulary != "1" || a.Sectors[0].Code != "22040" || a.Sectors[1].Name["en"] != "Connecting islands" {
		t.Errorf("sectors, the one without code too: %+v", a.Sectors)
	}
	if len(a.Dates) != 2 || a.Dates[0].Type != "1" || a.Dates[0].Day != "2012-01-01" || a.Dates[1].Type != "4" {
		t.Errorf("dates: %+v", a.Dates)
	}
	if len(a.OtherIdentifiers) != 1 || a.OtherIdentifiers[0].Ref != "P-77" || a.OtherIdentifiers[0].OwnerRef != "ZZ-FICT" || a.OtherIdentifiers[0].OwnerName["en"] != "Fictitious Fund" {
		t.Errorf("other identifiers: %+v", a.OtherIdentifiers)
	}
	if l := a.Locations[0]; l.Exactness != "1" || l.Feature != "PPL" || !slices.Equal(l.Gazetteers, []iati.Gazetteer{{Vocabulary: "G1", Code: "2135171"}}) ||
		!slices.Equal(l.Administrative, []iati.Administrative{{Vocabulary: "A4", Level: "0", Code: "VU"}}) {
		t.Errorf("location: %+v", l)
	}
	if len(a.Locations) != 1 || a.Locations[0].Point.Latitude != -17.73 || a.Locations[0].Point.Longitude != 168.32 || !a.Locations[0].Point.OK {
		t.Errorf("locations: %+v", a.Locations)
	}
	if len(a.Documents) != 2 || a.Documents[0].URL != "https://example.org/report" || a.Documents[1].Categories[0] != "A12" {
		t.Errorf("documents: %+v", a.Documents)
	}
}

func TestVersionsAreReadHoweverTheyAreWritten(t *testing.T) {
	for version, rule := range map[string]string{` version="1"`: "version-upgraded", ` version="1.0"`: "version-upgraded", ` version="1.00"`: "version-upgraded",
		` version=" 1.03 "`: "version-upgraded", ` version="1.08"`: "version-upgraded", ``: "version-upgraded", ` version="2.04"`: "version-unknown", ` version="2.02"`: ""} {
		r, err := iati.NewReader(strings.NewReader("<iati-activities"+version+"><iati-activity><title>Words</title><transaction><transaction-type code='C'/></transaction></iati-activity></iati-activities>"), iati.Options{})
		if err != nil {
			t.Errorf("%s: %v", version, err)
			continue
		}
		el, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		a, _ := iati.Decode(r.Root(), el)
		if len(a.Transactions) != 1 || a.Transactions[0].Type != "2" || a.Title[""]+a.Title["en"]+a.Title["und"] != "Words" {
			t.Errorf("%s: read as %v %v", version, a.Title, a.Transactions)
		}
		got := ""
		for _, f := range r.Findings() {
			got += f.Rule
		}
		if got != rule {
			t.Errorf("%s: findings %q, want %q", version, got, rule)
		}
	}
}

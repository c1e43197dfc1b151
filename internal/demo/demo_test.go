package demo_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/demo"
	"resolute/internal/iati"
)

func write(t testing.TB, o demo.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := demo.Write(&b, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheSameOptionsGiveTheSameBytes(t *testing.T) {
	o := demo.Options{Activities: 120, Seed: 7}
	if !bytes.Equal(write(t, o), write(t, o)) {
		t.Error("two runs differ")
	}
	if bytes.Equal(write(t, o), write(t, demo.Options{Activities: 120, Seed: 8})) {
		t.Error("another seed gives the same bytes")
	}
}

func TestMoreActivitiesBeginWithTheSameOnes(t *testing.T) {
	few, many := write(t, demo.Options{Activities: 30, Seed: 1}), write(t, demo.Options{Activities: 60, Seed: 1})
	few = bytes.TrimSuffix(few, []byte("</iati-activities>\n"))
	if !bytes.HasPrefix(many, few) {
		t.Error("activity 1 to 30 depend on how many follow")
	}
}

func TestEveryRecordSaysThatItIsFictional(t *testing.T) {
	for _, a := range read(t, write(t, demo.Options{Activities: 400, Seed: 1})) {
		if len(a.Descriptions) == 0 || len(a.Title) == 0 {
			t.Errorf("%s has no title or description", a.Identifier)
		}
		names := []resolute.Text{a.Reporter.Name}
		for _, p := range a.Participants {
			names = append(names, p.Name)
		}
		for _, x := range a.Transactions {
			if x.Provider.Ref != "" {
				names = append(names, x.Provider.Name)
			}
		}
		for _, name := range names {
			if english, _ := name.In("en"); !strings.Contains(english, "Fictional") {
				t.Errorf("%s: the organisation %q is not marked", a.Identifier, english)
			}
		}
	}
}

func TestTheWrittenFileIsValidByTheSchema(t *testing.T) {
	schema := "../../../shared/samples/iati/reference/schemas/2.03/iati-activities-schema.xsd"
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not here")
	}
	if _, err := os.Stat(schema); err != nil {
		t.Skip("the schema is not here")
	}
	path := filepath.Join(t.TempDir(), "demonstration.xml")
	if err := os.WriteFile(path, write(t, demo.Options{Activities: 400, Seed: 2}), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(xmllint, "--noout", "--nonet", "--schema", schema, path).CombinedOutput(); err != nil {
		t.Errorf("xmllint: %v\n%s", err, out)
	}
}

func TestSixtyActivitiesShowEveryKindOfFault(t *testing.T) {
	seen := map[string]bool{}
	r, err := iati.NewReader(bytes.NewReader(write(t, demo.Options{Activities: 60, Seed: 1})), iati.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for {
		el, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		_, findings := iati.Decode(r.Root(), el)
		for _, f := range findings {
			seen[f.Rule] = true
		}
	}
	for _, rule := range []string{"percentage-sum", "activity-undated", "identifier-missing", "value-rounded", "vocabulary-uri-missing", "unknown-code", "coordinates-invalid", "coordinates-zero"} {
		if !seen[rule] {
			t.Errorf("no activity shows %s", rule)
		}
	}
}

func TestPlacesOfTheDemonstrationAreToldInManyWays(t *testing.T) {
	seen := map[string]int{}
	for _, a := range read(t, write(t, demo.Options{Activities: 400, Seed: 1})) {
		for _, l := range a.Locations {
			seen["exactness "+l.Exactness]++
			seen["reach "+l.Reach]++
			seen["class "+l.Class]++
			if !l.Point.OK {
				seen["no point"]++
			}
			for lang, name := range l.Name {
				seen[string(lang)]++
				if mark := map[resolute.Lang]string{"en": "Fictional", "fr": "ficti", "es": "fictici", "ru": "Вымышленн", "ar": "الخيالي", "zh": "虚构"}[lang]; !strings.Contains(name, mark) {
					t.Errorf("%s: the place %q is not marked", a.Identifier, name)
				}
			}
		}
	}
	for _, what := range []string{"exactness 1", "exactness 2", "exactness ", "reach 1", "reach 2", "class 1", "class 2", "class 3", "no point", "ar", "en", "es", "fr", "ru", "zh"} {
		if seen[what] < 3 {
			t.Errorf("%d places with %s", seen[what], what)
		}
	}
}

func read(t *testing.T, file []byte) []iati.Activity {
	t.Helper()
	r, err := iati.NewReader(bytes.NewReader(file), iati.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var list []iati.Activity
	for {
		el, err := r.Next()
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		a, _ := iati.Decode(r.Root(), el)
		list = append(list, a)
	}
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		if err := demo.Write(io.Discard, demo.Options{Activities: 1000, Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
}

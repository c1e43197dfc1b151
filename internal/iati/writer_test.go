package iati_test

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute"
	"resolute/internal/iati"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// decodeAll reads every activity of a sound file.
func decodeAll(t testing.TB, file []byte) (all []iati.Activity, findings []resolute.Finding) {
	t.Helper()
	eachElement(t, file, func(root iati.Root, el *iati.Element) {
		a, found := iati.Decode(root, el)
		all = append(all, a)
		findings = append(findings, found...)
	})
	return all, findings
}

// write gives a file that holds one activity.
func write(a iati.Activity, root iati.Root) ([]byte, error) {
	var file bytes.Buffer
	w := iati.NewWriter(&file, root)
	if err := w.WriteActivity(a); err != nil {
		return nil, err
	}
	err := w.Close()
	return file.Bytes(), err
}

// eachText visits every text of an activity.
func eachText(a *iati.Activity, visit func(resolute.Text)) {
	eachValue(reflect.ValueOf(a), func(v reflect.Value, _ string) {
		if t, ok := v.Interface().(resolute.Text); ok {
			visit(t)
		}
	})
}

// withoutPlaces is an activity without its line numbers, which depend on the layout of the file.
func withoutPlaces(a iati.Activity) iati.Activity {
	eachValue(reflect.ValueOf(&a), func(v reflect.Value, field string) {
		if slices.Contains([]string{"Line", "Column", "IdentifierLine", "IdentifierColumn"}, field) {
			v.SetInt(0)
		}
	})
	return a
}

// eachValue visits every field below v.
func eachValue(v reflect.Value, visit func(v reflect.Value, field string)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachValue(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachValue(v.Index(i), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			visit(v.Field(i), v.Type().Field(i).Name)
			eachValue(v.Field(i), visit)
		}
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := activities.Draw(t, "activity")
		root := iati.Root{Lang: a.Lang}
		if rapid.Bool().Draw(t, "language at the activity") {
			root.Lang = ""
		}
		file, err := write(a, root)
		if err != nil {
			t.Fatal(err)
		}
		r, err := iati.NewReader(bytes.NewReader(file), iati.Options{})
		if err != nil {
			t.Fatalf("%v in\n%s", err, file)
		}
		el, err := r.Next()
		if err != nil {
			t.Fatalf("%v in\n%s", err, file)
		}
		got, _ := iati.Decode(r.Root(), el)
		if got := withoutPlaces(got); !reflect.DeepEqual(got, a) {
			t.Fatalf("got  %+v\nwant %+v\nfrom %s", got, a, file)
		}
	})
}

func TestTheSpecimenIsReadBack(t *testing.T) {
	file, err := write(specimen(1), iati.Root{})
	if err != nil {
		t.Fatal(err)
	}
	all, findings := decodeAll(t, file)
	if got, want := withoutPlaces(all[0]), specimen(1); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	for _, f := range findings {
		if f.Rule != "value-rounded" {
			t.Errorf("finding about a sound activity: %+v", f)
		}
	}
}

func TestTheWriterKeepsItsForm(t *testing.T) {
	file, err := write(specimen(1), iati.Root{GeneratedAt: "2025-01-15T00:00:00Z",
		Attrs: []iati.Attr{{Name: "version", Value: "2.01"}, {Name: "xmlns:resolute", Value: "https://example.org/ns"}}})
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "specimen.xml")
	if *update {
		if err := os.WriteFile(golden, file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(file, want) {
		t.Errorf("the written file differs from %s; look at it and run with -update:\n%s", golden, file)
	}
}

func TestWrittenFilesAreValidByTheSchema(t *testing.T) {
	schema := filepath.Join(samples(t, "iati"), "reference", "schemas", "2.03", "iati-activities-schema.xsd")
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not here")
	}
	path := filepath.Join(t.TempDir(), "written.xml")
	if err := os.WriteFile(path, generatedFile(t, 3), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(xmllint, "--noout", "--nonet", "--schema", schema, path).CombinedOutput(); err != nil {
		t.Errorf("xmllint: %v\n%s", err, out)
	}
}

func TestWhatXMLCannotHoldIsLeftOut(t *testing.T) {
	file, err := write(iati.Activity{Identifier: "a\x00\x01b\xffc\uffff", Title: resolute.Text{"": "\x1fé"}}, iati.Root{})
	if err != nil {
		t.Fatal(err)
	}
	all, _ := decodeAll(t, file)
	if all[0].Identifier != "ab\uFFFDc" || all[0].Title[""] != "é" {
		t.Errorf("read back as %q, %q", all[0].Identifier, all[0].Title)
	}
}

// full is a writer that takes no more.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestAFaultOfTheMediumIsReported(t *testing.T) {
	w := iati.NewWriter(full{}, iati.Root{})
	for range 20 { // more than is held back before writing
		_ = w.WriteActivity(specimen(1))
	}
	if err := w.WriteActivity(specimen(1)); err == nil {
		t.Error("WriteActivity on a full disk gave no error")
	}
	if err := w.Close(); err == nil || !strings.Contains(err.Error(), "write IATI") {
		t.Errorf("Close on a full disk gave %v", err)
	}
}

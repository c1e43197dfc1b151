package iati_test

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/iati"
)

// many repeats a part of an activity, with its number for #.
func many(n int, part string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(part, "#", fmt.Sprint(i)))
	}
	return b.String()
}

// An activity of very many equal parts is read at once: going through all before for each takes a
// minute and more.
func TestAnActivityOfManyPartsIsReadAtOnce(t *testing.T) {
	const n = 200_000
	for name, c := range map[string]struct{ version, activity, told string }{
		"vocabularies":          {"2.03", many(n/4, `<sector vocabulary="#" code="1"/><sector vocabulary="#" code="2" percentage="40"/>`), "more-findings"},
		"pieces of one text":    {"1.05", "<title>" + many(n, "word #<!-- -->") + "</title>", ""},
		"titles":                {"1.05", many(n, "<title>title #</title>"), ""},
		"titles with comments":  {"1.05", many(n, "<!-- a comment --><title>title #</title>"), ""},
		"elements nobody knows": {"1.05", many(n/4, "<a#/>"), iati.FindingKept},
	} {
		file := `<iati-activities version="` + c.version + `"><iati-activity><iati-identifier>A</iati-identifier>` + c.activity + `</iati-activity></iati-activities>`
		began := time.Now()
		r, err := iati.NewReader(strings.NewReader(file), iati.Options{})
		if err != nil {
			t.Fatal(err)
		}
		el, err := r.Next()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		is, told := r.Root().Upgrade(el)
		if c.version == "2.03" {
			_, told = iati.Decode(r.Root(), is)
		}
		if took := time.Since(began); took > 8*time.Second {
			t.Errorf("%s: reading took %v", name, took)
		}
		if c.told != "" && !slices.ContainsFunc(told, func(f resolute.Finding) bool { return f.Rule == c.told }) {
			t.Errorf("%s: %d told, want %s", name, len(told), c.told)
		}
		if _, err := r.Next(); err != io.EOF {
			t.Errorf("%s: after the activity %v", name, err)
		}
	}
}

// The day that amounts borrow is looked for once among very many of them.
func TestVeryManyAmountsWithoutADayStandAlone(t *testing.T) {
	const n = 60_000
	file := `<iati-activities version="2.03"><iati-activity><iati-identifier>A</iati-identifier><transaction>` + many(n, "<value>#</value>") + `</transaction></iati-activity></iati-activities>`
	began := time.Now()
	eachElement(t, []byte(file), func(root iati.Root, el *iati.Element) { root.Standalone(el) })
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}

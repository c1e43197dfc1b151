package iati_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"resolute/internal/iati"
)

// FuzzRead holds Reader and Decode to this for any bytes: no crash, the same result at any size
// of chunk, every element's bytes in the file, every finding with a place and a sentence.
func FuzzRead(f *testing.F) {
	f.Add([]byte(small))
	for _, pattern := range []string{"testdata/faulty/*", "testdata/*.xml"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			b, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(b)
		}
	}
	limits := iati.Options{MaxDepth: 20, MaxAttributes: 8, MaxText: 1 << 16, MaxActivity: 1 << 17, MaxFile: 1 << 20}
	f.Fuzz(func(t *testing.T, file []byte) {
		want := read(bytes.NewReader(file), limits)
		if got := read(iotest.OneByteReader(bytes.NewReader(file)), limits); !got.equal(want) {
			t.Fatalf("byte by byte %+v\nat once %+v", got, want)
		}
		r, err := iati.NewReader(bytes.NewReader(file), limits)
		for err == nil {
			var el *iati.Element
			if el, err = r.Next(); err == nil {
				checkElement(t, r.Root(), el)
			}
		}
		if err != io.EOF && !strings.HasPrefix(err.Error(), "line ") {
			t.Fatalf("an error without a place: %v", err)
		}
	})
}

// checkElement decodes an element and looks at the findings.
func checkElement(t *testing.T, root iati.Root, el *iati.Element) {
	a, findings := iati.Decode(root, el)
	for _, f := range findings {
		if f.Rule == "not-well-formed" || f.Rule == "encoding" {
			t.Fatalf("the reader passed what the decoder refuses: %+v", f)
		}
		if f.Line < el.Line || f.Column < 1 || f.Message == "" || f.Record != a.Identifier {
			t.Fatalf("finding %+v about the element in line %d", f, el.Line)
		}
	}
	if root.Canonical(el) != root.Canonical(&iati.Element{Raw: bytes.Clone(el.Raw)}) {
		t.Fatal("the canonical form depends on more than the bytes")
	}
}

// FuzzDecode holds Decode to this for bytes that no Reader gave: no crash, and the same values
// when they are written and read again.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`<iati-activity><iati-identifier>x</iati-identifier></iati-activity>`))
	f.Add([]byte(`<iati-activity><title>&#x202e;a<narrative xml:lang="fr">`))
	f.Add([]byte(`<a b="1"c><![CDATA[`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, _ := iati.Decode(iati.Root{}, &iati.Element{Line: 1, Column: 1, Raw: raw})
		file, err := write(a, iati.Root{})
		if err != nil {
			t.Fatal(err)
		}
		if all, _ := decodeAll(t, file); all[0].Identifier != a.Identifier || len(all[0].Transactions) != len(a.Transactions) {
			t.Fatalf("read again as %+v, was %+v", all[0], a)
		}
	})
}

// FuzzStandalone holds Standalone to this for any activity that a Reader gives: no crash, an element
// that stands alone and is read again as it is, the same when it is given once more, and valid unless a
// finding says that it is not. Our own children that are put in come off again without a trace.
func FuzzStandalone(f *testing.F) {
	for _, seed := range []string{small, sound,
		`<iati-activities version="2.03" xmlns:a="urn:a" xml:lang="fr"><iati-activity a:b="c"><sector/><title>loose <b>x</b></title><a:x><title/></a:x></iati-activity></iati-activities>`,
		`<iati-activities version="2.01"><iati-activity xmlns="urn:x"><budget><value> 1e3 </value><period-start iso-date="2024-01-01T00:00"/></budget><title/><title><!-- --><![CDATA[x]]></title></iati-activity></iati-activities>`} {
		f.Add([]byte(seed))
	}
	limits := iati.Options{MaxDepth: 20, MaxAttributes: 8, MaxText: 1 << 16, MaxActivity: 1 << 17, MaxFile: 1 << 20}
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := iati.NewReader(bytes.NewReader(file), limits)
		for err == nil {
			var el *iati.Element
			if el, err = r.Next(); err == nil && r.Root().Kind == iati.Activities {
				standsAlone(t, r.Root(), el)
			}
		}
	})
}

func standsAlone(t *testing.T, root iati.Root, el *iati.Element) {
	raw, findings := root.Standalone(el)
	again, _ := iati.Root{}.Standalone(&iati.Element{Raw: raw, Line: 1, Column: 1})
	if !bytes.Equal(raw, again) {
		t.Fatalf("given once more %q, was %q", again, raw)
	}
	read := 0
	eachElement(t, bare(raw), func(_ iati.Root, one *iati.Element) {
		if read++; !bytes.Equal(one.Raw, raw) {
			t.Fatalf("read again as %q, was %q", one.Raw, raw)
		}
	})
	if read != 1 {
		t.Fatalf("%d activities in %q", read, raw)
	}
	kept := false
	for _, f := range findings {
		kept = kept || f.Rule == "export-not-valid"
	}
	if checked, faults := check(t, bare(raw), "2.03"); !checked.Valid && !kept {
		t.Fatalf("not valid, and nothing says so: %+v\n%q of\n%q", faults, raw, el.Raw)
	}
	with := iati.InsertTags(raw, []byte(`<tag own="1"/>`), []byte(`<o:own xmlns:o="urn:o" own="1"/>`))
	rest := iati.WithoutChildren(with, func(_ string, attrs []iati.Attr) bool { return len(attrs) > 0 && attrs[len(attrs)-1].Name == "own" })
	if !bytes.Contains(raw, []byte("own")) && !bytes.Equal(rest, raw) {
		t.Fatalf("our own children leave a trace: %q, was %q", rest, raw)
	}
}

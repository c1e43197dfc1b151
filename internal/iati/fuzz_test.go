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

package iati_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"path/filepath"
	"testing"

	"resolute/internal/iati"
)

// benchmarkInput is a file of activities of the size met in practice: the sample of 10 MB where
// there is one, and a generated one.
func benchmarkInputs(b *testing.B, run func(b *testing.B, file []byte)) {
	b.Run("generated", func(b *testing.B) { run(b, generatedFile(b, 500)) })
	b.Run("sample", func(b *testing.B) {
		run(b, unzipped(b, filepath.Join(samples(b, "iati"), "bulk", "mid.xml")))
	})
}

func BenchmarkRead(b *testing.B) {
	benchmarkInputs(b, func(b *testing.B, file []byte) {
		b.SetBytes(int64(len(file)))
		b.ReportAllocs()
		for b.Loop() {
			eachElement(b, file, func(iati.Root, *iati.Element) {})
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	benchmarkInputs(b, func(b *testing.B, file []byte) {
		b.SetBytes(int64(len(file)))
		b.ReportAllocs()
		for b.Loop() {
			eachElement(b, file, func(root iati.Root, el *iati.Element) { iati.Decode(root, el) })
		}
	})
}

// BenchmarkEncodingXML is the standard library on the same files: its tokens, without values.
func BenchmarkEncodingXML(b *testing.B) {
	benchmarkInputs(b, func(b *testing.B, file []byte) {
		b.SetBytes(int64(len(file)))
		b.ReportAllocs()
		for b.Loop() {
			d := xml.NewDecoder(bytes.NewReader(file))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func BenchmarkCanonical(b *testing.B) {
	benchmarkInputs(b, func(b *testing.B, file []byte) {
		b.SetBytes(int64(len(file)))
		b.ReportAllocs()
		for b.Loop() {
			eachElement(b, file, func(root iati.Root, el *iati.Element) { root.Canonical(el) })
		}
	})
}

// eachElement reads a file that is sound.
func eachElement(t testing.TB, file []byte, visit func(iati.Root, *iati.Element)) {
	t.Helper()
	r, err := iati.NewReader(bytes.NewReader(file), iati.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for {
		el, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		visit(r.Root(), el)
	}
}

func BenchmarkStandalone(b *testing.B) {
	benchmarkInputs(b, func(b *testing.B, file []byte) {
		b.SetBytes(int64(len(file)))
		b.ReportAllocs()
		for b.Loop() {
			eachElement(b, file, func(root iati.Root, el *iati.Element) { root.Standalone(el) })
		}
	})
}

package sheet_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"

	"resolute/internal/sheet"
)

// unicodeText are the scripts that cells are drawn from.
var unicodeText = []*unicode.RangeTable{unicode.Latin, unicode.Arabic, unicode.Han, unicode.Cyrillic, unicode.Nd}

// Whatever the bytes, reading ends, every row has either all its cells or its fault, and rows
// come in the order of their lines.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a;b\r\n\"x\ny\";2", "a\tb\n\"1\"2\t3\n", "\ufeffa\n'=1\n", "a,b\n\"x,1\n2,3\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		table, err := sheet.Read(strings.NewReader(s), "f", sheet.Limits{CellBytes: 64, RowBytes: 200, Rows: 50})
		if err != nil {
			return
		}
		line, number := 0, 0
		for {
			row, err := table.Next()
			var refusal *sheet.Refusal
			if errors.Is(err, io.EOF) || errors.As(err, &refusal) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if row.Line <= line || row.Number <= number || (row.Fault == nil) != (len(row.Cells) == len(table.Keys)) {
				t.Fatalf("row %d of line %d after %d and %d: %+v", row.Number, row.Line, number, line, row)
			}
			line, number = row.Line, row.Number
		}
	})
}

func BenchmarkRead(b *testing.B) {
	text := "id,title,start,end,amount\n" + strings.Repeat("XM-DEMO-1,\"Rural backbone, phase 2\",2023-01-01,2024-12-31,1250.00\n", 10_000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		table, err := sheet.Read(strings.NewReader(text), "f", sheet.Limits{})
		for err == nil {
			_, err = table.Next()
		}
		if !errors.Is(err, io.EOF) {
			b.Fatal(err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		w, err := sheet.NewWriter(io.Discard, sheet.Column{Name: "id"}, sheet.Column{Name: "title"}, sheet.Column{Name: "usd", Kind: sheet.Number})
		for range 10_000 {
			if err == nil {
				err = w.Write("XM-DEMO-1", "Rural backbone, phase 2", "-1250.00")
			}
		}
		if err != nil || w.Flush() != nil {
			b.Fatal(err)
		}
	}
}

package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"resolute/internal/sheet"
)

// TestALongSheetGoesOnBeforeItIsTooLongToRead counts the bytes of a sheet as they are written.
func TestALongSheetGoesOnBeforeItIsTooLongToRead(t *testing.T) {
	var b bytes.Buffer
	book := sheet.NewBook(&b)
	book.Bytes = 10_000
	s, err := book.Sheet(sheet.Form{Name: "Tags", Columns: []sheet.BookColumn{{Name: "code"}}})
	for n := range 1000 {
		if err == nil {
			err = s.Write(fmt.Sprint("C", n))
		}
	}
	if err := errors.Join(err, book.Close()); err != nil {
		t.Fatal(err)
	}
	w, err := openBook(t, b.Bytes(), sheet.Limits{Unpacked: 12_000})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, name := range w.Sheets {
		table, end, err := w.Table(name)
		for err == nil {
			var row sheet.Row
			if row, err = table.Next(); err == nil {
				got = append(got, row.Cells[0].Text)
			}
		}
		if !errors.Is(err, io.EOF) {
			t.Fatal(name, err)
		}
		if err := end(); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.Sheets) < 5 || w.Sheets[1] != "Tags (2)" || len(got) != 1000 || got[999] != "C999" {
		t.Errorf("%d rows on sheets %q", len(got), w.Sheets)
	}
}

// TestSheetsThatUnpackToMuchTogetherAreRefused however short each of them is: one part under many names.
func TestSheetsThatUnpackToMuchTogetherAreRefused(t *testing.T) {
	var names strings.Builder
	for n := range 100 {
		fmt.Fprintf(&names, `<sheet name="S%d" r:id="rId1"/>`, n)
	}
	raw := parts(t, map[string]string{
		"xl/workbook.xml":            `<workbook xmlns="m" xmlns:r="r"><sheets>` + names.String() + `</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + header + strings.Repeat("<row/>", 100_000) + `</sheetData></worksheet>`,
	})
	for most, refused := range map[int64]bool{0: true, 100_000: false} {
		_, err := openBook(t, raw, sheet.Limits{Packed: most, Unpacked: 1 << 20})
		var refusal *sheet.Refusal
		if errors.As(err, &refusal) != refused || refused && refusal.Finding.Found != "more bytes of sheets unpacked" {
			t.Errorf("up to %d times the file: %v, want refused %t", most, err, refused)
		}
	}
}

package register

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/iati"
	"resolute/internal/sheet"
)

// endless gives rows of one text without end.
type endless struct{ raw string }

func (e endless) next() (tableRow, error)  { return tableRow{from: sheet.Row{Raw: e.raw}}, nil }
func (e endless) told() []resolute.Finding { return nil }
func (e endless) partial() bool            { return false }
func (e endless) close() error             { return nil }

func TestAChunkOfRowsIsBoundedInNumberAndSize(t *testing.T) {
	for name, c := range map[string]struct {
		row  int // bytes
		want int
	}{
		"short rows": {100, chunkRecords},
		"long rows":  {chunkBytes / 4, 4},
		"one alone":  {2 * chunkBytes, 1},
	} {
		rows, err := gatherRows(endless{strings.Repeat("x", c.row)})
		if err != nil || len(rows) != c.want {
			t.Errorf("%s: %d rows, %v; want %d", name, len(rows), err, c.want)
		}
	}
}

func TestAChunkCountsTheLinesOfItsRows(t *testing.T) {
	line := tableLine{Cells: map[string]string{"description": strings.Repeat("x", chunkBytes/2)}}
	if got := (tableRow{from: sheet.Row{Raw: "x"}, row: row{Lines: map[string][]tableLine{TableTransactions: {line, line}}}}).size(); got != chunkBytes+1 {
		t.Errorf("size %d, want %d", got, chunkBytes+1)
	}
}

func TestTheLinesOfOneActivityAreBounded(t *testing.T) {
	table, err := sheet.Read(strings.NewReader("role,activity\n"), "p.csv", sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("x", mostOfOne/4-costOfLine)
	for name, c := range map[string]struct {
		activities, lines int // lines of each
		want              string
	}{
		"many activities": {3, 4, ""},
		"one of many":     {3, 5, "B6"},
	} {
		held := heldLines{of: map[hanger][]heldLine{}, sheets: []heldSheet{{sheet: table}}}
		for i := range c.activities {
			of := hanger{id: fmt.Sprint("W", i)}
			held.order = append(held.order, of)
			for n := range c.lines {
				held.of[of] = append(held.of[of], heldLine{row: int32(n + 2), cells: text})
			}
		}
		got := ""
		var refused *iati.RefusedError
		if errors.As(held.check(), &refused) {
			got = refused.Finding.Path
		}
		if got != c.want {
			t.Errorf("%s: refused at %q, want %q", name, got, c.want)
		}
	}
}

func TestHeldLinesAreBoundedInSize(t *testing.T) {
	table, _ := tableOf(TablePartners)
	for name, c := range map[string]struct {
		bytes int64 // held before
		found string
	}{
		"room for both": {},
		"much held":     {mostHeldBytes, "more lines"},
	} {
		lines, err := sheet.Read(strings.NewReader("activity,role,partner\nW1,funding,F\n"), "p.csv", sheet.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		line, err := lines.Next()
		if err != nil && !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
		held := heldLines{of: map[hanger][]heldLine{}, most: mostHeldBytes, bytes: c.bytes}
		held.begin(lines, table)
		book := bookRows{held: held}
		for deed, hold := range map[string]func() error{
			"a line": func() error { return held.add(hanger{id: "W1"}, line) }, "a refused line": func() error { return book.refuse(line, resolute.Finding{}) },
		} {
			found := ""
			var refused *iati.RefusedError
			if err := hold(); errors.As(err, &refused) {
				found = refused.Finding.Found
			} else if err != nil {
				t.Fatal(err)
			}
			if found != c.found {
				t.Errorf("%s, %s: found %q, want %q", name, deed, found, c.found)
			}
		}
	}
}

// TestWhoImportsSaysHowMuchIsHeld while lines wait for their activity.
func TestWhoImportsSaysHowMuchIsHeld(t *testing.T) {
	for bytes, refused := range map[int64]bool{0: false, 1000: true, 10_000: false} {
		in := strings.NewReader("activity,role,partner\n" + strings.Repeat("W1,funding,F\n", 20))
		_, err := newBook(nil, in, "partners.csv", ImportOptions{HeldBytes: bytes})
		var refusal *iati.RefusedError
		if errors.As(err, &refusal) != refused || refused && refusal.Finding.Rule != "sheet-limit" {
			t.Errorf("%d bytes: %v, want refused %t", bytes, err, refused)
		}
	}
}

// TestATableMayHaveMoreThanAMillionRows since exports have as many as there are activities.
func TestATableMayHaveMoreThanAMillionRows(t *testing.T) {
	in := strings.NewReader("id,title_en\n" + strings.Repeat("EXAMPLE-1,One\n", 1_000_001))
	rows, err := newBook(nil, in, "own.csv", ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rows.next(); !errors.Is(err, io.EOF) || rows.examples != 1_000_001 {
		t.Errorf("%d rows, %v", rows.examples, err)
	}
}

package register

import (
	"errors"
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

func TestHeldLinesAreBoundedInNumberAndSize(t *testing.T) {
	table, _ := tableOf(TablePartners)
	for name, c := range map[string]struct {
		cells, bytes int // held before
		found        string
	}{
		"room for both": {},
		"many cells":    {mostCells, 0, "more cells"},
		"much text":     {0, mostHeldBytes, "more text"},
	} {
		lines, err := sheet.Read(strings.NewReader("activity,role,partner\nW1,funding,F\n"), "p.csv", sheet.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		line, err := lines.Next()
		if err != nil && !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
		held := heldLines{of: map[hanger][]heldLine{}, cells: c.cells, bytes: c.bytes}
		held.begin(lines, table)
		found := ""
		var refused *iati.RefusedError
		if err := held.add(hanger{id: "W1"}, line); errors.As(err, &refused) {
			found = refused.Finding.Found
		} else if err != nil {
			t.Fatal(err)
		}
		if found != c.found {
			t.Errorf("%s: found %q, want %q", name, found, c.found)
		}
	}
}

package register

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/iati"
	"resolute/internal/sheet"
)

// ColumnKey holds the key of an activity, in every table: it tells apart what stands under one
// identifier, in several sources or several times in one. Tables have it where that is so.
const ColumnKey = "key"

// hanger is what lines hang on: an identifier, and the key of one of those that have it.
type hanger struct{ id, key string }

// heldLines are the lines of tables that wait for their activity, packed.
type heldLines struct {
	sheets []heldSheet
	of     map[hanger][]heldLine
	order  []hanger // by their first line
	bytes  int64    // of memory, about
	most   int64    // bytes
	empty  int      // lines that say nothing of their activity, which leave what stands
}

// heldSheet is a table that was read.
type heldSheet struct {
	sheet *sheet.Table
	table Table
	wide  []int // places of the columns that mean something, in the order in which they are packed
}

// heldLine is one line: its sheet, its row, and its cells one after the other, each behind its length.
type heldLine struct {
	sheet, row int32
	cells      string
}

// What lines that wait for their activity may hold. A text that many cells of a workbook share counts
// in each of them: it is held, and stored, as often.
const (
	mostHeldBytes = 512 << 20 // unless ImportOptions say more
	mostOfOne     = 32 << 20  // of one activity, as of one that comes as IATI
)

// What each thing takes beside its text, in bytes, about.
const (
	costOfLine   = 48
	costOfHanger = 160
	costOfFault  = 512
)

// begin says of which table the next lines are.
func (h *heldLines) begin(t *sheet.Table, table Table) {
	s := heldSheet{sheet: t, table: table}
	for i, key := range t.Keys {
		if key != "activity" && slices.Contains(table.Columns, key) {
			s.wide = append(s.wide, i)
		}
	}
	h.sheets = append(h.sheets, s)
}

// add holds a line.
func (h *heldLines) add(of hanger, from sheet.Row) error {
	n := len(h.sheets) - 1
	var packed []byte
	for _, i := range h.sheets[n].wide {
		text := ""
		if i < len(from.Cells) {
			text = legible(from.Cells[i].Text)
		}
		packed = append(binary.AppendUvarint(packed, uint64(len(text))), text...)
	}
	if strings.Trim(string(packed), "\x00") == "" { // lengths of nothing
		h.empty++
		return nil
	}
	cost := costOfLine + len(packed)
	if h.of[of] == nil {
		cost += costOfHanger + len(of.id) + len(of.key)
	}
	if err := h.count(from, cost); err != nil {
		return err
	}
	if h.of[of] == nil {
		of = hanger{strings.Clone(of.id), strings.Clone(of.key)}
		h.order = append(h.order, of)
	}
	h.of[of] = append(h.of[of], heldLine{int32(n), int32(from.Number), string(packed)})
	return nil
}

// count adds a line to what is held, and refuses the file when that is too much.
func (h *heldLines) count(line sheet.Row, bytes int) error {
	if h.bytes += int64(bytes); h.bytes <= h.most {
		return nil
	}
	return &iati.RefusedError{Finding: resolute.Finding{Rule: "sheet-limit", Severity: resolute.SeverityError, Line: line.Line, Found: "more lines",
		Expected: fmt.Sprint(h.most, " bytes") + " at most beside the table of activities", Message: "too many lines beside the table of activities: split the file"}}
}

// check refuses a file in which the lines of one activity are more than can be read at once.
func (h *heldLines) check() error {
	for _, of := range h.order {
		size := 0
		for _, l := range h.of[of] {
			if size += costOfLine + len(l.cells); size > mostOfOne {
				return &iati.RefusedError{Finding: resolute.Finding{Rule: "sheet-limit", Severity: resolute.SeverityError, Line: int(l.row),
					Path: h.sheets[l.sheet].sheet.AddressOf("activity", int(l.row)), Found: "more lines", Expected: fmt.Sprint(mostOfOne, " bytes of lines at most for one activity"),
					Message: fmt.Sprintf("the lines of activity %q hold more than %d bytes", of.id, mostOfOne)}}
			}
		}
	}
	return nil
}

// take gives the lines that hang on something, by table, and holds them no longer; nil when there are none.
func (h *heldLines) take(of hanger) map[string][]tableLine {
	held := h.of[of]
	if held == nil {
		return nil
	}
	delete(h.of, of)
	lines := map[string][]tableLine{}
	for _, l := range held {
		s := h.sheets[l.sheet]
		lines[s.table.Name] = append(lines[s.table.Name], s.line(l))
	}
	return lines
}

// first gives what the first of the lines that are left hang on.
func (h *heldLines) first() (hanger, bool) {
	for len(h.order) > 0 {
		of := h.order[0]
		h.order = h.order[1:]
		if h.of[of] != nil {
			return of, true
		}
	}
	return hanger{}, false
}

// line unpacks a line.
func (s heldSheet) line(l heldLine) tableLine {
	unpacked := tableLine{Cells: map[string]string{}, at: placesOf(s.sheet, int(l.row))}
	rest := []byte(l.cells)
	for _, i := range s.wide {
		size, n := binary.Uvarint(rest)
		if text := rest[n : n+int(size)]; len(text) > 0 {
			unpacked.Cells[s.sheet.Keys[i]] = string(text)
		}
		rest = rest[n+int(size):]
	}
	return unpacked
}

// placesOf gives the addresses of the cells of a row.
func placesOf(t *sheet.Table, row int) func(column string) string {
	return func(column string) string { return t.AddressOf(column, row) }
}

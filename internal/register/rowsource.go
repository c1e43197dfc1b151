package register

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"resolute"
	"resolute/internal/iati"
	"resolute/internal/sheet"
)

// exampleMark begins the identifiers of the rows that templates show; they are not taken in.
const exampleMark = "EXAMPLE-"

// tableRow is one activity of a table, with all that hangs on it in a workbook.
type tableRow struct {
	row   row
	key   string // of the activity that it is, where several have the identifier; empty: not said
	from  sheet.Row
	first func(column string) string // addresses of the first line of one that stands in no table of activities
	fault *resolute.Finding
}

// address names the cell of a column; empty when there is none.
func (t tableRow) address(column string) string {
	if t.first != nil {
		if column == "id" {
			column = "activity"
		}
		return t.first(column)
	}
	return t.from.Cell(column).Address
}

// size is how much text the row and its lines hold, in bytes.
func (t tableRow) size() int {
	n := len(t.from.Raw)
	for _, lines := range t.row.Lines {
		for _, l := range lines {
			for _, text := range l.Cells {
				n += len(text)
			}
		}
	}
	return n
}

// raw is the text of what is refused.
func (t tableRow) raw() string {
	if t.first == nil {
		return t.from.Raw
	}
	return t.row.Cells["id"]
}

// rowSource gives the activities of a table or workbook; io.EOF after the last.
type rowSource interface {
	next() (tableRow, error)
	told() []resolute.Finding // about the file, when all is read
	partial() bool            // it has no table of activities
	close() error
}

// openRows begins to read a table or a workbook. in is what rec reads from.
func openRows(rec *received, in io.Reader, file string, o ImportOptions) (rowSource, error) {
	at, ok := in.(io.ReaderAt)
	if !ok {
		return newBook(nil, rec, file, o)
	}
	start := make([]byte, 4)
	if n, _ := at.ReadAt(start, 0); !sheet.IsWorkbook(start[:n]) { // what cannot be read is told by the table
		return newBook(nil, rec, file, o)
	}
	if err := rec.drain(); err != nil {
		return nil, err
	}
	w, err := sheet.OpenWorkbook(at, rec.bytes(), file, sheet.Limits{Rows: sheet.Unbounded})
	if err != nil {
		return nil, refusedTable(err)
	}
	return newBook(w, nil, file, o)
}

// bookRows reads activities with the lines that hang on them. The lines are held in memory, the table
// of activities is read as it goes.
type bookRows struct {
	words    map[string]string
	main     mainTable
	held     heldLines
	faults   []tableRow     // lines that cannot be read
	left     *sheet.Refusal // of the first sheet whose header cannot be read; nil: none
	findings []resolute.Finding
	examples int
}

func newBook(w *sheet.Workbook, csv io.Reader, file string, o ImportOptions) (*bookRows, error) {
	b := &bookRows{words: o.Words, held: heldLines{of: map[hanger][]heldLine{}, most: cmp.Or(o.HeldBytes, mostHeldBytes)}}
	if w == nil {
		t, err := sheet.Read(csv, file, sheet.Limits{Rows: sheet.Unbounded})
		if err == nil {
			err = b.take(t, "")
		}
		if err != nil {
			return nil, errors.Join(refusedTable(err), b.close())
		}
	} else if err := b.openSheets(w); err != nil {
		return nil, errors.Join(refusedTable(err), b.close())
	}
	if err := b.held.check(); err != nil {
		return nil, errors.Join(err, b.close())
	}
	if b.partial() && len(b.held.order)+len(b.faults)+b.examples+b.held.empty == 0 {
		err := noTable(file)
		if b.left != nil { // more is known of it
			err = refusedTable(b.left)
		}
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

// noTable refuses a file that holds none of the tables.
func noTable(found string) error {
	return &iati.RefusedError{Finding: resolute.Finding{Rule: "sheet-header", Severity: resolute.SeverityError, Line: 1, Found: found,
		Expected: "a column id", Message: "the table has no column \"id\"; resolute template activities shows the columns"}}
}

func (b *bookRows) readLines(t *sheet.Table, table Table) error {
	b.held.begin(t, table)
	for {
		from, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		id := legible(from.Cell("activity").Text)
		switch {
		case from.Fault != nil:
			err = b.refuse(from, *from.Fault)
		case strings.HasPrefix(id, exampleMark):
			b.examples++
		case id == "":
			f := from.Cell("activity").Finding("", findingNoIdentifier, "the identifier of an activity")
			f.Message = "line without activity: refused, its text is kept with the import"
			err = b.refuse(from, f)
		default:
			err = b.held.add(hanger{id, legible(from.Cell(ColumnKey).Text)}, from)
		}
		if err != nil {
			return err
		}
	}
}

// refuse holds a line that cannot be read until the rows are told, as far as others are held.
func (b *bookRows) refuse(line sheet.Row, f resolute.Finding) error {
	line.Cells = nil // its text is kept
	b.faults = append(b.faults, tableRow{row: row{N: line.Number, Line: line.Line}, from: line, fault: &f})
	return b.held.count(line, costOfFault+len(line.Raw))
}

// next gives the rows of the table of activities, then activities of which there are only lines, then
// lines that cannot be read.
func (b *bookRows) next() (tableRow, error) {
	for {
		from, err := b.main.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return tableRow{}, err
		}
		r := tableRow{row: row{N: from.Number, Line: from.Line, Cells: map[string]string{}}, from: from, fault: from.Fault}
		for i, cell := range from.Cells {
			if text := legible(cell.Text); text != "" {
				r.row.Cells[b.main.table.Keys[i]] = text
			}
		}
		if strings.HasPrefix(r.row.Cells["id"], exampleMark) {
			b.examples++
			continue
		}
		r.key = r.row.Cells[ColumnKey]
		delete(r.row.Cells, ColumnKey)
		if err := b.main.once(r); err != nil {
			return tableRow{}, err
		}
		b.hang(&r)
		return r, nil
	}
	if of, more := b.held.first(); more {
		return b.alone(of), nil
	}
	if len(b.faults) > 0 {
		r := b.faults[0]
		b.faults = b.faults[1:]
		return r, nil
	}
	return tableRow{}, io.EOF
}

// hang gives a row its lines: those that name it by its key, and those that name its identifier alone,
// which the first row of several has.
func (b *bookRows) hang(r *tableRow) {
	id := r.row.Cells["id"]
	r.row.Lines = b.held.take(hanger{id: id})
	if r.key == "" {
		return
	}
	for table, lines := range b.held.take(hanger{id, r.key}) {
		if r.row.Lines == nil {
			r.row.Lines = map[string][]tableLine{}
		}
		r.row.Lines[table] = append(r.row.Lines[table], lines...)
	}
}

// alone is an activity of which there are only lines.
func (b *bookRows) alone(of hanger) tableRow {
	r := tableRow{row: row{Cells: map[string]string{"id": of.id}, Lines: b.held.take(of)}, key: of.key}
	for _, t := range Tables[1:] {
		if lines := r.row.Lines[t.Name]; len(lines) > 0 {
			r.first = lines[0].at
			r.row.Line = rowOfAddress(r.first("activity"))
			break
		}
	}
	return r
}

// rowOfAddress reads the row of an address: 7 of Transactions!C7.
func rowOfAddress(address string) int {
	n := 0
	digits := strings.TrimLeft(address[strings.LastIndex(address, "!")+1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	_, _ = fmt.Sscanf(digits, "%d", &n) // an address of ours always ends in its row
	return n
}

func (b *bookRows) told() []resolute.Finding {
	told := b.findings
	if b.held.empty > 0 {
		told = append(told, resolute.Finding{Rule: "line-empty", Severity: resolute.SeverityNote, Found: fmt.Sprint(b.held.empty), Expected: "\"-\" in each cell to erase",
			Message: fmt.Sprintf("lines that are empty but for their activity say nothing and leave what stands: %d", b.held.empty)})
	}
	if b.examples > 0 {
		told = append(told, resolute.Finding{Rule: "example-skipped", Severity: resolute.SeverityNote, Found: fmt.Sprint(b.examples),
			Message: fmt.Sprintf("rows whose identifier begins with %s are examples of the template and not taken in: %d", exampleMark, b.examples)})
	}
	return told
}

func (b *bookRows) partial() bool { return b.main.table == nil }

func (b *bookRows) close() error { return b.main.close() }

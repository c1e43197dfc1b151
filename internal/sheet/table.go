package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math"
	"strings"

	"resolute"
)

// Limits bound what a file may ask for; a zero field stands for its default.
type Limits struct {
	Rows      int // rows after the header; default 1,000,000, Unbounded: as many as there are
	CellBytes int // bytes of one cell; default 64 KiB
	RowBytes  int // bytes of one row; default 1 MiB

	Unpacked int64 // bytes of one part of a workbook; default 512 MiB
	Packed   int64 // how often the file the sheets of a workbook may be together, beside Unpacked; default 250
	Strings  int64 // bytes of the texts that the sheets of a workbook share; default 64 MiB
}

// Unbounded is a number of rows that no file reaches: its bytes bound them.
const Unbounded = math.MaxInt

func (l Limits) orDefault() Limits {
	set := func(n *int, value int) {
		if *n == 0 {
			*n = value
		}
	}
	set(&l.Rows, 1_000_000)
	set(&l.CellBytes, 64<<10)
	set(&l.RowBytes, 1<<20)
	if l.Unpacked == 0 {
		l.Unpacked = 512 << 20
	}
	if l.Packed == 0 {
		l.Packed = 250
	}
	if l.Strings == 0 {
		l.Strings = 64 << 20
	}
	return l
}

// Table is a CSV file, or a sheet of a workbook, that is being read: its header, and its rows one by one. Memory does not
// grow with the file. Not for several goroutines.
type Table struct {
	File      string
	Sheet     string   // of a workbook; empty for CSV
	Names     []string // of the columns, as printed, without blanks around
	Keys      []string // of the columns: Key of each name
	Separator byte     // comma, semicolon or tab, whichever the header has most

	rows   records
	limits Limits
	prefix string // of addresses: the sheet of a workbook
	book   bool
	column map[string]int
	number int // of the row last read, as a spreadsheet counts
	given  int // by Next
}

// records are the rows of a file as they stand in it; io.EOF after the last.
type records interface{ next() (record, error) }

// Row is one row below the header. Number is its row in a spreadsheet (the header of most files
// is row 1), Line its first line in the file. Raw is its text as received, or its first line when
// its end could not be told. A row with a Fault has no Cells; every other has one for each column.
type Row struct {
	Number int
	Line   int
	Cells  []Cell
	Raw    string
	Fault  *resolute.Finding

	table *Table
}

// Cell is one value with its place. Text is as written, blanks included, without the sign that
// guards a formula (see Guard). Line and Position count from 1, Position in code points.
type Cell struct {
	Text           string
	Address        string
	Line, Position int
}

// Read reads the header of a CSV file in UTF-8. file is its name in findings. A Refusal is
// returned for another encoding, a workbook, a file without a header, and for columns without
// a name or with the same name; names are the same when their Key is.
func Read(r io.Reader, file string, limits Limits) (*Table, error) {
	src := bufio.NewReaderSize(r, 64<<10)
	t := &Table{File: file, column: map[string]int{}}
	start, err := src.Peek(src.Size())
	if err != nil && err != io.EOF {
		return nil, err
	}
	if w := foreign(start); w != nil {
		return nil, &Refusal{finding(file, "", *w)}
	}
	if bytes.HasPrefix(start, []byte(byteOrderMark)) {
		start = start[len(byteOrderMark):]
		if _, err := src.Discard(len(byteOrderMark)); err != nil {
			return nil, err
		}
	}
	t.Separator = separatorOf(start)
	t.limits = limits.orDefault()
	t.rows = &scanner{src: src, separator: t.Separator, limits: t.limits, line: 1, col: 1}
	return t, t.header()
}

// header reads the names of the columns from the first row that is not blank. Columns at the
// end without a name are what sheet programs leave; rows must be blank there.
func (t *Table) header() error {
	row, err := t.record()
	if err == io.EOF {
		return &Refusal{finding(t.File, "", wrong{"sheet-header", "nothing", "a row with the names of the columns", 1, 1, ""})}
	}
	if err != nil {
		return err
	}
	if row.Fault != nil {
		return &Refusal{*row.Fault}
	}
	for len(row.Cells) > 0 && strings.TrimSpace(row.Cells[len(row.Cells)-1].Text) == "" {
		row.Cells = row.Cells[:len(row.Cells)-1]
	}
	for i, c := range row.Cells {
		name := strings.TrimSpace(c.Text)
		key := Key(name)
		first, twice := t.column[key]
		switch {
		case key == "":
			return &Refusal{c.Finding(t.File, "sheet-header", "a name for every column")}
		case twice:
			return &Refusal{c.Finding(t.File, "sheet-header", "each name once; it stands at "+row.Cells[first].Address+" too")}
		}
		t.column[key] = i
		t.Names, t.Keys = append(t.Names, name), append(t.Keys, key)
	}
	return nil
}

// Key is the form in which names of columns are compared: lower case, with one underscore for
// blanks, hyphens and underscores in a row: "Start date" and "start-date" are start_date.
func Key(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune(" \t\r\n\u00a0-_", r) })
	return strings.Join(words, "_")
}

// Next gives the next row that is not blank; io.EOF after the last. A row that cannot be
// understood is given with its Fault. A Refusal ends the file when it has more rows than the limit.
func (t *Table) Next() (Row, error) {
	row, err := t.record()
	if err != nil {
		return Row{}, err
	}
	if t.given++; t.given > t.limits.Rows {
		return Row{}, &Refusal{finding(t.File, "", wrong{"sheet-limit", "more rows", number(t.limits.Rows, "row") + " at most", row.Line, 1, ""})}
	}
	if row.Fault == nil {
		t.fit(&row)
	}
	for i := range row.Cells {
		row.Cells[i].Text = t.bare(row.Cells[i].Text)
	}
	return row, nil
}

// fit gives the row one cell for each column, or its fault.
func (t *Table) fit(row *Row) {
	count := len(row.Cells)
	for count > len(t.Names) && strings.TrimSpace(row.Cells[count-1].Text) == "" {
		count--
	}
	for t.book && count < len(t.Names) { // cells at the end that nobody filled are not written
		row.Cells = append(row.Cells, Cell{Address: t.Address(count, row.Number), Line: row.Line})
		count++
	}
	if count != len(t.Names) {
		row.fault(t.File, "", wrong{"sheet-cells", number(count, "cell"), number(len(t.Names), "cell") + " as in the header", row.Line, 1, ""})
		return
	}
	row.Cells = row.Cells[:count]
}

func (r *Row) fault(file, address string, w wrong) {
	f := finding(file, address, w)
	r.Fault, r.Cells = &f, nil
}

// record reads the next row that is not blank and checks its signs.
func (t *Table) record() (Row, error) {
	for {
		rec, err := t.rows.next()
		if errors.Is(err, errTorn) {
			return Row{}, &Refusal{finding(t.File, "", wrong{"sheet-quote", err.Error(), `a closing " for every opening one`, rec.line, 1, ""})}
		}
		if err != nil {
			return Row{}, err
		}
		if t.number++; rec.number > 0 {
			t.number = rec.number
		}
		row := Row{Number: t.number, Line: rec.line, Raw: string(rec.raw), table: t}
		if rec.wrong != nil {
			row.fault(t.File, rec.wrong.address, *rec.wrong)
			return row, nil
		}
		if !t.blank(rec) {
			t.fill(&row, rec)
			return row, nil
		}
	}
}

// bare takes off the sign that guards a formula; a text of a workbook is never one.
func (t *Table) bare(text string) string {
	if t.book {
		return text
	}
	return Unguard(text)
}

func (t *Table) blank(rec record) bool {
	for _, f := range rec.cells {
		if strings.TrimSpace(t.bare(string(f.text))) != "" {
			return false
		}
	}
	return true
}

func (t *Table) fill(row *Row, rec record) {
	row.Cells = make([]Cell, len(rec.cells))
	for i, f := range rec.cells {
		address := t.Address(i, row.Number)
		if bad := unreadable(f.text); bad != "" {
			row.fault(t.File, address, wrong{"sheet-encoding", bad, `text in UTF-8 without control characters: save the sheet as "CSV UTF-8"`, f.line, f.col, ""})
			return
		}
		row.Cells[i] = Cell{Text: string(f.text), Address: address, Line: f.line, Position: f.col}
	}
}

// Rename gives columns the keys that name says; the first of two of one key has it.
func (t *Table) Rename(name func(key string) string) {
	t.column = map[string]int{}
	for i, key := range t.Keys {
		t.Keys[i] = name(key)
		if _, twice := t.column[t.Keys[i]]; twice {
			t.Keys[i] = key
		}
		t.column[t.Keys[i]] = i
	}
}

// Address names a cell, within a workbook with its sheet: Transactions!C7.
func (t *Table) Address(column, row int) string { return t.prefix + Address(column, row) }

// AddressOf names the cell of a column, by its key, in a row; empty when there is no such column.
func (t *Table) AddressOf(key string, row int) string {
	i, ok := t.column[key]
	if !ok {
		return ""
	}
	return t.Address(i, row)
}

// Has reports whether the header has a column of this key.
func (t *Table) Has(key string) bool {
	_, ok := t.column[key]
	return ok
}

// Cell gives the cell of a column by its key; the zero Cell when the header has no such column
// or the row has a fault.
func (r Row) Cell(key string) Cell {
	i, ok := r.table.column[key]
	if !ok || i >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[i]
}

// Finding is an error-level finding about the cell: what stands in it and what was expected.
// Path is its address.
func (c Cell) Finding(file, rule, expected string) resolute.Finding {
	f := finding(file, c.Address, wrong{rule, `"` + c.Text + `"`, expected, c.Line, c.Position, ""})
	f.Found = c.Text
	return f
}

package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// The widest and longest sheet that spreadsheets know.
const (
	MaxColumns = 16_384
	MaxRows    = 1_048_576
)

// widest is how many cells a row may hold here.
const widest = 1000

// Table begins to read a sheet; close ends it. Cells that hold a formula or an error are faults of
// their row: what a formula gave when the file was saved is not what it says. Numbers are decimal
// text, days YYYY-MM-DD.
func (w *Workbook) Table(name string) (t *Table, close func() error, err error) {
	p, err := w.open(w.targets[name], w.limits.Unpacked)
	if err != nil {
		return nil, nil, err
	}
	if p == nil {
		return nil, nil, w.refusal("sheet "+name+" without content", "a sheet")
	}
	t = &Table{File: w.file, Sheet: name, column: map[string]int{}, limits: w.limits, prefix: name + "!", book: true}
	rows := &worksheet{book: w, part: p, prefix: t.prefix, name: w.targets[name]}
	t.rows = rows
	if err := t.header(); err != nil {
		return nil, nil, errors.Join(err, p.Close())
	}
	return t, rows.close, nil
}

// worksheet gives the rows of a sheet.
type worksheet struct {
	book   *Workbook
	part   *part
	prefix string
	name   string
	last   int  // row
	begun  bool // what holds the rows
	column int  // of the next cell that does not say where it stands
	ended  bool
}

// close ends the sheet and lets go of its part: its table may be kept, for the addresses of its cells.
func (s *worksheet) close() error {
	p := s.part
	s.part, s.ended = nil, true
	return p.Close()
}

func (s *worksheet) next() (record, error) {
	for !s.ended {
		token, err := s.part.Token()
		if errors.Is(err, io.EOF) && !s.begun {
			break // a sheet without cells, such as one of a chart
		}
		if err != nil {
			return record{}, s.broken(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			s.begun = s.begun || t.Name.Local == "sheetData"
			if t.Name.Local == "row" {
				r, err := s.row(t)
				if err != nil {
					return r, s.broken(err)
				}
				return r, nil
			}
		case xml.EndElement:
			s.ended = t.Name.Local == "sheetData"
		}
	}
	return record{}, io.EOF
}

// broken refuses the file: it ends within a sheet, or is no XML.
func (s *worksheet) broken(err error) error {
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal):
		return err
	case errors.Is(err, errTooLong):
		return s.book.tooLong(s.name, s.book.limits.Unpacked)
	case errors.Is(err, io.EOF):
		err = io.ErrUnexpectedEOF
	}
	return s.book.refusal(fmt.Sprintf("%s: %v", s.name, err), "an XLSX workbook")
}

func (s *worksheet) row(start xml.StartElement) (record, error) {
	r := record{number: s.last + 1}
	if n, err := strconv.Atoi(attribute(start, "r")); err == nil {
		if n <= s.last || n > MaxRows {
			return r, fmt.Errorf("row %d behind row %d", n, s.last)
		}
		r.number = n
	}
	s.last, s.column = r.number, 0
	r.line = r.number
	size := 0
	for {
		token, err := s.part.Token()
		if err != nil {
			return r, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			before := len(r.cells)
			if err := s.cell(&r, t); err != nil {
				return r, err
			}
			if n := len(r.cells); n > before {
				size += len(r.cells[n-1].text)
			}
			if size > s.book.limits.RowBytes {
				r.fail("sheet-limit", "a longer row", number(s.book.limits.RowBytes, "byte")+" in a row at most", "")
				r.cells, size = nil, 0
			}
		case xml.EndElement:
			if t.Name.Local == "row" {
				r.raw = rawOf(r.cells)
				return r, nil
			}
		}
	}
}

// fail notes the first fault of a row.
func (r *record) fail(rule, found, expected, address string) {
	if r.wrong == nil {
		r.wrong = &wrong{rule: rule, found: found, expected: expected, line: r.line, address: address}
	}
}

// rawOf writes a row as a line of text, for what is kept of a refused one.
func rawOf(cells []field) []byte {
	var b strings.Builder
	for i, c := range cells {
		if i > 0 {
			b.WriteByte('\t')
		}
		b.Write(c.text)
	}
	return []byte(b.String())
}

func (s *worksheet) cell(r *record, start xml.StartElement) error {
	column := s.column
	if at := attribute(start, "r"); at != "" {
		n, ok := columnOf(at)
		if !ok || n < len(r.cells) {
			return fmt.Errorf("cell %q behind column %d", at, len(r.cells))
		}
		column = n
	}
	s.column = column + 1 // also behind one that holds nothing
	value, formula, err := s.value(start)
	if err != nil {
		return err
	}
	address := s.prefix + Address(column, r.number)
	if value == "" && formula == "" {
		return nil // only formatted
	}
	if column >= widest {
		r.fail("sheet-limit", "a cell in column "+strconv.Itoa(column+1), number(widest, "column")+" at most", address)
		return nil
	}
	for len(r.cells) < column {
		r.cells = append(r.cells, field{line: r.line})
	}
	kind, shown := attribute(start, "t"), value
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(s.book.strings) {
			return fmt.Errorf("cell %s: no text %q", address, value)
		}
		shown = s.book.strings[n]
	case "str":
		shown = unescaped(value)
	case "b":
		shown = truth(value)
	case "e":
		r.fail("sheet-error", value, "a value: the cell holds an error", address)
	case "", "n":
		shown = s.number(value, attribute(start, "s"))
	case "d":
		shown = strings.TrimSuffix(value, "T00:00:00")
	}
	if formula != "" {
		r.fail("sheet-formula", "="+formula, "a value: formulas are not computed here; paste their values", address)
	}
	if len(shown) > s.book.limits.CellBytes {
		r.fail("sheet-limit", "a longer cell", number(s.book.limits.CellBytes, "byte")+" in a cell at most", address)
		shown = shown[:s.book.limits.CellBytes]
	}
	r.cells = append(r.cells, field{text: []byte(strings.ReplaceAll(shown, "\r\n", "\n")), line: r.line})
	return nil
}

// truth prints a value of xsd:boolean.
func truth(value string) string {
	switch value {
	case "1", "true":
		return "TRUE"
	case "0", "false":
		return "FALSE"
	}
	return value
}

// value reads what stands in a cell, and its formula; a formula that is shared is "...".
func (s *worksheet) value(cell xml.StartElement) (value, formula string, err error) {
	for {
		token, err := s.part.Token()
		if err != nil {
			return "", "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "is":
				value, err = s.part.text(s.book.limits.CellBytes)
			case "v":
				value, err = s.part.plain(s.book.limits.CellBytes)
			case "f":
				if formula, err = s.part.plain(100); formula == "" {
					formula = "..."
				}
			default:
				_, err = s.part.plain(0)
			}
			if err != nil {
				return "", "", err
			}
		case xml.EndElement:
			return value, formula, nil
		}
	}
}

// columnOf reads the column of an address: C7 is 2.
func columnOf(address string) (int, bool) {
	n := 0
	for i := 0; i < len(address); i++ {
		c := address[i]
		if c < 'A' || c > 'Z' {
			return n - 1, i > 0
		}
		if n = n*26 + int(c-'A') + 1; n > MaxColumns {
			return 0, false
		}
	}
	return n - 1, n > 0
}

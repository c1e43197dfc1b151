package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
)

// scanner splits a file into records and cells. A cell that begins with a quote ends with one
// and may hold separators and line breaks; a quote is written twice in it. Anywhere else a quote
// is a sign like any other.
type scanner struct {
	src       *bufio.Reader
	pending   []byte // bytes to read again, before those of src
	separator byte
	limits    Limits
	line, col int // of the next byte, from 1; col in code points
	resumed   int // times that lines were read again
}

// maxResumed bounds the work that a file with torn quotes can ask for.
const maxResumed = 100

var errTorn = errors.New("too many cells without a closing quote")

// record is one row as it stands in the file.
type record struct {
	number int // as the file says; 0: one more than the row before
	line   int
	raw    []byte
	cells  []field
	wrong  *wrong
}

// field is a cell with the place where it begins.
type field struct {
	text      []byte
	line, col int
}

// wrong says why a record could not be split, and where.
type wrong struct {
	rule, found, expected string
	line, col             int
	address               string // of a cell, where it is known
}

func (s *scanner) read() (byte, error) {
	var b byte
	if len(s.pending) > 0 {
		b, s.pending = s.pending[0], s.pending[1:]
	} else {
		var err error
		if b, err = s.src.ReadByte(); err != nil {
			return 0, err
		}
	}
	switch {
	case b == '\n':
		s.line, s.col = s.line+1, 1
	case b&0xC0 != 0x80: // not within a code point
		s.col++
	}
	return b, nil
}

// Where the scanner stands within a record.
type state int

const (
	cellStart state = iota
	plain
	quoted
	quoteInQuoted // a quote that ends the cell or is the first of two
)

// next gives the next record, without the line break at its end; io.EOF after the last.
func (s *scanner) next() (record, error) {
	r := record{line: s.line}
	at, cell := cellStart, field{line: s.line, col: s.col}
	for {
		line, col := s.line, s.col
		b, err := s.read()
		if errors.Is(err, io.EOF) {
			return s.atEnd(r, cell, at)
		}
		if err != nil {
			return r, err
		}
		if b == '\n' && at != quoted {
			r.raw = bytes.TrimSuffix(r.raw, []byte("\r"))
			cell.text = trimReturn(cell.text, at)
			r.add(cell)
			return r, nil
		}
		r.raw = append(r.raw, b)
		if b == s.separator && at != quoted {
			r.add(cell)
			at, cell = cellStart, field{line: s.line, col: s.col}
		} else {
			at = s.step(&r, &cell, at, b, line, col)
		}
		if s.tooLong(&r, cell, at) {
			return s.resume(r)
		}
	}
}

// add adds a cell. One too far out refuses its row, as in a workbook, unless nothing stands in it.
func (r *record) add(c field) {
	switch {
	case len(r.cells) < widest:
		r.cells = append(r.cells, c)
	case len(bytes.TrimSpace(c.text)) > 0 && r.wrong == nil:
		r.wrong = &wrong{rule: "sheet-limit", found: "a cell behind column " + strconv.Itoa(widest), expected: number(widest, "column") + " at most", line: c.line, col: c.col}
	}
}

// step takes one byte of a cell and says where it leaves the scanner.
func (s *scanner) step(r *record, cell *field, at state, b byte, line, col int) state {
	switch {
	case b == '"' && (at == cellStart || at == quoteInQuoted):
		if at == quoteInQuoted {
			cell.text = append(cell.text, b)
		}
		return quoted
	case b == '"' && at == quoted:
		return quoteInQuoted
	case at == quoteInQuoted && b == '\r':
		return quoteInQuoted // of the line break; elsewhere it falls away with the broken quote
	case at == quoteInQuoted:
		if r.wrong == nil {
			r.wrong = &wrong{rule: "sheet-quote", found: `a quote within a quoted cell`, expected: `"" for a quote, a separator or the end of the row after a closing one`, line: line, col: col}
		}
		at = plain
	case at == cellStart:
		at = plain
	}
	cell.text = append(cell.text, b)
	return at
}

// trimReturn drops the carriage return of a line break; within quotes it is text.
func trimReturn(text []byte, at state) []byte {
	if at == quoteInQuoted {
		return text
	}
	return bytes.TrimSuffix(text, []byte("\r"))
}

// atEnd closes the last record, which may lack its line break.
func (s *scanner) atEnd(r record, cell field, at state) (record, error) {
	if len(r.raw) == 0 {
		return r, io.EOF
	}
	if at == quoted {
		r.wrong = &wrong{rule: "sheet-quote", found: "a cell whose quote is never closed", expected: `a closing " before the end of the file`, line: cell.line, col: cell.col}
		return s.resume(r)
	}
	cell.text = trimReturn(cell.text, at)
	r.add(cell)
	return r, nil
}

func (s *scanner) tooLong(r *record, cell field, at state) bool {
	switch {
	case len(cell.text) > s.limits.CellBytes:
		expected := number(s.limits.CellBytes, "byte") + " in a cell at most"
		if at == quoted {
			expected += `, and a closing " for every opening one`
		}
		r.wrong = &wrong{rule: "sheet-limit", found: "a longer cell", expected: expected, line: cell.line, col: cell.col}
	case len(r.raw) > s.limits.RowBytes:
		r.wrong = &wrong{rule: "sheet-limit", found: "a longer row", expected: number(s.limits.RowBytes, "byte") + " in a row at most", line: r.line, col: 1}
	default:
		return false
	}
	return true
}

// resume gives up a record after its first line and goes on with the line after it: a quote
// that is never closed must not swallow the rows that follow.
func (s *scanner) resume(r record) (record, error) {
	first, rest, found := bytes.Cut(r.raw, []byte("\n"))
	r.raw, r.cells = bytes.TrimSuffix(first, []byte("\r")), nil
	if found {
		if s.resumed++; s.resumed > maxResumed {
			return r, errTorn
		}
		s.pending = slices.Concat(rest, s.pending)
		s.line, s.col = r.line+1, 1
		return r, nil
	}
	for {
		b, err := s.read()
		if b == '\n' || errors.Is(err, io.EOF) {
			return r, nil
		}
		if err != nil {
			return r, err
		}
	}
}

package framework

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"resolute"
)

// Limits of a framework file.
const (
	MaxFileBytes = 8 << 20
	MaxFileRows  = 50_000
	maxColumns   = 100
	maxCell      = 4_000 // code points
	maxFindings  = 1_000
)

// reading is one pass over a framework file: UTF-8, comma-separated, a header row, and one row
// for each scheme, concept or mapping as the column "row" says. Every fault is noted with its
// place; a file with a fault is refused whole.
type reading struct {
	file     string
	data     []byte
	lines    []int // offset of the first byte of each line
	columns  []string
	place    map[string]int // column to its place in the row
	rows     []fileRow
	findings []resolute.Finding
}

// fileRow is a row with its cells, trimmed, and where each begins.
type fileRow struct {
	line  int
	at    []position
	cells []string
}

type position struct{ line, column int }

// parseFile reads a framework file. It gives one edition for each scheme row, in the order of
// the file, and what is wrong; known is what mappings and parents of the file may refer to.
func parseFile(file string, data []byte, known *Catalogue) ([]edition, []resolute.Finding) {
	r := &reading{file: file, data: data, place: map[string]int{}}
	if !r.readable() || !r.split() {
		return nil, r.findings
	}
	editions := r.editions(known)
	if len(r.findings) > 0 {
		return nil, r.findings
	}
	return editions, nil
}

// fault notes one thing wrong; after maxFindings the rest is left out.
func (r *reading) fault(rule, record string, at position, column, found, expected string) {
	if len(r.findings) >= maxFindings {
		return
	}
	message := fmt.Sprintf("found %q, expected %s", found, expected)
	if column != "" {
		message = "column " + column + ": " + message
	}
	r.findings = append(r.findings, resolute.Finding{
		Rule: rule, Severity: resolute.SeverityError, File: r.file, Record: record, Line: at.line, Column: at.column,
		Path: column, Found: found, Expected: expected, Message: message,
	})
}

// readable checks what must hold before rows can be told apart: size and encoding.
func (r *reading) readable() bool {
	if len(r.data) > MaxFileBytes {
		r.fault("framework-limit", "", position{}, "", fmt.Sprintf("more than %d bytes", MaxFileBytes), fmt.Sprintf("a file of at most %d bytes", MaxFileBytes))
		return false
	}
	r.data = bytes.TrimPrefix(r.data, []byte("\ufeff"))
	r.lines = []int{0}
	for i, b := range r.data {
		if b == '\n' {
			r.lines = append(r.lines, i+1)
		}
	}
	for i, c := range r.runes() {
		if c == utf8.RuneError || (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
			if _, width := utf8.DecodeRune(r.data[i:]); c == utf8.RuneError && width > 1 {
				continue // the replacement character itself, well written
			}
			r.fault("framework-encoding", "", r.positionOf(i), "", fmt.Sprintf("byte 0x%02x", r.data[i]), "text in UTF-8 without control characters")
			return false
		}
	}
	return true
}

func (r *reading) runes() func(func(int, rune) bool) {
	return func(yield func(int, rune) bool) {
		for i := 0; i < len(r.data); {
			c, width := utf8.DecodeRune(r.data[i:])
			if !yield(i, c) {
				return
			}
			i += width
		}
	}
}

// positionOf gives line and column, in code points from 1, of an offset.
func (r *reading) positionOf(offset int) position {
	line := len(r.lines)
	for line > 1 && r.lines[line-1] > offset {
		line--
	}
	return position{line, 1 + utf8.RuneCount(r.data[r.lines[line-1]:offset])}
}

// code points before a byte column of a line, as encoding/csv counts it.
func (r *reading) position(line, byteColumn int) position {
	if line < 1 || line > len(r.lines) {
		return position{line, 0}
	}
	start := r.lines[line-1]
	end := min(start+max(byteColumn-1, 0), len(r.data))
	return position{line, 1 + utf8.RuneCount(r.data[start:end])}
}

// split reads header and rows; false when they cannot be told apart.
func (r *reading) split() bool {
	c := csv.NewReader(bytes.NewReader(r.data))
	header, err := c.Read()
	if err != nil {
		r.syntax(err)
		return false
	}
	if !r.readHeader(c, header) {
		return false
	}
	for {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			return len(r.findings) == 0
		}
		if err != nil {
			r.syntax(err)
			if !errors.Is(err, csv.ErrFieldCount) {
				return false
			}
			continue
		}
		if len(r.rows) == MaxFileRows {
			r.fault("framework-limit", "", r.start(c), "", "more rows", fmt.Sprintf("at most %d rows", MaxFileRows))
			return false
		}
		r.addRow(c, cells)
	}
}

func (r *reading) start(c *csv.Reader) position { return r.position(c.FieldPos(0)) }

func (r *reading) addRow(c *csv.Reader, cells []string) {
	row := fileRow{cells: make([]string, len(cells)), at: make([]position, len(cells))}
	row.line, _ = c.FieldPos(0)
	for i, cell := range cells {
		row.cells[i], row.at[i] = strings.TrimSpace(cell), r.position(c.FieldPos(i))
	}
	if strings.Join(row.cells, "") != "" { // a sheet program leaves rows of commas at the end
		r.rows = append(r.rows, row)
	}
}

// syntax notes an error of encoding/csv.
func (r *reading) syntax(err error) {
	var p *csv.ParseError
	switch {
	case errors.As(err, &p) && errors.Is(err, csv.ErrFieldCount):
		r.fault("framework-syntax", "", position{p.StartLine, 1}, "", "another number of cells", fmt.Sprintf("%d cells, as in the header", len(r.columns)))
	case errors.As(err, &p):
		r.fault("framework-syntax", "", r.position(p.Line, p.Column), "", p.Err.Error(), "cells separated by commas, quoted with \" where they hold a comma, quote or line break")
	default:
		r.fault("framework-syntax", "", position{1, 1}, "", "nothing", "a header row")
	}
}

// readHeader takes the names of the columns: any order, each known and there once.
func (r *reading) readHeader(c *csv.Reader, header []string) bool {
	if len(header) > maxColumns {
		r.fault("framework-limit", "", position{1, 1}, "", fmt.Sprintf("%d columns", len(header)), fmt.Sprintf("at most %d columns", maxColumns))
		return false
	}
	for i, title := range header {
		title = strings.ToLower(strings.TrimSpace(title))
		at := r.position(c.FieldPos(i))
		_, twice := r.place[title]
		switch {
		case !knownColumn(title):
			r.fault("framework-header", "", at, title, title, "one of the columns "+columnNames())
		case twice:
			r.fault("framework-header", "", at, title, title, "each column once")
		}
		r.columns = append(r.columns, title)
		r.place[title] = i
	}
	for _, needed := range []string{"row", "scheme"} {
		if _, ok := r.place[needed]; !ok {
			r.fault("framework-header", "", position{1, 1}, needed, "no column "+needed, "a column "+needed)
		}
	}
	return len(r.findings) == 0
}

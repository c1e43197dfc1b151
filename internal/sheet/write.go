package sheet

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Kind says what the cells of a column hold.
type Kind int

// The kinds of columns. Numbers are decimal text; they are written as they are. What is typed into a
// column of codes stays as it is typed: no spreadsheet makes 17.1 of 17.10, or a day of MAR-1.
const (
	Text Kind = iota
	Number
	Code
)

// Column is one column of a file that is written.
type Column struct {
	Name string
	Kind Kind
}

// Writer writes CSV: UTF-8, commas, rows ended by a line feed. A text that a spreadsheet would
// run as a formula gets a guard (see Guard); Read takes it off again.
type Writer struct {
	out     *bufio.Writer
	columns []Column
}

// NewWriter writes the header. Call Flush after the last row; an error of the medium is given
// by it at the latest.
func NewWriter(w io.Writer, columns ...Column) (*Writer, error) {
	c := &Writer{out: bufio.NewWriter(w), columns: columns}
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = column.Name
	}
	return c, c.row(names)
}

// Write writes one row, a cell for each column.
func (w *Writer) Write(cells ...string) error {
	if len(cells) != len(w.columns) {
		return fmt.Errorf("write row of %d cells: %d columns", len(cells), len(w.columns))
	}
	guarded := make([]string, len(cells))
	for i, c := range cells {
		if guarded[i] = c; w.columns[i].Kind != Number || !decimal(c) {
			guarded[i] = Guard(c)
		}
	}
	return w.row(guarded)
}

func (w *Writer) row(cells []string) error {
	for i, c := range cells {
		if i > 0 {
			w.out.WriteByte(',')
		}
		if strings.ContainsAny(c, ",;\t\"\r\n") {
			c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		w.out.WriteString(c)
	}
	return w.out.WriteByte('\n')
}

// Flush writes what is still held back.
func (w *Writer) Flush() error { return w.out.Flush() }

// Guard puts an apostrophe before a text that begins with one of = + - @, a tab or a carriage
// return, which a spreadsheet would take for a formula; also when apostrophes stand before it
// already, so that what was guarded can be told from what was written so.
func Guard(text string) string {
	if risky(text) {
		return "'" + text
	}
	return text
}

// Unguard takes off what Guard put on.
func Unguard(text string) string {
	if strings.HasPrefix(text, "'") && risky(text[1:]) {
		return text[1:]
	}
	return text
}

func risky(text string) bool {
	bare := strings.TrimLeft(text, "'")
	return bare != "" && strings.IndexByte("=+-@\t\r", bare[0]) >= 0
}

// decimal reports whether text is a number: 1250.00, -3, 1e6.
func decimal(text string) bool {
	whole := strings.TrimLeft(text, "+-")
	if len(text)-len(whole) > 1 {
		return false
	}
	mantissa, exponent, hasExponent := strings.Cut(strings.ToLower(whole), "e")
	if hasExponent && (!digits(strings.TrimLeft(exponent, "+-")) || len(exponent)-len(strings.TrimLeft(exponent, "+-")) > 1) {
		return false
	}
	units, fraction, hasFraction := strings.Cut(mantissa, ".")
	return digits(units) && (!hasFraction || digits(fraction))
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

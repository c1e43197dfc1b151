package sheet

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// Book writes an XLSX workbook. Sheets may be written beside each other: rows wait in temporary files
// until Close, so memory does not grow with them. Equal rows give equal bytes.
type Book struct {
	Rows  int   // of a sheet at most, its header included; default and most: MaxRows
	Bytes int64 // of a sheet, after which it goes on in a further one; default 256 MiB, half of what a Workbook reads

	out    io.Writer
	sheets []*BookSheet
	lists  []Choice
}

// Choice is a list to choose the cells of a column from.
type Choice struct {
	Name   string
	Values []string
}

// Form says how a sheet is shown.
type Form struct {
	Name        string
	RightToLeft bool
	Columns     []BookColumn
}

// BookColumn is one column of a sheet.
type BookColumn struct {
	Name   string
	Kind   Kind
	Width  int    // in signs; 0: usual
	Choice string // name of a list; empty: none
	Note   string // shown when a cell of the column is chosen
}

// BookSheet writes one sheet. When it has as many rows as a spreadsheet can hold, or is as long as may
// be read again, it goes on in a further one with the same header, "Name (2)".
type BookSheet struct {
	book  *Book
	form  Form
	part  int // 2 of "Name (2)"
	file  *os.File
	out   *bufio.Writer
	row   int
	bytes int64
	next  *BookSheet
}

// NewBook begins a workbook.
func NewBook(w io.Writer) *Book { return &Book{Rows: MaxRows, Bytes: 256 << 20, out: w} }

// List adds a list that columns may name.
func (b *Book) List(c Choice) { b.lists = append(b.lists, c) }

// Sheet begins a sheet and writes its header. Sheets stand in the order in which they begin.
func (b *Book) Sheet(f Form) (*BookSheet, error) { return b.sheet(f, 1) }

func (b *Book) sheet(f Form, part int) (*BookSheet, error) {
	file, err := os.CreateTemp("", "resolute-sheet-")
	if err != nil {
		return nil, err
	}
	s := &BookSheet{book: b, form: f, part: part, file: file, out: bufio.NewWriterSize(file, 64<<10)}
	b.sheets = append(b.sheets, s)
	s.head()
	names := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		names[i] = c.Name
	}
	return s, s.cells(names, true)
}

func (s *BookSheet) name() string {
	if s.part == 1 {
		return s.form.Name
	}
	return fmt.Sprintf("%s (%d)", s.form.Name, s.part)
}

// Write writes a row, a cell for each column.
func (s *BookSheet) Write(cells ...string) error {
	if len(cells) != len(s.form.Columns) {
		return fmt.Errorf("write row of %d cells: %d columns", len(cells), len(s.form.Columns))
	}
	for s.next != nil {
		s = s.next
	}
	if s.row >= s.book.Rows || s.row > 1 && s.bytes >= s.book.Bytes {
		var err error
		if s.next, err = s.book.sheet(s.form, s.part+1); err != nil {
			return err
		}
		s = s.next
	}
	return s.cells(cells, false)
}

const bookHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const sheetNamespace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`

// head writes what stands before the rows: direction, a header that stays in sight, widths.
func (s *BookSheet) head() {
	s.text(bookHead, `<worksheet `, sheetNamespace, `><sheetViews><sheetView workbookViewId="0"`)
	if s.form.RightToLeft {
		s.text(` rightToLeft="1"`)
	}
	if s == s.book.sheets[0] {
		s.text(` tabSelected="1"`)
	}
	s.text(`><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i, c := range s.form.Columns {
		width := c.Width
		if width == 0 {
			width = 16
		}
		n := strconv.Itoa(i + 1)
		s.text(`<col min="`, n, `" max="`, n, `" width="`, strconv.Itoa(width), `" customWidth="1"`)
		if c.Kind == Code {
			s.text(` style="`, styleCode, `"`)
		}
		s.text(`/>`)
	}
	s.text(`</cols><sheetData>`)
}

func (s *BookSheet) text(parts ...string) {
	for _, p := range parts {
		n, _ := s.out.WriteString(p) // an error stays with the writer
		s.bytes += int64(n)
	}
}

// The styles of cells, by their place in bookStyles.
const (
	styleHeader = "1"
	styleQuoted = "2" // of a text that would be a formula if it were typed
	styleCode   = "3"
)

func (s *BookSheet) cells(cells []string, header bool) error {
	s.row++
	row := strconv.Itoa(s.row)
	s.text(`<row r="`, row, `">`)
	for i, c := range cells {
		if c == "" {
			continue
		}
		s.text(`<c r="`, Address(i, s.row), `"`)
		switch {
		case header:
			s.inline(c, styleHeader)
		case s.form.Columns[i].Kind == Number && canonical(c):
			s.text(`><v>`, c, `</v></c>`)
		case risky(c):
			s.inline(c, styleQuoted)
		case s.form.Columns[i].Kind == Code:
			s.inline(c, styleCode)
		default:
			s.inline(c, "")
		}
	}
	s.text(`</row>`)
	_, err := s.out.WriteString("\n")
	return err
}

func (s *BookSheet) inline(text, style string) {
	if style != "" {
		s.text(` s="`, style, `"`)
	}
	s.text(` t="inlineStr"><is><t xml:space="preserve">`, escaped(literal(text)), `</t></is></c>`)
}

// canonical tells a number that a spreadsheet stores and gives back sign by sign: no digit that it
// would drop, and no more than it keeps.
func canonical(text string) bool {
	bare := strings.TrimPrefix(text, "-")
	whole, fraction, pointed := strings.Cut(bare, ".")
	return decimal(bare) && !strings.ContainsAny(bare, "eE+") && len(whole)+len(fraction) <= significant && (whole == "0" || whole[0] != '0') &&
		(!pointed || fraction[len(fraction)-1] != '0') && text != "-0"
}

// escaped writes text for XML. Signs that XML cannot hold become the replacement character.
func escaped(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool {
		return r < ' ' || r == '<' || r == '>' || r == '&' || r == '"' || r == 0xFFFD || r > 0xFFFD
	}) {
		return text
	}
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder never fails
	return b.String()
}

// Close writes the workbook and removes the temporary files; it must be called in any case.
func (b *Book) Close() error {
	err := b.write()
	for _, s := range b.sheets {
		err = errors.Join(err, s.file.Close(), os.Remove(s.file.Name()))
	}
	return err
}

func (b *Book) write() error {
	z := zip.NewWriter(b.out)
	for _, p := range b.fixedParts() {
		w, err := z.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, p.text); err != nil {
			return err
		}
	}
	for i, s := range b.sheets {
		w, err := z.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		if err != nil {
			return err
		}
		s.text(`</sheetData>`)
		b.validations(s)
		s.text(`</worksheet>`)
		if err := s.out.Flush(); err != nil {
			return err
		}
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := io.Copy(w, s.file); err != nil {
			return err
		}
	}
	return z.Close()
}

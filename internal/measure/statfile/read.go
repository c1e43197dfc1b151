package statfile

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"resolute"
	"resolute/internal/sheet"
)

// Options say what a file does not.
type Options struct {
	Dataflow  string // replaces that of the form
	Indicator string // of a file that does not name its own (Open SDG)
	Area      string // of a file about one area (Open SDG)
	MaxFile   int64  // bytes of the unpacked file; default 4 GiB
}

// Head is what the header of a file told.
type Head struct {
	Form     string // datahub, worldbank-wide, worldbank-long, sdg, opensdg, owid, plain
	Dataflow string
	Blank    int // cells that say nothing is known, in forms that print one for every year
}

// RefusedError says that a file cannot be read as a whole.
type RefusedError struct{ Finding resolute.Finding }

// Error gives file, line and sentence.
func (e *RefusedError) Error() string {
	return fmt.Sprintf("%s:%d: %s", e.Finding.File, e.Finding.Line, e.Finding.Message)
}

// Sink takes what a file holds, in its order. An error ends the reading and is given back.
type Sink struct {
	Observation func(*Observation) error
	Refused     func(resolute.Finding, string) error // a row that cannot be understood, and its text
}

// Read reads a file to its end. The error is a *RefusedError when the file is to blame, else that
// of the medium or of the sink. file is its name for findings and, for Open SDG, for the indicator.
func Read(r io.Reader, file string, o Options, to Sink) (Head, error) {
	if o.MaxFile == 0 {
		o.MaxFile = 4 << 30
	}
	in, err := open(r, o.MaxFile)
	if err != nil {
		return Head{}, refuse(file, 1, "unreadable", err.Error(), "a CSV file in UTF-8, plain or gzip")
	}
	t, err := readHeader(in, file)
	if err != nil {
		return Head{}, err
	}
	for _, f := range forms {
		if f.fits(t) {
			rows, err := f.begin(t, o)
			if err != nil {
				return Head{}, err
			}
			return t.read(rows, to)
		}
	}
	return Head{}, refuse(file, t.line, "form-unknown", "the columns "+shortened(strings.Join(t.names, ", ")),
		"the columns of the ITU DataHub, the World Bank, the UN SDG database, an Open SDG site, Our World in Data, or indicator, area, period and value")
}

func shortened(s string) string {
	if len(s) > 200 {
		return strings.ToValidUTF8(s[:200], "") + " ..."
	}
	return s
}

func refuse(file string, line int, rule, found, expected string) *RefusedError {
	return &RefusedError{resolute.Finding{Rule: rule, Severity: resolute.SeverityError, File: file, Line: line, Found: found, Expected: expected,
		Message: fmt.Sprintf("found %s, expected %s", found, expected)}}
}

// open unpacks gzip, drops the byte order mark and holds the file to its bound.
func open(r io.Reader, most int64) (*guarded, error) {
	src := bufio.NewReaderSize(r, 256<<10)
	start, err := src.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if len(start) >= 2 && start[0] == 0x1F && start[1] == 0x8B {
		unpacked, err := gzip.NewReader(src)
		if err != nil {
			return nil, err
		}
		src = bufio.NewReaderSize(unpacked, 256<<10)
		if start, err = src.Peek(3); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
	}
	if string(start) == "\uFEFF" {
		_, err = src.Discard(3)
	} else {
		err = nil
	}
	return &guarded{src: src, left: most}, err
}

// largestRow bounds one row in bytes: a quote that is never closed must not swallow the file.
const largestRow = 1 << 20

var (
	errRow  = fmt.Errorf("a row of more than %d bytes: a closing quote may be missing", largestRow)
	errFile = errors.New("a larger file than is read")
)

// guarded gives bytes on as long as rows come out of them.
type guarded struct {
	src  *bufio.Reader
	left int64
	row  int // bytes given since the last row came out
}

func (g *guarded) Read(p []byte) (int, error) {
	if g.row > largestRow {
		return 0, errRow
	}
	n, err := g.src.Read(p)
	g.row += n
	if g.left -= int64(n); g.left < 0 {
		return 0, errFile
	}
	return n, err
}

// table is a file whose header was read.
type table struct {
	file  string
	in    *guarded
	rows  *csv.Reader
	names []string
	at    map[string]int // column by the key of its name
	line  int            // of the header
	row   int            // of the last row, as a spreadsheet counts
	head  Head

	refuse func(f resolute.Finding, record []string) error // a cell, where the rest of its row is sound
}

// preamble is how many rows may stand before the header: the World Bank writes four.
const preamble = 6

func readHeader(in *guarded, file string) (*table, error) {
	t := &table{file: file, in: in}
	start, err := in.src.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, refuse(file, 1, "unreadable", err.Error(), "a CSV file in UTF-8, plain or gzip")
	}
	if strings.HasPrefix(string(start), "PK\x03\x04") || strings.ContainsRune(string(start), 0) {
		return nil, refuse(file, 1, "unreadable", "a workbook, or text in another encoding", "a CSV file in UTF-8, plain or gzip")
	}
	t.rows = csv.NewReader(in)
	t.rows.Comma, t.rows.ReuseRecord, t.rows.FieldsPerRecord = separator(start), true, -1
	first := "" // row
	for range preamble {
		record, err := t.rows.Read()
		t.in.row = 0
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, t.broken(err)
		}
		t.row++
		if t.line, _ = t.rows.FieldPos(0); len(record) >= 2 && t.name(record) {
			return t, nil
		}
		if first == "" {
			first = strings.Join(record, string(t.rows.Comma))
		}
	}
	found := "an empty file"
	if t.row > 0 {
		found = fmt.Sprintf("%q and no row of names below it", shortened(first))
	}
	return nil, refuse(file, 1, "sheet-header", found, "a header with the names of the columns, of which one is value, OBS_VALUE, dataValue, Year, Entity or Country Code")
}

// separator is the sign that stands most often in the first line.
func separator(start []byte) rune {
	first, _, _ := strings.Cut(string(start), "\n")
	best := ','
	for _, c := range ",;\t" {
		if strings.Count(first, string(c)) > strings.Count(first, string(best)) {
			best = c
		}
	}
	return best
}

// name takes a row for the header when one of its names says so.
func (t *table) name(record []string) bool {
	t.names, t.at = nil, map[string]int{}
	for i, name := range record {
		t.names = append(t.names, strings.TrimSpace(strings.Clone(name)))
		key := sheet.Key(strings.Trim(t.names[i], "[]"))
		if _, twice := t.at[key]; key != "" && !twice {
			t.at[key] = i
		}
	}
	for _, word := range []string{"datavalue", "value", "country_code", "year", "entity", "obs_value"} {
		if _, ok := t.at[word]; ok {
			return true
		}
	}
	return false
}

// has reports whether the header has all columns.
func (t *table) has(keys ...string) bool {
	for _, key := range keys {
		if _, ok := t.at[key]; !ok {
			return false
		}
	}
	return true
}

// column gives the first of the columns that the header has; -1 for none.
func (t *table) column(keys ...string) int {
	for _, key := range keys {
		if i, ok := t.at[key]; ok {
			return i
		}
	}
	return -1
}

// broken turns an error of the CSV reader into a refusal.
func (t *table) broken(err error) error {
	var at *csv.ParseError
	switch {
	case errors.As(err, &at):
		return refuse(t.file, at.StartLine, "sheet-quote", at.Err.Error(), "a sound CSV row")
	case errors.Is(err, errRow):
		return refuse(t.file, t.line+1, "sheet-limit", errRow.Error(), "shorter rows")
	case errors.Is(err, errFile):
		return refuse(t.file, 0, "limit-file", errFile.Error(), "a smaller file")
	case errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, io.ErrUnexpectedEOF):
		return refuse(t.file, 0, "unreadable", err.Error(), "a whole gzip file")
	}
	return err
}

// rowReader gives the observations of one row. The finding says why the row cannot be understood.
type rowReader func(record []string, give func(*Observation) error) (*resolute.Finding, error)

func (t *table) read(rows rowReader, to Sink) (Head, error) {
	t.refuse = func(f resolute.Finding, record []string) error {
		return to.Refused(f, strings.Join(record, string(t.rows.Comma)))
	}
	give := func(o *Observation) error {
		o.Line, _ = t.rows.FieldPos(0)
		return to.Observation(o)
	}
	for {
		record, err := t.rows.Read()
		t.in.row = 0
		if errors.Is(err, io.EOF) {
			return t.head, nil
		}
		var fault *resolute.Finding
		if t.row++; err == nil {
			if fault = t.sound(record); fault == nil {
				fault, err = rows(record, give)
			}
		} else if fault, err = t.unsound(err); fault == nil {
			return t.head, err
		}
		if fault != nil && err == nil {
			err = t.refuse(*fault, record)
		}
		if err != nil {
			return t.head, err
		}
	}
}

// unsound says whether reading can go on behind a broken row.
func (t *table) unsound(err error) (*resolute.Finding, error) {
	var at *csv.ParseError
	if !errors.As(err, &at) {
		return nil, t.broken(err)
	}
	return &resolute.Finding{Rule: "sheet-quote", Severity: resolute.SeverityError, File: t.file, Line: at.StartLine,
		Expected: "quotes in pairs, or none", Message: fmt.Sprintf("the row cannot be split into cells: %v", at.Err)}, nil
}

// sound checks that a row has its cells and is text.
func (t *table) sound(record []string) *resolute.Finding {
	for i := len(t.names); i < len(record); i++ {
		if strings.TrimSpace(record[i]) != "" {
			return t.fault(i, record[i], "sheet-cells", fmt.Sprintf("%d cells as in the header", len(t.names)))
		}
	}
	if len(record) < len(t.names) {
		return t.fault(len(record)-1, record[len(record)-1], "sheet-cells", fmt.Sprintf("%d cells as in the header", len(t.names)))
	}
	for i, cell := range record {
		if !utf8.ValidString(cell) {
			return t.fault(i, strings.ToValidUTF8(cell, "\uFFFD"), "sheet-encoding", "text in UTF-8")
		}
	}
	return nil
}

// fault is a finding about a cell of the row at hand.
func (t *table) fault(column int, found, rule, expected string) *resolute.Finding {
	line, _ := t.rows.FieldPos(max(0, column))
	address := sheet.Address(max(0, column), t.row)
	found = shortened(found)
	return &resolute.Finding{Rule: rule, Severity: resolute.SeverityError, File: t.file, Line: line, Path: address, Found: found, Expected: expected,
		Message: fmt.Sprintf("cell %s: found %q, expected %s", address, found, expected)}
}

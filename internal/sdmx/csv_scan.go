package sdmx

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// rowScanner cuts CSV by RFC 4180 into rows. A row is turned into one string that its cells share.
type rowScanner struct {
	in        *bufio.Reader
	separator byte
	line      int    // of the row
	lines     int    // read so far
	raw       []byte // the line, without its end; it is the buffer of in, or long
	long      []byte
	carriage  bool // the line ended with carriage return too
	cells     []string
}

// row reads the next row, nil at the end. Empty lines are skipped.
func (s *rowScanner) row() ([]string, error) {
	for {
		if err := s.readLine(); err != nil {
			return nil, err
		}
		if s.raw == nil {
			return nil, nil
		}
		s.line = s.lines
		if len(s.raw) > 0 {
			break
		}
	}
	if bytes.IndexByte(s.raw, '"') >= 0 {
		return s.quotedRow()
	}
	text := string(s.raw)
	if err := s.checkText(text); err != nil {
		return nil, err
	}
	s.cells = s.cells[:0]
	for {
		i := strings.IndexByte(text, s.separator)
		if i < 0 {
			s.cells = append(s.cells, text)
			return s.cells, nil
		}
		s.cells = append(s.cells, text[:i])
		text = text[i+1:]
	}
}

func (s *rowScanner) checkText(text string) error {
	if !utf8.ValidString(text) {
		return refuse("sdmx-encoding", place{s.line, 1}, "", "text in UTF-8", "the row is not text in UTF-8: save the file again as UTF-8")
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		return refuse("sdmx-encoding", place{s.line, i + 1}, "a zero byte", "text", "the row holds a zero byte: the file is no CSV, or damaged")
	}
	return nil
}

// readLine reads one line without its end into raw; nil at the end of the file.
func (s *rowScanner) readLine() error {
	s.long = s.long[:0]
	whole, err := s.in.ReadSlice('\n')
	for err == bufio.ErrBufferFull {
		s.long = append(s.long, whole...)
		if len(s.long) > maxText {
			return refuse("sdmx-limit", place{s.lines + 1, 1}, "", "at most 1 MiB", "the row is longer than 1 MiB")
		}
		whole, err = s.in.ReadSlice('\n')
	}
	if len(s.long) > 0 {
		s.long = append(s.long, whole...)
		whole = s.long
	}
	if err != nil && err != io.EOF {
		return refusal(err, place{s.lines + 1, 1}, "CSV")
	}
	if len(whole) == 0 {
		s.raw = nil
		return nil
	}
	s.lines++
	whole = bytes.TrimSuffix(whole, []byte("\n"))
	s.raw = bytes.TrimSuffix(whole, []byte("\r"))
	s.carriage = len(s.raw) < len(whole)
	return nil
}

// quotedRow cuts a row with quoted cells, which may span lines.
func (s *rowScanner) quotedRow() ([]string, error) {
	s.cells = s.cells[:0]
	text := string(s.raw)
	column, length := 1, 0
	for {
		cell, rest, more, err := s.cell(text, &column)
		if err != nil {
			return nil, err
		}
		if err := s.checkText(cell); err != nil {
			return nil, err
		}
		if length += len(cell) + 1; length > maxText {
			return nil, refuse("sdmx-limit", place{s.line, 1}, "", "at most 1 MiB", "the row is longer than 1 MiB: a quote may be missing")
		}
		s.cells = append(s.cells, cell)
		if !more {
			return s.cells, nil
		}
		text = rest
	}
}

// cell cuts one cell off text; more says that another follows.
func (s *rowScanner) cell(text string, column *int) (cell, rest string, more bool, err error) {
	if !strings.HasPrefix(text, `"`) {
		i := strings.IndexByte(text, s.separator)
		if i < 0 {
			i = len(text)
		}
		if q := strings.IndexByte(text[:i], '"'); q >= 0 {
			return "", "", false, refuse("sdmx-row", place{s.lines, *column + q}, text[:i], "a quoted cell", "a quote stands within a cell that does not begin with one: put the whole cell in quotes and double the quote")
		}
		*column += i + 1
		if i == len(text) {
			return text, "", false, nil
		}
		return text[:i], text[i+1:], true, nil
	}
	began := place{s.lines, *column}
	var b strings.Builder
	text = text[1:]
	for {
		i := strings.IndexByte(text, '"')
		if i < 0 {
			b.WriteString(text)
			if s.carriage {
				b.WriteByte('\r')
			}
			b.WriteByte('\n')
			if b.Len() > maxText {
				return "", "", false, refuse("sdmx-limit", began, "", "at most 1 MiB", "the cell is longer than 1 MiB: a quote may be missing")
			}
			if err := s.readLine(); err != nil {
				return "", "", false, err
			}
			if s.raw == nil {
				return "", "", false, refuse("sdmx-row", began, "", `"`, "the quote is never closed")
			}
			text, *column = string(s.raw), 1
			continue
		}
		b.WriteString(text[:i])
		text = text[i+1:]
		*column += i + 2
		switch {
		case strings.HasPrefix(text, `"`):
			b.WriteByte('"')
			text = text[1:]
			*column++
		case text == "":
			return b.String(), "", false, nil
		case text[0] == s.separator:
			return b.String(), text[1:], true, nil
		default:
			return "", "", false, refuse("sdmx-row", place{s.lines, *column}, text, "a separator or the end of the row", "something stands between the closing quote and the separator")
		}
	}
}

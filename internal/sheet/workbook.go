package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// Workbook is an XLSX file that is being read. Its sheets are read one by one as tables; of a file
// only the texts that its sheets share are held in memory.
type Workbook struct {
	Sheets []string // names, in the order of the file; hidden sheets are not among them

	file     string
	limits   Limits
	parts    map[string]*zip.File
	targets  map[string]string // of sheets, by name
	strings  []string
	styles   []style // by number
	from1904 bool
}

// style is what a number means.
type style int

const (
	plainNumber style = iota
	dayNumber
	percentNumber
)

// IsWorkbook tells an XLSX file by its first bytes.
func IsWorkbook(start []byte) bool { return strings.HasPrefix(string(start), "PK\x03\x04") }

// OpenWorkbook reads what stands beside the sheets. file is its name in findings. A Refusal is returned
// for what is no workbook or holds more than the limits.
func OpenWorkbook(r io.ReaderAt, size int64, file string, limits Limits) (*Workbook, error) {
	w := &Workbook{file: file, limits: limits.orDefault(), parts: map[string]*zip.File{}, targets: map[string]string{}}
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, w.refusal("a broken archive", "an XLSX workbook")
	}
	for _, f := range archive.File {
		w.parts[strings.TrimPrefix(f.Name, "/")] = f
	}
	if w.parts["xl/workbook.xml"] == nil {
		return nil, w.refusal("an archive without xl/workbook.xml", "an XLSX workbook")
	}
	if err := errors.Join(w.readSheets(), w.readStyles(), w.readStrings()); err != nil {
		var refusal *Refusal
		if errors.As(err, &refusal) {
			return nil, refusal
		}
		return nil, w.refusal(err.Error(), "an XLSX workbook")
	}
	if len(w.Sheets) == 0 {
		return nil, w.refusal("no sheet", "a sheet")
	}
	return w, nil
}

func (w *Workbook) refusal(found, expected string) *Refusal {
	return &Refusal{finding(w.file, "", wrong{rule: "sheet-workbook", found: found, expected: expected, line: 1, col: 1})}
}

// errTooLong ends a part that unpacks to more than it may.
var errTooLong = errors.New("more bytes than a part of a workbook may hold")

// errForeign ends a part with what no spreadsheet writes: a token of any length could hide in it.
var errForeign = errors.New("a comment, CDATA, declaration or instruction")

// longestRun is how far apart two tags of a part may stand: a cell, and room for its escapes.
const longestRun = 1 << 20

// bounded ends with errTooLong behind what a part may hold.
type bounded struct {
	from io.Reader
	left int64
	seen int64 // bytes
	run  int   // bytes since the last <
	open bool  // the last byte was <
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	n, err := b.from.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	for _, c := range p[:n] {
		if b.open && (c == '!' || c == '?' && b.seen > 4) { // the XML declaration stands first, perhaps behind a mark of byte order
			return 0, errForeign
		}
		b.seen++
		if b.open = c == '<'; b.open {
			b.run = 0
		} else if b.run++; b.run > longestRun {
			return 0, errTooLong
		}
	}
	return n, err
}

// part is one part of a workbook that is being read.
type part struct {
	*xml.Decoder
	io.Closer
}

// open opens a part; nil when there is none.
func (w *Workbook) open(name string, most int64) (*part, error) {
	f := w.parts[name]
	if f == nil {
		return nil, nil
	}
	if f.UncompressedSize64 > uint64(most) {
		return nil, w.tooLong(name, most)
	}
	in, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &part{xml.NewDecoder(&bounded{from: in, left: most}), in}, nil
}

func (w *Workbook) tooLong(name string, most int64) *Refusal {
	return &Refusal{finding(w.file, "", wrong{rule: "sheet-limit", found: "a longer part " + name, expected: strconv.FormatInt(most, 10) + " bytes unpacked at most", line: 1, col: 1})}
}

// each calls take for every start tag of a part.
func (w *Workbook) each(name string, most int64, take func(p *part, t xml.StartElement) error) (err error) {
	p, err := w.open(name, most)
	if p == nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	for {
		token, err := p.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errTooLong):
			return w.tooLong(name, most)
		case err != nil:
			return fmt.Errorf("%s: %w", name, err)
		}
		if t, ok := token.(xml.StartElement); ok {
			if err := take(p, t); err != nil {
				return err
			}
		}
	}
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// most is what parts beside sheets and texts may hold.
const most = 16 << 20

// readSheets finds the sheets and their parts.
func (w *Workbook) readSheets() error {
	relations := map[string]string{}
	err := w.each("xl/_rels/workbook.xml.rels", most, func(_ *part, t xml.StartElement) error {
		if t.Name.Local == "Relationship" {
			target := attribute(t, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			relations[attribute(t, "Id")] = strings.TrimPrefix(target, "/")
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.each("xl/workbook.xml", most, func(_ *part, t xml.StartElement) error {
		switch t.Name.Local {
		case "workbookPr":
			w.from1904 = attribute(t, "date1904") == "1" || attribute(t, "date1904") == "true"
		case "sheet":
			name, state, id := attribute(t, "name"), attribute(t, "state"), ""
			for _, a := range t.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			if state == "" || state == "visible" {
				w.Sheets = append(w.Sheets, name)
				w.targets[name] = relations[id]
			}
		}
		return nil
	})
}

// readStyles finds what numbers of each style are.
func (w *Workbook) readStyles() error {
	formats := map[string]string{}
	cells := false
	return w.each("xl/styles.xml", most, func(_ *part, t xml.StartElement) error {
		switch t.Name.Local {
		case "numFmt":
			formats[attribute(t, "numFmtId")] = attribute(t, "formatCode")
		case "cellStyleXfs", "dxfs", "cellStyles":
			cells = false
		case "cellXfs":
			cells = true
		case "xf":
			if cells {
				id := attribute(t, "numFmtId")
				w.styles = append(w.styles, styleOf(id, formats[id]))
			}
		}
		return nil
	})
}

// styleOf tells days and percentages by the number of a built-in format, or by its own code.
func styleOf(id, code string) style {
	n, _ := strconv.Atoi(id)
	switch {
	case n >= 14 && n <= 22, n >= 27 && n <= 36, n >= 45 && n <= 47, n >= 50 && n <= 58:
		return dayNumber
	case n == 9 || n == 10:
		return percentNumber
	case code == "":
		return plainNumber
	}
	bare := bareFormat(code)
	switch {
	case strings.Contains(bare, "%"):
		return percentNumber
	case strings.ContainsAny(bare, "ymdhs") && !strings.ContainsAny(bare, "0#"):
		return dayNumber
	}
	return plainNumber
}

// bareFormat drops what a format prints as it stands: quoted text, escaped signs, and what stands in
// brackets.
func bareFormat(code string) string {
	var b strings.Builder
	code, _, _ = strings.Cut(code, ";")
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"', '[':
			end := byte('"')
			if code[i] == '[' {
				end = ']'
			}
			if n := strings.IndexByte(code[i+1:], end); n >= 0 {
				i += n + 1
			}
		case '\\', '_', '*':
			i++
		default:
			b.WriteByte(code[i])
		}
	}
	return strings.ToLower(b.String())
}

// leastText is what a shared text counts for at least, in bytes: empty ones cost memory too.
const leastText = 32

// readStrings holds the texts that sheets share.
func (w *Workbook) readStrings() error {
	return w.each("xl/sharedStrings.xml", w.limits.Strings, func(p *part, t xml.StartElement) error {
		if t.Name.Local != "si" {
			return nil
		}
		if int64(len(w.strings)) >= w.limits.Strings/leastText {
			return &Refusal{finding(w.file, "", wrong{rule: "sheet-limit", found: "more texts that sheets share", expected: strconv.FormatInt(w.limits.Strings/leastText, 10) + " at most", line: 1, col: 1})}
		}
		text, err := p.text(w.limits.CellBytes)
		w.strings = append(w.strings, text)
		return err
	})
}

// text gathers the texts of the element whose start tag was read, but not how they are spoken. A text
// longer than a cell may be is cut behind its limit, so that it is refused where it stands.
func (p *part) text(most int) (string, error) {
	var b strings.Builder
	depth, spoken, inText := 1, 0, false
	for depth > 0 {
		token, err := p.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			if t.Name.Local == "rPh" || t.Name.Local == "phoneticPr" {
				spoken++
			}
			inText = t.Name.Local == "t" && spoken == 0
		case xml.EndElement:
			depth--
			if t.Name.Local == "rPh" || t.Name.Local == "phoneticPr" {
				spoken--
			}
			inText = false
		case xml.CharData:
			if inText && b.Len() <= most {
				b.Write(t)
			}
		}
	}
	return b.String(), nil
}

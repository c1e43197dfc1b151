package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Workbook is an XLSX file that is being read. Its sheets are read one by one as tables; of a file
// only the texts that its sheets share are held in memory.
type Workbook struct {
	Sheets []string // names, in the order of the file
	Hidden []string // names of those that people do not see; they are not among Sheets

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
	if most := w.limits.Unpacked + w.limits.Packed*size; w.unpacked() > uint64(most) {
		return nil, w.tooMany("bytes of sheets unpacked", most)
	}
	return w, nil
}

// unpacked is how long all sheets are together, as often as they are named. No part unpacks to more
// bytes than it says.
func (w *Workbook) unpacked() (sum uint64) {
	for _, name := range w.Sheets {
		if f := w.parts[w.targets[name]]; f != nil && sum+f.UncompressedSize64 > sum {
			sum += f.UncompressedSize64
		}
	}
	return sum
}

func (w *Workbook) refusal(found, expected string) *Refusal {
	return &Refusal{finding(w.file, "", wrong{rule: "sheet-workbook", found: found, expected: expected, line: 1, col: 1})}
}

func (w *Workbook) tooMany(things string, most int64) *Refusal {
	return &Refusal{finding(w.file, "", wrong{rule: "sheet-limit", found: "more " + things, expected: strconv.FormatInt(most, 10) + " at most", line: 1, col: 1})}
}

// mostSheets is how many sheets a workbook may name, hidden ones included.
const mostSheets = 1000

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
	named := 0
	return w.each("xl/workbook.xml", most, func(_ *part, t xml.StartElement) error {
		switch t.Name.Local {
		case "workbookPr":
			w.from1904 = attribute(t, "date1904") == "1" || attribute(t, "date1904") == "true"
		case "sheet":
			if named++; named > mostSheets {
				return w.tooMany("sheets", mostSheets)
			}
			name, state, id := attribute(t, "name"), attribute(t, "state"), ""
			for _, a := range t.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			if state != "" && state != "visible" {
				w.Hidden = append(w.Hidden, name)
				return nil
			}
			w.Sheets = append(w.Sheets, name)
			w.targets[name] = relations[id]
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

// secondParts are the parts of a second in a format of times; elsewhere a 0 is the digit of a number.
var secondParts = regexp.MustCompile(`s\.0+`)

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
	bare := secondParts.ReplaceAllString(bareFormat(code), "s")
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
			return w.tooMany("texts that sheets share", w.limits.Strings/leastText)
		}
		text, err := p.text(w.limits.CellBytes)
		w.strings = append(w.strings, text)
		return err
	})
}

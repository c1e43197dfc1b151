package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

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

// errDeep ends a part whose elements stand in each other deeper than any spreadsheet writes them.
var errDeep = fmt.Errorf("elements more than %d deep", deepest)

// deepest is how many elements may be open at once: each one costs memory until it is closed.
const deepest = 64

// part is one part of a workbook that is being read.
type part struct {
	*xml.Decoder
	io.Closer
	depth int
}

// Token gives the next token. Skip of the decoder would pass it by: use plain.
func (p *part) Token() (xml.Token, error) {
	token, err := p.Decoder.Token()
	switch token.(type) {
	case xml.StartElement:
		if p.depth++; p.depth > deepest {
			return nil, errDeep
		}
	case xml.EndElement:
		p.depth--
	}
	return token, err
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
	return &part{Decoder: xml.NewDecoder(&bounded{from: in, left: most}), Closer: in}, nil
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
	if b.Len() > most { // it must not become shorter
		return b.String(), nil
	}
	return unescaped(b.String()), nil
}

// plain gathers the characters of the element whose start tag was read.
func (p *part) plain(most int) (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		token, err := p.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if b.Len() <= most {
				b.Write(t)
			}
		}
	}
	return b.String(), nil
}

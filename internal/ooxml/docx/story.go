package docx

import (
	"fmt"
	"strings"

	"resolute"
)

// container holds blocks that follow one another: the body, a cell, a note, a text box.
type container struct {
	blocks []block
	change change // of the row, cell or run that holds it
	cell   bool
}

// block is a paragraph, or what stands between paragraphs: the cells of a table.
type block struct {
	paragraph *paragraph
	cells     []container
}

// paragraph is one paragraph as it stands in the file.
type paragraph struct {
	number int // in its part, from 1
	paragraphProperties
	pieces []piece
	boxes  []container // text boxes that it holds
}

// piece is a stretch of text, or a mark within it, that one change is about.
type piece struct {
	kind   pieceKind
	text   string // of a note's mark: the id of the note
	change change
}

type pieceKind int

const (
	words pieceKind = iota
	fieldBegin
	fieldResult
	fieldEnd
	footnote
	endnote
	ownMark // the sign behind it is the mark of the note before it
)

// story reads the text of one part.
type story struct {
	*scanner
	file       *file
	paragraphs int
	tap        *strings.Builder // collects text while a branch is read
}

// readStory reads the blocks of a part whose outermost element is root.
func (f *file) readStory(part string, data []byte, root string) (*story, container, error) {
	s := &story{scanner: newScanner(part, data), file: f}
	var c container
	e, err := s.root()
	if err != nil {
		return nil, c, err
	}
	if e.name != root {
		return nil, c, &Refusal{Rule: "docx-no-text", Part: part, Message: fmt.Sprintf("no text: begins with %s, not with %s", e.name, root)}
	}
	return s, c, s.blocks(&c, change{})
}

// left are elements of which nothing is text.
var left = map[string]bool{
	"w:sectPr": true, "w:sdtPr": true, "w:sdtEndPr": true, "w:tblPr": true, "w:tblGrid": true, "w:tblPrEx": true, "w:customXmlPr": true,
	"w:smartTagPr": true, "w:rPr": true, "w:instrText": true, "w:delInstrText": true, "w:pPr": true, "w:background": true, "w:rubyPr": true, "w:fldData": true,
}

// blocks reads the blocks of the element at hand into c.
func (s *story) blocks(c *container, now change) error {
	return s.children(func(e element) error { return s.block(c, now, e) }, nil)
}

// block reads one element that stands where blocks do; what wraps blocks is looked through.
func (s *story) block(c *container, now change, e element) error {
	switch e.name {
	case "w:p":
		p, err := s.paragraph(now)
		c.blocks = append(c.blocks, block{paragraph: p})
		return err
	case "w:tbl":
		b := block{cells: []container{}}
		err := s.rows(&b, now)
		c.blocks = append(c.blocks, b)
		return err
	case "mc:AlternateContent":
		return s.alternatives(func() error { return s.blocks(c, now) })
	case "w:altChunk", "w:subDoc":
		s.finding(resolute.SeverityWarning, "docx-other-document", "a document within the document is not read: its text is missing here")
		return s.skip()
	}
	if left[e.name] {
		return s.skip()
	}
	inner, _ := now.marks(e.name)
	return s.blocks(c, inner)
}

// rows reads the rows of a table.
func (s *story) rows(b *block, now change) error {
	return s.children(func(e element) error {
		if left[e.name] {
			return s.skip()
		}
		if e.name == "w:tr" {
			return s.cells(b, now)
		}
		inner, _ := now.marks(e.name)
		return s.rows(b, inner)
	}, nil)
}

// cells reads the cells of a row; what happened to the row stands before them.
func (s *story) cells(b *block, now change) error {
	return s.children(func(e element) error {
		switch {
		case left[e.name]:
			return s.skip()
		case e.name == "w:trPr":
			return s.marksIn(&now)
		case e.name == "w:tc":
			return s.cell(b, now)
		}
		return s.cells(b, now)
	}, nil)
}

// cell reads one cell: what happened to it, then its blocks.
func (s *story) cell(b *block, now change) error {
	c := container{cell: true, change: now}
	err := s.children(func(e element) error {
		if e.name == "w:tcPr" {
			return s.marksIn(&c.change)
		}
		return s.block(&c, c.change, e)
	}, nil)
	b.cells = append(b.cells, c)
	return err
}

// marksIn adds the changes that stand in the element at hand.
func (s *story) marksIn(c *change) error {
	return s.children(func(e element) error {
		*c, _ = c.marks(e.name)
		return s.skip()
	}, nil)
}

// alternatives reads the first branch that a word processor of today shows; text that stands only
// in another becomes an aside. read reads what is in the element at hand.
func (s *story) alternatives(read func() error) error {
	outer, taken := s.tap, false
	s.tap = &strings.Builder{}
	defer func() {
		if outer != nil {
			outer.WriteString(s.tap.String())
		}
		s.tap = outer
	}()
	return s.children(func(e element) error {
		if !taken && (e.name == "mc:Fallback" || e.name == "mc:Choice" && shown(e.attr("Requires"))) {
			taken = true
			return read()
		}
		text, err := s.bare()
		if text != "" && !strings.Contains(s.tap.String(), text) {
			s.file.aside(Alternative, s.place(), text)
		}
		return err
	}, nil)
}

// shown tells whether a word processor of today knows what a branch requires, by the prefixes
// that all producers use.
func shown(requires string) bool {
	for _, prefix := range strings.Fields(requires) {
		switch {
		case strings.HasPrefix(prefix, "wp"), strings.HasPrefix(prefix, "w1"), strings.HasPrefix(prefix, "a1"), prefix == "cx", prefix == "c14":
		default:
			return false
		}
	}
	return requires != ""
}

// bare gives all text of the element at hand, without regard to changes.
func (s *story) bare() (string, error) {
	var b strings.Builder
	var walk func() error
	walk = func() error {
		return s.children(func(e element) error {
			switch e.name {
			case "w:t", "w:delText", "m:t":
				text, err := s.content()
				b.WriteString(text)
				return err
			case "w:p":
				if b.Len() > 0 {
					b.WriteByte('\n')
				}
			}
			return walk()
		}, nil)
	}
	err := walk()
	return strings.TrimSpace(b.String()), err
}

// place names the paragraph at hand.
func (s *story) place() string { return fmt.Sprintf("%s paragraph %d", s.part, s.paragraphs) }

func (s *story) finding(severity resolute.Severity, rule, message string) {
	s.file.findings = append(s.file.findings, resolute.Finding{Rule: rule, Severity: severity, Path: s.place(), Message: message})
}

package docx

import (
	"strings"

	"resolute"
)

// paragraph reads a paragraph; now is what happened to what holds it.
func (s *story) paragraph(now change) (*paragraph, error) {
	s.paragraphs++
	p := &paragraph{number: s.paragraphs, paragraphProperties: readProperties(nil)}
	err := s.children(func(e element) error {
		if e.name != "w:pPr" {
			return s.inline(p, now, e)
		}
		n, err := s.tree(e)
		p.paragraphProperties = readProperties(n)
		return err
	}, nil)
	p.mark = p.mark.within(now)
	s.struck(p)
	return p, err
}

// struck keeps what one hand inserted and another deleted: no side shows it.
func (s *story) struck(p *paragraph) {
	var b strings.Builder
	for _, piece := range p.pieces {
		if piece.kind == words && piece.change.ins && piece.change.del {
			b.WriteString(piece.text)
		}
	}
	if b.Len() > 0 {
		s.file.aside(Struck, s.file.placeOf(s.part, p), b.String())
	}
}

// signs are elements that stand for one sign.
var signs = map[string]string{
	"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad",
}

var fields = map[string]pieceKind{"begin": fieldBegin, "separate": fieldResult, "end": fieldEnd}

// inline reads one element of a paragraph or run; what wraps text is looked through.
func (s *story) inline(p *paragraph, now change, e element) error {
	if sign := signs[e.name]; sign != "" {
		s.add(p, piece{words, sign, now})
		return s.skip()
	}
	switch e.name {
	case "w:t", "w:delText", "m:t":
		text, err := s.content()
		s.add(p, piece{words, spaced(text, e.attr("space")), now})
		return err
	case "w:sym":
		if sign, ok := symbolCode(e.attr("char")); ok {
			s.add(p, piece{words, sign, now})
		}
		return s.skip()
	case "w:fldChar":
		if kind, ok := fields[e.attr("fldCharType")]; ok {
			p.pieces = append(p.pieces, piece{kind, "", now})
		}
		return s.skip()
	case "w:instrText":
		return s.fieldCode()
	case "w:footnoteReference", "w:endnoteReference":
		s.noteMark(p, now, e)
		return s.skip()
	}
	return s.within(p, now, e)
}

// within reads elements that hold others.
func (s *story) within(p *paragraph, now change, e element) error {
	inside := func() error {
		inner, _ := now.marks(e.name)
		return s.children(func(e element) error { return s.inline(p, inner, e) }, nil)
	}
	switch e.name {
	case "w:rPr":
		return s.hidden()
	case "w:txbxContent":
		box := container{change: now}
		err := s.blocks(&box, now)
		p.boxes = append(p.boxes, box)
		return err
	case "mc:AlternateContent":
		return s.alternatives(inside)
	case "w:rt":
		text, err := s.bare()
		s.file.aside(Ruby, s.place(), text)
		return err
	}
	if left[e.name] {
		return s.skip()
	}
	return inside()
}

func (s *story) add(p *paragraph, part piece) {
	p.pieces = append(p.pieces, part)
	if s.tap != nil {
		s.tap.WriteString(part.text)
	}
}

// spaced drops blanks at both ends of a text unless they are to be kept, and makes line ends of
// the file blanks, as word processors do.
func spaced(text, space string) string {
	if space != "preserve" {
		text = strings.Trim(text, " \t\r\n")
	}
	if strings.ContainsAny(text, "\r\n") {
		text = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ").Replace(text)
	}
	return text
}

// fieldCode reads the instruction of a field, which is no text; numbers that the field would
// count are told.
func (s *story) fieldCode() error {
	code, err := s.content()
	switch word, _, _ := strings.Cut(strings.TrimSpace(code), " "); strings.ToUpper(word) {
	case "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT":
		s.finding(resolute.SeverityWarning, "docx-field-number", "a number that the field "+word+" counts is not in the file, and is missing here")
	}
	return err
}

// noteMark adds the mark of a note, and whether the sign behind it was typed for it.
func (s *story) noteMark(p *paragraph, now change, e element) {
	kind := footnote
	if e.name == "w:endnoteReference" {
		kind = endnote
	}
	p.pieces = append(p.pieces, piece{kind, e.attr("id"), now})
	if isOn(e.attr("customMarkFollows")) {
		p.pieces = append(p.pieces, piece{ownMark, "", now})
	}
}

// hidden reads how a run looks, and tells when that hides it.
func (s *story) hidden() error {
	return s.children(func(e element) error {
		if value := e.attr("val"); e.name == "w:vanish" && (value == "" || isOn(value)) {
			s.finding(resolute.SeverityNote, "docx-hidden-text", "hidden text is read like all other")
		}
		return s.skip()
	}, nil)
}

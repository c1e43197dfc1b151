package ooxml

import (
	"slices"
	"strconv"
	"strings"
)

// In the box of the first page paragraphs stand closer than elsewhere.
const (
	boxLabelSpacing = `<w:spacing w:before="60" w:after="20"/>`
	boxTextSpacing  = `<w:spacing w:before="0" w:after="60"/>`
)

const dash = `<w:r><w:t>–</w:t></w:r><w:r><w:tab/></w:r>`

var centredStyles = []Style{Source, Title, ResNumber, ResTitle, Closing}

func (b Paragraph) write(s *story, end string) { s.paragraph(b.paragraph(end)) }

func (b Paragraph) paragraph(end string) paragraph {
	p := paragraph{style: string(b.Style), runs: b.Runs, end: end, change: b.End}
	if b.Style == unnamed {
		p.style = string(Normal)
	}
	if b.Style == Item {
		p.before = dash
	}
	if slices.Contains(centredStyles, b.Style) {
		p.align = Centre
	}
	return p
}

func (b Heading) write(s *story, end string) {
	s.paragraph(paragraph{style: "Heading" + strconv.Itoa(b.Level), runs: b.Runs, bookmark: s.bookmark(), end: end})
}

func (b Annex) write(s *story, end string) {
	s.paragraph(paragraph{style: "AnnexNo", runs: b.Label, align: Centre, bookmark: s.bookmark()})
	s.paragraph(paragraph{style: "Annextitle", runs: b.Title, align: Centre, end: end})
}

// bookmark names the place of the next heading or annex; empty when nothing links to it.
func (s *story) bookmark() string {
	s.headings++
	if !s.listed {
		return ""
	}
	return bookmarkName(s.headings)
}

// A name that begins with _Toc is one that word processors make for tables of contents; they
// replace it when the reader asks for an update.
func bookmarkName(heading int) string { return "_Toc" + strconv.Itoa(1_000_000+heading) }

// entry is one line of the table of contents.
type entry struct {
	level  int
	number string // "2.1"; empty for an annex
	runs   []Run
}

// entriesOf numbers headings as numbering.xml does.
func entriesOf(sections []Section) (entries []entry, listed bool) {
	first, second := 0, 0
	for _, section := range sections {
		for _, block := range section.Blocks {
			switch b := block.(type) {
			case Contents:
				listed = true
			case Heading:
				e := entry{level: b.Level, runs: b.Runs}
				if b.Level == 1 {
					first, second = first+1, 0
					e.number = strconv.Itoa(first)
				} else {
					second++
					e.number = strconv.Itoa(first) + "." + strconv.Itoa(second)
				}
				entries = append(entries, e)
			case Annex:
				entries = append(entries, entry{level: 1, runs: joined(b.Label, b.Title)})
			}
		}
	}
	return entries, listed
}

// joined puts label and title of an annex into one line.
func joined(label, title []Run) []Run {
	runs := append([]Run{}, label...)
	if len(label) > 0 && len(title) > 0 {
		runs = append(runs, Run{Text: " – "})
	}
	return append(runs, title...)
}

// write makes a TOC field whose entries stand in it already: not every reader of DOCX fills it,
// and none without being asked. Its switches: levels 1 and 2, no page numbers, links.
func (b Contents) write(s *story, end string) {
	s.paragraph(paragraph{style: string(Label), runs: b.Title})
	open := `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \n \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`
	for i, e := range s.entries {
		s.put(`<w:p><w:pPr><w:pStyle w:val="TOC`, strconv.Itoa(e.level), `"/>`, s.bidi(), `</w:pPr>`, open)
		s.put(`<w:hyperlink w:anchor="`, bookmarkName(i+1), `" w:history="1">`)
		if e.number != "" {
			s.put(`<w:r><w:t>`, e.number, `</w:t></w:r><w:r><w:tab/></w:r>`)
		}
		for _, r := range e.runs {
			r.Link, r.Note = "", nil
			s.run(r, s.rtl)
		}
		s.put(`</w:hyperlink></w:p>`)
		open = ""
	}
	s.put(`<w:p><w:pPr><w:pStyle w:val="Tablelegend"/>`, s.bidi(), end, `</w:pPr>`, open, `<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)
}

func (s *story) bidi() string {
	if s.rtl {
		return `<w:bidi/>`
	}
	return ""
}

// section writes the blocks of a section; its properties stand in its last paragraph, or at the
// end of the body for the last section.
func (s *story) section(section Section, first, last bool) {
	s.width = textWidth(section.Landscape)
	properties := s.sectionProperties(section.Landscape, first)
	for i, block := range section.Blocks {
		end := ""
		if i == len(section.Blocks)-1 && !last {
			end = properties
		}
		block.write(s, end)
	}
	if last {
		s.put(properties)
	}
}

// A4 in twentieths of a point; margins 25 mm above, 20 mm elsewhere.
const (
	shortSide, longSide = 11906, 16838
	marginTop, margin   = 1418, 1134
)

func textWidth(landscape bool) int {
	if landscape {
		return longSide - 2*margin
	}
	return shortSide - 2*margin
}

func (s *story) sectionProperties(landscape, first bool) string {
	var b strings.Builder
	b.WriteString(`<w:sectPr><w:headerReference w:type="default" r:id="rIdHead"/><w:headerReference w:type="first" r:id="rIdFirst"/>` +
		`<w:footerReference w:type="default" r:id="rIdFoot"/><w:footerReference w:type="first" r:id="rIdFoot"/><w:type w:val="nextPage"/>`)
	if landscape {
		b.WriteString(`<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>`)
	} else {
		b.WriteString(`<w:pgSz w:w="11906" w:h="16838"/>`)
	}
	b.WriteString(`<w:pgMar w:top="1418" w:right="1134" w:bottom="1134" w:left="1134" w:header="624" w:footer="567" w:gutter="0"/>`)
	if first {
		b.WriteString(`<w:titlePg/>`)
	}
	return b.String() + s.bidi() + `</w:sectPr>`
}

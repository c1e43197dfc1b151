package ooxml

import (
	"bufio"
	"strconv"
	"strings"

	"resolute"
)

// story is one part that holds text: the body, the footnotes, a header or the footer. Links
// are kept by part, footnotes by document.
type story struct {
	*shared
	out   *bufio.Writer
	links links
}

// shared is what the stories of one document have in common.
type shared struct {
	lang      resolute.Lang
	rtl       bool
	width     int     // of the text of the section, in twentieths of a point
	notes     *story  // where the texts of footnotes go
	noteID    int     // of the last footnote
	tableNote int     // footnote of the table that is being written
	entries   []entry // of the table of contents
	listed    bool    // there is a table of contents: headings get bookmarks
	headings  int     // headings and annexes written
	tracked   Tracked
	changes   int   // numbered so far
	err       error // of making rows, the first
}

func (s *shared) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// links are the outside addresses of a part, each once, in order of their first use.
type links struct {
	list []string
	id   map[string]string
}

func (l *links) idOf(address string) string {
	if id, ok := l.id[address]; ok {
		return id
	}
	if l.id == nil {
		l.id = map[string]string{}
	}
	l.list = append(l.list, address)
	l.id[address] = "rIdL" + strconv.Itoa(len(l.list))
	return l.id[address]
}

func (s *story) put(parts ...string) {
	for _, p := range parts {
		s.out.WriteString(p)
	}
}

// paragraph is one paragraph to be written: its style, what is set beside it, and its runs.
type paragraph struct {
	style    string
	spacing  string // a w:spacing element, else empty
	align    Align
	runs     []Run
	note     []Run  // text of a footnote that others refer to; its mark stands after the runs
	before   string // elements before the runs: marks and tabs
	bold     bool   // all runs
	change   Change // of its end
	bookmark string // name; else empty
	end      string // a w:sectPr element, else empty
}

func (s *story) paragraph(p paragraph) {
	rtl := s.direction(p.runs)
	s.put(`<w:p><w:pPr><w:pStyle w:val="`, p.style, `"/>`)
	if rtl {
		s.put(`<w:bidi/>`)
	}
	s.put(p.spacing, s.justify(p.align, rtl), s.mark(p.change), p.end, `</w:pPr>`)
	id := strconv.Itoa(s.headings)
	if p.bookmark != "" {
		s.put(`<w:bookmarkStart w:id="`, id, `" w:name="`, p.bookmark, `"/>`)
	}
	s.put(p.before)
	s.runs(p.runs, p.bold, rtl)
	if p.note != nil {
		s.markedNote(p.note, rtl)
	}
	if p.bookmark != "" {
		s.put(`<w:bookmarkEnd w:id="`, id, `"/>`)
	}
	s.put(`</w:p>`)
}

// runs writes the runs of a paragraph; neighbours of one change are one change.
func (s *story) runs(list []Run, bold, rtl bool) {
	for i := 0; i < len(list); {
		end := i + 1
		for end < len(list) && list[end].Change == list[i].Change {
			end++
		}
		s.changed(list[i].Change, func() {
			for _, r := range list[i:end] {
				r.Bold = r.Bold || bold
				s.run(r, rtl)
			}
		})
		i = end
	}
}

// direction gives the direction of a paragraph: the document's, unless all its text is in
// another language that runs the other way.
func (s *story) direction(runs []Run) bool {
	text := ""
	for _, r := range runs {
		if r.Text == "" {
			continue
		}
		if r.Lang == "" || r.Lang == s.lang {
			return s.rtl
		}
		text += r.Text
	}
	return runsRightToLeft(text, s.rtl)
}

// justify gives the w:jc element. In a paragraph that runs right to left w:jc counts from its
// start, so that left is at the right; a passage against the document stays on the side where
// the document's paragraphs begin.
func (s *story) justify(a Align, rtl bool) string {
	switch {
	case a == Centre:
		return `<w:jc w:val="center"/>`
	case a == Figures && rtl:
		return `<w:jc w:val="left"/>`
	case a == Figures || rtl != s.rtl:
		return `<w:jc w:val="right"/>`
	}
	return ""
}

// run writes a run with its link and the mark of its footnote.
func (s *story) run(r Run, rtl bool) {
	if r.Link != "" {
		s.put(`<w:hyperlink r:id="`, s.links.idOf(r.Link), `">`)
	}
	for _, part := range s.parts(r, rtl) {
		s.put(`<w:r>`, s.look(r, part.rtl))
		inline(s.out, part.text, r.Change.element())
		s.put(`</w:r>`)
	}
	if r.Link != "" {
		s.put(`</w:hyperlink>`)
	}
	if r.Note != nil {
		s.note(r.Note, r.Mark, r.Change, rtl)
	}
	if r.Noted {
		s.noted(s.tableNote, rtl)
	}
}

func (s *story) parts(r Run, rtl bool) []segment {
	text := r.content()
	switch {
	case text == "":
		return nil
	case r.Dir == "":
		return segments(text, rtl)
	case r.Dir == LTR && rtl:
		text = heldLeftToRight(text)
	}
	return []segment{{text, r.Dir == RTL}}
}

// look gives the w:rPr of a run, its elements in the order of CT_RPr.
func (s *story) look(r Run, rtl bool) string {
	var b strings.Builder
	if r.Link != "" {
		b.WriteString(`<w:rStyle w:val="Hyperlink"/>`)
	}
	if r.Bold {
		b.WriteString(`<w:b/><w:bCs/>`)
	}
	if r.Italic && !rtl {
		b.WriteString(`<w:i/><w:iCs/>`)
	}
	if rtl {
		b.WriteString(`<w:rtl/>`)
	}
	if r.Lang != "" && r.Lang != s.lang {
		b.WriteString(langElement(r.Lang, rtl))
	}
	if b.Len() == 0 {
		return ""
	}
	return `<w:rPr>` + b.String() + `</w:rPr>`
}

// langElement names the language for the script that it applies to; Latin words in a passage
// of a language that runs right to left keep the document's.
func langElement(l resolute.Lang, rtl bool) string {
	attribute := "w:val"
	switch {
	case rtl:
		attribute = "w:bidi"
	case l == "ar" || l == "fa" || l == "he" || l == "ur":
		return ""
	case l == "zh" || l == "ja" || l == "ko":
		attribute = "w:eastAsia"
	}
	return `<w:lang ` + attribute + `="` + escape(tag(l)) + `"/>`
}

// tags are the languages with the country that word processors ask for.
var tags = map[resolute.Lang]string{
	resolute.Arabic: "ar-SA", resolute.English: "en-GB", resolute.Spanish: "es-ES",
	resolute.French: "fr-FR", resolute.Russian: "ru-RU", resolute.Chinese: "zh-CN",
}

func tag(l resolute.Lang) string {
	if t := tags[l]; t != "" {
		return t
	}
	return string(l)
}

// noteLook is the look of the mark of a footnote.
func noteLook(rtl bool) string {
	if rtl {
		return `<w:rPr><w:rStyle w:val="FootnoteReference"/><w:rtl/></w:rPr>`
	}
	return `<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>`
}

// Bookmarks of footnotes are numbered from here, away from those of headings.
const noteBookmarks = 2_000_000

// markedNote writes a footnote with a bookmark around its mark, for noted.
func (s *story) markedNote(text []Run, rtl bool) {
	id := strconv.Itoa(noteBookmarks + s.noteID + 1)
	s.put(`<w:bookmarkStart w:id="`, id, `" w:name="_Ref`, id, `"/>`)
	s.note(text, "", "", rtl)
	s.put(`<w:bookmarkEnd w:id="`, id, `"/>`)
}

// noted writes the mark of an earlier footnote once more: a field that word processors bring up
// to date, with the number that it has now.
func (s *story) noted(id int, rtl bool) {
	s.put(`<w:fldSimple w:instr=" NOTEREF _Ref`, strconv.Itoa(noteBookmarks+id), ` \f \h "><w:r>`, noteLook(rtl), `<w:t>`, strconv.Itoa(id-lastSeparator), `</w:t></w:r></w:fldSimple>`)
}

// note writes the mark of a footnote here and its text to the footnotes. The mark is the next number
// unless one is given.
func (s *story) note(text []Run, own string, change Change, rtl bool) {
	s.noteID++
	id, mark := strconv.Itoa(s.noteID), noteLook(rtl)
	sign := `<w:footnoteRef/>`
	if own == "" {
		s.put(`<w:r>`, mark, `<w:footnoteReference w:id="`, id, `"/></w:r>`)
	} else {
		name := change.element()
		s.put(`<w:r>`, mark, `<w:footnoteReference w:customMarkFollows="1" w:id="`, id, `"/><`, name, `>`, escape(own), `</`, name, `></w:r>`)
		sign = `<w:t>` + escape(own) + `</w:t>`
	}
	n := s.notes
	n.put(`<w:footnote w:id="`, id, `">`)
	n.paragraph(paragraph{style: "FootnoteText", runs: text, before: `<w:r>` + mark + sign + `</w:r><w:r><w:tab/></w:r>`})
	n.put(`</w:footnote>`)
}

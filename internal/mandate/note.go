package mandate

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"resolute/internal/akn"
)

// spot is a place in a text: its line from 1, and how many bytes of the line stand before it.
type spot struct{ line, at int }

// raisedMark is the mark of a footnote as texts that came in as documents hold it: islands⁽1⁾.
var raisedMark = regexp.MustCompile(`⁽([^⁽⁾\[\]\n]{1,8})⁾`)

// raised writes the mark of a footnote so that Parse finds its place.
func raised(mark string) string { return "⁽" + mark + "⁾" }

// takeMarks takes the marks of footnotes out of the lines, so that they are no part of the words, and tells where
// each stood first. What looks like a mark but has no footnote stays.
func (d *Document) takeMarks() map[string]spot {
	if !slices.ContainsFunc(d.Lines, raisedMark.MatchString) {
		return nil
	}
	noted := map[string]bool{}
	for _, line := range d.Lines {
		if m := noteLine.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			noted[m[1]] = true
		}
	}
	marks := map[string]spot{}
	for i, line := range d.Lines {
		if !noteLine.MatchString(strings.TrimSpace(line)) {
			d.Lines[i] = takenFrom(line, i+1, noted, marks)
		}
	}
	return marks
}

// takenFrom gives a line without its marks, whose places are added.
func takenFrom(line string, n int, noted map[string]bool, marks map[string]spot) string {
	var b strings.Builder
	from := 0
	for _, m := range raisedMark.FindAllStringSubmatchIndex(line, -1) {
		mark := line[m[2]:m[3]]
		if _, taken := marks[mark]; taken || !noted[mark] {
			continue
		}
		b.WriteString(line[from:m[0]])
		marks[mark], from = spot{n, b.Len()}, m[1]
	}
	return b.String() + line[from:]
}

// cutMarks moves the marks behind a place at which a line was cut in two.
func (d *Document) cutMarks(line, at int) {
	for i := range d.Footnotes {
		switch p := &d.Footnotes[i].at; {
		case p.line > line:
			p.line++
		case p.line == line && p.at > at:
			*p = spot{line + 1, p.at - at}
		}
	}
}

// beforeNote is what the mark of a footnote may be glued to: a word, a stop behind one, the comma behind a year.
// Neither C2 nor 1.1 is one.
const beforeNote = `(?:\p{L}{2}|[\p{L}\])"”][;,.:)\]"”]|(?:19|20)\d{2},)`

// placeNotes puts each footnote where the text tells that it stands, else behind its mark, glued to a word or a stop
// as the drafters print it, and gives those whose mark was not found.
func (m *marker) placeNotes(notes []Footnote) []akn.Note {
	var rest []akn.Note
	for _, n := range notes {
		note := akn.Note{Mark: n.Mark, Text: n.Text}
		if m.placeAt(n.at, note) {
			continue
		}
		note.Printed = true
		mark, err := gluedMark(n.Mark, `(?:[^\p{L}\p{N}]|$)`)
		if err != nil || !m.place(mark, note, true) && !m.place(mark, note, false) {
			note.Printed = false
			rest = append(rest, note)
		}
	}
	return rest
}

// gluedMark finds a mark that is printed behind a word, with something behind it; group 1 is the mark.
func gluedMark(mark, behind string) (*regexp.Regexp, error) {
	return regexp.Compile(beforeNote + `(` + regexp.QuoteMeta(mark) + `)` + behind)
}

// place looks for a mark in the items of the text, or in its other lines. A citation holds none.
func (m *marker) place(mark *regexp.Regexp, note akn.Note, items bool) bool {
	for i := range m.lines {
		l := &m.lines[i]
		if (l.Kind == akn.ItemLine) != items {
			continue
		}
		for _, at := range mark.FindAllStringSubmatchIndex(l.Text(), -1) {
			if j, end := spanAt(l.Spans, at[3]); l.Spans[j].Href == "" {
				l.Spans = behind(l.Spans, j, end, note)
				return true
			}
		}
	}
	return false
}

// placeAt hangs a note on the line of a place of the text; false when there is none.
func (m *marker) placeAt(p spot, note akn.Note) bool {
	i := slices.Index(m.numbers, p.line)
	if p.line == 0 || i < 0 {
		return false
	}
	l := &m.lines[i]
	raw := m.doc.Lines[p.line-1]
	behindAt := len(strings.TrimRightFunc(raw, unicode.IsSpace)) - p.at // the words of the line end with it, whatever mark stands before them
	at := max(0, len(l.Text())-max(0, behindAt))
	j, end := spanAt(l.Spans, at)
	if l.Spans[j].Note != nil && end == len(l.Spans[j].Text) {
		for j+1 < len(l.Spans) && l.Spans[j+1].Text == "" { // another note of the same place
			j++
		}
		l.Spans = slices.Insert(l.Spans, j+1, akn.Span{Note: &note})
	} else {
		l.Spans = behind(l.Spans, j, end, note)
	}
	return true
}

// spanAt finds the span that a place of a line ends in, and the place within it.
func spanAt(spans []akn.Span, at int) (j, end int) {
	for j < len(spans)-1 && at > len(spans[j].Text) {
		at -= len(spans[j].Text)
		j++
	}
	return j, at
}

// behind cuts a span at a place and hangs the note on its first part.
func behind(spans []akn.Span, j, end int, note akn.Note) []akn.Span {
	first, second := spans[j], spans[j]
	first.Text, second.Text, first.Note = first.Text[:end], second.Text[end:], &note
	list := append(append([]akn.Span{}, spans[:j]...), first)
	if second.Text != "" || second.Note != nil {
		list = append(list, second)
	}
	return append(list, spans[j+1:]...)
}

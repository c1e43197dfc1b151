package mandate

import (
	"strconv"
	"strings"
	"unicode"
)

// draftLines takes a revision apart into the lines of a draft; put together they are its text.
func draftLines(r *Reading) []DraftLine {
	doc := r.document()
	b := draftReader{doc: doc, provisions: map[int]Wording{}, kinds: map[int]string{}, annex: len(doc.Lines) + 1}
	for _, w := range r.Provisions {
		b.provisions[w.Line] = w
	}
	for _, row := range doc.Rows() {
		b.kinds[row.Line] = row.Type
	}
	for _, a := range doc.Annexes {
		b.annex = min(b.annex, max(a.Line, 1))
	}
	for i, raw := range doc.Lines {
		b.add(i+1, raw)
	}
	return b.lines
}

// draftReader takes lines of a text in their order.
type draftReader struct {
	doc        *Document
	provisions map[int]Wording // by line
	kinds      map[int]string  // types of rows by line
	annex      int             // first line of what stands behind the text
	lines      []DraftLine
	numbered   bool // the line of the number was met
}

func (b *draftReader) add(n int, raw string) {
	text := strings.TrimRightFunc(raw, unicode.IsSpace)
	tail := raw[len(text):]
	w, provision := b.provisions[n]
	last := len(b.lines) - 1
	switch {
	case text == "" && last >= 0:
		b.lines[last].Tail += tail
	case provision:
		lead := leadOf(text, w.Text)
		b.lines = append(b.lines, DraftLine{Key: pathOf(w.Thread), Kind: DraftProvision, Level: w.Level, Lead: lead, Mark: w.Mark, Text: text[len(lead):], Tail: tail})
	case b.goesOn(n) && last >= 0 && b.lines[last].Kind == DraftProvision:
		l := &b.lines[last]
		l.Text, l.Tail = l.Text+l.Tail+text, tail
	default:
		kind := b.kindOf(n, plain(text))
		b.lines = append(b.lines, DraftLine{Key: keyOfLine(kind, n), Kind: kind, Text: text, Tail: tail})
	}
}

// goesOn tells whether a line is more of the provision before it.
func (b *draftReader) goesOn(n int) bool { return b.kinds[n] == rowParagraph && n < b.annex }

func (b *draftReader) kindOf(n int, content string) string {
	_, titled := readTitle(strings.TrimSpace(content), b.doc.Family)
	switch kind := b.kinds[n]; {
	case (kind == rowFront || kind == rowTitle) && titled && !b.numbered:
		b.numbered = true
		return DraftNumber
	case kind == rowTitle:
		return DraftTitle
	case kind == rowHeading && n < b.annex:
		return DraftHeading
	}
	return DraftOther
}

// keyOfLine names a line that is no provision: number and title stand once.
func keyOfLine(kind string, n int) string {
	if kind == DraftNumber || kind == DraftTitle {
		return kind
	}
	return kind + "." + strconv.Itoa(n)
}

// leadOf is what stands before the words of a provision on its first line.
func leadOf(line, words string) string {
	for at := range line {
		rest := strings.TrimLeftFunc(line[at:], unicode.IsSpace)
		if rest != "" && strings.HasPrefix(words, strings.TrimRight(plain(rest), " ")) {
			return line[:len(line)-len(rest)]
		}
	}
	return line[:len(line)-len(strings.TrimLeftFunc(line, unicode.IsSpace))]
}

func pathOf(thread string) string {
	_, path, _ := strings.Cut(thread, "#")
	return path
}

func lineAt(lines []DraftLine, key string) int {
	for i, l := range lines {
		if l.Key == key {
			return i
		}
	}
	return -1
}

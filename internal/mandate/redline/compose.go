package redline

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Piece is a stretch of one line: kept, or what a span says. The pieces of all lines in their
// order are the input.
type Piece struct {
	Text string
	Span *Span // nil: kept
}

// Line is one line of the input, cut at its spans.
type Line struct {
	Number int // from 1
	Pieces []Piece
}

// Lines cuts a text at the spans that were proposed for it.
func Lines(text string, spans []Span) []Line {
	var list []Line
	at := 0
	for raw := range strings.Lines(text) {
		body := strings.TrimRight(raw, "\r\n")
		l := Line{Number: len(list) + 1}
		first := at
		for at < len(spans) && spans[at].Line == l.Number {
			at++
		}
		l.Pieces = cut(body, spans[first:at])
		list = append(list, l)
	}
	return list
}

// cut cuts one line at its spans, which are in order and do not overlap.
func cut(text string, spans []Span) []Piece {
	var list []Piece
	from, runes := 0, 0
	to := func(n int) int {
		end := from
		for ; runes < n; runes++ {
			_, width := utf8.DecodeRuneInString(text[end:])
			end += width
		}
		return end
	}
	for i := range spans {
		if at := to(spans[i].Start); at > from {
			list = append(list, Piece{Text: text[from:at]})
			from = at
		}
		end := to(spans[i].End)
		list = append(list, Piece{Text: text[from:end], Span: &spans[i]})
		from = end
	}
	if from < len(text) {
		list = append(list, Piece{Text: text[from:]})
	}
	return list
}

var (
	blanks     = regexp.MustCompile(`[ \t]+`)
	lostBlanks = regexp.MustCompile(` ([),;])`)
)

// side writes one of the two texts. Blanks are put in order, broken lines joined, and the line
// that rules off the end is left out.
func (t *reading) side(name string) string {
	leaves := map[Kind]bool{Mark: true, Inserted: name == "before", Deleted: name == "after"}
	byLine := map[int][]Span{}
	for _, s := range t.spans {
		byLine[s.Line] = append(byLine[s.Line], s)
	}
	letters := map[int]Letter{}
	for _, letter := range t.letters {
		if letter.Side == name {
			letters[letter.Line] = letter
		}
	}
	var list []string
	var last *item // of the line written last
	for _, l := range t.lines {
		text, all := l.without(byLine[l.number], leaves)
		text = blanks.ReplaceAllString(letters[l.number].put(text), " ")
		if text = strings.TrimSpace(text); text == "" && all {
			continue
		}
		if l.item != nil && l.item == last && !bullet.MatchString(l.text) {
			list[len(list)-1] += " " + text
		} else {
			list = append(list, text)
		}
		last = l.item
	}
	for len(list) > 0 && (list[len(list)-1] == "" || ruleLine.MatchString(list[len(list)-1])) {
		list = list[:len(list)-1]
	}
	if len(list) == 0 {
		return ""
	}
	return strings.Join(list, "\n") + "\n"
}

// without leaves out the spans of some kinds; all tells that something was there and nothing is left.
func (l *line) without(spans []Span, leaves map[Kind]bool) (text string, all bool) {
	var b strings.Builder
	left := false
	for _, p := range cut(l.text, spans) {
		if p.Span != nil && leaves[p.Span.Kind] {
			left = true
			continue
		}
		b.WriteString(p.Text)
	}
	text = b.String()
	if left {
		text = lostBlanks.ReplaceAllString(text, "$1")
	}
	return text, left
}

// put writes the mark into a text that begins with what was printed instead of it.
func (l Letter) put(text string) string {
	if l.Written == "" || text == "" {
		return text
	}
	if rest, ok := strings.CutPrefix(strings.TrimLeft(text, " \t\u00a0"), l.Printed); ok {
		return l.Written + rest
	}
	return text
}

package mandate

import (
	"strings"
	"unicode"

	"resolute"
)

// dayWithin is how many lines behind the text the day of its adoption may stand.
const dayWithin = 6

// settleDay takes the day of adoption from what stands behind the text, else from the last lines,
// when its front does not tell.
func (p *paragraphs) settleDay(end int) {
	lines := p.doc.Lines
	for _, from := range []int{end - 1, max(len(lines)-dayWithin+1, 0)} {
		for i := from; i < min(from+dayWithin, len(lines)) && p.doc.Day == ""; i++ {
			if m := unDay.FindStringSubmatch(strings.TrimSpace(plain(lines[i]))); m != nil {
				p.doc.Day = dayOf(m[1])
			}
		}
	}
}

// readAnnex reads what stands behind the text as if it were a text of its own.
func readAnnex(doc *Document, from, to int) {
	for from < to && !annexed.MatchString(strings.TrimSpace(plain(doc.Lines[from-1]))) {
		from++
	}
	if from >= to {
		return
	}
	inner := &Document{Lines: doc.Lines, Lang: doc.Lang}
	p := newParagraphs(inner, true)
	p.lines(from+1, to)
	if len(inner.Groups) > 0 {
		doc.Footnotes = append(doc.Footnotes, inner.Footnotes...)
		inner.settleReasons()
		doc.Annexes = append(doc.Annexes, Annex{Heading: strings.TrimSpace(plain(doc.Lines[from-1])), Line: from, Groups: inner.Groups})
	}
}

// parseUnopened reads a text in which no body speaks: a report or declaration whose paragraphs are
// numbered, or an excerpt that begins with its recitals.
func parseUnopened(doc *Document) {
	at := passage{front: 1, opening: len(doc.Lines) + 1, end: len(doc.Lines) + 1}
	p := newParagraphs(doc, true)
	for i, raw := range doc.Lines {
		line := strings.TrimSpace(plain(raw))
		m := readMark(line)
		if numberStyle(m) && value(m.text) == 1 || isRecital(line, doc.Lang) || directedTo.MatchString(line) {
			at.opening = i + 1
			break
		}
	}
	readFront(doc, at)
	if at.opening > len(doc.Lines) {
		return
	}
	for at.opening > 1 && sectionLine.MatchString(strings.TrimSpace(plain(doc.Lines[at.opening-2]))) {
		at.opening--
	}
	p.lines(at.opening, at.end)
	if len(doc.Groups) > 0 {
		doc.Family = familyUN
	}
}

// isRecital tells whether a line is a recital by its verb and its closing mark.
func isRecital(line string, lang resolute.Lang) bool {
	return closed(line) && headOf(line, lang).class == preambular && (lang == resolute.Russian || !unicode.IsLower(firstRune(line)))
}

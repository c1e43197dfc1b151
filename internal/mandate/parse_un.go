package mandate

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

var (
	unOpener  = regexp.MustCompile(`^The (General Assembly|Economic and Social Council|Human Rights Council|Security Council)[,.]?$`)
	unTitle   = regexp.MustCompile(`^(\d{1,4}/\d{1,4}(?: ?[A-Z])?|\d{1,4} ?\([IVXLC]+\))\.\s*(\S.*)`)
	unCouncil = regexp.MustCompile(`^Resolution (\d{1,4} ?\((?:19|20)\d{2}\))`)
	unDay     = regexp.MustCompile(`(?:adopted .*?on|^|\s)(\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) (?:19|20)\d{2})`)
	unItem    = regexp.MustCompile(`^(\d{1,3})\.\s+`)
	unPart    = regexp.MustCompile(`^\(([a-z]{1,4})\)\s+`)
	unEnd     = regexp.MustCompile(`^(?:\d{1,4}(?:st|nd|rd|th)(?: \(closing\))? (?:plenary )?meeting\b|\d{1,2} \p{L}+ (?:19|20)\d{2}$|_{5,}|Annex\b|\[Adopted )`)
)

// unBodies are the bodies of the United Nations as citation ids write them.
var unBodies = map[string]string{"General Assembly": "un:a", "Economic and Social Council": "un:e", "Human Rights Council": "un:a/hrc", "Security Council": "un:s"}

// unOpening finds the line "The General Assembly," from 1; 0 when the text is of another family.
func unOpening(lines []string) int {
	for i, line := range lines {
		if unOpener.MatchString(strings.TrimSpace(line)) {
			return i + 1
		}
	}
	return 0
}

// parseUN reads the family of the United Nations: a preamble of paragraphs that each begin with
// their verb, then paragraphs numbered through the whole text, with topics between them.
func parseUN(doc *Document, opening int) {
	doc.Family = familyUN
	m := unOpener.FindStringSubmatch(strings.TrimSpace(doc.Lines[opening-1]))
	doc.Body = unBodies[m[1]]
	readFront(doc, opening)
	p := &unParser{doc: doc}
	defer p.settleDay()
	for i := opening - 1; i < len(doc.Lines) && !p.ended; i++ {
		if line := strings.TrimSpace(plain(doc.Lines[i])); line != "" {
			p.line(line, i+1)
		}
	}
}

func readFront(doc *Document, opening int) {
	for i := range opening - 1 {
		line := strings.TrimSpace(plain(doc.Lines[i]))
		if m := unDay.FindStringSubmatch(line); m != nil && doc.Day == "" {
			doc.Day = dayOf(m[1])
		}
		if m := unTitle.FindStringSubmatch(line); m != nil {
			doc.Number, doc.Title, doc.TitleLine = m[1], m[2], i+1
		} else if m := unCouncil.FindStringSubmatch(line); m != nil {
			doc.Number = m[1]
		}
	}
}

// dayOf reads "21 December 2001"; empty when it is no day.
func dayOf(words string) string {
	t, err := time.Parse("2 January 2006", words)
	if err != nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

// unNumber writes a number as citation ids do: "57/270 B" is 57/270-b, "302 (IV)" is 302(IV).
func unNumber(number string) string {
	if before, letter, ok := strings.Cut(number, " "); ok && !strings.Contains(letter, "(") {
		return before + "-" + strings.ToLower(letter)
	}
	number = strings.ReplaceAll(number, " ", "")
	if strings.Contains(number, "(") {
		return number
	}
	return strings.ToLower(number)
}

// unParser walks the lines from the opening on.
type unParser struct {
	doc      *Document
	next     int // number of the operative paragraph that may follow; 0 before the first
	recitals int
	ended    bool
}

func (p *unParser) line(line string, n int) {
	if m := noteLine.FindStringSubmatch(line); m != nil {
		p.doc.Footnotes = append(p.doc.Footnotes, Footnote{Mark: m[1], Line: n, Text: m[2]})
		return
	}
	if m := unItem.FindStringSubmatch(line); m != nil && (p.next == 0 && m[1] == "1" || m[1] == strconv.Itoa(p.next)) {
		p.paragraph(m[1], line[len(m[0]):], n)
		return
	}
	switch {
	case p.next == 0:
		p.preamble(line, n)
	case unEnd.MatchString(line):
		p.ended = true
	default:
		p.below(line, n)
	}
}

// preamble adds a paragraph, or a topic when the line has no closing mark.
func (p *unParser) preamble(line string, n int) {
	if len(p.doc.Groups) == 0 {
		p.doc.Groups = append(p.doc.Groups, Group{Path: "preamble"})
	}
	g := &p.doc.Groups[len(p.doc.Groups)-1]
	if !closed(strings.TrimRight(line, "0123456789")) && !unOpener.MatchString(line) {
		p.topic(line, n)
		return
	}
	p.recitals++
	g.Items = append(g.Items, Provision{Path: joinPath("preamble", "p"+strconv.Itoa(p.recitals)), Level: 1, Line: n, Verb: verbOf(line), Text: line})
}

func verbOf(text string) string {
	if verb, class := headVerb(text); class != "" {
		return verb
	}
	return ""
}

// settleDay takes the day of adoption from the end of the text when its front does not tell.
func (p *unParser) settleDay() {
	for i := len(p.doc.Lines) - 1; i >= 0 && i > len(p.doc.Lines)-6 && p.doc.Day == ""; i-- {
		if m := unDay.FindStringSubmatch(strings.TrimSpace(plain(p.doc.Lines[i]))); m != nil {
			p.doc.Day = dayOf(m[1])
		}
	}
}

// topic opens a group under a heading between paragraphs.
func (p *unParser) topic(line string, n int) {
	p.doc.Groups = append(p.doc.Groups, Group{Operative: p.next > 0, Heading: line, Line: n})
}

// paragraph adds a numbered paragraph. The numbering runs through the whole text, so the number
// is its path.
func (p *unParser) paragraph(mark, text string, n int) {
	if n := len(p.doc.Groups); p.next == 0 && n > 0 && len(p.doc.Groups[n-1].Items) == 0 {
		p.doc.Groups[n-1].Operative = true // a topic over the first paragraph
	} else if p.next == 0 {
		p.doc.Groups = append(p.doc.Groups, Group{Operative: true})
	}
	p.next, _ = strconv.Atoi(mark)
	p.next++
	g := &p.doc.Groups[len(p.doc.Groups)-1]
	addItem(&g.Items, "", 1, mark, text, n)
	last := &g.Items[len(g.Items)-1]
	last.Verb, last.Addressees = verbOf(text), asked(text)
}

// below adds a lettered part of the last paragraph, a topic, or more of a text.
func (p *unParser) below(line string, n int) {
	g := &p.doc.Groups[len(p.doc.Groups)-1]
	if len(g.Items) == 0 {
		p.topic(line, n)
		return
	}
	last := &g.Items[len(g.Items)-1]
	m := unPart.FindStringSubmatch(line)
	switch {
	case m != nil && deeper(last.Items, m[1]):
		over := &last.Items[len(last.Items)-1]
		addItem(&over.Items, over.Path, 3, m[1], line[len(m[0]):], n)
	case m != nil:
		addItem(&last.Items, last.Path, 2, m[1], line[len(m[0]):], n)
	case isTopic(line):
		p.topic(line, n)
	default:
		addItem(&last.Items, last.Path, 2, "", line, n)
	}
}

// isTopic tells whether a line between paragraphs is a heading: no closing mark, and a capital at
// its head, past a number of its own ("1.2 Enabling environment").
func isTopic(line string) bool {
	return !closed(line) && unicode.IsUpper(firstRune(strings.TrimLeft(line, "0123456789. ")))
}

// deeper tells whether a roman number is a part of the last letter: it does not follow it.
func deeper(items []Provision, mark string) bool {
	if len(items) == 0 || !roman.MatchString(mark) {
		return false
	}
	last := items[len(items)-1]
	if len(mark) == 1 && len(last.Mark) == 1 && mark[0] == last.Mark[0]+1 && len(last.Items) == 0 {
		return false
	}
	return mark == "i" || len(last.Items) > 0
}

// asked gives whom a paragraph of a UN text asks: the words between its verb and "to".
func asked(text string) []string {
	verb, class := headVerb(text)
	if class != directing || strings.EqualFold(verb, "decides") || strings.EqualFold(verb, "resolves") {
		return nil
	}
	_, rest, _ := strings.Cut(text, verb)
	rest = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(rest), "upon "), "on ")
	who, _, found := strings.Cut(rest, " to ")
	if !found || len(who) > 300 {
		return nil
	}
	return splitNames(who)
}

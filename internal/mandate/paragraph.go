package mandate

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	closing     = regexp.MustCompile(`^(?:\d{1,4}(?:st|nd|rd|th)(?: \([a-z]+\))? (?:plenary )?meeting\b|\d{1,2} \p{L}+ (?:19|20)\d{2}\.?$|_{5,}|(?i:Annex|Appendix)(?:[^\p{L}]|$)|\[?Adopted |(?:One |Two )?(?:[Hh]undred|[Tt]wo hundred)[^.;]{0,60}plenary meeting)`)
	annexed     = regexp.MustCompile(`^(?i:Annex|Appendix|Annexe|Anexo)(?:[^\p{L}]|$)`)
	aside       = regexp.MustCompile(`^(?:<!--.*-->|-{3,}|_{2,4}|\d{1,4}|\* \* \*)$`)
	notes       = regexp.MustCompile(`^(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+\s|\d{1,3} (?:See |Ibid|Official Records|United Nations, Treaty|United Nations publication|A/|E/|S/))`)
	directedTo  = regexp.MustCompile(`^Decisions? directed to:?\s*(.*)$`)
	sectionMark = regexp.MustCompile(`^(?:[IVXL]{1,6}\.?|[A-Z]\.)$`)
	sectionLine = regexp.MustCompile(`^(?:[IVXL]{1,6}|[A-Z])\.?(?:\s+\p{Lu}|$)`)
)

// parseParagraphs reads the family of the United Nations and its like: a preamble of paragraphs
// that each begin with their verb, then paragraphs that are numbered through the whole text, or
// begin with a verb in its operative form, with topics between them.
func parseParagraphs(doc *Document, at passage) {
	doc.Family = familyUN
	doc.Body, _ = opensParagraphs(strings.TrimSpace(plain(doc.Lines[at.opening-1])), doc.Lang)
	readFront(doc, at)
	p := newParagraphs(doc, false)
	rest := p.lines(at.opening, at.end)
	p.settleDay(rest)
	readAnnex(doc, rest, at.end)
}

// paragraphs walks the lines of a text from its opening on.
type paragraphs struct {
	doc      *Document
	unopened bool         // no body opens: a report, a declaration, an excerpt
	next     int          // number of the operative paragraph that may follow; 0 before the first
	part     int          // how often the numbering has begun again
	taken    map[int]bool // numbers that are the path of a paragraph
	recitals int
	shared   bool  // recitals and paragraphs share one numbering, and it is still at the recitals
	directed bool  // decisions, each directed to somebody by its heading: "The Secretariat shall:"
	free     bool  // no paragraph is numbered: the verb alone tells recital from paragraph
	open     lists // below the last paragraph
	over     []*Provision
}

func newParagraphs(doc *Document, unopened bool) *paragraphs {
	return &paragraphs{doc: doc, unopened: unopened, taken: map[int]bool{}}
}

// lines reads from one line up to another and gives the line on which the text ended.
func (p *paragraphs) lines(from, to int) int {
	p.free = !p.numbered(from, to)
	for n := from; n < to; n++ {
		line := strings.TrimSpace(plain(p.doc.Lines[n-1]))
		if line == "" {
			continue
		}
		if p.ends(line, n, to) {
			return n
		}
		p.line(line, n)
	}
	return to
}

// numbered tells whether a paragraph 1 stands between two lines.
func (p *paragraphs) numbered(from, to int) bool {
	for n := from; n < to; n++ {
		if m := p.mark(strings.TrimSpace(plain(p.doc.Lines[n-1]))); numberStyle(m) && value(m.text) == 1 {
			return true
		}
	}
	return false
}

func numberStyle(m mark) bool { return m.style == "number" || m.style == "dashed" }

func (p *paragraphs) mark(line string) mark {
	if !mayMark(line) {
		return mark{rest: line}
	}
	return readMark(line)
}

// ends tells whether the text ends on a line: place and day of the meeting, an annex. The bottom of
// a page in the midst of a text is no end: the next number still follows.
func (p *paragraphs) ends(line string, n, to int) bool {
	if p.unopened || p.next == 0 && !p.free || !closing.MatchString(line) {
		return false
	}
	if annexed.MatchString(line) {
		return true
	}
	for i := n; i < min(to-1, n+12); i++ {
		if m := p.mark(strings.TrimSpace(plain(p.doc.Lines[i]))); numberStyle(m) && p.next > 2 && value(m.text) == p.next {
			return false
		} else if annexed.MatchString(strings.TrimSpace(p.doc.Lines[i])) {
			return true
		}
	}
	return true
}

func (p *paragraphs) line(line string, n int) {
	if m := noteLine.FindStringSubmatch(line); m != nil {
		p.doc.Footnotes = append(p.doc.Footnotes, Footnote{Mark: m[1], Line: n, Text: m[2]})
		return
	}
	if aside.MatchString(line) {
		return
	}
	if m := notes.FindString(line); m != "" {
		mark, _, _ := strings.Cut(m, " ")
		p.doc.Footnotes = append(p.doc.Footnotes, Footnote{Mark: plainDigits(mark), Line: n, Text: strings.TrimSpace(line[len(mark):])})
		return
	}
	m := p.mark(line)
	switch {
	case p.directs(line, n):
	case numberStyle(m) && p.takes(value(m.text), m.rest):
		p.paragraph(m, n)
	case m.style == "decimal" && p.next > 0:
		p.decimal(m, n)
	case m.style != "" && len(p.over) > 0 && !numberStyle(m):
		p.below(m, n)
	case p.next == 0 && !p.operative():
		p.preamble(line, n)
	default:
		p.plain(line, n)
	}
}

// directs reads the headings of decisions: "Decision directed to:" and, on the line behind it, to
// whom.
func (p *paragraphs) directs(line string, n int) bool {
	if m := directedTo.FindStringSubmatch(line); m != nil {
		p.directed, p.over, p.open = true, nil, nil
		p.doc.Groups = append(p.doc.Groups, Group{Operative: true, Heading: line, Addressees: splitNames(m[1]), Line: n, Why: whyVerbAlone})
		return true
	}
	if g := p.group(); p.directed && len(g.Items) == 0 && len(g.Addressees) == 0 && !closed(line) {
		g.Heading, g.Addressees = g.Heading+" "+line, splitNames(line)
		return true
	}
	if p.directed && strings.Contains(line, " shall") && p.mark(line).style == "" {
		p.freeParagraph(line, head{verb: "shall", class: directing}, n)
		return true
	}
	return false
}

func plainDigits(mark string) string {
	return strings.Map(func(r rune) rune {
		if at := strings.IndexRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r); at >= 0 {
			return rune('0' + utf8.RuneCountInString("⁰¹²³⁴⁵⁶⁷⁸⁹"[:at]))
		}
		return r
	}, mark)
}

// takes tells whether a number goes on with the numbering: it is the next one, or one more was
// lost, or the numbering begins again.
func (p *paragraphs) takes(number int, rest string) bool {
	if number == 0 {
		return false
	}
	switch {
	case p.next == 0:
		return number == 1
	case number == p.next:
		return true
	case !closed(rest):
		return false // a topic with a number of its own
	case number > p.next && number <= p.next+2:
		return unicode.IsUpper(firstRune(rest))
	}
	return number == 1 && p.next > 2 && p.group() != nil && (len(p.group().Items) == 0 || p.unopened)
}

func (p *paragraphs) group() *Group {
	if n := len(p.doc.Groups); n > 0 {
		return &p.doc.Groups[n-1]
	}
	return nil
}

// operative tells whether the paragraphs have begun in a text without numbers.
func (p *paragraphs) operative() bool { return p.group() != nil && p.group().Operative }

// topic opens a group under a heading between paragraphs.
func (p *paragraphs) topic(line string, n int) {
	p.doc.Groups = append(p.doc.Groups, Group{Operative: p.next > 0 && !p.shared || p.operative(), Heading: line, Line: n, Why: whyTopic})
}

// start opens the operative part: under the topic that stands over its first paragraph, or under
// no heading.
func (p *paragraphs) start() {
	if g := p.group(); g != nil && len(g.Items) == 0 {
		g.Operative = true
		return
	}
	p.doc.Groups = append(p.doc.Groups, Group{Operative: true, Why: whyGathered})
}

// paragraph adds a numbered paragraph. The numbering runs through the whole text, so the number
// is its path; where it begins again the part stands before a number that was there before.
func (p *paragraphs) paragraph(m mark, n int) {
	h := headOf(m.rest, p.doc.Lang)
	number := value(m.text)
	if (p.next == 0 || p.shared) && p.recitalByVerb(h) {
		p.numberedRecital(m, h, n)
		return
	}
	p.shared = false
	if p.next == 0 || !p.group().Operative {
		p.start()
	} else if number == 1 {
		p.part++
	}
	p.next = number + 1
	g := p.group()
	prefix := ""
	if p.taken[number] {
		prefix = "part" + strconv.Itoa(p.part+1)
	}
	p.taken[number] = true
	addItem(&g.Items, prefix, 1, m.text, m.rest, n)
	last := &g.Items[len(g.Items)-1]
	last.Verb, last.Addressees = h.verb, asked(m.rest, p.doc.Lang)
	p.over, p.open = []*Provision{last}, nil
}

// plain adds a line without a mark behind the preamble: a topic, a recital of a new part, more of
// the paragraph before, or in a text without numbers a paragraph.
func (p *paragraphs) plain(line string, n int) {
	g := p.group()
	h := headOf(line, p.doc.Lang)
	_, opening := opensParagraphs(line, p.doc.Lang)
	switch {
	case opening && p.next > 0:
		p.part, p.next = p.part+1, 0
		p.recital(line, h, n)
	case g == nil || isTopic(line) && !(p.free && h.class != ""):
		p.topic(line, n)
	case p.free && h.class != "":
		p.freeParagraph(line, h, n)
	case len(g.Items) == 0 || len(p.over) == 0:
		p.topic(line, n)
	default:
		p.continues(line, n)
	}
}

// isTopic tells whether a line between paragraphs is a heading: no closing mark, and a capital at
// its head, past a number of its own ("1.2 Enabling environment").
func isTopic(line string) bool {
	return !closed(line) && unicode.IsUpper(firstRune(strings.TrimLeft(line, "0123456789. ")))
}

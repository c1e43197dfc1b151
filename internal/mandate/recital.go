package mandate

import (
	"strconv"
	"strings"
	"unicode"
)

// preamble adds a recital, or a topic when the line has no closing mark.
func (p *paragraphs) preamble(line string, n int) {
	h := headOf(line, p.doc.Lang)
	_, opening := opensParagraphs(line, p.doc.Lang)
	switch {
	case p.free && !opening && h.class != "" && h.class != preambular && p.recitals > 0:
		p.start()
		p.plain(line, n)
		return
	case !opening && p.topical(line, h, n):
		p.topic(line, n)
		return
	case p.group() == nil:
		p.doc.Groups = append(p.doc.Groups, Group{Path: "preamble", Why: whyGathered})
	}
	p.recital(line, h, n)
	if items := p.group().Items; opening {
		items[len(items)-1].Why = whyOpening
	}
}

func (p *paragraphs) recital(line string, h head, n int) {
	g := p.group()
	if g == nil || g.Operative {
		p.doc.Groups = append(p.doc.Groups, Group{Path: "preamble", Why: whyGathered})
		g = p.group()
	}
	p.recitals++
	g.Items = append(g.Items, Provision{Path: p.recitalPath(), Level: 1, Line: n, Verb: h.verb, Text: line, Why: reasonOf(h)})
	p.over, p.open = []*Provision{&g.Items[len(g.Items)-1]}, nil
}

func reasonOf(h head) string {
	if h.class == "" {
		return whyNoVerb
	}
	return whyVerb
}

func (p *paragraphs) recitalPath() string {
	if p.directed {
		return "p" + strconv.Itoa(p.recitals)
	}
	return joinPath("preamble", "p"+strconv.Itoa(p.recitals))
}

// topical tells whether a line among recitals is a heading: no closing mark, and neither a small
// letter at its head nor a verb, unless the first paragraph comes next.
func (p *paragraphs) topical(line string, h head, n int) bool {
	bare := strings.TrimRight(line, "0123456789¹²³⁴⁵⁶⁷⁸⁹⁰*")
	if closed(bare) || unicode.IsLower(firstRune(line)) && !p.unopened {
		return false
	}
	return h.class != preambular || !p.free && p.firstNext(n)
}

// firstNext tells whether the paragraph with the number 1 stands on the next line with words.
func (p *paragraphs) firstNext(n int) bool {
	for _, raw := range p.doc.Lines[n:] {
		if line := strings.TrimSpace(plain(raw)); line != "" {
			m := readMark(line)
			return numberStyle(m) && value(m.text) == 1
		}
	}
	return false
}

// recitalByVerb tells recitals that share the numbering with the paragraphs: the text has no other
// recitals, and the verb has the form of one.
func (p *paragraphs) recitalByVerb(h head) bool {
	return h.class == preambular && p.recitals <= 1 && !p.unopened
}

// numberedRecital adds a recital under its number. The next number follows it.
func (p *paragraphs) numberedRecital(m mark, h head, n int) {
	if p.group() == nil {
		p.doc.Groups = append(p.doc.Groups, Group{Path: "preamble", Why: whyGathered})
	}
	g := p.group()
	addItem(&g.Items, "", 1, m.text, m.rest, n)
	g.Items[len(g.Items)-1].Verb = h.verb
	p.over, p.open = []*Provision{&g.Items[len(g.Items)-1]}, nil
	p.next, p.shared = value(m.text)+1, true
}

// freeParagraph adds a paragraph without number. Its path is its place in the text, counted with
// the recitals.
func (p *paragraphs) freeParagraph(line string, h head, n int) {
	if h.class == preambular && !p.operative() {
		p.recital(line, h, n)
		return
	}
	g := p.group()
	p.recitals++
	g.Items = append(g.Items, Provision{Path: p.recitalPath(), Level: 1, Line: n, Verb: h.verb, Addressees: asked(line, p.doc.Lang), Text: line, Why: reasonOf(h)})
	p.over, p.open = []*Provision{&g.Items[len(g.Items)-1]}, nil
}

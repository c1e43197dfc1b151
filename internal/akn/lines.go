package akn

import (
	"strings"
	"unicode"
)

// parts reads the parts of the text in their order.
func (x *reader) parts(text *node) {
	for _, part := range text.inner {
		switch part.name {
		case "", "meta":
		case "preface", "coverPage":
			x.preface(part)
		case "preamble":
			x.blocks(part, frame{}, nil)
		case "mainBody", "body":
			x.blocks(part, frame{operative: true}, nil)
		default: // conclusions, attachments, components
			part.each("p", func(p *node) { x.add(Line{Kind: AfterLine}, p) })
		}
	}
	for _, l := range x.doc.Lines {
		if l.Kind == TitleLine && x.doc.Title == "" {
			x.doc.Title = l.Text()
		}
	}
}

// preface tells number and title by the elements that hold them, or by the name of what is around.
func (x *reader) preface(part *node) {
	var walk func(e *node, title bool)
	walk = func(e *node, title bool) {
		title = title || e.name == "container" && e.attribute("name") == "title"
		if e.name != "p" {
			for _, c := range e.inner {
				walk(c, title)
			}
			return
		}
		kind := FrontLine
		switch {
		case e.find("docNumber") != nil:
			kind = NumberLine
		case title || e.find("docTitle") != nil:
			kind = TitleLine
		}
		x.add(Line{Kind: kind}, e)
	}
	walk(part, false)
}

// add keeps a line unless it is empty.
func (x *reader) add(l Line, e *node) {
	if l.Spans = spans(e); len(l.Spans) > 0 || l.Mark != "" {
		x.doc.Lines = append(x.doc.Lines, l)
	}
}

// frame is where a block stands: in which part, at which level, in a group of which name.
type frame struct {
	operative bool
	level     int // of the item around; 0 outside
}

// own is the line of the item around, as long as it waits for its text.
type own struct {
	at      int
	waiting bool
}

// blocks reads what is below an element. o is the item whose text may come; nil outside of items.
func (x *reader) blocks(e *node, f frame, o *own) {
	for _, c := range e.inner {
		switch c.name {
		case "", "num":
		case "formula":
			c.each("p", func(p *node) { x.add(Line{Kind: OpeningLine}, p) })
		case "container", "recitals", "block", "hcontainer", "section", "division", "part", "chapter", "title", "subpart", "subdivision", "crossHeading":
			x.group(c, f)
		case "heading", "subheading", "listIntroduction":
			x.words(c, f, o)
		case "recital", "paragraph", "point", "item", "indent", "subparagraph", "clause", "article", "alinea":
			x.item(c, f)
		case "p", "listWrapUp":
			x.words(c, f, o)
		default: // list, blockList, content, intro, wrapUp and what we do not know
			x.blocks(c, f, o)
		}
	}
}

// words give the item around its text, or stand alone as an item without mark.
func (x *reader) words(e *node, f frame, o *own) {
	if o != nil && o.waiting {
		o.waiting = false
		x.doc.Lines[o.at].Spans = spans(e)
		return
	}
	x.add(Line{Kind: ItemLine, Operative: f.operative, Level: max(f.level, 1)}, e)
}

// group begins with its heading, wherever its producer wrote it: in heading, in the introduction of
// its list, or as its name alone.
func (x *reader) group(e *node, f frame) {
	name := e.attribute("name")
	if name == "notes" {
		e.each("authorialNote", func(n *node) { x.doc.Notes = append(x.doc.Notes, noteOf(n)) })
		return
	}
	f = frame{operative: f.operative && e.attribute("refersTo") != "#preamble" && name != "preambularGroup" && name != "#preamble" && e.name != "recitals"}
	heading, rest := headingOf(e)
	line := Line{Kind: HeadingLine, Operative: f.operative, Name: strings.TrimPrefix(name, "#")}
	switch {
	case heading != nil:
		if num := e.child("num").words(); num != "" {
			line.Mark = num
		}
		x.add(line, heading)
	case isPhrase(e):
		line.Spans = []Span{{Text: strings.ReplaceAll(name, "_", " ")}}
		x.doc.Lines = append(x.doc.Lines, line)
	}
	x.blocks(rest, f, nil)
}

// headingOf finds the heading of a group, and gives the group without it.
func headingOf(e *node) (heading, rest *node) {
	if e.name == "crossHeading" || e.attribute("name") == loneHeading {
		return e, &node{}
	}
	for i, c := range e.inner {
		switch c.name {
		case "heading", "listIntroduction":
			return c, without(e, i)
		case "intro":
			return c, without(e, i)
		case "blockList", "list":
			if heading, inner := headingOf(c); heading != nil {
				rest = without(e, i)
				rest.inner = append(rest.inner[:i:i], append([]*node{inner}, rest.inner[i:]...)...)
				return heading, rest
			}
			return nil, e
		case "":
		case "num":
		default:
			return nil, e
		}
	}
	return nil, e
}

func without(e *node, i int) *node {
	copied := *e
	copied.inner = append(e.inner[:i:i], e.inner[i+1:]...)
	return &copied
}

// isPhrase tells whether a container bears its heading as its name, as the guide of AKN4UN has it.
func isPhrase(e *node) bool {
	name := e.attribute("name")
	switch name {
	case "", loneHeading, "recitals", "preamble", "title", "closing", "adoption", "operativeGroup", "preambularGroup", "#preamble":
		return false
	}
	return e.name == "container" && strings.IndexFunc(name, unicode.IsUpper) != 0
}

// item reads one provision, then what lies below it.
func (x *reader) item(e *node, f frame) {
	f.level++
	x.doc.Lines = append(x.doc.Lines, Line{Kind: ItemLine, Operative: f.operative, Level: f.level, Mark: e.child("num").words(), Thread: e.attribute("wId")})
	o := &own{at: len(x.doc.Lines) - 1, waiting: true}
	x.blocks(e, f, o)
	if l := x.doc.Lines[o.at]; o.waiting && l.Mark == "" && o.at == len(x.doc.Lines)-1 {
		x.doc.Lines = x.doc.Lines[:o.at] // an empty element
	}
}

// spans reads a line of text: plain stretches, citations, addressees, notes.
func spans(e *node) []Span {
	var list []Span
	var walk func(n *node, href string, role bool)
	walk = func(n *node, href string, role bool) {
		switch n.name {
		case "authorialNote":
			note := noteOf(n)
			if n := len(list); n == 0 || list[n-1].Note != nil {
				list = append(list, Span{})
			}
			list[len(list)-1].Note = &note
			return
		case "ref", "mref", "rref":
			href = n.attribute("href") + n.attribute("from")
		case "role":
			role = true
		case "br", "eol":
			list = append(list, Span{Text: " "})
		}
		if n.name == "" && n.text != "" {
			list = appendText(list, Span{Text: n.text, Href: href, Role: role})
		}
		for _, c := range n.inner {
			walk(c, href, role)
		}
	}
	walk(e, "", false)
	return trimmed(list)
}

// appendText joins a stretch with the one before when both are plain.
func appendText(list []Span, s Span) []Span {
	if n := len(list); n > 0 && list[n-1].Href == s.Href && list[n-1].Role == s.Role && list[n-1].Note == nil {
		list[n-1].Text += s.Text
		return list
	}
	return append(list, s)
}

// trimmed takes away the blanks that indentation brought: runs that hold the end of a line, and
// those at both ends. Blanks within a line are part of the text.
func trimmed(list []Span) []Span {
	for i := range list {
		list[i].Text = unindented(list[i].Text)
	}
	for len(list) > 0 && strings.TrimSpace(list[0].Text) == "" && list[0].Note == nil {
		list = list[1:]
	}
	for n := len(list) - 1; n >= 0 && strings.TrimSpace(list[n].Text) == "" && list[n].Note == nil; n-- {
		list = list[:n]
	}
	if n := len(list); n > 0 {
		list[0].Text = strings.TrimLeft(list[0].Text, " \t\r\n")
		list[n-1].Text = strings.TrimRight(list[n-1].Text, " \t\r\n")
	}
	return list
}

func unindented(text string) string {
	if !strings.ContainsAny(text, "\n\r") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		end := i
		for end < len(text) && strings.IndexByte(" \t\r\n", text[end]) >= 0 {
			end++
		}
		switch {
		case end == i:
			b.WriteByte(text[i])
			i++
		case strings.ContainsAny(text[i:end], "\r\n"):
			b.WriteByte(' ')
			i = end
		default:
			b.WriteString(text[i:end])
			i = end
		}
	}
	return b.String()
}

func noteOf(e *node) Note { return Note{Mark: e.attribute("marker"), Text: e.words()} }

package akn

import "strconv"

// text writes preface, preamble, body and what stands behind them.
func (p *printer) text(d Document) {
	lines := d.Lines
	front, lines := cut(lines, func(l Line) bool { return l.Kind == NumberLine || l.Kind == TitleLine || l.Kind == FrontLine })
	opening, lines := cut(lines, func(l Line) bool { return l.Kind == OpeningLine })
	preamble, lines := cut(lines, func(l Line) bool { return l.Kind != AfterLine && !l.Operative })
	body, after := cut(lines, func(l Line) bool { return l.Kind != AfterLine })
	p.preface(d, front)
	p.preamble(opening, preamble)
	p.body(body, d.Notes)
	p.after(after)
}

// cut splits lines where the first one is no longer wanted.
func cut(lines []Line, wanted func(Line) bool) (first, rest []Line) {
	for i, l := range lines {
		if !wanted(l) {
			return lines[:i], lines[i:]
		}
	}
	return lines, nil
}

func (p *printer) preface(d Document, lines []Line) {
	p.open("preface")
	if len(lines) == 0 {
		p.line("p", []Span{{Text: d.Number}})
	}
	for _, l := range lines {
		inner := map[LineKind]string{NumberLine: "docNumber", TitleLine: "docTitle"}[l.Kind]
		p.print("<p>")
		if inner != "" {
			p.print("<" + inner + ">")
		}
		p.spans(l.Spans)
		if inner != "" {
			p.print("</" + inner + ">")
		}
		p.close("p")
	}
	p.close("preface")
}

// preamble writes the groups before the first operative one; their items are items of lists.
func (p *printer) preamble(opening, lines []Line) {
	if len(opening) == 0 && len(lines) == 0 {
		return
	}
	p.open("preamble")
	if len(opening) > 0 {
		p.open("formula", "name", "enactingFormula", "eId", p.id("", "formula", "1"))
		for _, l := range opening {
			p.line("p", l.Spans)
		}
		p.close("formula")
	}
	for n := 1; len(lines) > 0; n++ {
		var group []Line
		group, lines = nextGroup(lines)
		p.recitals(group, n)
	}
	p.close("preamble")
}

// nextGroup takes a heading with its items, or items without heading.
func nextGroup(lines []Line) (group, rest []Line) {
	end := 1
	for end < len(lines) && lines[end].Kind != HeadingLine {
		end++
	}
	return lines[:end], lines[end:]
}

func (p *printer) recitals(group []Line, n int) {
	heading, name := []Line{}, "recitals"
	if group[0].Kind == HeadingLine {
		heading, group = group[:1], group[1:]
		name = orElse(heading[0].Name, name)
	}
	if len(group) == 0 {
		name = loneHeading
	}
	id := p.id("", "container", strconv.Itoa(n))
	p.open("container", "name", name, "eId", id)
	p.recitalList(id, heading, group)
	p.close("container")
}

// loneHeading names the container of a heading without items.
const loneHeading = "heading"

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// marked is the words of a line behind its mark, for places that have none of their own.
func (l Line) marked() []Span {
	if l.Mark == "" {
		return l.Spans
	}
	return append([]Span{{Text: l.Mark + " "}}, l.Spans...)
}

// recitalList writes items of one level, each with its parts below it. A list wants an item; a
// heading without any stands alone.
func (p *printer) recitalList(parent string, heading, items []Line) {
	if len(items) == 0 {
		p.line("p", heading[0].marked())
		return
	}
	id := p.id(parent, "list", "1")
	p.open("blockList", "eId", id)
	for _, h := range heading {
		p.line("listIntroduction", h.marked(), "eId", p.id(id, "intro", ""))
	}
	for len(items) > 0 {
		var own Line
		var parts []Line
		own, parts, items = nextItem(items)
		item := p.id(id, "item", own.Mark)
		p.open("item", "eId", item, "wId", own.Thread)
		p.num(own.Mark)
		p.line("p", own.Spans)
		if len(parts) > 0 {
			p.recitalList(item, nil, parts)
		}
		p.close("item")
	}
	p.close("blockList")
}

// nextItem takes one item with what lies below it.
func nextItem(items []Line) (own Line, parts, rest []Line) {
	end := 1
	for end < len(items) && items[end].Level > items[0].Level {
		end++
	}
	return items[0], items[1:end], items[end:]
}

func (p *printer) num(mark string) {
	if mark != "" {
		p.line("num", []Span{{Text: mark}})
	}
}

// body writes the operative groups; recitals that stand among them keep their place under a cross
// heading.
func (p *printer) body(lines []Line, notes []Note) {
	p.open("mainBody")
	if len(lines)+len(notes) == 0 {
		p.empty("hcontainer", "name", "nothing", "eId", p.id("", "hcontainer", "1")) // the schema wants something
	}
	for n := 1; len(lines) > 0; n++ {
		var group []Line
		group, lines = nextGroup(lines)
		p.operative(group, n)
	}
	if len(notes) > 0 {
		id := p.id("", "hcontainer", "notes")
		p.open("hcontainer", "name", "notes", "eId", id)
		p.print("<content><p>")
		for _, n := range notes {
			p.note(n)
		}
		p.print("</p></content>\n")
		p.close("hcontainer")
	}
	p.close("mainBody")
}

func (p *printer) operative(group []Line, n int) {
	name := "operativeGroup"
	if !group[0].Operative {
		name = "preambularGroup"
	}
	id := p.id("", "hcontainer", strconv.Itoa(n))
	p.open("hcontainer", "name", name, "eId", id)
	if group[0].Kind == HeadingLine {
		p.num(group[0].Mark)
		p.line("heading", group[0].Spans)
		group = group[1:]
	}
	for len(group) > 0 {
		var own Line
		var parts []Line
		own, parts, group = nextItem(group)
		p.paragraph(id, "paragraph", "para", own, parts)
	}
	p.close("hcontainer")
}

// paragraph writes an operative item; its parts are points of a list.
func (p *printer) paragraph(parent, element, prefix string, own Line, parts []Line) {
	id := p.id(parent, prefix, own.Mark)
	p.open(element, "eId", id, "wId", own.Thread)
	p.num(own.Mark)
	if len(parts) == 0 {
		p.print("<content>")
		p.line("p", own.Spans)
		p.close("content")
		p.close(element)
		return
	}
	list := p.id(id, "list", "1")
	p.open("list", "eId", list)
	p.tag("intro", ">", "eId", p.id(list, "intro", ""))
	p.line("p", own.Spans)
	p.close("intro")
	for len(parts) > 0 {
		var part Line
		var below []Line
		part, below, parts = nextItem(parts)
		p.paragraph(list, "point", "point", part, below)
	}
	p.close("list")
	p.close(element)
}

func (p *printer) after(lines []Line) {
	if len(lines) == 0 {
		return
	}
	p.open("conclusions")
	p.open("container", "name", "closing", "eId", p.id("", "container", "closing"))
	for _, l := range lines {
		p.line("p", l.Spans)
	}
	p.close("container")
	p.close("conclusions")
}

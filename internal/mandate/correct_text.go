package mandate

import (
	"slices"
	"strings"
)

// join adds a provision to the text of the one before it, its mark included, and what it holds to
// that one's parts. The first provision of a group has none before it.
func (d *Document) join(s spotOf) bool {
	p := *s.provision()
	printed := strings.TrimSpace(d.printedMark(&p) + " " + p.Text)
	var over *Provision
	switch {
	case s.at > 0:
		over = &(*s.list)[s.at-1]
		for len(over.Items) > 0 {
			over = &over.Items[len(over.Items)-1]
		}
	case s.parent != nil:
		over = s.parent.provision()
	default:
		return false
	}
	*s.list = slices.Delete(*s.list, s.at, s.at+1)
	if s.at == 0 { // its parts, and those that followed it, are parts of what it was part of
		*s.list = slices.Insert(*s.list, 0, p.Items...)
	} else {
		over.Items = append(over.Items, p.Items...)
	}
	over.Text += " " + printed
	over.Why = whyCorrected
	return true
}

// split ends a provision before some words, of which there must be one place in it. Its parts go
// with the second half.
func (d *Document) split(s spotOf, c Correction) bool {
	p := s.provision()
	words := strings.TrimSpace(c.Words)
	at := strings.Index(p.Text, words)
	if words == "" || at <= 0 || strings.Count(p.Text, words) != 1 {
		return false
	}
	line, ok := d.cut(p, words)
	if !ok {
		return false
	}
	second := Provision{Mark: c.NewMark, Level: p.Level, Line: line, Text: p.Text[at:], Why: whyCorrected, Items: p.Items}
	if c.NewMark == "" {
		second.Mark, second.Text = d.markOf(second.Text)
	}
	if d.Family == familyUN {
		second.Verb, second.Addressees = headOf(second.Text, d.Lang).verb, asked(second.Text, d.Lang)
	}
	before := s.before()
	second.Path = p.Path
	p.Text, p.Items, p.Why = strings.TrimSpace(p.Text[:at]), nil, whyCorrected
	*s.list = slices.Insert(*s.list, s.at+1, second)
	here := spotOf{s.group, s.list, s.at + 1, s.parent}
	here.rename(before)
	here.provision().origin = ""
	return true
}

// markOf takes the mark off a text that begins with one.
func (d *Document) markOf(text string) (mark, rest string) {
	if d.Family == familyITU {
		return (&parser{doc: d}).mark(text)
	}
	if m := readMark(text); m.style != "" && m.style != "bullet" {
		return strings.TrimSpace(m.text), m.rest
	}
	return "", text
}

// cut makes some words of a provision begin a line, and gives its number.
func (d *Document) cut(p *Provision, words string) (int, bool) {
	end := d.nextLine(p.Line)
	for n := p.Line; n < end; n++ {
		raw := d.Lines[n-1]
		at := strings.Index(raw, words)
		if at < 0 {
			continue
		}
		if strings.TrimSpace(raw[:at]) == "" {
			return n, true
		}
		d.Lines = slices.Replace(d.Lines, n-1, n, raw[:at], raw[at:])
		d.shift(n)
		return n + 1, true
	}
	return 0, false
}

// nextLine is the line on which something else than a provision begins, or the one behind the text.
func (d *Document) nextLine(line int) int {
	next := len(d.Lines) + 1
	for n := range d.knownRows() {
		if n > line {
			next = min(next, n)
		}
	}
	return next
}

// shift moves everything behind a line one line down.
func (d *Document) shift(line int) {
	down := func(n *int) {
		if *n > line {
			*n++
		}
	}
	d.cuts = append(d.cuts, line)
	down(&d.TitleLine)
	for i := range d.Footnotes {
		down(&d.Footnotes[i].Line)
	}
	for _, groups := range d.allGroups() {
		for i := range groups {
			down(&groups[i].Line)
		}
		walk(groups, func(_ *Group, _ string, p *Provision) { down(&p.Line) })
	}
	for i := range d.Annexes {
		down(&d.Annexes[i].Line)
	}
}

// lineAsPrinted gives the line of the text as it came in that a line of a corrected document is of.
func (d *Document) lineAsPrinted(n int) int {
	for _, cut := range slices.Backward(d.cuts) {
		if n > cut {
			n--
		}
	}
	return n
}

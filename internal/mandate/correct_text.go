package mandate

import (
	"regexp"
	"slices"
	"strings"
)

// join adds a provision to the text of the one before it, its mark included, and what it holds to
// that one's parts. The first provision of a group has none before it.
func (d *Document) join(s spotOf) bool {
	p := *s.provision()
	printed := strings.TrimSpace(d.printedBefore(&p) + " " + p.Text)
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

// printedBefore is what stands before the text of a provision on its line, whatever mark a
// correction gave it.
func (d *Document) printedBefore(p *Provision) string {
	if p.marked {
		return p.printed
	}
	return d.printedMark(p)
}

// split ends a provision before some words, of which there must be one place in it. Its parts go
// with the second half.
func (d *Document) split(s spotOf, c Correction) bool {
	p := s.provision()
	begins := beginnings(p.Text, c.Words)
	if len(begins) != 1 || begins[0] == 0 {
		return false
	}
	at := begins[0]
	line, ok := d.cut(p, c.Words)
	if !ok {
		return false
	}
	second := Provision{Mark: c.NewMark, Level: p.Level, Line: line, Text: p.Text[at:], Why: whyCorrected, Items: p.Items}
	if mark, rest := d.markOf(second.Text); c.NewMark == "" || c.NewMark == mark {
		second.Mark, second.Text = mark, rest
	} else {
		second.marked = true
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

// beginnings tells where words begin in a text. Any blanks between them count as equal: those of a
// page that are not to be broken, and ends of lines.
func beginnings(text, words string) (begins []int) {
	fields := strings.Fields(words)
	if len(fields) == 0 {
		return nil
	}
	for i := range fields {
		fields[i] = regexp.QuoteMeta(fields[i])
	}
	for _, found := range regexp.MustCompile(strings.Join(fields, `[\s\v\x{85}\p{Z}]+`)).FindAllStringIndex(text, -1) {
		begins = append(begins, found[0])
	}
	return begins
}

// cut makes some words of a provision begin a line, and gives its number. Its heading and mark,
// which are no part of its text, may have the same words: they stand before it.
func (d *Document) cut(p *Provision, words string) (int, bool) {
	lines := d.Lines[p.Line-1 : d.nextLine(p.Line)-1]
	begins := beginnings(strings.Join(lines, ""), words)
	if len(begins) == 0 {
		return 0, false
	}
	n, at := p.Line, begins[len(begins)-1]
	for at >= len(d.Lines[n-1]) {
		at -= len(d.Lines[n-1])
		n++
	}
	raw := d.Lines[n-1]
	if strings.TrimSpace(raw[:at]) == "" {
		return n, true
	}
	d.Lines = slices.Replace(d.Lines, n-1, n, raw[:at], raw[at:])
	d.cutMarks(n, at)
	d.shift(n)
	return n + 1, true
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

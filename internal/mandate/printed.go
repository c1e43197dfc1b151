package mandate

import (
	"cmp"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/akn"
)

// Printed is a text as it is printed: paragraph by paragraph, each footnote at its mark.
type Printed struct {
	Lang   resolute.Lang
	Family string // itu: verbs alone over lists; un: verbs at the head of paragraphs; empty: not known
	Lines  []Line
}

// LineKind says what a Line is.
type LineKind string

// The kinds of lines.
const (
	NumberLine  LineKind = "number"
	TitleLine   LineKind = "title"
	OpeningLine LineKind = "opening" // "The ... Conference (Dubai, 2018),"
	FrontLine   LineKind = "front"   // what else stands before the text
	HeadingLine LineKind = "heading"
	ItemLine    LineKind = "item"
	AfterLine   LineKind = "after" // behind the text: place and day, annexes
	LooseLine   LineKind = "loose" // a footnote whose mark was not found
)

// Line is one paragraph of a text. The numbers of footnotes are taken out of its words.
type Line struct {
	Kind      LineKind
	Operative bool
	Level     int    // of an item, 1 at the top; of a heading, 1 or 2
	Mark      string // of an item as printed, with its bracket or stop: "a)"
	Text      string // without its mark
	Verb      int    // how many bytes of Text are its verb: "Recalling also"
	Thread    string // of a provision: the key of its thread
	Path      string // of a provision, where it stands in its text
	Number    int    // line of the text that came in, from 1
	Notes     []LineNote
	heading   string // that an item stands under
}

// LineNote is a footnote of a line. Its mark stands behind so many bytes of the line's text.
type LineNote struct {
	At         int
	Mark, Text string
}

// Unheld is a text that is not held, as if it were.
func Unheld(text string) *Reading {
	doc := Parse(text)
	key := doc.Key()
	r := &Reading{Revision: Revision{Instrument: key, Label: doc.Label, Title: doc.Title, Day: doc.Day}, Body: text, Provisions: wordings(doc, key, false),
		Footnotes: doc.Footnotes, Lang: doc.Lang, Opening: opening(doc)}
	r.cite(doc.Body)
	return r
}

// Printed gives the text as it is printed.
func (r *Reading) Printed() Printed {
	doc := r.document()
	m := newMarker(r, doc)
	var rows []Row // of the marker's lines
	for _, row := range doc.Rows() {
		before := len(m.lines)
		if m.add(row); len(m.lines) > before {
			rows = append(rows, row)
		}
	}
	loose := m.placeNotes(doc.Footnotes)
	p := Printed{Lang: doc.Lang, Family: doc.Family}
	paths, heading := pathsByLine(r), ""
	for i, l := range m.lines {
		line := printedLine(l, rows[i])
		if _, opens := opensParagraphs(line.Text, doc.Lang); opens && line.Kind == ItemLine && i == firstItem(m.lines) {
			line.Kind = OpeningLine
		}
		if line.Path = paths[line.Number]; line.Kind == HeadingLine {
			heading = line.Text
		}
		line.heading = heading
		p.Lines = append(p.Lines, line)
	}
	for _, n := range loose {
		p.Lines = append(p.Lines, Line{Kind: LooseLine, Text: "[footnote " + n.Mark + "] " + n.Text})
	}
	return p
}

// firstItem is the place of the first item; where paragraphs begin with their verbs it may be the opening.
func firstItem(lines []akn.Line) int {
	return slices.IndexFunc(lines, func(l akn.Line) bool { return l.Kind == akn.ItemLine })
}

func pathsByLine(r *Reading) map[int]string {
	paths := map[int]string{}
	for _, w := range r.Provisions {
		paths[w.Line] = w.Path
	}
	return paths
}

var lineKinds = map[akn.LineKind]LineKind{akn.NumberLine: NumberLine, akn.TitleLine: TitleLine, akn.OpeningLine: OpeningLine, akn.FrontLine: FrontLine,
	akn.HeadingLine: HeadingLine, akn.ItemLine: ItemLine, akn.AfterLine: AfterLine}

// printedLine takes the marks of footnotes out of a marked line.
func printedLine(l akn.Line, row Row) Line {
	line := Line{Kind: lineKinds[l.Kind], Operative: l.Operative, Level: l.Level, Mark: l.Mark, Thread: l.Thread, Number: row.Line}
	if line.Kind == HeadingLine {
		line.Level = row.HeadingLevel
	}
	var b strings.Builder
	for _, s := range l.Spans {
		if s.Note == nil {
			b.WriteString(s.Text)
			continue
		}
		if b.WriteString(s.Text); s.Note.Printed {
			words := strings.TrimSuffix(b.String(), s.Note.Mark)
			b.Reset()
			b.WriteString(words)
		}
		line.Notes = append(line.Notes, LineNote{At: b.Len(), Mark: s.Note.Mark, Text: s.Note.Text})
	}
	line.Text = b.String()
	if line.Kind == ItemLine && row.Verb != "" && strings.HasPrefix(line.Text, row.Verb) {
		line.Verb = len(row.Verb)
	}
	return line
}

// Verbs gives the verb of each provision by the line on which it begins, from 1: its own, else that of its heading.
func (r *Reading) Verbs() map[int]string {
	verbs := map[int]string{}
	r.document().Walk(func(g *Group, _ string, p *Provision) { verbs[p.Line] = cmp.Or(p.Verb, g.Verb) })
	return verbs
}

package docx

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"resolute"
)

// Document is the text of a file on both sides of its tracked changes.
type Document struct {
	Before   Text    // every change refused
	After    Text    // every change accepted
	Changed  bool    // the file bears tracked changes that touch text or numbers
	Asides   []Aside // text of the file that belongs to neither side
	Findings []resolute.Finding
}

// Text is the text of one side: paragraphs in the order of the body, those of a table cell by
// cell, those of a text box behind the paragraph that holds it.
type Text struct {
	Paragraphs []Paragraph
	Notes      []Note
}

// Paragraph is one paragraph. In Text a tab is a tab and a line break a line feed; marks of
// footnotes are left out, unless they were typed.
type Paragraph struct {
	Label string // the automatic number or bullet; empty when there is none
	Text  string
}

// String puts the text into lines: numbers before their paragraphs, then the notes, one a line, as
// "[footnote 1] ...".
func (t Text) String() string { return t.lines(func(Paragraph, []Note) string { return "" }) }

// Marked is the text as String gives it, with the mark of each note where it stands, in raised brackets: "islands⁽1⁾".
func (t Text) Marked() string { return t.lines(marked) }

// lines writes the paragraphs; worded may give other words for one with notes.
func (t Text) lines(worded func(Paragraph, []Note) string) string {
	var b strings.Builder
	notes := t.Notes
	for i, p := range t.Paragraphs {
		n := 0
		for n < len(notes) && notes[n].Paragraph == i+1 {
			n++
		}
		words := cmp.Or(worded(p, notes[:n]), p.Text)
		notes = notes[n:]
		if b.WriteString(p.Label); p.Label != "" && words != "" {
			b.WriteByte(' ')
		}
		b.WriteString(words + "\n")
	}
	for _, n := range t.Notes {
		b.WriteString("[footnote " + n.Mark + "] " + strings.ReplaceAll(n.Text, "\n", " ") + "\n")
	}
	return b.String()
}

// longestMark is how many signs a mark may have; longer ones were typed by accident.
const longestMark = 8

// marked is a paragraph with the marks of its notes. One that was typed is there already, and is put into the brackets.
func marked(p Paragraph, notes []Note) string {
	var b strings.Builder
	at := 0
	for _, n := range notes {
		if n.At < at || n.Mark == "" || utf8.RuneCountInString(n.Mark) > longestMark || strings.ContainsAny(n.Mark, "[]⁽⁾\n") {
			continue
		}
		b.WriteString(p.Text[at:n.At] + "⁽" + n.Mark + "⁾")
		at = n.At + n.typed
	}
	return b.String() + p.Text[at:]
}

// Note is a footnote or endnote that is referred to on its side.
type Note struct {
	Mark      string // as shown: "1", endnotes "i", or the sign that was typed
	Endnote   bool
	Paragraph int // of the text that refers to it, from 1
	At        int // bytes of that paragraph's text before its mark
	Text      string
	typed     int // bytes of the mark in the text
}

// Aside is text that the file holds beside its body, or that no side shows.
type Aside struct {
	Kind  AsideKind
	Place string // part and paragraph: "word/comments.xml paragraph 2"
	Text  string
}

// AsideKind says why a text is an Aside.
type AsideKind string

// The kinds of asides.
const (
	Comment     AsideKind = "comment"
	Header      AsideKind = "header" // running heads and feet
	Struck      AsideKind = "inserted-and-deleted"
	FieldCode   AsideKind = "field-code"
	Alternative AsideKind = "alternative" // the branch for programs that cannot show the other
	LooseNote   AsideKind = "note-without-mark"
	Ruby        AsideKind = "ruby"
)

// Refusal is the error of a file that cannot be read: the rule that it breaks, as findings name
// it, and the part that breaks it.
type Refusal struct {
	Rule, Part, Message string
}

// Error names the part and what is wrong with it.
func (r *Refusal) Error() string {
	if r.Part == "" {
		return r.Message
	}
	return r.Part + ": " + r.Message
}

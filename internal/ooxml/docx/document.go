package docx

import (
	"strings"

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
func (t Text) String() string {
	var b strings.Builder
	for _, p := range t.Paragraphs {
		if b.WriteString(p.Label); p.Label != "" && p.Text != "" {
			b.WriteByte(' ')
		}
		b.WriteString(p.Text + "\n")
	}
	for _, n := range t.Notes {
		b.WriteString("[footnote " + n.Mark + "] " + strings.ReplaceAll(n.Text, "\n", " ") + "\n")
	}
	return b.String()
}

// Note is a footnote or endnote that is referred to on its side.
type Note struct {
	Mark      string // as shown: "1", endnotes "i", or the sign that was typed
	Endnote   bool
	Paragraph int // of the text that refers to it, from 1
	Text      string
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

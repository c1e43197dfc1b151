package resolution

import (
	"cmp"
	"embed"
	"html/template"
	"io"
	"strconv"
	"strings"
	"sync"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/mandate/compare"
	"resolute/internal/wording"
)

//go:embed resolution.html resolution.css
var files embed.FS

var page = sync.OnceValue(func() *template.Template { return template.Must(template.ParseFS(files, "resolution.html")) })

// pageOf is a text, or what became of one, with what its page needs beside it.
type pageOf struct {
	*wording.Printer
	TextLang   resolute.Lang
	Title      string
	Edition    string
	OldEdition string // of the text that changes are shown from; empty: none are
	Paragraphs []htmlParagraph
	Notes      []htmlNote
	Changes    []change
}

// htmlParagraph is one paragraph of a page.
type htmlParagraph struct {
	ID     string // the thread of the provision within its instrument; empty: none
	Change string // names the paragraph in the list of changes; empty: nothing changed
	Class  string
	Level  int // of a heading of the page; 0: it is none
	Mark   []htmlPiece
	Text   []htmlPiece
}

// htmlPiece is a stretch of a paragraph, or the mark of a footnote.
type htmlPiece struct {
	Kind   compare.Kind
	Text   string
	Italic bool
	Note   int // number of the footnote on the page, from 1; 0: none
}

type htmlNote struct {
	Number int
	Mark   string
	Text   []htmlPiece
}

// change is a line of the list of changes.
type change struct{ ID, Kind, Name string }

// HTML writes a text as a page of its own, which needs no other file. A provision is named by the part of
// its thread's key behind "#". lang is that of the words around the text; empty is that of the text.
func HTML(w io.Writer, r *mandate.Reading, lang resolute.Lang) error {
	text := r.Printed()
	s := pageOf{Printer: printer(lang, text), TextLang: text.Lang, Title: r.Title, Edition: Edition(r)}
	s.add(alone(text), text.Family == unFamily)
	return page().Execute(w, s)
}

// RedlineHTML writes a text with the changes from an older one as a page of its own: struck and underlined, in
// words for those who do not see it, with a list of the changes.
func RedlineHTML(w io.Writer, old, new *mandate.Reading, lang resolute.Lang) error {
	text := new.Printed()
	s := pageOf{Printer: printer(lang, text), TextLang: text.Lang, Title: new.Title, Edition: Edition(new), OldEdition: Edition(old)}
	s.add(merged(old.Printed(), text), text.Family == unFamily)
	return page().Execute(w, s)
}

// Dir is the direction of the text; WordsDir that of the words around it.
func (s pageOf) Dir() string { return s.TextLang.Dir() }

// WordsDir is the direction of the words around the text.
func (s pageOf) WordsDir() string { return s.Lang.Dir() }

// Style is the style of the page.
func (s pageOf) Style() (template.CSS, error) {
	css, err := files.ReadFile("resolution.css")
	return template.CSS(css), err
}

// With gives pieces to the part of the template that writes them.
func (s pageOf) With(list []htmlPiece) withPieces { return withPieces{s.Printer, list} }

type withPieces struct {
	*wording.Printer
	Pieces []htmlPiece
}

func (s *pageOf) add(list []paragraph, un bool) {
	heading := ""
	for i, p := range list {
		out := htmlParagraph{Class: class(p.line, un), Level: headingLevel(p.line)}
		if _, id, found := strings.Cut(p.line.Thread, "#"); found && !gone(p) {
			out.ID = id
		}
		for _, piece := range p.pieces {
			s.piece(&out, piece)
		}
		if out.Level > 1 && !gone(p) {
			heading = p.line.Text
		}
		if kind := changeOf(p); kind != "" {
			out.Change = "change-" + strconv.Itoa(i+1)
			s.Changes = append(s.Changes, change{out.Change, s.T("compare.kind." + kind), nameOf(p.line, heading)})
		}
		s.Paragraphs = append(s.Paragraphs, out)
	}
}

func (s *pageOf) piece(to *htmlParagraph, p piece) {
	out := htmlPiece{Kind: p.kind, Text: p.text, Italic: p.italic}
	if p.note != nil {
		n := htmlNote{Number: len(s.Notes) + 1, Mark: p.note.mark}
		for _, word := range p.note.words {
			n.Text = append(n.Text, htmlPiece{Kind: word.kind, Text: word.text})
		}
		s.Notes = append(s.Notes, n)
		out.Note, out.Text = n.Number, p.note.mark
	}
	if !p.mark {
		to.Text = append(to.Text, out)
	} else if out.Text = strings.TrimSuffix(out.Text, "\t"); out.Text != "" {
		to.Mark = append(to.Mark, out)
	}
}

func gone(p paragraph) bool { return len(p.pieces) > 0 && changeOf(p) == "dropped" }

// changeOf tells what became of a paragraph, as the words for kinds of changes name it; empty: nothing.
func changeOf(p paragraph) string {
	seen := map[compare.Kind]bool{}
	for _, piece := range p.pieces {
		seen[piece.kind] = true
		for i := 0; piece.note != nil && piece.kind == compare.Kept && i < len(piece.note.words); i++ {
			seen[piece.note.words[i].kind] = true
		}
	}
	switch {
	case !seen[compare.Deleted] && !seen[compare.Inserted]:
		return ""
	case !seen[compare.Kept] && !seen[compare.Deleted]:
		return "new"
	case !seen[compare.Kept] && !seen[compare.Inserted]:
		return "dropped"
	}
	return "edited"
}

// longest is how many signs of a paragraph name it in the list of changes.
const longest = 60

// nameOf names a paragraph by heading and mark, else by how it begins.
func nameOf(l *mandate.Line, heading string) string {
	if l.Kind == mandate.ItemLine && l.Mark != "" {
		return strings.TrimSpace(heading + " " + l.Mark)
	}
	signs := []rune(l.Text)
	if len(signs) > longest {
		return string(signs[:longest]) + "…"
	}
	return cmp.Or(l.Text, "¶")
}

func headingLevel(l *mandate.Line) int {
	switch l.Kind {
	case mandate.TitleLine:
		return 1
	case mandate.HeadingLine:
		return 1 + max(l.Level, 1)
	}
	return 0
}

// class is the class of a paragraph: what it is, its level, and whether its first line is indented.
func class(l *mandate.Line, un bool) string {
	name := string(l.Kind)
	if l.Kind == mandate.ItemLine {
		name += " l" + strconv.Itoa(min(max(l.Level, 1), 4))
	}
	if un {
		name += " un"
	}
	return name
}

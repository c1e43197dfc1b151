package resolution

import (
	"cmp"
	"io"
	"strings"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/mandate/compare"
	"resolute/internal/ooxml"
	"resolute/internal/wording"
)

// Author is who makes the changes of a text, and the day of it; both may be empty.
type Author struct{ Name, Day string }

// DOCX writes a text in the form in which it is printed. lang is that of the words around it; empty
// is that of the text.
func DOCX(w io.Writer, r *mandate.Reading, lang resolute.Lang) error {
	printed := r.Printed()
	d := document(r, printed, lang)
	d.Foot = append([]ooxml.Run{code(Edition(r)), {Text: ". "}}, ooxml.Text(printer(lang, printed).T("mandate.unofficial"))...)
	d.Sections = []ooxml.Section{{Blocks: blocks(alone(printed), printed)}}
	return ooxml.Write(w, d)
}

// Redline writes a text as tracked changes of an older one: with all of them rejected it is the old
// text, with all accepted the new one, paragraph by paragraph, footnotes as well. What moved is struck in one
// place and inserted in another. lang is that of the words around the text; empty is that of the new text.
func Redline(w io.Writer, old, new *mandate.Reading, by Author, lang resolute.Lang) error {
	printed := new.Printed()
	p := printer(lang, printed)
	d := document(new, printed, lang)
	d.Tracked = ooxml.Tracked{By: cmp.Or(by.Name, "Resolute"), At: cmp.Or(by.Day, new.Day)}
	d.Foot = ooxml.Text(p.T("text.changes", "old", isolated(Edition(old)), "new", isolated(Edition(new))))
	d.Sections = []ooxml.Section{{Blocks: blocks(merged(old.Printed(), printed), printed)}}
	return ooxml.Write(w, d)
}

// Edition names a text for a reader of a file: the key of its instrument and its day.
func Edition(r *mandate.Reading) string {
	switch {
	case r.Instrument == "":
		return r.Label
	case r.Day == "":
		return r.Instrument
	}
	return r.Instrument + "@" + r.Day
}

// isolated keeps a code in its own direction within a sentence (UAX 9).
func isolated(code string) string { return "\u2066" + code + "\u2069" }

func code(text string) ooxml.Run { return ooxml.Run{Text: text, Dir: ooxml.LTR} }

func printer(lang resolute.Lang, text mandate.Printed) *wording.Printer {
	return wording.For(cmp.Or(lang, text.Lang))
}

// document is the frame of a text: properties and running head.
func document(r *mandate.Reading, text mandate.Printed, lang resolute.Lang) *ooxml.Document {
	d := &ooxml.Document{Lang: text.Lang, Title: cmp.Or(r.Title, Edition(r)), Author: "Resolute"}
	if resolute.ValidDay(r.Day) {
		d.Created = r.Day
	}
	d.Head = []ooxml.Run{code(Edition(r))}
	for _, l := range text.Lines {
		if l.Kind == mandate.NumberLine {
			d.Head = ooxml.Text(l.Text)
			break
		}
	}
	return d
}

func blocks(list []paragraph, text mandate.Printed) []ooxml.Block {
	out := make([]ooxml.Block, len(list))
	for i, p := range list {
		out[i] = ooxml.Paragraph{Style: style(p.line, text.Family == unFamily), Runs: runs(p.pieces), End: changes[p.end]}
	}
	if len(out) == 0 {
		out = append(out, ooxml.Paragraph{})
	}
	return out
}

var changes = map[compare.Kind]ooxml.Change{compare.Inserted: ooxml.Inserted, compare.Deleted: ooxml.Deleted}

func runs(list []piece) []ooxml.Run {
	out := make([]ooxml.Run, len(list))
	for i, p := range list {
		out[i] = ooxml.Run{Text: p.text, Italic: p.italic, Change: changes[p.kind]}
		if p.note != nil {
			if out[i].Note = runs(p.note.words); p.note.typed {
				out[i].Mark = p.note.mark
			}
		}
	}
	return out
}

// styles are those of lines that need no further look.
var styles = map[mandate.LineKind]ooxml.Style{mandate.NumberLine: ooxml.ResNumber, mandate.TitleLine: ooxml.ResTitle, mandate.LooseLine: ooxml.NoteLine,
	mandate.OpeningLine: ooxml.Normal, mandate.FrontLine: ooxml.Normal, mandate.HeadingLine: ooxml.Call, mandate.AfterLine: ooxml.Normal}

// style is the form of a line: in texts of the United Nations a first line is indented and topics
// are bold, in others verbs stand in italics over lists.
func style(l *mandate.Line, un bool) ooxml.Style {
	switch {
	case un && (l.Kind == mandate.OpeningLine || l.Kind == mandate.ItemLine && l.Level <= 1):
		return ooxml.FirstLine
	case un && l.Kind == mandate.HeadingLine:
		return ooxml.Label
	case l.Kind == mandate.ItemLine:
		return ooxml.Enumerated(l.Level, l.Mark != "")
	case l.Kind == mandate.AfterLine && strings.Trim(l.Text, "_–—- ") == "":
		return ooxml.Closing
	}
	return styles[l.Kind]
}

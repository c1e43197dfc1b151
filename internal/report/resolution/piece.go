package resolution

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"resolute/internal/mandate"
	"resolute/internal/mandate/compare"
)

// piece is a stretch of a paragraph of one look and one fate, or the mark of a footnote.
type piece struct {
	kind   compare.Kind
	text   string
	italic bool
	mark   bool // of the paragraph: its letter or number, with the tab behind it
	note   *note
}

// note is a footnote with what became of its words.
type note struct {
	mark  string
	typed bool // the mark is not the next number
	words []piece
}

// paragraph is one paragraph of two texts. It stands in the form of line.
type paragraph struct {
	line   *mandate.Line // the new one unless there is none
	pieces []piece
	end    compare.Kind // what became of its mark
}

// side is a paragraph of one of two texts.
type side struct {
	line   *mandate.Line // nil: the text does not have it
	prefix string        // the mark with a tab
	at     int           // how much has been written
	notes  []mandate.LineNote
	un     bool
}

func sideOf(l *mandate.Line, un bool) side {
	s := side{line: l, un: un}
	if l != nil {
		s.notes = l.Notes
		if l.Mark != "" {
			s.prefix = l.Mark + "\t"
		}
	}
	return s
}

// text is that of the paragraph behind its mark.
func (s *side) text() string {
	if s.line == nil {
		return ""
	}
	return s.line.Text
}

// italic gives what is set in italics, as places of prefix and text: the letters of lists, the
// verbs at the head of paragraphs and the name of the body that speaks.
func (s *side) italic() (from, to int) {
	switch first, _ := utf8.DecodeRuneInString(s.prefix); {
	case s.line == nil:
		return 0, 0
	case s.line.Verb > 0:
		return len(s.prefix), len(s.prefix) + s.line.Verb
	case s.line.Kind == mandate.OpeningLine && s.un:
		return 0, len(s.line.Text)
	case unicode.IsLetter(first) && !s.un:
		return 0, len(s.line.Mark)
	}
	return 0, 0
}

// next gives the place of the next footnote, at most end.
func (s *side) next(end int) (at int, found bool) {
	if len(s.notes) == 0 || s.notes[0].At+len(s.prefix) > end {
		return end, false
	}
	return s.notes[0].At + len(s.prefix), true
}

// weaver writes the pieces of paragraphs of two texts.
type weaver struct {
	old, new side
	un       bool
	counted  bool // footnotes bear the numbers 1, 2 ... in both texts
	pieces   []piece
}

// weave gives the pieces of a pair of paragraphs.
func (w *weaver) weave(p mandate.Pair) []piece {
	w.old, w.new, w.pieces = sideOf(p.Old, w.un), sideOf(p.New, w.un), nil
	for _, s := range prefixes(w.old.prefix, w.new.prefix) {
		w.stretch(s)
	}
	marks := len(w.pieces)
	for _, s := range w.words() {
		w.stretch(s)
	}
	for i := range marks {
		w.pieces[i].mark = true
	}
	return w.pieces
}

func (w *weaver) words() []compare.Stretch {
	if w.old.text() == "" && w.new.text() == "" {
		return nil
	}
	return compare.Exact(w.old.text(), w.new.text())
}

// prefixes compares marks; the tab behind them is kept when both have one.
func prefixes(old, new string) []compare.Stretch {
	switch {
	case old == new && old == "":
		return nil
	case old == new:
		return []compare.Stretch{{Kind: compare.Kept, Old: old, New: new}}
	case old == "":
		return []compare.Stretch{{Kind: compare.Inserted, New: new}}
	case new == "":
		return []compare.Stretch{{Kind: compare.Deleted, Old: old}}
	}
	return []compare.Stretch{{Kind: compare.Deleted, Old: old[:len(old)-1]}, {Kind: compare.Inserted, New: new[:len(new)-1]}, {Kind: compare.Kept, Old: "\t", New: "\t"}}
}

// stretch writes a stretch, cut where its look changes and where a footnote stands.
func (w *weaver) stretch(s compare.Stretch) {
	lead := &w.new
	text := s.New
	if s.Kind == compare.Deleted {
		lead, text = &w.old, s.Old
	}
	for {
		cut := w.cut(s.Kind, lead, len(text))
		if cut > 0 {
			w.pieces = append(w.pieces, piece{kind: s.Kind, text: text[:cut], italic: w.isItalic(lead)})
		}
		w.advance(s.Kind, cut)
		text = text[cut:]
		if !w.placeNotes(s.Kind) && text == "" {
			return
		}
	}
}

// cut tells how much of the next signs is of one piece.
func (w *weaver) cut(kind compare.Kind, lead *side, most int) int {
	from, to := lead.italic()
	for _, edge := range []int{from, to} {
		if edge > lead.at && edge-lead.at < most {
			most = edge - lead.at
		}
	}
	if kind != compare.Inserted {
		at, _ := w.old.next(w.old.at + most)
		most = at - w.old.at
	}
	if kind != compare.Deleted {
		at, _ := w.new.next(w.new.at + most)
		most = at - w.new.at
	}
	return most
}

func (w *weaver) isItalic(lead *side) bool {
	from, to := lead.italic()
	return lead.at >= from && lead.at < to
}

func (w *weaver) advance(kind compare.Kind, n int) {
	if kind != compare.Inserted {
		w.old.at += n
	}
	if kind != compare.Deleted {
		w.new.at += n
	}
}

// placeNotes writes the next footnote that stands here; one of both texts is one footnote.
func (w *weaver) placeNotes(kind compare.Kind) bool {
	_, inOld := w.old.next(w.old.at)
	_, inNew := w.new.next(w.new.at)
	inOld, inNew = inOld && kind != compare.Inserted, inNew && kind != compare.Deleted
	switch {
	case inOld && inNew && (w.counted || w.old.notes[0].Mark == w.new.notes[0].Mark):
		w.note(compare.Kept, w.old.notes[0], w.new.notes[0])
		w.old.notes, w.new.notes = w.old.notes[1:], w.new.notes[1:]
	case inOld:
		w.note(compare.Deleted, w.old.notes[0], w.old.notes[0])
		w.old.notes = w.old.notes[1:]
	case inNew:
		w.note(compare.Inserted, w.new.notes[0], w.new.notes[0])
		w.new.notes = w.new.notes[1:]
	default:
		return false
	}
	return true
}

func (w *weaver) note(kind compare.Kind, old, new mandate.LineNote) {
	n := &note{mark: new.Mark, typed: !w.counted}
	for _, s := range compare.Exact(old.Text, new.Text) {
		text := s.New
		if s.Kind == compare.Deleted {
			text = s.Old
		}
		n.words = append(n.words, piece{kind: s.Kind, text: text})
	}
	w.pieces = append(w.pieces, piece{kind: kind, note: n})
}

// counts reports whether the footnotes of a text bear the numbers 1, 2 ... in its order.
func counts(p mandate.Printed) bool {
	n := 0
	for _, l := range p.Lines {
		for _, note := range l.Notes {
			if n++; note.Mark != strconv.Itoa(n) {
				return false
			}
		}
	}
	return true
}

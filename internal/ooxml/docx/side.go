package docx

import (
	"fmt"
	"slices"
	"strings"
)

// writer writes the text of one side.
type writer struct {
	file    *file
	part    string
	side    side
	counter *counter
	plain   bool   // field codes are text: the marks of fields do not match
	codes   []bool // for each field that is open, whether its code is at hand
	notes   map[pieceKind]int
	pending bool // the next words are the mark of the last note
	out     Text
}

// joined is a paragraph of one side: all that stands between two marks that are there.
type joined struct {
	text  strings.Builder
	notes []Note
	boxes []container
	owner *paragraph // gives its number
}

// text gives the text of one side of the body.
func (f *file) text(c container, on side) Text {
	known := len(f.asides)
	w := f.writer(f.body, on)
	w.container(c)
	if len(w.codes) > 0 {
		f.asides = f.asides[:known]
		f.warn("docx-field-open", f.body, "a field does not end on one side of the changes: its code is taken for text")
		w = f.writer(f.body, on)
		w.plain = true
		w.container(c)
	}
	for format := range w.counter.unknown {
		f.warn("docx-number-format", f.numberingPart, "numbers of the format "+format+" are written as decimal")
	}
	return w.out
}

func (f *file) writer(part string, on side) *writer {
	return &writer{file: f, part: part, side: on, counter: f.numbering.counter(f.styles, on), notes: map[pieceKind]int{}}
}

// container writes what a container holds unless it is not there on this side. A paragraph whose
// mark is not there goes on in the next one; the first of them with text gives the number, as when
// a word processor joins paragraphs.
func (w *writer) container(c container) {
	if !c.change.in(w.side) {
		return
	}
	var open *joined
	for _, b := range c.blocks {
		if b.paragraph == nil {
			w.close(open)
			open = nil
			for _, cell := range b.cells {
				w.container(cell)
			}
			continue
		}
		if open == nil {
			open = &joined{}
		}
		w.append(open, b.paragraph)
		if b.paragraph.mark.in(w.side) {
			w.emit(open)
			open = nil
		}
	}
	w.close(open)
}

// close ends a paragraph that has no next one to go on in: it stands when it holds anything.
func (w *writer) close(open *joined) {
	if open != nil && (open.text.Len() > 0 || len(open.boxes) > 0) {
		w.emit(open)
	}
}

func (w *writer) emit(j *joined) {
	w.out.Paragraphs = append(w.out.Paragraphs, Paragraph{Label: w.counter.label(j.owner.of[w.side]), Text: j.text.String()})
	for _, n := range j.notes {
		n.Paragraph = len(w.out.Paragraphs)
		w.out.Notes = append(w.out.Notes, n)
	}
	for _, box := range j.boxes {
		w.container(box)
	}
}

// append adds the pieces of a paragraph that are there on this side.
func (w *writer) append(j *joined, p *paragraph) {
	if j.text.Len() == 0 {
		j.owner = p
	}
	j.boxes = append(j.boxes, p.boxes...)
	for _, piece := range p.pieces {
		if !piece.change.in(w.side) {
			continue
		}
		switch piece.kind {
		case words:
			w.words(j, p, piece)
		case footnote, endnote:
			w.note(j, p, piece)
		case ownMark:
			w.pending = len(j.notes) > 0
		default:
			w.field(piece.kind)
		}
	}
}

func (w *writer) words(j *joined, p *paragraph, piece piece) {
	if w.inCode() {
		if w.side == after || !piece.change.in(after) {
			w.file.aside(FieldCode, w.file.placeOf(w.part, p), piece.text)
		}
		return
	}
	if w.pending {
		n := &j.notes[len(j.notes)-1]
		n.Mark = strings.TrimSpace(piece.text)
		n.At, n.typed = j.text.Len(), len(piece.text)
		n.Text = strings.TrimSpace(strings.TrimPrefix(n.Text, n.Mark)) // it is typed before the note as well
		w.pending = false
	}
	j.text.WriteString(piece.text)
}

func (w *writer) inCode() bool { return slices.Contains(w.codes, true) }

func (w *writer) field(kind pieceKind) {
	last := len(w.codes) - 1
	switch {
	case w.plain:
	case kind == fieldBegin:
		w.codes = append(w.codes, true)
	case last < 0:
	case kind == fieldResult:
		w.codes[last] = false
	default:
		w.codes = w.codes[:last]
	}
}

// note numbers a note and adds its text.
func (w *writer) note(j *joined, p *paragraph, mark piece) {
	if w.inCode() {
		return
	}
	note, known := w.file.notes[noteKey{mark.kind, mark.text}]
	if !known {
		w.file.warn("docx-note-missing", w.file.placeOf(w.part, p), "the note that is referred to is not in the file")
		return
	}
	note.referred = true
	w.notes[mark.kind]++
	n := Note{Mark: fmt.Sprint(w.notes[mark.kind]), At: j.text.Len(), Endnote: mark.kind == endnote}
	if n.Endnote {
		n.Mark = strings.ToLower(romanNumber(w.notes[mark.kind]))
	}
	inner := w.file.writer(note.part, w.side)
	inner.container(note.container)
	var lines []string
	for _, line := range inner.out.Paragraphs {
		lines = append(lines, strings.TrimSpace(strings.TrimSpace(line.Label)+" "+strings.TrimSpace(line.Text)))
	}
	n.Text = strings.TrimSpace(strings.Join(lines, "\n"))
	j.notes = append(j.notes, n)
}

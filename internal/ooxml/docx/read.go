package docx

import (
	"fmt"
	"slices"

	"resolute"
)

// file is a file while it is read.
type file struct {
	*pack
	body, numberingPart string
	styles              styles
	numbering           numbering
	notes               map[noteKey]*note
	order               []noteKey
	asides              []Aside
	findings            []resolute.Finding
}

type noteKey struct {
	kind pieceKind
	id   string
}

// note is a footnote or endnote of the file.
type note struct {
	part string
	container
	referred bool
}

// Read reads a file. It is a *Refusal when the file cannot be read, or would need more than it
// may: 10,000 entries, 48 MiB for one part and 96 MiB for all parts that are read, 250 times the
// packed size, elements 400 deep and three million in a part. Document types are refused.
func Read(data []byte) (*Document, error) {
	p, err := open(data)
	if err != nil {
		return nil, err
	}
	f := &file{pack: p, notes: map[noteKey]*note{}}
	if f.body, err = p.body(); err != nil {
		return nil, err
	}
	r, err := p.relationsOf(f.body)
	if err != nil {
		return nil, err
	}
	if err := f.readLists(r); err != nil {
		return nil, err
	}
	content, err := p.bytes(f.body)
	if err != nil {
		return nil, err
	}
	_, body, err := f.readStory(f.body, content, "w:document")
	if err != nil {
		return nil, err
	}
	if err := f.readBeside(r); err != nil {
		return nil, err
	}
	return f.document(body), nil
}

// readLists reads what numbers are made of, and the notes.
func (f *file) readLists(r relations) error {
	tree, err := f.tree(r.first("styles"))
	if err != nil {
		return err
	}
	f.styles = readStyles(tree)
	f.numberingPart = r.first("numbering")
	if tree, err = f.tree(f.numberingPart); err != nil {
		return err
	}
	f.numbering = readNumbering(tree)
	if err := f.readNotes(r.first("footnotes"), "w:footnote", footnote); err != nil {
		return err
	}
	return f.readNotes(r.first("endnotes"), "w:endnote", endnote)
}

// readNotes reads the notes of a part. Those with a type are the lines that part notes from text.
func (f *file) readNotes(part, name string, kind pieceKind) error {
	data, err := f.bytes(part)
	if err != nil || data == nil {
		return err
	}
	s := &story{scanner: newScanner(part, data), file: f}
	if _, err := s.root(); err != nil {
		return err
	}
	return s.children(func(e element) error {
		if kind := e.attr("type"); e.name != name || kind != "" && kind != "normal" {
			return s.skip()
		}
		n := &note{part: part}
		key := noteKey{kind, e.attr("id")}
		f.notes[key] = n
		f.order = append(f.order, key)
		return s.blocks(&n.container, change{})
	}, nil)
}

// readBeside reads what belongs to no side: comments, running heads and feet.
func (f *file) readBeside(r relations) error {
	for _, kind := range []string{"comments", "header", "footer"} {
		for _, part := range r[kind] {
			if err := f.readAsides(part, kind); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *file) readAsides(part, kind string) error {
	data, err := f.bytes(part)
	if err != nil || data == nil {
		return err
	}
	s := &story{scanner: newScanner(part, data), file: f}
	if _, err := s.root(); err != nil {
		return err
	}
	if kind != "comments" {
		text, err := s.bare()
		f.aside(Header, part, text)
		return err
	}
	return s.children(func(element) error {
		s.paragraphs++
		text, err := s.bare()
		f.aside(Comment, fmt.Sprintf("%s comment %d", part, s.paragraphs), text)
		return err
	}, nil)
}

// document puts both sides together.
func (f *file) document(body container) *Document {
	d := &Document{Before: f.text(body, before), After: f.text(body, after)}
	d.Changed = !slices.Equal(d.Before.Paragraphs, d.After.Paragraphs) || !slices.Equal(d.Before.Notes, d.After.Notes)
	f.looseNotes()
	d.Asides, d.Findings = f.asides, f.findings
	return d
}

// looseNotes keeps the text of notes that no side refers to.
func (f *file) looseNotes() {
	for _, key := range f.order {
		n := f.notes[key]
		if n.referred {
			continue
		}
		texts := [sides]string{}
		for on := range sides {
			w := f.writer(n.part, on)
			w.container(n.container)
			texts[on] = w.out.String()
		}
		f.aside(LooseNote, n.part, texts[after])
		if texts[before] != texts[after] {
			f.aside(LooseNote, n.part, texts[before])
		}
	}
}

// aside keeps text that belongs to no side.
func (f *file) aside(kind AsideKind, place, text string) {
	if text != "" {
		f.asides = append(f.asides, Aside{kind, place, text})
	}
}

// warn adds a finding unless the same place has it.
func (f *file) warn(rule, place, message string) {
	w := resolute.Finding{Rule: rule, Severity: resolute.SeverityWarning, Path: place, Message: message}
	if !slices.Contains(f.findings, w) {
		f.findings = append(f.findings, w)
	}
}

func (f *file) placeOf(part string, p *paragraph) string {
	return fmt.Sprintf("%s paragraph %d", part, p.number)
}

package register

import (
	"bufio"
	"encoding/gob"
	"errors"
	"os"
	"strconv"

	"resolute"
)

// trial is an import that stores nothing: what it would do is noted in a temporary file, in the
// order of the file that is read, and told when the whole of it is known.
type trial struct {
	notes    *os.File
	out      *bufio.Writer
	encode   *gob.Encoder
	broken   error // the first error of writing
	findings []resolute.Finding
	most     int // findings to keep
	lang     resolute.Lang
	change   func(Change) error
}

// note is one record as pairing saw it.
type note struct {
	Change
	Slot       slot   // below 0: it would be stored; 0: it is refused
	Occurrence int    // while its identity is no group
	Form       string // of Doc, which only a staged one has
	Doc        []byte
}

func newTrial(findings int, lang resolute.Lang) (*trial, error) {
	file, err := os.CreateTemp("", "resolute-preview-")
	if err != nil {
		return nil, err
	}
	t := &trial{notes: file, out: bufio.NewWriter(file), most: findings, lang: lang}
	t.encode = gob.NewEncoder(t.out)
	return t, nil
}

// close removes the notes.
func (t *trial) close() error { return errors.Join(t.notes.Close(), os.Remove(t.notes.Name())) }

func (t *trial) note(n note) {
	if t.broken == nil {
		t.broken = t.encode.Encode(n)
	}
}

// place notes what pairing said of a record. Like refuse it may be called on nil, which notes nothing.
func (t *trial) place(r record, p placed) {
	if t == nil {
		return
	}
	n := note{Change: t.changeOf(r), Slot: p.slot, Occurrence: p.occurrence}
	if n.Deed = DeedUnchanged; !p.unchanged {
		n.Deed, n.Form, n.Doc = "", r.form, r.doc
	}
	if p.stood > 0 {
		n.Fields = []FieldChange{{Field: "line", Before: strconv.Itoa(p.stood), After: strconv.Itoa(r.Line)}}
	}
	t.note(n)
}

// echo notes a record that says what stands in another source.
func (t *trial) echo(r record) {
	if t == nil {
		return
	}
	n := note{Change: t.changeOf(r)}
	n.Deed, n.Key = DeedUnchanged, r.stands
	t.note(n)
}

// refuse notes a record that is refused, and why.
func (t *trial) refuse(r record) {
	if t == nil {
		return
	}
	n := note{Change: t.changeOf(r)}
	n.Deed, n.Rule = DeedRefused, r.refused
	if n.Line == 0 {
		n.Line = r.Line
	}
	for _, f := range r.findings {
		if f.Rule == r.refused {
			n.Path, n.Message = f.Path, f.Message
		}
	}
	t.note(n)
}

// changeOf is what a record is called, and where it stands.
func (t *trial) changeOf(r record) Change {
	c := Change{Identifier: r.Identifier, Reporter: r.Reporter, Title: r.TitleShown, TitleLang: resolute.Lang(r.TitleLang), Line: r.identifierLine, Path: r.identifierPath}
	if title, lang := r.Title.In(t.lang); title != "" { // of what was read before, that of lists stands alone
		c.Title, c.TitleLang = title, lang
	}
	return c
}

// tell keeps the first findings.
func (t *trial) tell(findings []resolute.Finding) {
	t.findings = append(t.findings, findings[:min(len(findings), t.most-len(t.findings))]...)
}

// read gives the notes back, some at a time.
func (t *trial) read(take func([]note) error) error {
	if err := errors.Join(t.broken, t.out.Flush()); err != nil {
		return err
	}
	if _, err := t.notes.Seek(0, 0); err != nil {
		return err
	}
	decode := gob.NewDecoder(bufio.NewReader(t.notes))
	return inBatches(decode, take)
}

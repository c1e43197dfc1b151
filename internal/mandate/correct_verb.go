package mandate

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/db"
)

// Structure is how a text held is built: its provisions with how sure the place of each is, and what
// persons corrected.
type Structure struct {
	Provisions  []Placed     `json:"provisions"`
	Corrections []Correction `json:"corrections"`
	Unfit       []Correction `json:"unfit"` // corrections that fit no single provision of this text any more
}

// Placed is a provision with how sure its place is.
type Placed struct {
	Wording
	Certainty Certainty `json:"certainty"`
}

// Doubtful lists the provisions whose place is not sure, the least sure first; their order in the
// text decides between equals.
func (s Structure) Doubtful() []Placed {
	var list []Placed
	for _, p := range s.Provisions {
		if p.Certainty.Value < sureEnough {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b Placed) int { return int(1000*a.Certainty.Value) - int(1000*b.Certainty.Value) })
	return list
}

// sureEnough is from when a provision need not be looked at.
const sureEnough = 0.85

// Structure tells how a text held is built.
func (r *Reading) Structure() Structure {
	doc, unfit := r.read()
	s := Structure{Provisions: []Placed{}, Corrections: append([]Correction{}, r.corrections...), Unfit: append([]Correction{}, unfit...)}
	reasons := map[string]string{}
	doc.Walk(func(_ *Group, _ string, p *Provision) { reasons[p.Path] = p.Why })
	for _, w := range r.Provisions {
		s.Provisions = append(s.Provisions, Placed{w, certainties()[reasons[w.Path]]})
	}
	return s
}

// read reads the text of a revision with the corrections that stand.
func (r *Reading) read() (doc *Document, unfit []Correction) {
	doc = Parse(r.Body)
	return doc, doc.correct(r.corrections)
}

// document is the text of a revision with the corrections that stand.
func (r *Reading) document() *Document {
	doc, _ := r.read()
	return doc
}

// Correct corrects the structure of a text held at the provision of a path: Deed, Words, NewMark and
// Reason of the correction say how. Threads are settled anew; the correction holds when the text
// comes in again. It returns NotFound for an unknown path, Invalid without a reason, with what is no
// label, or for what cannot be done there, Conflict where another provision has the same words, and
// Forbidden without the right.
func (m *Mandate) Correct(ctx context.Context, by resolute.Actor, r *Reading, path string, c Correction) (Correction, error) {
	if err := m.mayDecide(by, r.Instrument); err != nil {
		return c, err
	}
	if !slices.Contains(Deeds, c.Deed) {
		return c, &resolute.Error{Code: resolute.Invalid, Field: "as", Message: "a correction is split, join, indent, outdent or renumber"}
	}
	if err := checkReason(c.Reason); err != nil {
		return c, err
	}
	err := m.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if err = tx.Serialize(ctx); err != nil {
			return err
		}
		c, err = m.correct(ctx, tx, by, r, path, c)
		return err
	})
	return c, err
}

func (m *Mandate) correct(ctx context.Context, tx *db.Tx, by resolute.Actor, r *Reading, path string, c Correction) (Correction, error) {
	standing, err := correctionsOf(ctx, tx, r.Instrument, r.Label)
	if err != nil {
		return c, err
	}
	c, err = c.bind(r.Body, standing, path)
	if err != nil {
		return c, err
	}
	c.By, c.At, c.Reason = by.ID, m.Now().UnixMilli(), strings.TrimSpace(c.Reason)
	seq, err := recordCorrection(ctx, tx, r, c, "correct", by, c.At)
	if err != nil {
		return c, err
	}
	if c.ID, err = insertCorrection(ctx, tx, r, c, seq); err != nil {
		return c, err
	}
	return c, reread(ctx, tx, r.Instrument, r.Label, seq)
}

// bind gives a correction the words of its provision, and sees that it can be done.
func (c Correction) bind(text string, standing []Correction, path string) (Correction, error) {
	doc := Parse(text)
	doc.correct(standing)
	found := doc.spots(func(_ *Group, p *Provision) bool { return p.Path == path })
	if len(found) == 0 {
		return c, &resolute.Error{Code: resolute.NotFound, Field: "provision", Message: fmt.Sprintf("the text has no provision %s", path)}
	}
	p := found[0].provision()
	c.Heading, c.Mark, c.Text, c.Words, c.NewMark = found[0].group.Heading, p.Mark, p.Text, strings.TrimSpace(c.Words), strings.TrimSpace(c.NewMark)
	if c.NewMark != "" && !labelForm.MatchString(c.NewMark) {
		return c, &resolute.Error{Code: resolute.Invalid, Field: "label", Message: "a label is letters and digits, as 2, c, 84.a or 1bis, without brackets and blanks"}
	}
	if len(doc.spots(c.isAbout)) > 1 {
		return c, &resolute.Error{Code: resolute.Conflict, Field: "provision", Message: "another provision has the same mark and words: which one is meant could not be told when the text comes in again"}
	}
	if !doc.apply(c) {
		return c, &resolute.Error{Code: resolute.Invalid, Field: "as", Message: impossible[c.Deed]}
	}
	return c, nil
}

// labelForm is what a label may be: it becomes a part of keys and addresses.
var labelForm = regexp.MustCompile(`^[\p{L}\p{N}]{1,8}(?:[.-][\p{L}\p{N}]{1,8}){0,3}$`)

// impossible says why a correction cannot be done.
var impossible = map[Deed]string{
	Split:   "a provision is split before words that stand in it once, not at its beginning",
	Join:    "the first provision under a heading has none before it",
	Indent:  "the first provision of a list has none before it to be a part of",
	Outdent: "the provision is at the top already",
}

// UndoCorrection takes a correction back: the text is read as if it had not been made. It returns
// NotFound for one that does not stand for the text's edition, Forbidden without the right.
func (m *Mandate) UndoCorrection(ctx context.Context, by resolute.Actor, r *Reading, id int64) error {
	if err := m.mayDecide(by, r.Instrument); err != nil {
		return err
	}
	return m.DB.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		standing, err := correctionsOf(ctx, tx, r.Instrument, r.Label)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(standing, func(c Correction) bool { return c.ID == id })
		if at < 0 {
			return &resolute.Error{Code: resolute.NotFound, Field: "correction", Message: "no such correction stands for this text"}
		}
		seq, err := recordCorrection(ctx, tx, r, standing[at], "undo", by, m.Now().UnixMilli())
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE structure_correction SET undo_seq = $1 WHERE id = $2`, seq, id); err != nil {
			return err
		}
		return reread(ctx, tx, r.Instrument, r.Label, seq)
	})
}

// applyCorrections reads a text on its way in with the corrections of its edition. Those that fit no
// provision of it any more are findings. What lint says is said of the corrected text.
func (in *incoming) applyCorrections(ctx context.Context, q db.Queryer) error {
	if in.doc == nil || in.instrument == "" || in.account.State == "refused" {
		return nil
	}
	corrections, err := correctionsOf(ctx, q, in.instrument, in.doc.Label)
	if err != nil || len(corrections) == 0 {
		return err
	}
	in.printed = in.doc
	in.doc = Parse(in.text)
	in.doc.Body = in.printed.Body
	unfit := in.doc.correct(corrections)
	in.findings = in.findings[:in.fromFile]
	for _, f := range Lint(in.doc) {
		f.Line = in.doc.lineAsPrinted(f.Line)
		in.findings = append(in.findings, f)
	}
	for _, c := range unfit {
		in.findings = append(in.findings, resolute.Finding{Rule: "correction-unfit", Severity: resolute.SeverityWarning, Found: c.Text, Expected: "the words in one place",
			Message: fmt.Sprintf("correction %d of %s (%s) fits no single provision of this text any more: look at it, and undo it or correct again", c.ID, c.By, c.Deed)})
	}
	in.account.Total = resolute.FindingsTotal{}
	for _, f := range in.findings {
		in.account.Total.Add(f.Severity)
	}
	return nil
}

package web

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/coverage"
	"resolute/internal/mandate"
	"resolute/internal/report/resolution"
)

// textPage shows an instrument: its text with what answers each paragraph, or, before a text is
// held, what is known of it.
type textPage struct {
	*shell
	Instrument mandate.Instrument
	Key, Body  string // key, and name of the body
	Edition    string // that the address names; empty: none
	BuiltIn    bool   // it is the built-in mandate
	Answered   bool   // activities name its paragraphs
	Figures    []Link // its coverage and gaps
	Reading    *mandate.Reading
	Editions   []EditionLine
	Parts      []TextPart
	Rows       []MandateGroup // our wording, where no text is held
	GapsOnly   bool
	Cites      []EdgeLine // of the text shown
	CitedBy    []EdgeLine
	CitesAll   Link // all of them, when there are more than the page shows
	CitedByAll Link
	Faults     int
	Findings   []FindingLine // as many as the page shows
	Today      bool          // they are judged on the day of the data
	Composes   bool          // whoever looks may draft a further revision
	Drafts     []Link        // for nobody else
}

// EditionLine is one known revision of an instrument; Href leads to its text where it is held.
type EditionLine struct {
	Label, Day, Href string
	Compare          string // the address of what changed between it and the text shown
	Recalled         bool
	Current          bool
}

// TextPart is one group of a text: its heading and provisions.
type TextPart struct {
	Heading, Anchor string
	Operative       bool
	Provisions      []TextLine
}

// TextLine is one provision of a text.
type TextLine struct {
	mandate.Wording
	Anchor, Href string
	Pieces       []Piece
	Faults       int
	Alias        string // of the built-in mandate
	State        string
	Activities   int
	List         string
	Name         Passage // our own wording
}

// MandateGroup is the paragraphs that address the same.
type MandateGroup struct {
	Addressee string
	Rows      []Line
}

// gapsView is the view of a text that shows only what nothing answers.
const gapsView = "gaps"

func (s *Site) mandate(ctx context.Context, r *request) (answer, error) {
	key := r.http.PathValue("instrument")
	if compared, ok := strings.CutSuffix(key, "/compare"); ok {
		return s.compare(ctx, r, compared)
	}
	key, edition, cited := strings.Cut(key, "@")
	instrument, known := mandate.InstrumentOf(key)
	if known {
		key = instrument.Key
	}
	revision, _ := strconv.ParseInt(r.values.Get("revision"), 10, 64)
	if cited {
		held, ok, err := s.Mandate.Edition(ctx, key, edition)
		if err != nil || !ok {
			return answer{}, errors.Join(err, s.missing(r.http))
		}
		revision = held.ID
	}
	reading, err := s.Mandate.Read(ctx, key, revision)
	if err != nil {
		return answer{}, err
	}
	if !known && reading == nil || revision != 0 && reading == nil {
		return answer{}, s.missing(r.http)
	}
	view := r.oneOf("view", append([]string{"", gapsView, todayView, threadsView, structureView}, redlineViews...))
	p := textPage{shell: s.shell(r, "mandate.title"), Instrument: instrument, BuiltIn: key == mandate.BuiltIn(), Reading: reading,
		GapsOnly: view == gapsView}
	p.Key, p.Body, p.Edition = key, p.bodyName(key), edition
	if r.of = instrument; reading != nil && !known {
		r.of = mandate.Instrument{Key: key, Kind: reading.Kind, Number: reading.Number}
	}
	if !p.BuiltIn {
		p.Heading = p.instrumentName(instrument, reading)
	}
	if reading != nil && view == threadsView {
		return s.threads(ctx, p)
	}
	if reading != nil && view == structureView {
		return s.structure(ctx, p)
	}
	if reading != nil && reading.Mixed && slices.Contains(redlineViews, view) {
		return s.redlineAnswer(ctx, p, view)
	}
	if p.Editions, err = s.editions(ctx, p, key); err != nil {
		return answer{}, err
	}
	if err := s.fillCiting(ctx, r, &p); err != nil {
		return answer{}, err
	}
	if err := s.fillFindings(ctx, r, &p); err != nil {
		return answer{}, err
	}
	if err := s.fillDrafts(ctx, r, &p); err != nil {
		return answer{}, err
	}
	return s.textAnswer(ctx, r, p)
}

// fillDrafts lists the drafts of an instrument for who may see them.
func (s *Site) fillDrafts(ctx context.Context, r *request, p *textPage) error {
	if p.Composes = s.mayCompose(r); !p.Composes {
		return nil
	}
	list, err := s.Mandate.Drafts(ctx, r.who.Actor, p.Key)
	for _, d := range list {
		p.Drafts = append(p.Drafts, Link{Href: p.URL(draftPlace(d, "")), Text: d.Label()})
	}
	return err
}

// textAnswer fills the text with what answers it: always for the built-in mandate, and for others
// when any activity names a paragraph of theirs.
func (s *Site) textAnswer(ctx context.Context, r *request, p textPage) (answer, error) {
	out := answer{template: "mandate"}
	var table coverage.Table
	if p.BuiltIn {
		var err error
		if table, err = s.Coverage.Table(ctx, r.query(coverage.ByProvision)); err != nil {
			return answer{}, err
		}
		figures := table.JSON(r.lang)
		if out.data, out.csv = (textJSON{p.Reading, &figures}), tableCSV(table, r); p.Edition != "" {
			out.csv = wordingsCSV(p.Reading)
		}
	} else if err := s.fillAnswered(ctx, r, &p, &table, &out); err != nil {
		return answer{}, err
	}
	if p.Reading == nil {
		p.Rows = p.ownWording(table)
	} else {
		p.Parts = p.parts(table)
		out.xml, out.xmlKind = func() ([]byte, error) { return s.akoma(ctx, p.Reading) }, akomaType
		out.text, out.documents = p.Reading.Body, textDocuments(r, p.Reading)
	}
	out.page = p
	return out, nil
}

// fillAnswered adds the figures of another instrument's paragraphs, where there are any.
func (s *Site) fillAnswered(ctx context.Context, r *request, p *textPage, table *coverage.Table, out *answer) error {
	data := textJSON{Text: p.Reading}
	if p.Reading != nil {
		figures, err := s.answered(ctx, r, p.Key)
		if err != nil {
			return err
		}
		if figures != nil {
			shown := figures.JSON(r.lang)
			*table, data.Coverage, p.Answered = *figures, &shown, true
		}
		p.Figures = []Link{{Href: p.URL("/coverage", "instrument", p.Key), Text: p.T("nav.coverage")}, {Href: p.URL("/gaps", "instrument", p.Key), Text: p.T("nav.gaps")}}
	}
	out.data, out.csv = data, wordingsCSV(p.Reading)
	return nil
}

// textJSON is a text with the figures of its paragraphs.
type textJSON struct {
	Text     *mandate.Reading    `json:"text"`
	Coverage *coverage.TableJSON `json:"coverage,omitempty"`
}

// parts are the groups of the text, each paragraph of the built-in mandate with what answers it.
func (p *textPage) parts(table coverage.Table) []TextPart {
	var list []TextPart
	last := 0
	for _, w := range p.Reading.Provisions {
		line := p.textLine(w, table)
		if p.GapsOnly && line.State != coverage.Nothing && line.State != coverage.NoReport {
			continue
		}
		if w.Part != last || len(list) == 0 {
			list = append(list, TextPart{Heading: w.Heading, Operative: w.Operative, Anchor: "part-" + strconv.Itoa(w.Part)})
			last = w.Part
		}
		at := &list[len(list)-1]
		at.Provisions = append(at.Provisions, line)
	}
	return list
}

func (p *textPage) textLine(w mandate.Wording, table coverage.Table) TextLine {
	l := TextLine{Wording: w, Anchor: anchor(w.Path), Href: p.URL(threadPage(w.Thread)),
		Pieces: p.pieces(w.Text, w.Instrument, p.Reading.CitationsOf(w.Thread)), Faults: len(p.Reading.FindingsOf(w.Thread))}
	if !w.Operative {
		return l
	}
	a, ok := mandate.Resolve(w.Thread)
	if row, known := table.Row(w.Thread); known && !ok {
		l.Alias, l.State, l.Activities = w.Mark, row.State, row.Activities
		l.List = p.URL("/activities", "instrument", p.Key, "thread", w.Thread)
	}
	if !ok {
		return l
	}
	if row, ok := table.Row(a.Alias); ok {
		l.Alias, l.State, l.Activities, l.Name = a.Alias, row.State, row.Activities, p.In(a.Wording)
		l.List = p.URL("/activities", "thread", a.Alias)
	}
	return l
}

// ownWording groups the paragraphs by whom they address, in our short words.
func (p *textPage) ownWording(table coverage.Table) []MandateGroup {
	var list []MandateGroup
	for _, addressee := range mandate.Addressees {
		g := MandateGroup{Addressee: p.T("mandate.addressee." + addressee)}
		for _, a := range mandate.Aliases() {
			row, ok := table.Row(a.Alias)
			gap := row.State == coverage.Nothing || row.State == coverage.NoReport
			if ok && a.Addressee == addressee && (gap || !p.GapsOnly) {
				g.Rows = append(g.Rows, p.line(coverage.ByProvision, row))
			}
		}
		if len(g.Rows) > 0 {
			list = append(list, g)
		}
	}
	return list
}

// wordingsCSV writes the provisions of a text as a table.
func wordingsCSV(r *mandate.Reading) func(io.Writer) error {
	return func(w io.Writer) error { return resolution.CSV(w, r) }
}

// PartKind names a group of a text that prints no heading.
func (p TextPart) PartKind() string {
	if p.Operative {
		return "operative"
	}
	return "preambular"
}

// ImportCommand is the command that takes a text in.
func (p textPage) ImportCommand() string { return "resolute import resolution FILE.txt" }

// DraftPath is the address that begins a draft.
func (p textPage) DraftPath() string { return p.base() + "/draft" }

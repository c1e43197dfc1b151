package web

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/mandate"
	"resolute/internal/report/resolution"
)

// draftPage shows a draft of a further revision with what changed in it.
type draftPage struct {
	*shell
	R          *mandate.DraftReading
	Name       string
	Instrument Link
	Lines      []DraftPiece
	Counts     map[string]int // of provisions by mark
	For        []DraftFor
	Versions   []DraftSave
}

// DraftPiece is one line of a draft with what became of it and what stands behind it.
type DraftPiece struct {
	mandate.DraftLine
	Href     string
	Proposal string // MOD, ADD, SUP, NOC; empty: nothing changed in a line that is no provision
	Change   *mandate.Change
	Other    *mandate.DraftChange
	Evidence *DraftEvidence // nil: nothing can hang on it
	Findings []resolute.Finding
}

// DraftEvidence is what hangs on the thread of a provision.
type DraftEvidence struct {
	coverage.Row
	Href, List string
	Since      string // year of the newest evidence, when it is not of this year; empty otherwise
	Committed  []string
}

// DraftFor is how many provisions changed for one addressee.
type DraftFor struct {
	Name string
	Own  bool // as the text prints it
	N    int
}

// DraftSave is one version of a draft.
type DraftSave struct {
	mandate.DraftVersion
	Who, When string
	Stands    bool
}

// shownVersions is how many saves a page lists.
const shownVersions = 30

func (s *Site) mayCompose(r *request) bool {
	return s.Accounts != nil && r.who.Actor.Can(resolute.Compose, resolute.Object{Kind: "draft", Owner: r.who.Actor.ID}, s.Accounts.Now().Format(time.DateOnly)) == nil
}

// readDraft reads the draft of an address.
func (s *Site) readDraft(ctx context.Context, r *request) (*mandate.DraftReading, error) {
	id, err := strconv.ParseInt(r.http.PathValue("id"), 10, 64)
	if err != nil || s.Accounts == nil {
		return nil, s.missing(r.http)
	}
	return s.Mandate.Draft(ctx, r.who.Actor, id)
}

func (s *Site) draft(ctx context.Context, r *request) (answer, error) {
	read, err := s.readDraft(ctx, r)
	if err != nil {
		return answer{}, err
	}
	p := draftPage{shell: s.shell(r, "draft.list"), R: read, Counts: map[string]int{}}
	p.name()
	figures, err := s.draftFigures(ctx, r, read.Draft.Instrument)
	if err != nil {
		return answer{}, err
	}
	p.Lines = p.pieces(figures)
	for _, l := range p.Lines {
		if l.Change != nil {
			p.Counts[l.Proposal]++
		}
	}
	names, counts := read.Addressees()
	for _, name := range names {
		line := DraftFor{Name: name, Own: name != "", N: counts[name]}
		if name == "" {
			line.Name = p.T("draft.for_nobody")
		}
		p.For = append(p.For, line)
	}
	if err := s.fillVersions(ctx, &p); err != nil {
		return answer{}, err
	}
	return answer{template: "draft", page: p, data: draftJSON(read), text: read.New.Body, csv: draftCSV(p.Lines), documents: proposal(r, read)}, nil
}

// draftJSON is a draft as others read it.
func draftJSON(r *mandate.DraftReading) any {
	return struct {
		Draft    mandate.Draft        `json:"draft"`
		Mark     string               `json:"mark"` // MOD or NOC
		Changes  []mandate.ChangeJSON `json:"changes"`
		Findings []resolute.Finding   `json:"findings"`
	}{r.Draft, r.Mark(), mandate.ChangesJSON(r.Changes), r.Findings}
}

func draftCSV(lines []DraftPiece) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{{"key", "kind", "proposal", "level", "mark", "text", "findings"}}
		for _, l := range lines {
			rows = append(rows, []string{l.Key, l.Kind, l.Proposal, strconv.Itoa(l.Level), guarded(l.Mark), guarded(l.Words()), strconv.Itoa(len(l.Findings))})
		}
		return csv.NewWriter(w).WriteAll(rows)
	}
}

// name settles the heading of a page of a draft, and the way to its instrument.
func (p *draftPage) name() {
	d := p.R.Draft
	instrument, _ := mandate.InstrumentOf(d.Instrument)
	instrument.Key = d.Instrument
	p.Name = p.instrumentName(instrument, p.R.Base)
	p.Instrument = Link{Href: p.URL("/mandate/"+d.Instrument, "revision", strconv.FormatInt(d.Base, 10)), Text: p.Name}
	p.Heading = p.T("draft.title", "name", p.Name, "label", isolated(p.EditionName(d.Label()).Text))
}

// Path is an address of the draft.
func (p draftPage) Path(more string) string {
	return p.base() + "/draft/" + strconv.FormatInt(p.R.Draft.ID, 10) + more
}

// LineHref is the address of a line of the draft.
func (p draftPage) LineHref(key string) string {
	return p.URL(fmt.Sprintf("/draft/%d/line/%s", p.R.Draft.ID, key))
}

// pieces puts the lines of the draft together with their changes, faults and evidence.
func (p *draftPage) pieces(figures coverage.Table) []DraftPiece {
	changes, others := map[string]*mandate.Change{}, map[string]*mandate.DraftChange{}
	for i := range p.R.Changes {
		c := &p.R.Changes[i]
		w := c.New
		if w == nil {
			w = c.Old
		}
		changes[w.Path] = c
	}
	for i := range p.R.Others {
		others[p.R.Others[i].Key] = &p.R.Others[i]
	}
	var list []DraftPiece
	for _, l := range p.R.Draft.Lines {
		piece := DraftPiece{DraftLine: l, Href: p.LineHref(l.Key), Change: changes[l.Key], Other: others[l.Key], Findings: p.R.FindingsOf(l.Key)}
		switch {
		case piece.Change != nil:
			piece.Proposal = mandate.ProposalMark(*piece.Change)
		case piece.Other != nil:
			piece.Proposal = mandate.MarkChanged
		}
		piece.Evidence = p.evidence(l, figures)
		list = append(list, piece)
	}
	return list
}

// draftFigures are the figures of the paragraphs of an instrument; none where no activity names one.
func (s *Site) draftFigures(ctx context.Context, r *request, instrument string) (coverage.Table, error) {
	if instrument == mandate.BuiltIn() {
		return s.Coverage.Table(ctx, r.query(coverage.ByProvision))
	}
	table, err := s.answered(ctx, r, instrument)
	if err != nil || table == nil {
		return coverage.Table{}, err
	}
	return *table, nil
}

// evidence is what the thread of a line has in the period; nil for what no activity can hang on.
func (p *draftPage) evidence(l mandate.DraftLine, figures coverage.Table) *DraftEvidence {
	id := p.R.Draft.Instrument + "#" + l.Key
	if a, aliased := mandate.Resolve(id); aliased {
		id = a.Alias
	}
	row, ok := figures.Row(id)
	if !ok || l.Kind != mandate.DraftProvision {
		return nil
	}
	e := &DraftEvidence{Row: row, Href: p.URL(threadPage(p.R.Draft.Instrument + "#" + l.Key)), List: p.URL("/activities", "thread", id)}
	if id == p.R.Draft.Instrument+"#"+l.Key {
		e.List = p.URL("/activities", "instrument", p.R.Draft.Instrument, "thread", id)
	}
	if year := yearOf(row.LastEvidence); year != "" && year < yearOf(time.UnixMilli(p.request.head.At).UTC().Format(time.DateOnly)) {
		e.Since = year
	}
	for _, currency := range row.Commitments.Currencies() {
		e.Committed = append(e.Committed, p.Money(currency, row.Commitments[currency]))
	}
	return e
}

func (s *Site) fillVersions(ctx context.Context, p *draftPage) error {
	list, err := s.Mandate.DraftVersions(ctx, p.request.who.Actor, p.R.Draft.ID)
	if err != nil {
		return err
	}
	named, err := s.people(ctx)
	if err != nil {
		return err
	}
	for _, v := range list[:min(len(list), shownVersions)] {
		save := DraftSave{DraftVersion: v, Who: named(v.Actor), When: p.Date(v.At), Stands: v.N == p.R.Draft.Version}
		p.Versions = append(p.Versions, save)
	}
	return nil
}

// proposal writes the draft as documents with its changes.
func proposal(r *request, read *mandate.DraftReading) map[string]func(io.Writer) error {
	by := resolution.Author{Name: r.who.Actor.Name, Day: time.UnixMilli(read.Draft.At).UTC().Format(time.DateOnly)}
	return map[string]func(io.Writer) error{
		"docx": func(w io.Writer) error { return resolution.Redline(w, read.Base, read.New, by, "") },
		"html": func(w io.Writer) error { return resolution.RedlineHTML(w, read.Base, read.New, "") },
	}
}

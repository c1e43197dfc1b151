package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/mandate"
)

// draftLinePage changes one line of a draft.
type draftLinePage struct {
	draftPage
	Line     DraftPiece
	Typed    mandate.DraftEdit // what the form holds
	Fault    string            // why nothing was stored; empty: nothing was sent
	Outdated bool              // another save came first
	Cited    []CitedLine
	CitedIn  []Link // lines of this text that name it
	CitedBy  []Link // provisions of other texts that cite what it was
}

// draftWheres are the places of a new line beside another.
var draftWheres = []string{mandate.AddAfter, mandate.AddBefore, mandate.AddBelow, mandate.AddHeading}

// Wheres are the places where a line can be added here.
func (p draftLinePage) Wheres() []string {
	if p.Line.Kind == mandate.DraftProvision {
		return draftWheres
	}
	return []string{mandate.AddAfter, mandate.AddHeading}
}

// Adding reports whether the form that was refused adds a line.
func (p draftLinePage) Adding() bool {
	return p.Typed.Verb != "" && p.Typed.Verb != mandate.EditText
}

// Provision reports whether the line is one.
func (p draftLinePage) Provision() bool { return p.Line.Kind == mandate.DraftProvision }

func (s *Site) draftLine(ctx context.Context, r *request) (answer, error) {
	read, err := s.readDraft(ctx, r)
	if err != nil {
		return answer{}, err
	}
	p, err := s.linePage(ctx, r, read, r.http.PathValue("key"))
	if err != nil {
		return answer{}, err
	}
	p.Typed = mandate.DraftEdit{Version: read.Draft.Version, Mark: "", Text: p.Line.Words()}
	return answer{template: "draftline", page: p, data: p.Line.DraftLine}, nil
}

func (s *Site) linePage(ctx context.Context, r *request, read *mandate.DraftReading, key string) (draftLinePage, error) {
	p := draftLinePage{draftPage: draftPage{shell: s.shell(r, "draft.list"), R: read}}
	p.name()
	if _, found := read.Draft.Line(key); !found {
		return p, &resolute.Error{Code: resolute.NotFound, Field: "line", Message: "the draft has no line " + strconv.Quote(key)}
	}
	figures, err := s.draftFigures(ctx, r, read.Draft.Instrument)
	if err != nil {
		return p, err
	}
	for _, piece := range p.pieces(figures) {
		if piece.Key == key {
			p.Line = piece
		}
	}
	p.Heading = p.T("draft.line", "line", p.lineName())
	p.fillCited()
	p.CitedBy, err = s.citers(ctx, p.shell, read.Draft.Instrument+"#"+key)
	return p, err
}

func (p *draftLinePage) lineName() string {
	if p.Line.Mark != "" {
		return p.Line.Mark
	}
	return p.Line.Key
}

// fillCited adds what the line cites and which lines of the draft cite it by its number.
func (p *draftLinePage) fillCited() {
	body, _, _ := strings.Cut(p.R.Draft.Instrument, "/")
	p.Cited = p.cited(mandate.CiteLine(p.Line.Words(), 1, body))
	if p.Line.Kind != mandate.DraftProvision {
		return
	}
	for _, c := range p.R.Changes {
		if c.New == nil {
			continue
		}
		for _, cited := range mandate.CiteLine(c.New.Text, 1, body) {
			for _, t := range cited.Targets {
				if t.Key == "self" && t.Part == p.Line.Key {
					p.CitedIn = append(p.CitedIn, Link{Href: p.LineHref(c.New.Path), Text: c.New.Path})
				}
			}
		}
	}
}

// shownAgain is the error of a form that could not be taken: its page with what was typed.
type shownAgain struct {
	answer
	status int
	err    error
}

func (e *shownAgain) Error() string { return e.err.Error() }

// Unwrap gives the reason.
func (e *shownAgain) Unwrap() error { return e.err }

// showAgain shows the page of a form that could not be taken; false for other errors.
func showAgain(w http.ResponseWriter, err error) bool {
	var e *shownAgain
	if !errors.As(err, &e) {
		return false
	}
	page, err := render(e.template, e.page)
	if err != nil {
		return false
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(e.status)
	_, _ = w.Write(page) // the reader is gone when this fails
	return true
}

// editDraft does a deed on a draft. What cannot be taken is shown again with all that was typed.
func (s *Site) editDraft(ctx context.Context, d *deed) (string, error) {
	read, err := s.readDraft(ctx, d.request)
	if err != nil {
		return "", err
	}
	form := d.http.PostForm
	version, _ := strconv.ParseInt(form.Get("version"), 10, 64)
	e := mandate.DraftEdit{Version: version, Verb: form.Get("verb"), Key: form.Get("line"), Mark: strings.TrimSpace(form.Get("mark")), Text: form.Get("text"), Why: form.Get("why")}
	after, err := s.Mandate.EditDraft(ctx, d.request.who.Actor, read.Draft.ID, e)
	if err == nil {
		return draftPlace(after, e.Key), nil
	}
	code := resolute.CodeOf(err)
	if code != resolute.Invalid && code != resolute.Conflict {
		return "", err
	}
	p, fault := s.linePage(ctx, d.request, read, e.Key)
	if fault != nil {
		return "", err
	}
	p.Typed, p.Fault, p.Outdated = e, err.Error(), code == resolute.Conflict
	p.Typed.Version = p.R.Draft.Version
	return "", &shownAgain{answer{template: "draftline", page: p}, statuses[code], err}
}

// draftPlace is where a draft is shown after a deed.
func draftPlace(d mandate.Draft, key string) string {
	page := fmt.Sprintf("/draft/%d", d.ID)
	if _, found := d.Line(key); !found {
		return page
	}
	return page + "/line/" + key
}

// beginDraft begins a draft from the text that a page showed.
func (s *Site) beginDraft(ctx context.Context, d *deed) (string, error) {
	form := d.http.PostForm
	revision, _ := strconv.ParseInt(form.Get("revision"), 10, 64)
	year, _ := strconv.Atoi(strings.TrimSpace(form.Get("year")))
	n := mandate.NewDraft{Instrument: form.Get("instrument"), Revision: revision, Place: form.Get("place"), Year: year, Day: form.Get("day"), Why: form.Get("why")}
	begun, err := s.Mandate.BeginDraft(ctx, d.request.who.Actor, n)
	return draftPlace(begun, ""), err
}

// setDraft changes the conference that a draft is for.
func (s *Site) setDraft(ctx context.Context, d *deed) (string, error) {
	read, err := s.readDraft(ctx, d.request)
	if err != nil {
		return "", err
	}
	form := d.http.PostForm
	version, _ := strconv.ParseInt(form.Get("version"), 10, 64)
	year, _ := strconv.Atoi(strings.TrimSpace(form.Get("year")))
	after, err := s.Mandate.SetDraft(ctx, d.request.who.Actor, read.Draft.ID,
		mandate.DraftConference{Version: version, Place: form.Get("place"), Year: year, Day: form.Get("day"), Why: form.Get("why")})
	return draftPlace(after, ""), err
}

// restoreDraft lets an earlier version of a draft stand again.
func (s *Site) restoreDraft(ctx context.Context, d *deed) (string, error) {
	read, err := s.readDraft(ctx, d.request)
	if err != nil {
		return "", err
	}
	version, _ := strconv.ParseInt(d.http.PostForm.Get("version"), 10, 64)
	after, err := s.Mandate.RestoreDraft(ctx, d.request.who.Actor, read.Draft.ID, version, d.http.PostForm.Get("why"))
	return draftPlace(after, ""), err
}

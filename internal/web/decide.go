package web

import (
	"context"
	"strconv"

	"resolute"
	"resolute/internal/mandate"
	"resolute/internal/mandate/redline"
)

// decidedText is the text held that a form is about.
func (s *Site) decidedText(ctx context.Context, d *deed) (*mandate.Reading, error) {
	revision, err := strconv.ParseInt(d.http.PostForm.Get("revision"), 10, 64)
	if err != nil || revision <= 0 {
		return nil, noText()
	}
	r, err := s.Mandate.Read(ctx, d.http.PostForm.Get("instrument"), revision)
	if err == nil && r == nil {
		err = noText()
	}
	return r, err
}

func noText() error {
	return &resolute.Error{Code: resolute.NotFound, Field: "revision", Message: "no such text is held"}
}

func noDecision() error {
	return &resolute.Error{Code: resolute.Invalid, Field: "decision", Message: "a decision has a number"}
}

// decideSpan keeps what the person says about a span, and leads back to its line.
func (s *Site) decideSpan(ctx context.Context, d *deed) (string, error) {
	r, err := s.decidedText(ctx, d)
	if err != nil {
		return "", err
	}
	form := d.http.PostForm
	_, err = s.Mandate.DecideSpan(ctx, d.request.who.Actor, r, form.Get("span"), redline.Kind(form.Get("as")), form.Get("reason"))
	return redlineOf(r), err
}

// undoSpan takes a decision about a span back.
func (s *Site) undoSpan(ctx context.Context, d *deed) (string, error) {
	r, err := s.decidedText(ctx, d)
	if err != nil {
		return "", err
	}
	id, err := strconv.ParseInt(d.http.PostForm.Get("decision"), 10, 64)
	if err != nil {
		return "", noDecision()
	}
	return redlineOf(r), s.Mandate.UndoSpan(ctx, d.request.who.Actor, r, id)
}

// takeSides takes both decided texts in, and leads to the account of the later one.
func (s *Site) takeSides(ctx context.Context, d *deed) (string, error) {
	r, err := s.decidedText(ctx, d)
	if err != nil {
		return "", err
	}
	accounts, err := s.Mandate.TakeSides(ctx, d.request.who.Actor, r)
	if err != nil {
		return "", err
	}
	return "/import/" + strconv.FormatInt(accounts[1].ID, 10), nil
}

func redlineOf(r *mandate.Reading) string {
	return "/mandate/" + r.Instrument + "?revision=" + strconv.FormatInt(r.ID, 10) + "&view=redline"
}

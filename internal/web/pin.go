package web

import (
	"context"
	"strconv"

	"resolute"
)

// pin is a past data version that the reader asked for by the parameter at. Every link keeps it.
type pin struct {
	seq   int64 // 0: none
	today bool  // the page shows the present all the same
}

// pinned gives the site that answers a request: this one, or one whose figures are those of the
// data version asked for. A version that cannot be shown is left out with a notice; data has no
// place for one, so there it is an Error with code NotFound.
func (s *Site) pinned(ctx context.Context, r *request, today bool) (*Site, error) {
	text := r.values.Get("at")
	if text == "" {
		return s, nil
	}
	seq, err := strconv.ParseInt(text, 10, 64)
	if err != nil || seq < 1 || seq > r.head.Seq {
		return s, r.unpin("shell.at_unknown", text)
	}
	if seq == r.head.Seq {
		return s, nil
	}
	if today {
		r.pin = pin{seq, true}
		return s, nil
	}
	figures, err := s.Coverage.At(ctx, seq)
	switch resolute.CodeOf(err) {
	case resolute.NotFound:
		return s, r.unpin("shell.at_unknown", text)
	case resolute.Conflict:
		return s, r.unpin("shell.at_gone", text)
	}
	if err != nil {
		return s, err
	}
	on := *s
	on.Coverage, r.pin = figures, pin{seq: seq}
	if r.head, err = figures.Version(ctx); err != nil {
		return s, err
	}
	moved, err := s.Coverage.ReferenceMoved(ctx, seq)
	if moved {
		r.notices = append(r.notices, printerOf(r.lang).T("shell.at_reference"))
	}
	return &on, err
}

// unpin takes a version that cannot be shown out of the address.
func (r *request) unpin(key, at string) error {
	text := printerOf(r.lang).T(key, "at", at, "version", r.head.Seq)
	if r.format != "" {
		return &resolute.Error{Code: resolute.NotFound, Field: "at", Message: text}
	}
	r.values.Del("at")
	r.notices = append(r.notices, text)
	return nil
}

// Newer says that the reader sees a past version, with a link to the newest; nil for the present.
func (s *shell) Newer() *Passed {
	p := s.request.pin
	if p.seq == 0 {
		return nil
	}
	key := "shell.newer"
	if p.today {
		key = "shell.at_today"
	}
	return &Passed{Text: s.T(key, "at", s.Number(p.seq), "day", s.AsOfDay()), Newest: s.With("at", "")}
}

// Passed is the notice of a past data version.
type Passed struct{ Text, Newest string }

// AtValue is the data version in the address, for forms that keep it.
func (s *shell) AtValue() string { return s.request.values.Get("at") }

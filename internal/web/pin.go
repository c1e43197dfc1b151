package web

import (
	"context"
	"strconv"

	"resolute"
	"resolute/internal/wording"
)

// pin is a past data version that the reader asked for by the parameter at. Every link keeps it.
type pin struct {
	seq   int64 // 0: none
	today bool  // the page shows the present all the same
}

// pinned gives the site that answers a request: this one, or one whose figures are those of the
// data version asked for. A version that cannot be shown is an unshown.
func (s *Site) pinned(ctx context.Context, r *request, today bool) (*Site, error) {
	text := r.values.Get("at")
	if text == "" {
		return s, nil
	}
	seq, err := strconv.ParseInt(text, 10, 64)
	if err != nil || seq < 1 || seq > r.head.Seq {
		return s, &unshown{at: text, newest: r.head.Seq}
	}
	if seq == r.head.Seq {
		return s, nil
	}
	if today {
		r.pin = pin{seq, true}
		return s, nil
	}
	figures, err := s.Coverage.At(ctx, seq)
	if err != nil {
		return s, s.whyUnshown(ctx, r, text, err)
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

// unshown is the error of a data version that does not exist or cannot be shown any more. It is
// NotFound, and its page leads on.
type unshown struct {
	at             string
	newest, oldest int64 // oldest that can be shown; 0: there is no such version
}

// Error says what was asked for, for the log.
func (u *unshown) Error() string { return "data version " + u.at + " cannot be shown" }

// Unwrap classes the error.
func (u *unshown) Unwrap() error { return &resolute.Error{Code: resolute.NotFound, Field: "at"} }

// text says it in the reader's language.
func (u *unshown) text(p *wording.Printer) string {
	if u.oldest > 0 {
		return p.T("error.at_gone", "at", u.at, "oldest", u.oldest)
	}
	return p.T("error.at_unknown", "at", u.at, "version", u.newest)
}

func (s *Site) whyUnshown(ctx context.Context, r *request, at string, err error) error {
	switch resolute.CodeOf(err) {
	case resolute.NotFound:
		return &unshown{at: at, newest: r.head.Seq}
	case resolute.Conflict:
		oldest, err := s.Coverage.Oldest(ctx)
		if err != nil {
			return err
		}
		return &unshown{at: at, newest: r.head.Seq, oldest: oldest}
	}
	return err
}

// lead makes the page of an error that of a data version that cannot be shown.
func (p *errorPage) lead(u *unshown) {
	p.request.values.Del("at")
	p.Heading, p.Unshown = p.T("error.at_title"), u.text(p.Printer)
	p.Newest = p.With("at", "")
	if u.oldest > 0 {
		p.Oldest = &Link{Text: p.T("error.at_oldest", "oldest", u.oldest), Href: p.With("at", strconv.FormatInt(u.oldest, 10))}
	}
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

package web

import (
	"context"
	"strconv"

	"resolute/internal/mandate"
	"resolute/internal/mandate/compare"
)

// WordingLine is the wording of a thread in one revision, with what changed since the one before.
type WordingLine struct {
	mandate.Wording
	Label, Href string
	Changed     bool // in its words; the first one did not
	Stretches   []compare.Stretch
	Form        *ThreadForm // nil for who may not decide
}

// number names the text of a reading in an address.
func (s *Site) number(r *mandate.Reading) string { return strconv.FormatInt(r.ID, 10) }

// fillTimeline adds the wordings of a thread through the revisions of its instrument, and the
// threads with which it is perhaps one.
func (s *Site) fillTimeline(ctx context.Context, p *provisionPage) error {
	list, err := s.Mandate.Timeline(ctx, p.Thread)
	if err != nil {
		return err
	}
	for i, w := range list {
		line := WordingLine{Wording: w, Label: w.Label, Href: p.URL("/mandate/"+w.Instrument, "revision", strconv.FormatInt(w.ID, 10)) + "#" + anchor(w.Path)}
		before := w.Text
		if i > 0 {
			before = list[i-1].Text
		}
		line.Form = s.threadForm(p.shell, w)
		line.Stretches, line.Changed = compare.Words(before, w.Text), before != w.Text
		if len(list) > 1 {
			p.Through = append(p.Through, line)
		}
	}
	if err := s.fillDecisions(ctx, p); err != nil {
		return err
	}
	return s.fillPerhaps(ctx, p)
}

func (s *Site) fillPerhaps(ctx context.Context, p *provisionPage) error {
	threads, err := s.Mandate.PerhapsContinued(ctx, p.Thread)
	if err != nil {
		return err
	}
	if p.Law.Perhaps != "" {
		threads = append([]string{p.Law.Perhaps}, threads...)
	}
	for _, thread := range threads {
		p.Perhaps = append(p.Perhaps, Link{Href: p.URL(threadPage(thread)), Text: pathOfThread(thread)})
	}
	return nil
}

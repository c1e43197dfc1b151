package web

import (
	"context"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/mandate"
)

// ofInstrument gives the site whose figures have the paragraphs of the instrument that the address
// names as rows; this one when it names none. Pages whose rows are no paragraphs leave it out and say
// so, as all do with an instrument of which no text is held.
func (s *Site) ofInstrument(ctx context.Context, r *request, to route) (*Site, error) {
	key := r.values.Get("instrument")
	if to.of != nil {
		return s.ofAddress(ctx, r, to.of(r.http.PathValue("id")))
	}
	if key == "" {
		return s, nil
	}
	paragraphs, err := s.Mandate.Paragraphs(ctx, key)
	if !to.rows || err != nil {
		r.values.Del("instrument")
		r.refuse([]string{"instrument=" + key})
		return s, nil
	}
	return s.asked(ctx, r, paragraphs)
}

// ofAddress is ofInstrument for an address that belongs to an instrument; a parameter can say
// nothing else.
func (s *Site) ofAddress(ctx context.Context, r *request, key string) (*Site, error) {
	if other := r.values.Get("instrument"); other != "" && !strings.EqualFold(other, key) {
		r.refuse([]string{"instrument=" + other})
	}
	r.values.Del("instrument")
	paragraphs, err := s.Mandate.Paragraphs(ctx, key)
	if resolute.CodeOf(err) == resolute.NotFound { // the page shows what is known all the same
		return s, nil
	}
	if err != nil {
		return s, err
	}
	return s.asked(ctx, r, paragraphs)
}

// asked gives the site about paragraphs; links keep their instrument.
func (s *Site) asked(ctx context.Context, r *request, paragraphs []mandate.Paragraph) (*Site, error) {
	key := mandate.InstrumentOfThread(paragraphs[0].Thread)
	if r.values.Del("instrument"); key == mandate.BuiltIn() {
		return s, nil
	}
	r.values.Set("instrument", key)
	var err error
	if r.of, err = s.known(ctx, key); err != nil {
		return s, err
	}
	return s.on(ctx, paragraphs)
}

func (s *Site) on(ctx context.Context, paragraphs []mandate.Paragraph) (*Site, error) {
	figures, err := s.Coverage.Of(ctx, paragraphs)
	on := *s
	on.Coverage = figures
	return &on, err
}

// known gives what is known of an instrument, at least its key, kind and number.
func (s *Site) known(ctx context.Context, key string) (mandate.Instrument, error) {
	if i, ok := mandate.InstrumentOf(key); ok {
		return i, nil
	}
	i := mandate.Instrument{Key: key}
	reading, err := s.Mandate.Read(ctx, key, 0)
	if reading != nil {
		i.Kind, i.Number = reading.Kind, reading.Number
	}
	return i, err
}

// InstrumentName names the instrument whose paragraphs the figures speak of.
func (s *shell) InstrumentName() string {
	if i := s.request.of; i.Key != "" && i.Key != mandate.BuiltIn() {
		return s.instrumentName(i, nil) + " · " + s.bodyName(i.Key)
	}
	return s.T("shell.instrument")
}

// answered gives the figures of the paragraphs of a text when any activity names one of them; nil
// when none does, so that looking at a text costs nothing more.
func (s *Site) answered(ctx context.Context, r *request, instrument string) (*coverage.Table, error) {
	linked, err := s.Register.Names(ctx, instrument)
	if err != nil || !linked {
		return nil, err
	}
	paragraphs, err := s.Mandate.Paragraphs(ctx, instrument)
	if err != nil {
		return nil, nil // none that can be answered
	}
	on, err := s.on(ctx, paragraphs)
	if err != nil {
		return nil, err
	}
	table, err := on.Coverage.Table(ctx, r.query(coverage.ByProvision))
	return &table, err
}

// codeOf is how a page shows a paragraph: its alias, else its place in its own text.
func codeOf(id string) string {
	if path := pathOfThread(id); path != "" {
		return path
	}
	return id
}

// addresseeName names whom a paragraph speaks to.
func (s *shell) addresseeName(code string) string {
	switch {
	case code == "":
		return s.T("mandate.no_addressee")
	case s.Has("mandate.addressee." + code):
		return s.T("mandate.addressee." + code)
	}
	return mandate.AddresseeName(code, s.Lang)
}

// addressees are those that gaps can be narrowed to.
func (s *Site) addressees() []string {
	return slices.DeleteFunc(slices.Clone(s.Coverage.Addressees()), func(code string) bool { return code == "" })
}

// paragraphTitle is the wording of a paragraph of the instrument that is shown; its name when there is
// none.
func (s *Site) paragraphTitle(ctx context.Context, p *shell, id string) string {
	x, known, err := s.paragraph(ctx, id)
	if err != nil || !known {
		return id
	}
	return codeOf(x.ID) + " " + p.In(x.Title).Text
}

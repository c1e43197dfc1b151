package coverage

import (
	"context"
	"time"

	"resolute"
)

// prepare makes ready what every question rests on.
func (s *snapshot) prepare() {
	s.land(true)
	s.facts.partyLists()
}

// warm asks what the main pages ask, for all time and without a filter, so that hardly any reader has to
// wait for it after a change. It stops between two questions when it is told to.
func (s *snapshot) warm(stop func() bool) {
	questions := []func(){
		s.prepare,
		func() { s.found(ListQuery{Sort: ByEvidence}) },
		func() { s.behindOf(Filter{}, resolute.Period{}) },
		func() {
			once(s, "matrix "+key(MatrixQuery{}), func(s *snapshot) Matrix { return s.matrix(MatrixQuery{}) })
		},
		func() { once(s, "grid "+key(GridQuery{}), func(s *snapshot) Grid { return s.grid(GridQuery{}) }) },
	}
	for _, by := range Views {
		questions = append(questions, func() { s.table(Query{By: by}) })
	}
	for _, q := range []GapQuery{{}, {Addressees: addressees(s.book.paragraphs)}} {
		questions = append(questions, func() { once(s, "gaps "+key(q), func(s *snapshot) Gaps { return s.gaps(q) }) })
	}
	for _, ask := range questions {
		if stop() {
			return
		}
		ask()
	}
}

// What readers asked lately they may ask again, so that it is ready, as far as it takes no longer than
// some seconds: they see the new state that much later.
const (
	repeatAsked = 15 * time.Minute
	repeatTime  = 5 * time.Second
)

// repeat asks what another snapshot was asked.
func (s *snapshot) repeat(ctx context.Context, asked []remembered) {
	for began := time.Now(); len(asked) > 0 && ctx.Err() == nil && time.Since(began) < repeatTime; asked = asked[1:] {
		asked[0].again(s, asked[0].asked)
	}
}

// Addressees are those of the paragraphs, each once and in their order; one may be empty: it is not
// known whom a paragraph speaks to.
func (c *Coverage) Addressees() []string {
	if s := c.current.Load(); s != nil {
		return addressees(s.book.paragraphs)
	}
	return addressees(c.Paragraphs)
}

func addressees(rows []Paragraph) []string {
	var list []string
	for _, p := range rows {
		list = appendNew(list, p.Addressee)
	}
	return list
}

package coverage

// warm asks what the main pages ask, for all time and without a filter, so that no reader has to
// wait for it after a change.
func (c *Coverage) warm(s *snapshot) {
	s.facts.partyLists()
	for _, by := range Views {
		s.table(Query{By: by})
	}
	once(s, "matrix "+key(MatrixQuery{}), func() Matrix { return s.matrix(MatrixQuery{}) })
	once(s, "grid "+key(GridQuery{}), func() Grid { return s.grid(GridQuery{}) })
	s.found(ListQuery{Sort: ByEvidence})
	for _, q := range []GapQuery{{}, {Addressees: addressees(s.book.paragraphs)}} {
		once(s, "gaps "+key(q), func() Gaps { return s.gaps(q) })
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

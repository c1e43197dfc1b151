package coverage

// warm asks what the main pages ask, for all time and without a filter, so that no reader has to
// wait for it after a change.
func (c *Coverage) warm(s *snapshot) {
	for _, by := range Views {
		s.table(Query{By: by})
	}
	once(s, "matrix "+key(MatrixQuery{}), func() Matrix { return s.matrix(MatrixQuery{}) })
	s.found(ListQuery{Sort: ByEvidence})
	for _, q := range []GapQuery{{}, {Addressees: c.addressees()}} {
		once(s, "gaps "+key(q), func() Gaps { return s.gaps(q) })
	}
}

// addressees are those of the paragraphs, each once and in their order.
func (c *Coverage) addressees() []string {
	var list []string
	for _, p := range c.Paragraphs {
		list = appendNew(list, p.Addressee)
	}
	return list
}

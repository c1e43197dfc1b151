package coverage

// join adds what another walk of the same question found among other activities.
func (t *tally) join(other *tally) {
	for i := range t.rows {
		t.rows[i].join(&other.rows[i])
	}
	t.unlinked.join(&other.unlinked)
	t.total.join(&other.total)
}

func (s *sums) join(other *sums) {
	s.activities += other.activities
	s.undated += other.undated
	s.begun += other.begun
	s.organisations.join(other.organisations)
	s.nations.join(other.nations)
	s.last = max(s.last, other.last)
	s.result = s.result || other.result
	s.openActivities += other.openActivities
	s.openOrganisations.join(other.openOrganisations)
	for i := range s.money {
		s.money[i].join(other.money[i])
		s.left[i].join(other.left[i])
		s.openMoney[i].join(other.openMoney[i])
	}
}

func (p *purse) join(other purse) {
	for _, c := range other {
		p.add(c.currency, c.cents)
	}
}

func (s *bitset) join(other bitset) {
	if more := len(other) - len(*s); more > 0 {
		*s = append(*s, make(bitset, more)...)
	}
	for i, word := range other {
		(*s)[i] |= word
	}
}

// join adds what another walk over the same cuts found among other activities.
func (w *gapWalk) join(other *gapWalk) {
	for i, c := range w.cuts {
		for k := range c.stands {
			c.stands[k].join(&other.cuts[i].stands[k])
		}
	}
}

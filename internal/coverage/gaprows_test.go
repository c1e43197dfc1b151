package coverage

import (
	"math/rand/v2"
	"reflect"
	"testing"
)

// TestGapsAddUpByWaysAsAWalkFindsThem holds what stands for one subject and for all, in every region and year, to a
// walk that reads every activity.
func TestGapsAddUpByWaysAsAWalkFindsThem(t *testing.T) {
	for seed := range uint64(8) {
		s, _ := shuffled(t, 1+int(seed)*60, seed)
		r := rand.New(rand.NewPCG(seed, 11))
		for range 16 {
			q := GapQuery{Filter: anyFilter(r, s), Period: anyPeriod(r)}
			if r.IntN(2) == 0 {
				q.Targets = "9"
			}
			subjects := s.subjects(q)
			if r.IntN(2) == 0 && len(subjects) > 0 {
				subjects = []Subject{subjects[r.IntN(len(subjects))]}
			}
			years, _ := s.years(q.Period, bitOf(q.Filter.Rule))
			added, walked := s.newGapWalk(subjects, q, years), s.newGapWalk(subjects, q, years)
			for _, w := range []*gapWalk{added, walked} { // those of a page of one gap
				for _, year := range years[:min(2, len(years))] {
					w.cuts = append(w.cuts, s.newCut(w, q, s.book.regions.ids[0], year))
				}
			}
			got := added.run(s)
			for _, c := range walked.cuts {
				m := s.figureMatcher(q.Filter, q.Period)
				m.during, m.end = c.during, c.end
				c.rows = s.admitted(m)
			}
			walkTogether(&s.facts.stock, s.book, nil, walked.begin, (*gapWalk).walk, walked.join)
			for i, c := range walked.cuts {
				if want := c.judge(); !reflect.DeepEqual(got[i], want) {
					t.Errorf("%+v, %s %s: lacks %v, want %v", q, c.region, c.year, got[i], want)
				}
				for k := range c.stands {
					if got, want := added.cuts[i].stands[k].settled(), c.stands[k].settled(); got != want {
						t.Fatalf("%s, %+v, %s %s\n got %+v\nwant %+v", subjects[k].ID(), q, c.region, c.year, got, want)
					}
				}
			}
		}
	}
}

package coverage

import (
	"math/rand/v2"
	"reflect"
	"testing"
)

// TestAWalkForOneGapFindsWhatAWalkOverAllFinds holds walks that columns narrow to those over everything.
func TestAWalkForOneGapFindsWhatAWalkOverAllFinds(t *testing.T) {
	for seed := range uint64(6) {
		s, _ := shuffled(t, 40+int(seed)*60, seed)
		r := rand.New(rand.NewPCG(seed, 11))
		for range 12 {
			q := GapQuery{Filter: anyFilter(r, s), Period: anyPeriod(r)}
			if r.IntN(2) == 0 {
				q.Targets = "9"
			}
			subjects := s.subjects(q)
			if len(subjects) == 0 {
				continue
			}
			one := []Subject{subjects[r.IntN(len(subjects))]}
			years, _ := s.years(q.Period, bitOf(q.Filter.Rule))
			narrowed, all := s.newGapWalk(one, q, years), s.newGapWalk(one, q, years)
			narrowed.run(s)
			for _, c := range all.cuts {
				m := s.figureMatcher(q.Filter, q.Period)
				m.during, m.end = c.during, c.end
				c.rows = s.admitted(m)
			}
			walkTogether(&s.facts.stock, s.book, nil, all.begin, (*gapWalk).walk, all.join)
			for i, c := range all.cuts {
				c.judge()
				if got, want := narrowed.cuts[i].stands, c.stands; !reflect.DeepEqual(got, want) {
					t.Fatalf("%s, %+v, %s %s\n got %+v\nwant %+v", one[0].ID(), q, c.region, c.year, got, want)
				}
			}
		}
	}
}

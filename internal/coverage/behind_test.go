package coverage

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"resolute"
)

// TestWhatStandsBehindAddsUpAsAWalkDoes holds years, organisations and countries, and who works on
// what, to walks that read every activity.
func TestWhatStandsBehindAddsUpAsAWalkDoes(t *testing.T) {
	rates := someRates(t)
	for seed := range uint64(10) {
		s, _ := shuffled(t, 1+int(seed)*40, seed)
		s.rates = rates
		r := rand.New(rand.NewPCG(seed, 11))
		for range 40 {
			f, p := anyFilter(r, s), anyPeriod(r)
			if r.IntN(3) == 0 {
				f.Currency = "USD"
			}
			if got, want := s.behind(f, p), s.walkBehind(f, p); !reflect.DeepEqual(got, want) {
				t.Fatalf("%+v %+v\n got %+v\nwant %+v", f, p, got, want)
			}
			for _, by := range Views {
				q := Query{By: by, Filter: f, Period: p}
				if got, want := s.works(q, 1000), s.walkWorks(q); !reflect.DeepEqual(got, want) {
					t.Fatalf("%+v\n got %+v\nwant %+v", q, got, want)
				}
			}
		}
	}
}

// walkBehind is behind, from every record.
func (s *snapshot) walkBehind(f Filter, p resolute.Period) behind {
	m := s.matcher(f, p)
	walked := &backing{partners: make([]tallied, s.organisations()), nations: make([]int, len(s.book.countries.ids))}
	years := map[int]*Year{}
	s.each(s.fitting(m, true), func(a *activity) {
		for _, w := range a.flows {
			if w.figure > spent || !m.during.holds(w.day) || w.left.has(m.rule) {
				continue
			}
			w = m.to.convert(w)
			if years[w.day.year()] == nil {
				years[w.day.year()] = &Year{Year: strconv.Itoa(w.day.year())}
			}
			if y := years[w.day.year()]; w.figure == commitments {
				y.Commitments.add(w.currency.Value(), w.cents)
			} else {
				y.Spent.add(w.currency.Value(), w.cents)
			}
		}
		for _, row := range s.book.codesIn(a, m.during).of(nations) {
			walked.nations[row]++
		}
		for at, id := range a.organisations {
			walked.partners[id].activities++
			for role := range roles {
				if a.parts[at]&(1<<role) != 0 {
					walked.partners[id].inRole[role]++
				}
			}
		}
	})
	list := []Year{}
	for _, y := range years {
		list = append(list, *y)
	}
	slices.SortFunc(list, func(a, b Year) int { return strings.Compare(a.Year, b.Year) })
	return behind{years: list, partners: walked.listPartners(s.facts.names), nations: walked.listNations(s.book.countries), conversion: m.to.conversion()}
}

// walkWorks is works, from every record.
func (s *snapshot) walkWorks(q Query) Works {
	v, l := s.book.view(q)
	m, area := s.figureMatcher(q.Filter, q.Period), s.book.part(q.Filter, q.Period)
	known := make([]*worker, s.organisations())
	s.each(s.fitting(m, true), func(a *activity) {
		if area.holds(a) {
			rows, _ := l.rows(a, m.during)
			for _, id := range a.organisations {
				known[id] = known[id].with(id, v.maskOf(rows, false), len(v.ids))
			}
		}
	})
	return s.listWorks(v, known, 1000)
}

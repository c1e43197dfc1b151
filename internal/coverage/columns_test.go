package coverage

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/search"
)

// slowly finds a list as the columns do, by looking at every activity with every rule.
func slowly(s *snapshot, words map[string]string, filter Filter, p resolute.Period) (List, []string) {
	l, keys := List{Rule: filter.rule(), Version: s.facts.head.Seq}, []string{}
	m, counter := s.matcher(filter, p), newFacetCounter(s.book)
	s.each(nil, func(a *activity) {
		if !a.under.has(m.rule) || !a.inside(m.during) {
			return
		}
		l.Of++
		if !s.says(a, words[a.key], filter.Text) || len(filter.Reporters) > 0 && !slices.Contains(filter.Reporters, a.reporter) || len(filter.Sources) > 0 && !slices.Contains(filter.Sources, a.source) {
			return
		}
		h := m.look(a)
		failed := m.failed(h)
		counter.add(h, failed)
		if failed != 0 {
			return
		}
		l.Total++
		l.NoPlace += oneIf(!slices.ContainsFunc(a.places, func(x link) bool { return x.txn == 0 || a.paidIn(int(x.txn), m.during) }))
		l.NoDate += oneIf(!a.dated)
		l.NoMoney += oneIf(!slices.ContainsFunc(a.flows, func(w flow) bool { return w.figure <= spent && m.during.holds(w.day) }))
		keys = append(keys, a.key)
	})
	l.Facets = counter.facets(filter)
	slices.Sort(keys)
	return l, keys
}

// says tells whether each word that is asked for stands in the words of an activity, or in the name of
// an organisation that takes part.
func (s *snapshot) says(a *activity, words, typed string) bool {
	for _, term := range search.ParseQuery(typed).Terms() {
		found := term.Match(words)
		for _, id := range a.organisations {
			found = found || term.Match(search.Padded(search.Index(s.facts.names[id].Name)...))
		}
		if !found {
			return false
		}
	}
	return true
}

// shuffled makes a snapshot of odd activities in several pieces, from which some were taken away, and
// gives their words by key.
func shuffled(t testing.TB, n int, seed uint64) (*snapshot, map[string]string) {
	t.Helper()
	b := builtinBook()
	f := &facts{head: audit.Head{Seq: 1, At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC).UnixMilli()}, stock: newStock(), names: map[int64]Organisation{}}
	c, words := newCrowd(b, seed, 30), map[string]string{}
	for id := range int64(31) {
		f.names[id] = Organisation{ID: id, Name: []string{"Water board", "Board of roads", "Ministry of water"}[id%3]}
	}
	for made := 0; made < n; {
		var list []activity
		away := map[string]bool{}
		for range 1 + c.random.IntN(n) {
			a := c.odd(made)
			if c.chance(40) {
				a.proofs = append(a.proofs, proof{"result", c.day()})
			}
			list, words[a.key] = append(list, a), a.words
			away[a.key] = c.chance(10)
			made++
		}
		f.stock = f.with([]*packer{f.pack(list)})
		for key := range away {
			if !away[key] {
				delete(away, key)
			}
		}
		f.stock = f.without(away)
	}
	f.count(b)
	return &snapshot{facts: f, book: b}, words
}

// anyFilter asks for values of some fields, unknown ones among them.
func anyFilter(r *rand.Rand, s *snapshot) Filter {
	var f Filter
	some := func(from []string) []string {
		var list []string
		for range r.IntN(4) * r.IntN(2) * r.IntN(2) {
			list = append(list, from[min(r.IntN(len(from)), r.IntN(len(from)))])
		}
		return list
	}
	for _, x := range []struct {
		list *[]string
		from []string
	}{{&f.Regions, s.book.regions.ids}, {&f.Areas, s.book.countries.ids}, {&f.Groups, []string{"LDC", "LLDC", "SIDS", "nobody"}}, {&f.Roles, []string{"1", "2", "9"}},
		{&f.Lines, s.book.lines.ids}, {&f.Goals, s.book.goals.ids}, {&f.Targets, s.book.targets.ids}, {&f.Threads, s.book.provision.ids}, {&f.States, States},
		{&f.Statuses, []string{"2", "1", "x"}}, {&f.Kinds, []string{"project", "training"}}, {&f.Sectors, []string{"D", "R"}}, {&f.Levels, []string{"national", ""}}, {&f.Lacks, append([]string{"nothing"}, Lacks...)},
		{&f.Organisations, []string{"1", "2", "3", "0", "01", "x"}}, {&f.Reporters, []string{"XM-SCALE-1", "XM-SCALE-2", "nobody"}}, {&f.Sources, []string{"agency-1.xml"}}} {
		*x.list = some(x.from)
	}
	if r.IntN(3) == 0 {
		f.Rule = AsReported
	}
	if r.IntN(4) == 0 {
		f.Text = []string{"xm sca " + strconv.Itoa(r.IntN(9)), "xm", "a", "abc", "no such words", "water", "board xm", "min wat"}[r.IntN(8)]
	}
	return f
}

func anyPeriod(r *rand.Rand) (p resolute.Period) {
	if r.IntN(3) > 0 {
		p.From = fmt.Sprintf("%d-06-15", 2004+r.IntN(22))
	}
	if r.IntN(3) > 0 {
		p.To = fmt.Sprintf("%d-03-10", 2004+r.IntN(24))
	}
	return p
}

func TestColumnsAnswerAsAPlainWalkDoes(t *testing.T) {
	for seed := range uint64(12) {
		s, words := shuffled(t, 1+int(seed)*40, seed)
		r := rand.New(rand.NewPCG(seed, 9))
		for range 60 {
			filter, p := anyFilter(r, s), anyPeriod(r)
			want, keys := slowly(s, words, filter, p)
			f := s.find(filter, p)
			if !reflect.DeepEqual(f.list, want) {
				t.Fatalf("%+v in %+v\n got %+v\nwant %+v", filter, p, f.list, want)
			}
			var got []string
			for _, at := range s.places(ListQuery{Sort: ByStart}, f, nil, len(keys)+1) {
				got = append(got, s.facts.pieces[at.at.piece].key(int(at.at.row)))
			}
			slices.Sort(got)
			if !slices.Equal(got, keys) {
				t.Fatalf("%+v in %+v: the list holds %d activities that are not the %d that fit", filter, p, len(got), len(keys))
			}
		}
	}
}

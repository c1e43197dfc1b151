package coverage

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/framework"
	"resolute/internal/mandate"
)

func builtinBook() *book {
	return newBook(base{catalogue: framework.Builtin(), paragraphs: mandate.AliasedParagraphs()}, nil)
}

// written is what answers are made of, as text.
func written(b *book, a *activity) string {
	links := slices.Clone(a.links.all)
	proposal := proposal{}
	if a.proposal != nil {
		proposal = *a.proposal
	}
	return fmt.Sprintf("%v %v %q %q %d %v %q %v %v %v %v|%v|%v|%v|%v|%v|%v|%v|%v|%v|%v|%v", a.repeated, a.namings, a.key, a.identifier, a.version,
		[]string{a.reporter, a.reporterName, a.source, a.kind, a.sector, a.level, a.status}, a.updated, a.starts, a.ends, a.dated, a.lowest,
		a.title, a.organisations, a.parts, a.roles, links, a.refused, proposal, a.places, a.flows, a.proofs, b.codesOf(a).rows)
}

// arranged is an activity as reading gives it, with its links to paragraphs among the others.
func arranged(b *book, a activity) *activity {
	links := slices.Clone(a.links.all)
	for _, x := range a.threads {
		if x.link.row = b.rowOfThread(x.thread); x.link.row != noRow {
			links = takeThread(links, x.link)
		}
	}
	a.links = arrange(links)
	a.own = txnsOf(nil, links, a.places)
	return &a
}

func TestARecordGivesTheActivityThatItWasMadeOf(t *testing.T) {
	b := builtinBook()
	rapid.Check(t, func(rt *rapid.T) {
		c := newCrowd(b, rapid.Uint64().Draw(rt, "seed"), 40)
		x := newStock()
		var list []activity
		for i := range rapid.IntRange(1, 30).Draw(rt, "activities") {
			list = append(list, c.odd(i))
		}
		x = x.with([]*packer{x.pack(list)})
		n := 0
		x.each(b, nil, func(a *activity) {
			if got, want := written(b, a), written(b, arranged(b, list[n])); got != want {
				rt.Fatalf("activity %d\n got %s\nwant %s", n, got, want)
			}
			n++
		})
		if n != len(list) {
			rt.Fatalf("%d activities of %d", n, len(list))
		}
	})
}

// odd makes an activity with what few have: transactions with links of their own, what people
// refused, amounts below zero, unknown paragraphs.
func (c *crowd) odd(n int) activity {
	a := c.activity(n)
	c.weigh(&a)
	own := c.chance(50)
	for i := range a.flows {
		a.flows[i].cents -= 5e9
		if !own {
			continue
		}
		if c.chance(30) {
			a.links.all = append(a.links.all, link{kind: toLine, row: int16(c.line.Uint64()), txn: a.flows[i].txn, share: c.random.Int64N(1_000_000)})
		}
		if c.chance(20) {
			a.places = append(a.places, link{row: noRow, txn: a.flows[i].txn, share: c.random.Int64N(1_000_000)})
		}
	}
	if c.chance(30) {
		a.refused = append(a.refused, link{kind: toTarget, row: int16(c.target.Uint64()), share: -1})
	}
	if c.chance(20) {
		a.threads = append(a.threads, answer{"itu:pp/res/901#resolves_1", link{row: noRow, share: -1}})
	}
	if c.chance(20) {
		a.title = append(a.title, titleIn{"zh", "信息"})
	}
	a.repeated = c.chance(10)
	if c.chance(10) {
		a.identifier = "XM-SCALE-SHARED"
	}
	if c.chance(20) {
		a.roles = nil
	}
	return a
}

// weigh gives some links and places a share, and some activities more places.
func (c *crowd) weigh(a *activity) {
	for c.chance(30) {
		a.places = append(a.places, link{row: int16(c.country.Uint64()), share: c.random.Int64N(900_000) - 1})
	}
	for i := range a.links.all {
		if c.chance(20) {
			a.links.all[i].share = c.random.Int64N(7) * 100_000
		}
	}
}

// TestAStockKeepsWhatIsNotTakenAway adds and takes away at random, and holds it to a plain list.
func TestAStockKeepsWhatIsNotTakenAway(t *testing.T) {
	b := builtinBook()
	rapid.Check(t, func(rt *rapid.T) {
		c := newCrowd(b, 1, 40)
		x, plain, made := newStock(), map[string]bool{}, 0
		var kept []stock
		var counts []int
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			away := map[string]bool{}
			for key := range plain {
				if rapid.IntRange(0, 3).Draw(rt, "away") == 0 {
					away[key] = true
					delete(plain, key)
				}
			}
			less := x.without(away)
			var list []activity
			for range rapid.IntRange(0, 9).Draw(rt, "more") {
				a := c.activity(made)
				made++
				list = append(list, a)
				plain[a.key] = true
			}
			x = less.with([]*packer{less.pack(list)})
			kept, counts = append(kept, x), append(counts, len(plain))
			found := map[string]bool{}
			x.each(b, nil, func(a *activity) { found[a.key] = true })
			if len(found) != len(plain) || x.count() != len(plain) {
				rt.Fatalf("%d activities, counted %d, want %d", len(found), x.count(), len(plain))
			}
			for key := range found {
				if !plain[key] {
					rt.Fatalf("%s was taken away", key)
				}
			}
		}
		for i := range kept { // older states stand
			if kept[i].count() != counts[i] {
				rt.Fatalf("state %d holds %d, held %d", i, kept[i].count(), counts[i])
			}
		}
	})
}

func TestPlacesOrderAsTheWholeListDoes(t *testing.T) {
	s := crowded(t, 700)
	random := rand.New(rand.NewPCG(3, 3))
	for _, sort := range Sorts {
		q := ListQuery{Sort: sort, Lang: "en"}
		f := s.found(q)
		whole := s.places(q, f, nil, 700)
		if !slices.IsSortedFunc(whole, s.order(q).compare) || len(whole) != 700 {
			t.Fatalf("%s: the whole list is not in order", sort)
		}
		for range 20 {
			from, most := random.IntN(700), 1+random.IntN(60)
			got := s.places(q, f, &whole[from], most)
			if !slices.Equal(got, whole[from+1:min(700, from+1+most)]) {
				t.Fatalf("%s: %d places behind %d differ from the whole list", sort, most, from)
			}
		}
	}
}

package coverage

import (
	"fmt"
	"testing"
	"time"
	"unique"

	"resolute"
)

// own gives an activity of many transactions, each with a country, a line and a target of its own.
func own(b *book, n int) activity {
	a := newCrowd(b, 1, 50).activity(0)
	a.flows, a.namings = nil, nil
	for i := range n {
		txn := int32(i + 1)
		a.flows = append(a.flows, flow{cents: 100, day: dayOf(fmt.Sprintf("2020-%02d-01", 1+i%12)), currency: unique.Make("USD"), txn: txn, figure: figure(i % 2)})
		a.places = append(a.places, link{row: int16(i % 90), txn: txn, share: -1})
		a.links.all = append(a.links.all, link{kind: toLine, row: int16(i % 12), txn: txn, share: -1}, link{kind: toTarget, row: int16(i % 100), txn: txn, share: -1, open: i%3 == 0})
		a.names(txn, "provider", "receiver")
		a.takesPart(&finder[int64]{}, int64(i%50), "1")
	}
	return a
}

// Very many transactions that each have places and links of their own are answered for at once: going
// through all of them for each takes minutes.
func TestVeryManyTransactionsOfTheirOwnAreAnsweredFor(t *testing.T) {
	const n = 100_000
	s := crowded(t, 10)
	began := time.Now()
	a := own(s.book, n)
	s.facts.stock = s.facts.with([]*packer{s.facts.pack([]activity{a})})
	s.facts.count(s.book)
	period := resolute.Period{From: "2020-02-01", To: "2020-11-30"}
	for _, by := range Views {
		q := Query{By: by, Period: period}
		if by == ByLine {
			q.Filter.Areas = []string{s.book.countries.ids[1]}
		}
		if table := s.table(q); table.Total.Activities == 0 {
			t.Errorf("by %s nothing is counted", by)
		}
	}
	s.gaps(GapQuery{Period: period})
	s.grid(GridQuery{Period: period})
	s.works(Query{By: ByCountry, Period: period}, 10)
	s.behind(Filter{}, period)
	if took := time.Since(began); took > 60*time.Second {
		t.Errorf("answering took %v", took)
	}
}

// What a transaction has of its own is found among that of all, and else what the activity has.
func TestLevelsOfAnActivity(t *testing.T) {
	places := []link{{row: 1}, {row: 2}, {row: 3, txn: 2}, {row: 4, txn: 5}, {row: 5, txn: 5}}
	for txn, want := range map[int]int{0: 2, 1: 0, 2: 1, 4: 0, 5: 2, 6: 0} {
		if got := linksAt(places, txn); len(got) != want {
			t.Errorf("transaction %d: %v, want %d", txn, got, want)
		}
	}
	if got := linksAt(places[:2], 3); len(got) != 0 {
		t.Errorf("transaction 3: %v of an activity whose transactions have none", got)
	}
	a := activity{flows: []flow{{txn: 1}, {txn: 3}, {txn: 4}, {}, {}}}
	for txn, want := range map[int32]int{1: 0, 2: -1, 3: 1, 4: 2, 5: -1} {
		if got := a.flowOf(txn); got != want {
			t.Errorf("transaction %d is flow %d, want %d", txn, got, want)
		}
	}
	a.own = txnsOf(nil, []link{{txn: 3}, {txn: 3}, {txn: 1}, {}}, []link{{txn: 4}, {txn: 1}})
	if len(a.own) != 3 || !a.hasOwn(1) || a.hasOwn(2) || !a.hasOwn(4) || a.hasOwn(0) {
		t.Errorf("own %v", a.own)
	}
}

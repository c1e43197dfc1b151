package coverage

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
)

// someRates are exchange rates of some days.
func someRates(t *testing.T) *framework.Rates {
	t.Helper()
	f := &framework.Framework{DB: dbtest.SQLite(t), Now: time.Now}
	rows := "base,currency,day,rate,valid_days,source\n"
	for year := 2008; year < 2020; year += 2 {
		rows += fmt.Sprintf("EUR,USD,%d-01-01,1.2%d,366,A\nUSD,JPY,%d-01-01,119.%d,366,B\n", year, year, year+1, year)
	}
	if _, err := f.ImportRates(context.Background(), resolute.Operator(), "rates.csv", strings.NewReader(rows)); err != nil {
		t.Fatal(err)
	}
	rates, err := f.Rates(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return rates
}

// told is what a table tells of a row, and how it stands.
func (s *sums) told(v *view, b *book) string {
	standing := s.standing()
	return fmt.Sprintf("%+v %+v", s.row(v, b.countries), standing)
}

// TestTablesAddUpAsAWalkDoes holds sums of columns to a walk that reads every activity and splits every
// amount, for any filter, period and rule.
func TestTablesAddUpAsAWalkDoes(t *testing.T) {
	rates := someRates(t)
	for seed := range uint64(10) {
		s, _ := shuffled(t, 1+int(seed)*40, seed)
		s.rates = rates
		r := rand.New(rand.NewPCG(seed, 7))
		for range 25 {
			f, p := anyFilter(r, s), anyPeriod(r)
			if r.IntN(3) == 0 {
				f.Currency = "USD"
			}
			for _, by := range append([]string{"group NATO"}, Views...) {
				q := Query{By: by, Filter: f, Period: p}
				if by == "group NATO" {
					q.By, q.Group = ByGroup, "LLDC"
				}
				v, l := s.book.view(q)
				s.compare(t, v, l, q)
			}
			for _, goal := range []string{"", "9", "17"} {
				columns := s.book.columns(goal)
				s.compare(t, s.book.cellView(columns), s.book.cellLinker(columns, goal == ""), Query{By: "cells of " + goal, Filter: f, Period: p})
			}
		}
	}
}

// compare holds what is added up of columns to a walk.
func (s *snapshot) compare(t *testing.T, v *view, l linker, q Query) {
	t.Helper()
	got, walk := s.run(s.ask(v, l, q.Filter, q.Period)), s.newTally(v, l, q.Filter, q.Period)
	s.walk(walk)
	for i, id := range v.ids {
		if got, want := got.rows[i].told(v, s.book), walk.rows[i].settled().told(v, s.book); got != want {
			t.Fatalf("%+v, row %s\n got %s\nwant %s", q, id, got, want)
		}
	}
	if got, want := got.unlinked.told(v, s.book), walk.unlinked.settled().told(v, s.book); got != want {
		t.Fatalf("%+v, unlinked\n got %s\nwant %s", q, got, want)
	}
	if got, want := got.total.told(v, s.book), walk.total.settled().told(v, s.book); got != want {
		t.Fatalf("%+v, total\n got %s\nwant %s", q, got, want)
	}
	if want := walk.to.conversion(); !reflect.DeepEqual(got.conversion, want) {
		t.Fatalf("%+v\n got %+v\nwant %+v", q, got.conversion, want)
	}
}

package coverage_test

import (
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
)

// money gives the amounts of a row that are not zero, by figure and currency.
func money(r coverage.Row) map[string]resolute.Cents {
	all := map[string]resolute.Cents{}
	for figure, m := range map[string]coverage.Money{"commitments": r.Commitments, "spent": r.Spent, "incoming": r.Incoming, "budgets": r.Budgets} {
		for currency, c := range m {
			if c != 0 {
				all[figure+" "+currency] = c
			}
		}
	}
	return all
}

// A table of areas that is asked for one area gives its row what it has without that, which is also
// the total, and no money to any other country.
func TestMoneyOfAnAreaIsSplitOnce(t *testing.T) {
	d, n := dbtest.SQLite(t), 0
	importText(t, d, "own.xml", documents(line("C2")+`<recipient-region code="289" percentage="40"/><recipient-country code="KE" percentage="35"/><recipient-country code="UG" percentage="20"/>`+
		paid("3", "2022-05-05", "10")+paid("3", "2023-06-05", "7", `<recipient-country code="BT"/>`)+paid("2", "2024-06-05", "1.01", `<recipient-region code="289"/>`)))
	wanted := map[string]func(f *coverage.Filter, id string){
		coverage.ByCountry:   func(f *coverage.Filter, id string) { f.Areas = []string{id} },
		coverage.ByITURegion: func(f *coverage.Filter, id string) { f.Regions = []string{id} },
		coverage.ByGroup:     func(f *coverage.Filter, id string) { f.Groups = []string{id} },
	}
	rapid.Check(t, func(rt *rapid.T) {
		n++
		importText(t, d, fmt.Sprintf("file-%d.xml", n%2), messy(rt))
		c := newCoverage(d)
		for by, want := range wanted {
			whole, err := c.Table(context.Background(), coverage.Query{By: by})
			if err != nil {
				rt.Fatal(err)
			}
			for _, row := range whole.Rows {
				if row.Activities == 0 || row.ID == coverage.NotKnownRow {
					continue
				}
				q := coverage.Query{By: by}
				if want(&q.Filter, row.ID); row.ID == coverage.RegionRow {
					q.Filter = coverage.Filter{Areas: []string{row.ID}}
				}
				table, err := c.Table(context.Background(), q)
				if err != nil {
					rt.Fatal(err)
				}
				if got := money(table.Total); fmt.Sprint(got) != fmt.Sprint(money(row)) {
					rt.Errorf("%s, asked for %s: the total is %v, want %v", by, row.ID, got, money(row))
				}
				for _, r := range table.Rows {
					if got := money(r); r.ID == row.ID && fmt.Sprint(got) != fmt.Sprint(money(row)) || r.ID != row.ID && by != coverage.ByGroup && len(got) > 0 {
						rt.Errorf("%s, asked for %s: row %s has %v; without that %v", by, row.ID, r.ID, got, money(row))
					}
				}
			}
		}
	})
}

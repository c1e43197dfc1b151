package coverage_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/demo"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

// rowsAddUp holds the law of rule 5: top rows and what is unlinked are the total, to the cent.
func rowsAddUp(t interface{ Errorf(string, ...any) }, table coverage.Table) {
	ids := map[string]bool{}
	for _, r := range table.Rows {
		ids[r.ID] = true
	}
	figures := map[string]func(coverage.Row) coverage.Money{
		"commitments": func(r coverage.Row) coverage.Money { return r.Commitments },
		"spent":       func(r coverage.Row) coverage.Money { return r.Spent },
		"incoming":    func(r coverage.Row) coverage.Money { return r.Incoming },
		"budgets":     func(r coverage.Row) coverage.Money { return r.Budgets },
	}
	for name, of := range figures {
		sums := coverage.Money{}
		for _, r := range append(table.Rows, table.Unlinked) {
			if ids[r.Parent] {
				continue // its parent holds it
			}
			for currency, c := range of(r) {
				sums[currency] += c
			}
		}
		for currency, want := range of(table.Total) {
			if sums[currency] != want {
				t.Errorf("%s, %s, %s: rows add up to %s, the total is %s", table.By, name, currency, sums[currency], want)
			}
		}
	}
}

// messy writes activities whose splits are as wrong as publishers can make them.
func messy(t *rapid.T) string {
	var b bytes.Buffer
	b.WriteString(`<iati-activities version="2.03">`)
	for i := range rapid.IntRange(1, 4).Draw(t, "activities") {
		fmt.Fprintf(&b, `<iati-activity default-currency="USD"><iati-identifier>ZZ-FICT-9-%d</iati-identifier><reporting-org ref="ZZ-FICT-9" type="40"><narrative>F</narrative></reporting-org>`, i)
		fmt.Fprintf(&b, `<activity-status code="2"/><activity-date type="2" iso-date="202%d-03-01"/>`, rapid.IntRange(0, 6).Draw(t, "year"))
		part := func(name string) string {
			if n := rapid.IntRange(-30, 150).Draw(t, name); n >= 0 {
				return fmt.Sprintf(` percentage="%d.%d"`, n, rapid.IntRange(0, 9).Draw(t, "tenth"))
			}
			return ""
		}
		for _, code := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"KE", "UG", "BT", "FR", "AQ"}), 0, 4, rapid.ID).Draw(t, "countries") {
			fmt.Fprintf(&b, `<recipient-country code="%s"%s/>`, code, part("country"))
		}
		for _, code := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"C2", "C7", "C7.1", "C7.4", "C11"}), 0, 4, rapid.ID).Draw(t, "lines") {
			fmt.Fprintf(&b, `<sector vocabulary="99" vocabulary-uri="https://resolute.example/scheme/wsis-action-line" code="%s"%s/>`, code, part("line"))
		}
		for _, code := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"9.1", "9.c", "4.4"}), 0, 3, rapid.ID).Draw(t, "targets") {
			fmt.Fprintf(&b, `<sector vocabulary="8" code="%s"%s/>`, code, part("target"))
		}
		for range rapid.IntRange(0, 5).Draw(t, "transactions") {
			fmt.Fprintf(&b, `<transaction><transaction-type code="%s"/><transaction-date iso-date="202%d-06-30"/><value currency="%s" value-date="2022-01-01">%d.%02d</value></transaction>`,
				rapid.SampledFrom([]string{"1", "2", "3", "4", "11", "12"}).Draw(t, "type"), rapid.IntRange(0, 6).Draw(t, "when"),
				rapid.SampledFrom([]string{"USD", "EUR"}).Draw(t, "currency"), rapid.IntRange(-1000, 1_000_000_000).Draw(t, "whole"), rapid.IntRange(0, 99).Draw(t, "cents"))
		}
		b.WriteString(`</iati-activity>`)
	}
	b.WriteString(`</iati-activities>`)
	return b.String()
}

func TestRowsAndUnlinkedAddUpToTheTotal(t *testing.T) {
	d := dbtest.SQLite(t)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		importText(t, d, fmt.Sprintf("file-%d.xml", n%3), messy(rt))
		c := newCoverage(d)
		period := resolute.Period{From: fmt.Sprintf("202%d-01-01", rapid.IntRange(0, 4).Draw(rt, "from")), To: "2025-12-31"}
		for _, by := range []string{coverage.ByProvision, coverage.ByLine, coverage.ByGoal, coverage.ByTarget, coverage.ByCountry, coverage.ByITURegion} {
			table, err := c.Table(context.Background(), coverage.Query{By: by, Period: period})
			if err != nil {
				rt.Fatal(err)
			}
			rowsAddUp(rt, table)
		}
	})
}

func loadDemo(t testing.TB, d *db.DB, n int) {
	t.Helper()
	if err := demo.Load(context.Background(), &register.Register{DB: d, Now: clock}, demo.Options{Activities: n, Seed: 1}); err != nil {
		t.Fatal(err)
	}
}

// TestASnapshotAnswersAsTheDatabaseDoes runs a history of imports, decisions and undos, and asks
// the snapshot that followed it and a fresh reading of the database the same questions.
func TestASnapshotAnswersAsTheDatabaseDoes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		reg := &register.Register{DB: d, Now: clock}
		following := newCoverage(d)
		if _, err := following.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		deeds := []func() error{
			func() error { loadDemo(t, d, 60); return nil },
			func() error {
				_, err := reg.Decide(ctx, resolute.Operator(), register.Decision{Verdict: register.Confirm, Reach: register.Reach{Rule: "dac:22040"}, Share: register.NoShare, Reason: "test"})
				return err
			},
			func() error { importText(t, d, "demonstration.xml", smaller); return nil },
			func() error {
				newest, _, err := ledger.Latest(ctx, d, "iati", "demonstration.xml")
				if err == nil {
					_, err = reg.Undo(ctx, resolute.Operator(), newest.ID)
				}
				return err
			},
		}
		for i, deed := range deeds {
			if err := deed(); err != nil {
				t.Fatal(err)
			}
			if changed, err := following.Refresh(ctx); err != nil || !changed {
				t.Fatalf("after deed %d: changed %v, %v", i, changed, err)
			}
			fresh := newCoverage(d)
			for _, by := range coverage.Views {
				q := coverage.Query{By: by, Period: resolute.Period{From: "2021-01-01", To: "2024-12-31"}, Filter: coverage.Filter{Regions: []string{"AFR"}}}
				got, err := following.Table(ctx, q)
				if err != nil {
					t.Fatal(err)
				}
				want, err := fresh.Table(ctx, q)
				if err != nil {
					t.Fatal(err)
				}
				if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
					t.Errorf("after deed %d, %s: the snapshot differs from the database", i, by)
				}
			}
		}
	})
}

// smaller is a later file of the demonstration's source with one activity of one of its publishers.
const smaller = `<iati-activities version="2.03"><iati-activity default-currency="USD"><iati-identifier>ZZ-DEMO-001-9001</iati-identifier><reporting-org ref="ZZ-DEMO-001" type="40"><narrative>Fictional Agency One</narrative></reporting-org><title><narrative xml:lang="en">Only one</narrative></title><activity-status code="2"/><activity-date type="2" iso-date="2022-01-01"/><recipient-country code="KE"/></iati-activity></iati-activities>`

func TestPagesOfAListAreTheWholeListOnce(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	loadDemo(t, d, 70)
	c := newCoverage(d)
	for _, sort := range coverage.Sorts {
		seen, cursor, total := map[string]bool{}, "", 0
		for {
			list, err := c.Activities(ctx, coverage.ListQuery{Sort: sort, Cursor: cursor, Limit: 11, Lang: "en"})
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range list.Items {
				if seen[a.Key] {
					t.Errorf("%s: %s stands twice", sort, a.Key)
				}
				seen[a.Key] = true
			}
			total = list.Total
			if cursor = list.Next; cursor == "" {
				break
			}
		}
		if len(seen) != total {
			t.Errorf("%s: %d activities on all pages, %d in all", sort, len(seen), total)
		}
	}
}

func TestAFacetCountsWhatChoosingItWouldShow(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	loadDemo(t, d, 90)
	c := newCoverage(d)
	base := coverage.Filter{Lines: []string{"C2"}}
	list, err := c.Activities(ctx, coverage.ListQuery{Filter: base})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list.Facets {
		if f.Name != "region" {
			continue
		}
		for _, v := range f.Values {
			with := base
			with.Regions = []string{v.Value}
			narrowed, err := c.Activities(ctx, coverage.ListQuery{Filter: with})
			if err != nil || narrowed.Total != v.Count {
				t.Errorf("region %s: the facet says %d, the list has %d, %v", v.Value, v.Count, narrowed.Total, err)
			}
		}
	}
}

func BenchmarkCoverage15000(b *testing.B) {
	ctx := context.Background()
	d := dbtest.SQLite(b)
	loadDemo(b, d, 15_000)
	b.Run("read all facts by SQL", func(b *testing.B) {
		for b.Loop() {
			if _, err := newCoverage(d).Refresh(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
	c := newCoverage(d)
	if _, err := c.Refresh(ctx); err != nil {
		b.Fatal(err)
	}
	n := 0
	fresh := func() resolute.Period { // a period nobody asked for yet, so that nothing is remembered
		n++
		return resolute.Period{From: fmt.Sprintf("20%02d-%02d-%02d", 15+n/336%10, 1+n/28%12, 1+n%28)}
	}
	for _, by := range coverage.Views {
		b.Run("table by "+by, func(b *testing.B) {
			for b.Loop() {
				if _, err := c.Table(ctx, coverage.Query{By: by, Period: fresh()}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("list with facets", func(b *testing.B) {
		for b.Loop() {
			if _, err := c.Activities(ctx, coverage.ListQuery{Period: fresh(), Filter: coverage.Filter{Lines: []string{"C2"}}}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("matrix", func(b *testing.B) {
		for b.Loop() {
			if _, err := c.Matrix(ctx, coverage.MatrixQuery{Period: fresh()}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("gaps by region and year", func(b *testing.B) {
		for b.Loop() {
			p := fresh()
			p.To = "2026-12-31"
			if _, err := c.Gaps(ctx, coverage.GapQuery{Period: p}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

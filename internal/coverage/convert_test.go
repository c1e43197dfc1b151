package coverage_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
)

func importRates(t testing.TB, d *db.DB, rows string) {
	t.Helper()
	f := &framework.Framework{DB: d, Now: clock}
	if _, err := f.ImportRates(context.Background(), resolute.Operator(), "rates.csv", strings.NewReader("base,currency,day,rate,valid_days,source\n"+rows)); err != nil {
		t.Fatal(err)
	}
}

func in(currency string, kind, day, value string) string {
	return strings.Replace(paid(kind, day, value), "<value ", fmt.Sprintf("<value currency=%q ", currency), 1)
}

func TestFiguresInOneCurrency(t *testing.T) {
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		importText(t, d, "a.xml", document(line("C2"), line("C4"), line("C5"),
			in("EUR", "3", "2022-03-01", "100.00"), // 1.10 on the day: 110.00
			in("EUR", "3", "2022-03-05", "0.15"),   // the rate of 1 March holds for 7 days: 0.165, to the even 0.16
			in("EUR", "3", "2022-06-01", "7.00"),   // no rate any more
			in("XOF", "3", "2022-03-01", "1000.00"),
			in("XOF", "2", "2022-03-01", "50.00"),
			in("USD", "3", "2022-03-01", "1.00")))
		c := newCoverage(d)
		q := coverage.Query{By: coverage.ByLine, Period: years2022, Filter: coverage.Filter{Currency: "USD"}}
		before, err := c.Table(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		if got := before.Total.Spent; got["USD"] != 100 || got["EUR"] != 10715 || before.Conversion.Without != 5 {
			t.Errorf("without rates: spent %v, %+v; want all as it was reported", got, before.Conversion)
		}
		importRates(t, d, "EUR,USD,2022-03-01,1.10,,Fictional Bank\n")
		table, err := c.Table(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		want := coverage.Money{"USD": 11116, "EUR": 700, "XOF": 100000}
		if !reflect.DeepEqual(table.Total.Spent, want) {
			t.Errorf("spent %v, want %v", table.Total.Spent, want)
		}
		if row, _ := table.Row("C2"); row.Spent["USD"] != 3707 { // 110.00 gives 36.67, 0.16 gives 0.06, 1.00 gives 0.34: a remainder goes to the first
			t.Errorf("C2 spent %v", row.Spent)
		}
		wantHow := &coverage.Conversion{Currency: "USD", Held: true, Rates: []coverage.RateUse{{Source: "Fictional Bank", From: "2022-03-01", To: "2022-03-01"}}, Without: 3, In: []string{"EUR", "XOF"}}
		if !reflect.DeepEqual(table.Conversion, wantHow) {
			t.Errorf("converted %+v, want %+v", table.Conversion, wantHow)
		}
		rowsAddUp(t, table)
		plain, err := c.Table(ctx, coverage.Query{By: coverage.ByLine, Period: years2022})
		if err != nil || plain.Conversion != nil || plain.Total.Spent["EUR"] != 10715 {
			t.Errorf("nobody asked for a currency, and spent is %v, %v", plain.Total.Spent, err)
		}
	})
}

func TestConvertedRowsAddUpAndAreJudgedAsReported(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	importRates(t, d, "EUR,USD,2020-01-01,1.0836,366,A\nUSD,EUR,2022-01-01,0.937,366,B\n")
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		importText(t, d, fmt.Sprintf("file-%d.xml", n%3), messy(rt))
		c := newCoverage(d)
		for _, currency := range []string{"USD", "EUR", "CHF"} {
			for _, by := range []string{coverage.ByProvision, coverage.ByLine, coverage.ByTarget, coverage.ByCountry} {
				q := coverage.Query{By: by, Filter: coverage.Filter{Currency: currency}}
				table, err := c.Table(ctx, q)
				if err != nil {
					rt.Fatal(err)
				}
				rowsAddUp(rt, table)
				q.Filter.Currency = ""
				plain, err := c.Table(ctx, q)
				if err != nil {
					rt.Fatal(err)
				}
				for i, row := range plain.Rows {
					if got := table.Rows[i]; got.State != row.State || !reflect.DeepEqual(got.Gaps, row.Gaps) || got.Activities != row.Activities || got.LastEvidence != row.LastEvidence {
						rt.Errorf("%s in %s: %+v, as reported %+v", row.ID, currency, got, row)
					}
				}
			}
		}
	})
}

func TestWhatIsNoCurrencyIsRefused(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	importRates(t, d, "EUR,QQQ,2022-03-01,1.10,,Fictional Bank\n")
	c := newCoverage(d)
	for code, known := range map[string]bool{"": true, "USD": true, "DEM": true, "QQQ": true, "XYZ": false, "XXX": false, "dollars": false, "US": false} {
		table, err := c.Table(ctx, coverage.Query{By: coverage.ByLine, Filter: coverage.Filter{Currency: code}})
		if known && (err != nil || table.Conversion != nil && table.Conversion.Held != (code == "QQQ")) {
			t.Errorf("%q: %+v, %v; rates are held of QQQ alone", code, table.Conversion, err)
		}
		if !known && resolute.CodeOf(err) != resolute.Usage {
			t.Errorf("%q: got %v, want a usage error", code, err)
		}
		f, unknown, err := c.Understand(ctx, coverage.Filter{Currency: code})
		if err != nil || (f.Currency == code) != known || (len(unknown) == 0) != known {
			t.Errorf("%q is understood as %q, not understood %v; %v", code, f.Currency, unknown, err)
		}
	}
}

// What the sentence says of amounts and rates is of those that are in the figure: not of money that the rule
// leaves out, nor of what falls to other areas than the one asked for.
func TestOnlyWhatCountsIsToldOfRates(t *testing.T) {
	abroad := func(text string) string {
		return strings.Replace(text, "</transaction>", `<recipient-country code="UG"/></transaction>`, 1)
	}
	passed := func(text string) string {
		return strings.Replace(text, "</transaction>", `<receiver-org receiver-activity-id="ZZ-FICT-8-B"/></transaction>`, 1)
	}
	kenya := `<recipient-country code="KE"/>`
	for name, c := range map[string]struct {
		own    []string
		filter coverage.Filter
		want   coverage.Conversion
	}{
		"passed on": {[]string{kenya, passed(in("EUR", "3", "2022-03-01", "10")), passed(in("XOF", "3", "2022-03-01", "10"))}, coverage.Filter{}, coverage.Conversion{}},
		"as reported": {[]string{kenya, passed(in("EUR", "3", "2022-03-01", "10")), passed(in("XOF", "3", "2022-03-01", "10"))}, coverage.Filter{Rule: coverage.AsReported},
			coverage.Conversion{Rates: []coverage.RateUse{{Source: "Fictional Bank", From: "2022-03-01", To: "2022-03-01"}}, Without: 1, In: []string{"XOF"}}},
		"elsewhere": {[]string{kenya, abroad(in("EUR", "3", "2022-03-01", "10")), abroad(in("XOF", "3", "2022-03-01", "10"))}, coverage.Filter{Areas: []string{"KE"}}, coverage.Conversion{}},
		"elsewhere, of places of its own": {[]string{kenya, in("JPY", "3", "2022-03-01", "10"), abroad(in("EUR", "3", "2022-03-01", "10")), abroad(in("XOF", "3", "2022-03-01", "10"))},
			coverage.Filter{Areas: []string{"KE"}}, coverage.Conversion{Without: 1, In: []string{"JPY"}}},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.SQLite(t)
			importText(t, d, "a.xml", documents(strings.Join(append([]string{line("C2")}, c.own...), ""), line("C2")+kenya+paid("3", "2022-05-05", "8")))
			importRates(t, d, "EUR,USD,2022-03-01,1.10,,Fictional Bank\n")
			c.filter.Currency = "USD"
			table, err := newCoverage(d).Table(context.Background(), coverage.Query{By: coverage.ByLine, Period: years2022, Filter: c.filter})
			if err != nil {
				t.Fatal(err)
			}
			got := *table.Conversion
			if len(got.Rates) != len(c.want.Rates) || len(got.Rates) > 0 && got.Rates[0] != c.want.Rates[0] || got.Without != c.want.Without || fmt.Sprint(got.In) != fmt.Sprint(c.want.In) {
				t.Errorf("converted %+v, want %+v", got, c.want)
			}
		})
	}
}

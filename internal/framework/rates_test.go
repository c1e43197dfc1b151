package framework_test

import (
	"context"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/ledger"
)

const rateHead = "base,currency,day,rate,valid_days,source\n"

func importRates(t *testing.T, f *framework.Framework, text string) framework.Report {
	t.Helper()
	r, err := f.ImportRates(context.Background(), resolute.Operator(), "rates.csv", strings.NewReader(rateHead+text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func rates(t *testing.T, f *framework.Framework) *framework.Rates {
	t.Helper()
	r, err := f.Rates(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// converted writes what an amount becomes, or that there is no rate.
func converted(r *framework.Rates, amount, from, to, day string) string {
	cents, _, _ := resolute.ParseCents(amount)
	factor, known := r.Between(from, to, day)
	if !known {
		return "no rate"
	}
	c, fits := factor.Convert(cents)
	if !fits {
		return "too large"
	}
	return c.String()
}

func TestMoneyIsConvertedByTheRateOfItsDay(t *testing.T) {
	d := dbtest.SQLite(t)
	f := open(d)
	importRates(t, f, "EUR,USD,2024-01-05,1.0921,3,Fictional Bank\nEUR,USD,2024-01-15,1.0945,,Fictional Bank\nEUR,XOF,2024-01-05,655.957,366,Fictional Bank\nUSD,JPY,2024-01-05,144.125,,Another Bank\n")
	r := rates(t, f)
	for name, c := range map[string]struct{ amount, from, to, day, want string }{
		"the base to a currency":              {"100.00", "EUR", "USD", "2024-01-05", "109.21"},
		"a currency to the base":              {"109.21", "USD", "EUR", "2024-01-05", "100.00"},
		"the nearest earlier day":             {"100.00", "EUR", "USD", "2024-01-08", "109.21"},
		"beyond what that day's rate says":    {"100.00", "EUR", "USD", "2024-01-09", "no rate"},
		"before the first day":                {"100.00", "EUR", "USD", "2024-01-04", "no rate"},
		"the later rate from its day on":      {"100.00", "EUR", "USD", "2024-01-15", "109.45"},
		"seven days when no number is given":  {"100.00", "EUR", "USD", "2024-01-22", "109.45"},
		"and no longer":                       {"100.00", "EUR", "USD", "2024-01-23", "no rate"},
		"two rates of one base":               {"655957.00", "XOF", "USD", "2024-01-05", "1092.10"},
		"the other way round":                 {"1092.10", "USD", "XOF", "2024-01-05", "655957.00"},
		"never over two bases":                {"1.00", "XOF", "JPY", "2024-01-05", "no rate"},
		"half goes to the even hundredth":     {"0.20", "USD", "JPY", "2024-01-05", "28.82"}, // 28.825
		"half goes to the even hundredth, up": {"0.60", "USD", "JPY", "2024-01-05", "86.48"}, // 86.475
		"a payment that came back":            {"-0.20", "USD", "JPY", "2024-01-05", "-28.82"},
		"the same currency needs no rate":     {"5.00", "CHF", "CHF", "1970-01-01", "5.00"},
		"a currency nobody knows":             {"5.00", "ZZZ", "USD", "2024-01-05", "no rate"},
		"no day":                              {"5.00", "EUR", "USD", "", "no rate"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := converted(r, c.amount, c.from, c.to, c.day); got != c.want {
				t.Errorf("%s %s to %s on %s: got %s, want %s", c.amount, c.from, c.to, c.day, got, c.want)
			}
		})
	}
}

// A rate of the day itself stands before an older one of another base, such as a mean of the year.
func TestTheNearestRateStandsWhateverItsBase(t *testing.T) {
	f := open(dbtest.SQLite(t))
	importRates(t, f, "USD,EUR,2024-01-01,0.5,366,Mean of the year\nUSD,XOF,2024-01-01,500,366,Mean of the year\nEUR,USD,2024-03-04,1.10,,Bank\nEUR,USD,2024-01-01,1.30,,Bank\nEUR,XOF,2024-03-01,600,,Bank\n")
	for _, c := range []struct{ name, from, to, day, want string }{
		{"that of the day, of the given currency", "EUR", "USD", "2024-03-04", "110.00"},
		{"the same the other way round", "USD", "EUR", "2024-03-04", "90.91"},
		{"on a later day, still nearer", "EUR", "USD", "2024-03-05", "110.00"},
		{"the older one, where no other may be used", "EUR", "USD", "2024-06-01", "200.00"},
		{"equally near, the wanted currency's", "EUR", "USD", "2024-01-01", "200.00"},
		{"two of one base, nearer than one of another", "XOF", "USD", "2024-03-04", "0.18"},
		{"two of one base, older than one of another", "XOF", "USD", "2024-02-01", "0.20"},
	} {
		if got := converted(rates(t, f), "100.00", c.from, c.to, c.day); got != c.want {
			t.Errorf("%s: 100.00 %s are %s %s on %s, want %s", c.name, c.from, got, c.to, c.day, c.want)
		}
	}
}

// 145295143558111 hundredths by 126960.5 are 2^64 - 1/2 of them: rounded, they are one more than 64 bits hold.
func TestWhatIsTooLargeWhenConvertedIsToldOf(t *testing.T) {
	f := open(dbtest.SQLite(t))
	importRates(t, f, "EUR,XAA,2024-01-05,126960.5,,B\nEUR,XBB,2024-01-05,126960.500000000001,,B\nEUR,XCC,2024-01-05,999999999999999999,,B\n")
	for to, amounts := range map[string][]string{"XAA": {"1452951435581.11", "-1452951435581.11"}, "XBB": {"1452951435581.11"}, "XCC": {"1.00", "-89999999999999.99"}} {
		for _, amount := range amounts {
			if got := converted(rates(t, f), amount, "EUR", to, "2024-01-05"); got != "too large" {
				t.Errorf("%s EUR are %s %s, want too large", amount, got, to)
			}
		}
	}
}

// The quick way of converting gives what fractions of any size give.
func TestConvertingIsExact(t *testing.T) {
	d := dbtest.SQLite(t)
	f := open(d)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		day := "2024-01-01"
		decimal := func(name string) string {
			return strings.TrimLeft(rapid.StringMatching(`[0-9]{1,6}`).Draw(rt, name), "0") + "1." + rapid.StringMatching(`[0-9]{1,9}`).Draw(rt, name+" fraction")
		}
		x, y := decimal("x"), decimal("y")
		importRates(t, f, "EUR,XAA,"+day+","+x+",,test\nEUR,XBB,"+day+","+y+",,test\n")
		cents := resolute.Cents(rapid.Int64Range(-1e14, 1e14).Draw(rt, "cents"))
		factor, _ := rates(t, f).Between("XAA", "XBB", day)
		got, fits := factor.Convert(cents)
		rx, _ := new(big.Rat).SetString(x)
		ry, _ := new(big.Rat).SetString(y)
		exact := new(big.Rat).Mul(new(big.Rat).SetInt64(int64(cents)), ry.Quo(ry, rx))
		off := new(big.Rat).Sub(exact, new(big.Rat).SetInt64(int64(got)))
		half := big.NewRat(1, 2)
		if by := off.Abs(off).Cmp(half); fits && (by > 0 || by == 0 && got%2 != 0) {
			rt.Errorf("%d by %s to %s gives %d, which is %s off", cents, x, y, got, off.FloatString(6))
		}
	})
}

func TestTheLatestImportOfADayStandsUntilItIsTakenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, f := context.Background(), open(d)
		if got := rates(t, f); got.Version() != "" || len(got.Currencies()) != 0 {
			t.Errorf("an empty store has rates of version %q", got.Version())
		}
		importRates(t, f, "EUR,USD,2024-01-05,1.1,,A\nEUR,CHF,2024-01-05,0.93,,A\n")
		second := importRates(t, f, "EUR,USD,2024-01-05,1.2,,B\nEUR,CHF,2024-01-05,0.93,,A\nEUR,CHF,2024-01-06,0.94,,A\n")
		if second.New != 1 || second.Changed != 1 || second.Unchanged != 1 {
			t.Errorf("the second import: %d new, %d changed, %d unchanged, want one each", second.New, second.Changed, second.Unchanged)
		}
		now := rates(t, f)
		if got := converted(now, "1.00", "EUR", "USD", "2024-01-05"); got != "1.20" {
			t.Errorf("got %s, want the latest rate", got)
		}
		if err := f.UndoRates(ctx, resolute.Operator(), second.ID); err != nil {
			t.Fatal(err)
		}
		before := rates(t, f)
		if got := converted(before, "1.00", "EUR", "USD", "2024-01-05"); got != "1.10" {
			t.Errorf("got %s, want the rate before", got)
		}
		if before.Version() == now.Version() {
			t.Errorf("taking rates back leaves their version at %q", now.Version())
		}
		if version, err := f.RatesVersion(ctx); err != nil || version != before.Version() {
			t.Errorf("the version is %q, %v; the rates say %q", version, err, before.Version())
		}
		if err := f.UndoRates(ctx, resolute.Operator(), second.ID); resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("undone twice: %v, want a conflict", err)
		}
	})
}

func TestAFaultyFileOfRatesIsRefusedWhole(t *testing.T) {
	for name, c := range map[string]struct{ text, rule, path string }{
		"no day":                   {rateHead + "EUR,USD,5 January,1.1,,A\n", "rate-cell", "C2"},
		"a rate with a comma":      {rateHead + "EUR,USD,2024-01-05,\"1,1\",,A\n", "rate-cell", "D2"},
		"a rate of zero":           {rateHead + "EUR,USD,2024-01-05,0.00,,A\n", "rate-cell", "D2"},
		"a negative rate":          {rateHead + "EUR,USD,2024-01-05,-1.1,,A\n", "rate-cell", "D2"},
		"no source":                {rateHead + "EUR,USD,2024-01-05,1.1,,\n", "rate-cell", "F2"},
		"a name for a code":        {rateHead + "EUR,dollars,2024-01-05,1.1,,A\n", "rate-cell", "B2"},
		"the base itself":          {rateHead + "EUR,EUR,2024-01-05,1,,A\n", "rate-cell", "B2"},
		"too long a validity":      {rateHead + "EUR,USD,2024-01-05,1.1,400,A\n", "rate-cell", "E2"},
		"one day twice":            {rateHead + "EUR,USD,2024-01-05,1.1,,A\nEUR,USD,2024-01-05,1.2,,A\n", "rate-cell", "C3"},
		"a column nobody knows":    {"base,currency,day,rate,source,mood\nEUR,USD,2024-01-05,1.1,A,good\n", "rate-header", ""},
		"a column that is missing": {"base,currency,day,source\nEUR,USD,2024-01-05,A\n", "rate-header", ""},
		"no rate":                  {rateHead, "rate-header", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.SQLite(t)
			f := open(d)
			r, err := f.ImportRates(context.Background(), resolute.Operator(), "rates.csv", strings.NewReader(c.text))
			if resolute.CodeOf(err) != resolute.Invalid || r.State != ledger.Refused || len(r.Findings) != 1 {
				t.Fatalf("got %v, state %s, findings %v; want one finding and a refusal", err, r.State, r.Findings)
			}
			if got := r.Findings[0]; got.Rule != c.rule || got.Path != c.path {
				t.Errorf("finding %s at %q, want %s at %q", got.Rule, got.Path, c.rule, c.path)
			}
			if now := rates(t, f); len(now.Currencies()) != 0 {
				t.Errorf("something of a refused file is used: %v", now.Currencies())
			}
		})
	}
}

func TestOnlyWhoMayImportImportsRates(t *testing.T) {
	f := open(dbtest.SQLite(t))
	if _, err := f.ImportRates(context.Background(), resolute.Actor{ID: "guest"}, "rates.csv", strings.NewReader(rateHead)); resolute.CodeOf(err) != resolute.Forbidden {
		t.Errorf("got %v, want that a guest is refused", err)
	}
}

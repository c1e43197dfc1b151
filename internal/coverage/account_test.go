package coverage_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
)

// accountText writes what is left out, one line each.
func accountText(t *testing.T, c *coverage.Coverage, f coverage.Filter) string {
	t.Helper()
	a, err := c.Account(context.Background(), f, years2022, 50)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, l := range a.Left {
		fmt.Fprintf(&b, "%s: %d activities, %d transactions, spent %s, incoming %s\n", l.Reason, l.Activities, l.Transactions, l.Money.Spent["USD"], l.Money.Incoming["USD"])
		for _, r := range l.Records {
			fmt.Fprintf(&b, "  %s %d %s -> %s %t\n", r.Identifier, r.Transaction, r.Figure, r.Other, r.OtherKey != "")
		}
	}
	fmt.Fprintf(&b, "unknown: %d; total spent %s", a.Unknown, a.Total.Spent["USD"])
	return b.String()
}

func TestAnAccountNamesWhatIsLeftOutAndWhy(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", file(
		told{"ZZ-A-1", "ZZ-A", "2024-01-01T00:00:00Z", []string{passed("3", "100", "", "ZZ-B-1"), passed("3", "7", "", "ZZ-NOBODY")}},
		told{"ZZ-A-1", "ZZ-A", "2023-01-01T00:00:00Z", []string{passed("3", "55", "", "")}}))
	importText(t, d, "b.xml", file(
		told{"ZZ-B-1", "ZZ-B", "", []string{passed("1", "100", "zz-a-1", ""), passed("4", "80", "", "")}},
		told{"ZZ-A-1", "ZZ-B", "2025-01-01T00:00:00Z", []string{passed("4", "66", "", "")}}))
	importText(t, d, "c.xml", strings.Replace(file(told{"ZZ-C-1", "ZZ-C", "", nil}), `type="40"`, `type="40" secondary-reporter="1"`, 1))
	c := newCoverage(d)
	for name, want := range map[string]string{
		coverage.CountOnce: `copy: 1 activities, 0 transactions, spent 0.00, incoming 0.00
  ZZ-A-1 0  -> ZZ-A-1 true
other-reporter: 1 activities, 0 transactions, spent 0.00, incoming 0.00
  ZZ-A-1 0  -> ZZ-A-1 true
secondary: 1 activities, 0 transactions, spent 0.00, incoming 0.00
  ZZ-C-1 0  ->  false
passed-on: 1 activities, 1 transactions, spent 100.00, incoming 0.00
  ZZ-A-1 1 spent -> ZZ-B-1 true
received: 1 activities, 1 transactions, spent 0.00, incoming 100.00
  ZZ-B-1 1 incoming -> ZZ-A-1 true
unknown: 1; total spent 87.00`,
		coverage.AsReported: `copy: 1 activities, 0 transactions, spent 0.00, incoming 0.00
  ZZ-A-1 0  -> ZZ-A-1 true
secondary: 1 activities, 0 transactions, spent 0.00, incoming 0.00
  ZZ-C-1 0  ->  false
unknown: 1; total spent 253.00`,
	} {
		if got := accountText(t, c, coverage.Filter{Rule: name}); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
	if got := accountText(t, c, coverage.Filter{Reporters: []string{"ZZ-B"}}); !strings.Contains(got, "received: 1") || strings.Contains(got, "passed-on") {
		t.Errorf("of one reporter:\n%s\nwant what it received alone", got)
	}
	var b bytes.Buffer
	a, err := c.Account(context.Background(), coverage.Filter{}, years2022, 50)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.WriteCSV(&b, "en"); err != nil || strings.Count(b.String(), "\n") != 6 {
		t.Errorf("as CSV, %v:\n%s\nwant a header and five records", err, b.String())
	}
}

package coverage_test

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

// oracle is the folder with twelve activities and the rows they must give.
const oracle = "../../../shared/samples/coverage"

var oraclePeriod = resolute.Period{From: "2021-01-01", To: "2024-12-31"}

func TestOracle(t *testing.T) {
	if _, err := os.Stat(oracle); err != nil {
		t.Skip("the oracle is not tried: ../shared/samples/coverage is absent")
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		importFile(t, d, filepath.Join(oracle, "twelve.xml"))
		c := newCoverage(d)
		for _, by := range []string{coverage.ByLine, coverage.ByGoal, coverage.ByTarget, coverage.ByCountry, coverage.ByITURegion, coverage.ByGroup} {
			for _, rule := range coverage.Rules() { // nothing in the twelve is reported twice by several, so all rules agree
				table, err := c.Table(context.Background(), coverage.Query{By: by, Period: oraclePeriod, Filter: coverage.Filter{Rule: rule.ID}})
				if err != nil {
					t.Fatal(err)
				}
				compareWithOracle(t, by, table)
			}
		}
	})
}

func compareWithOracle(t *testing.T, by string, table coverage.Table) {
	t.Helper()
	rows := map[string]coverage.Row{coverage.UnlinkedRow: table.Unlinked, coverage.TotalRow: table.Total}
	for _, r := range table.Rows {
		rows[r.ID] = r
	}
	for _, want := range readCSV(t, filepath.Join(oracle, "expected."+by+".csv"))[1:] {
		got := oracleLine(by, rows[want[1]])
		delete(rows, want[1])
		if got != strings.Join(want, ",") {
			t.Errorf("%s %s\n got %s\nwant %s", by, want[1], got, strings.Join(want, ","))
		}
	}
	for id, r := range rows {
		if r.Activities != 0 || r.Open.Activities != 0 || len(r.Commitments.Currencies())+len(r.Spent.Currencies()) != 0 {
			t.Errorf("%s: row %s holds something and is not expected: %+v", by, id, r)
		}
	}
}

func oracleLine(by string, r coverage.Row) string {
	line := []string{by, r.ID, r.Parent, strconv.Itoa(r.Activities), strconv.Itoa(r.Undated), strconv.Itoa(r.Organisations), strings.Join(r.Areas, "|"), r.LastEvidence}
	money := func(m coverage.Money) {
		for _, currency := range []string{"EUR", "JOD", "USD"} {
			line = append(line, m[currency].String())
		}
	}
	money(r.Commitments)
	money(r.Spent)
	line = append(line, strconv.Itoa(r.Open.Activities), strconv.Itoa(r.Open.Organisations))
	money(r.Open.Commitments)
	money(r.Open.Spent)
	return strings.Join(line, ",")
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

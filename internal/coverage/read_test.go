package coverage_test

import (
	"context"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

// TestBatchesReadSideBySideHoldEverythingOnce compares totals with sums that the database makes.
func TestBatchesReadSideBySideHoldEverythingOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		loadDemo(t, d, 1300) // more than one batch
		table, err := newCoverage(d).Table(ctx, coverage.Query{By: coverage.ByLine})
		if err != nil {
			t.Fatal(err)
		}
		counted := ` JOIN current c ON c.version = a.version WHERE c.counts = 1 AND c.absent = 0 AND a.secondary = 0`
		var activities int
		var spent, budgets int64
		for query, dest := range map[string]any{
			`SELECT count(*) FROM activity a` + counted: &activities,
			`SELECT CAST(sum(x.cents) AS BIGINT) FROM txn x JOIN activity a ON a.version = x.version` + counted + ` AND x.usable = 1 AND x.currency = 'EUR' AND x.type IN ('3', '4')`: &spent,
			`SELECT CAST(sum(x.cents) AS BIGINT) FROM budget x JOIN activity a ON a.version = x.version` + counted + ` AND x.usable = 1 AND x.currency = 'EUR' AND a.lowest = 1`:      &budgets,
		} {
			if err := d.QueryRow(ctx, query).Scan(dest); err != nil {
				t.Fatal(err)
			}
		}
		got := table.Total
		if got.Activities != activities || got.Spent["EUR"] != resolute.Cents(spent) || got.Budgets["EUR"] != resolute.Cents(budgets) {
			t.Errorf("%d activities, EUR %s spent, %s budgets; the database has %d, %s, %s",
				got.Activities, got.Spent["EUR"], got.Budgets["EUR"], activities, resolute.Cents(spent), resolute.Cents(budgets))
		}
	})
}

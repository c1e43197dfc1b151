package register_test

import (
	"context"
	"testing"
	"time"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

// BenchmarkWaitBehindImport measures how long somebody else who writes every few milliseconds waits at
// the longest behind an import all of whose identifiers another source holds already, and behind its
// undoing.
func BenchmarkWaitBehindImport(b *testing.B) {
	for name, fresh := range map[string]func(testing.TB) *db.DB{"SQLite": dbtest.SQLite, "PostgreSQL": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := fresh(b)
			r, ctx := open(d), context.Background()
			importBench(b, r, false)
			var imports, undos time.Duration
			for b.Loop() {
				var account ledger.Import
				imports = max(imports, longestWait(b, d, func() (err error) {
					account, err = r.ImportIATI(ctx, operator, register.Source{File: "other.xml"}, generated(benchActivities()), register.ImportOptions{})
					return err
				}))
				undos = max(undos, longestWait(b, d, func() error {
					_, err := r.Undo(ctx, operator, account.ID)
					return err
				}))
			}
			b.ReportMetric(float64(imports.Milliseconds()), "ms-import")
			b.ReportMetric(float64(undos.Milliseconds()), "ms-undo")
		})
	}
}

// longestWait gives how long the longest of the writes took that were made beside some work.
func longestWait(b *testing.B, d *db.DB, work func() error) (longest time.Duration) {
	b.Helper()
	done := make(chan error)
	go func() { done <- work() }()
	for {
		began := time.Now()
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(context.Background(), `UPDATE moved SET seq = seq WHERE key = ''`)
			return err
		})
		longest = max(longest, time.Since(began))
		select {
		case failed := <-done:
			if err == nil {
				err = failed
			}
			if err != nil {
				b.Fatal(err)
			}
			return longest
		case <-time.After(5 * time.Millisecond):
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

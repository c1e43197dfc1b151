package db_test

import (
	"context"
	"errors"
	"os"
	"testing"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

func table(t *testing.T, d *db.DB) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), `CREATE TABLE probe (k TEXT NOT NULL PRIMARY KEY, n BIGINT)`)
		return err
	})
}

func write(t *testing.T, d *db.DB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, d *db.DB) int {
	t.Helper()
	var n int
	if err := d.QueryRow(context.Background(), `SELECT count(*) FROM probe`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAFailedWriteLeavesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		table(t, d)
		broken := errors.New("broken")
		err := d.Write(ctx, func(tx *db.Tx) error {
			if err := tx.Bulk(ctx, "probe", []string{"k", "n"}, [][]any{{"a", int64(1)}}); err != nil {
				return err
			}
			return broken
		})
		if !errors.Is(err, broken) || count(t, d) != 0 {
			t.Errorf("err = %v, rows = %d; want broken and none", err, count(t, d))
		}
	})
}

func TestBulkLoadsEveryRowAcrossStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		table(t, d)
		for _, n := range []int{0, 1, 49, 50, 51, 120} {
			write(t, d, func(tx *db.Tx) error {
				if _, err := tx.Exec(ctx, `DELETE FROM probe`); err != nil {
					return err
				}
				rows := make([][]any, n)
				for i := range rows {
					rows[i] = []any{string(rune('a' + i)), nil}
				}
				return tx.Bulk(ctx, "probe", []string{"k", "n"}, rows)
			})
			if got := count(t, d); got != n {
				t.Errorf("%d rows loaded, %d found", n, got)
			}
		}
	})
}

func TestAUniqueViolationIsToldByCode(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		table(t, d)
		insert := func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO probe (k, n) VALUES ($1, $2)`, "a", 1)
			return err
		}
		write(t, d, insert)
		if err := d.Write(ctx, insert); !db.IsUnique(err) {
			t.Errorf("second row of one key: %v, want a unique violation", err)
		}
	})
}

func TestMigratingAgainRunsNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if n, err := d.Migrate(ctx); n != 0 || err != nil {
			t.Errorf("second migration ran %d steps, %v", n, err)
		}
		steps, err := d.Migrations(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range steps {
			if s.AppliedAt == 0 {
				t.Errorf("step %d is pending", s.Number)
			}
		}
	})
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		write(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO migration (number, name, applied_at) VALUES (9999, 'future', 1)`)
			return err
		})
		if _, err := d.Migrate(ctx); err == nil {
			t.Error("a database of a newer program was accepted")
		}
	})
}

func TestAViewSeesOneState(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		table(t, d)
		err := d.View(ctx, func(q db.Queryer) error {
			var before, after int
			if err := q.QueryRow(ctx, `SELECT count(*) FROM probe`).Scan(&before); err != nil {
				return err
			}
			write(t, d, func(tx *db.Tx) error {
				_, err := tx.Exec(ctx, `INSERT INTO probe (k) VALUES ('a')`)
				return err
			})
			if err := q.QueryRow(ctx, `SELECT count(*) FROM probe`).Scan(&after); err != nil {
				return err
			}
			if before != after {
				t.Errorf("the view changed from %d to %d rows", before, after)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// A server that was started again, or an operator, has ended the connections that the pools hold.
func TestEndedConnectionsAreReplaced(t *testing.T) {
	ctx, d := context.Background(), dbtest.Postgres(t)
	var ended []int64
	serving := func(q db.Queryer) error {
		var process int64
		defer func() { ended = append(ended, process) }()
		return q.QueryRow(ctx, `SELECT pg_backend_pid()`).Scan(&process)
	}
	var view func(connections int) error
	view = func(connections int) error {
		return d.View(ctx, func(q db.Queryer) error {
			if connections == 1 {
				return serving(q)
			}
			return errors.Join(serving(q), view(connections-1))
		})
	}
	change := func() error { return d.Write(ctx, func(tx *db.Tx) error { return serving(tx) }) }
	if err := errors.Join(view(5), change()); err != nil {
		t.Fatal(err)
	}
	server, err := db.Open(ctx, os.Getenv(dbtest.PostgresVariable))
	if err != nil {
		t.Fatal(err)
	}
	for _, process := range ended {
		var done bool
		if err := server.QueryRow(ctx, `SELECT pg_terminate_backend($1, 5000)`, process).Scan(&done); err != nil || !done {
			t.Fatalf("connection %d has not ended: %v", process, err)
		}
	}
	if err := errors.Join(view(1), change(), server.Close()); err != nil {
		t.Error(err)
	}
}

func TestTextIsComparedAlike(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var capitals, first string
		err := d.QueryRow(context.Background(), `SELECT UPPER('éa-ж1'), MIN(p.word COLLATE "C") FROM (SELECT 'é' AS word UNION ALL SELECT 'a' UNION ALL SELECT 'Z') p`).Scan(&capitals, &first)
		if err != nil || capitals != "ÉA-Ж1" || first != "Z" {
			t.Errorf("got %s and %s, %v, want ÉA-Ж1 and Z", capitals, first, err)
		}
	})
}

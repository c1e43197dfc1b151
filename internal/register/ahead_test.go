package register_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

// past is the history of every pointer, as text.
func past(t *testing.T, d *db.DB) string {
	t.Helper()
	rows, err := d.Query(context.Background(), `SELECT key, seq, version, counts, absent, lowest FROM history ORDER BY key, seq`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var b strings.Builder
	for rows.Next() {
		var key string
		var seq, version, counts, absent, lowest int
		if err := rows.Scan(&key, &seq, &version, &counts, &absent, &lowest); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, key, seq, version, counts, absent, lowest)
	}
	return b.String()
}

func run(t *testing.T, d *db.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			_, err := tx.Exec(context.Background(), s)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// electedOnce fails unless one of each identifier counts, the right one, and the history ends where the
// pointers stand.
func electedOnce(t *testing.T, d *db.DB) {
	t.Helper()
	if n := count(t, d, `SELECT COUNT(*) FROM (SELECT a.iati_id FROM current c JOIN activity a ON a.version = c.version GROUP BY a.reporter, a.iati_id HAVING SUM(c.counts) <> 1) AS bad`); n != 0 {
		t.Errorf("of %d identifiers not one counts", n)
	}
	if n := count(t, d, `SELECT COUNT(*) FROM current c JOIN activity a ON a.version = c.version JOIN activity b ON b.reporter = a.reporter AND b.iati_id = a.iati_id
		JOIN current o ON o.key = b.key AND o.version = b.version WHERE c.counts = 1 AND c.absent = 0 AND o.absent = 0 AND (b.updated > a.updated OR b.updated = a.updated AND b.import > a.import)`); n != 0 {
		t.Errorf("%d count although a newer one stands", n)
	}
	for _, check := range (&register.Register{DB: d, Now: func() time.Time { return day }}).Checks(false) {
		if check.Name == "history-differs" {
			if n := count(t, d, check.Count); n != 0 {
				t.Errorf("%d pointers are not where their history ends", n)
			}
		}
	}
}

// contest gives n activities which sources contest.
func contest(n int, updated string) []activity {
	list := make([]activity, n)
	for i := range list {
		list[i] = activity{id: fmt.Sprint("X", i), updated: updated, title: updated}
	}
	return list
}

// TestSourcesThatPublishAtTheSameTimeElectOnce imports and undoes files with the same identifiers side
// by side, large enough to be laid down before: until it publishes another often moves the pointers.
func TestSourcesThatPublishAtTheSameTimeElectOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		for round := range 4 {
			var all sync.WaitGroup
			for n := range 3 {
				all.Go(func() {
					day := fmt.Sprintf("2024-%02d-%02dT00:00:00Z", round+1, (n*7+round*5)%20+1)
					source := register.Source{File: fmt.Sprintf("source-%d.xml", n)}
					account, err := r.ImportIATI(ctx, operator, source, strings.NewReader(iatiFile(contest(1010+n, day)...)), register.ImportOptions{})
					if err == nil && n == round%3 {
						_, err = r.Undo(ctx, operator, account.ID)
					}
					if err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			electedOnce(t, d)
		}
		if leftovers(t, d) != 0 {
			t.Errorf("%d rows are left", leftovers(t, d))
		}
	})
}

// TestManyContestedElectAsFew holds more contested identifiers than are kept apart to the same outcome.
func TestManyContestedElectAsFew(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	load(t, r, register.Source{File: "first.xml"}, iatiFile(contest(6000, "2024-01-01T00:00:00Z")...))
	second := load(t, r, register.Source{File: "second.xml"}, iatiFile(contest(5500, "2024-02-01T00:00:00Z")...))
	electedOnce(t, d)
	newer := `SELECT COUNT(*) FROM current c JOIN activity a ON a.version = c.version WHERE c.counts = 1 AND a.source = 'second.xml'`
	if n := count(t, d, newer); n != 5500 {
		t.Errorf("%d of the newer source count, want all 5500", n)
	}
	load(t, r, register.Source{File: "second.xml"}, iatiFile(contest(10, "2024-02-01T00:00:00Z")...)) // the rest is gone
	electedOnce(t, d)
	if n := count(t, d, newer); n != 10 {
		t.Errorf("%d of the newer source count, want the 10 that it still holds", n)
	}
	if _, err := r.Undo(context.Background(), operator, second.ID+1); err != nil {
		t.Fatal(err)
	}
	electedOnce(t, d)
	if n := count(t, d, newer); n != 5500 || leftovers(t, d) != 0 {
		t.Errorf("after undoing %d of the newer source count, want all 5500; %d rows are left", n, leftovers(t, d))
	}
}

// TestVeryManyOfOneIdentifierElectOne imports and undoes activities of which each contests all others:
// holding each against each takes many minutes.
func TestVeryManyOfOneIdentifierElectOne(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	list := make([]activity, 20_000)
	for i := range list {
		list[i] = activity{id: "X", title: fmt.Sprint(i)}
	}
	began := time.Now()
	account := load(t, r, src, iatiFile(list...))
	if n := count(t, d, `SELECT SUM(counts) FROM current`); n != 1 {
		t.Errorf("%d count, want one", n)
	}
	if _, err := r.Undo(context.Background(), operator, account.ID); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took > time.Minute {
		t.Errorf("importing and undoing took %v", took)
	}
}

// TestWhatADeadProcessLeftIsKept ends an import, and its undoing, where a process may die: published,
// and its pointers not yet where those of all changes lie.
func TestWhatADeadProcessLeftIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		load(t, r, src, iatiFile(contest(30, "2024-01-01T00:00:00Z")...))
		account := load(t, r, register.Source{File: "second.xml"}, iatiFile(contest(40, "2024-02-01T00:00:00Z")...))
		unkept := func(mark, seq int64, pid int) {
			t.Helper()
			run(t, d, fmt.Sprintf(`INSERT INTO pointer_ahead (import, key, version, counts, absent, lowest)
				SELECT %d, key, version, counts, absent, lowest FROM moved WHERE seq = %d AND key <> ''`, mark, seq),
				fmt.Sprintf(`DELETE FROM moved WHERE seq = %d AND key <> ''`, seq),
				fmt.Sprintf(`INSERT INTO staging (import, host, pid, beat) VALUES (%d, 'elsewhere', %d, %d)`, mark, pid, day.UnixMilli()))
		}
		later := open(d)
		later.Now = func() time.Time { return day.Add(time.Hour) }
		keeps := func(what string) {
			t.Helper()
			before := past(t, d)
			if n, err := r.Sweep(ctx); err != nil || n != 0 || leftovers(t, d) == 0 {
				t.Errorf("%s: what a living process works on was taken over: %d, %v", what, n, err)
			}
			electedOnce(t, d)
			if n, err := later.Sweep(ctx); err != nil || n != 0 || leftovers(t, d) != 0 {
				t.Errorf("%s: swept %d, %v; %d rows are left", what, n, err, leftovers(t, d))
			}
			if got := past(t, d); got != before {
				t.Errorf("%s: the history changes from\n%s\nto\n%s", what, before, got)
			}
		}
		unkept(account.ID, account.Seq, 1)
		keeps("published")
		undone, err := r.Undo(ctx, operator, account.ID)
		if err != nil {
			t.Fatal(err)
		}
		unkept(-account.ID, undone.UndoSeq, 1)
		keeps("undone")
	})
}

// TestAnUndoingThatDiedIsTakenOver leaves what one laid down that never came to its transaction.
func TestAnUndoingThatDiedIsTakenOver(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		account := load(t, r, src, iatiFile(contest(5, "2024-01-01T00:00:00Z")...))
		begun := []string{fmt.Sprintf(`INSERT INTO pointer_ahead (import, key, version, counts, absent, lowest) SELECT %d, key, 0, 0, 0, 0 FROM current WHERE counts = 1`, -account.ID),
			fmt.Sprintf(`INSERT INTO staging (import, host, pid, beat) VALUES (%d, 'elsewhere', 1, %d)`, -account.ID, day.UnixMilli())}
		run(t, d, begun...)
		before, later := past(t, d), open(d)
		later.Now = func() time.Time { return day.Add(time.Hour) }
		if _, err := r.Undo(ctx, operator, account.ID); resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("undoing what another process undoes: %v, want conflict", err)
		}
		if n, err := later.Sweep(ctx); err != nil || n != 0 || leftovers(t, d) != 0 || past(t, d) != before {
			t.Errorf("swept %d, %v; %d rows are left", n, err, leftovers(t, d))
		}
		run(t, d, begun...)
		if _, err := later.Undo(ctx, operator, account.ID); err != nil || state(t, d) != "" || leftovers(t, d) != 0 {
			t.Errorf("undoing after the process died: %v; %d rows are left", err, leftovers(t, d))
		}
	})
}

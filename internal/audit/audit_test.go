package audit_test

import (
	"context"
	"errors"
	"testing"

	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

func record(t *testing.T, d *db.DB, verb string) int64 {
	t.Helper()
	var seq int64
	err := d.Write(context.Background(), func(tx *db.Tx) (err error) {
		seq, err = audit.Record(context.Background(), tx, audit.Change{At: 1, Actor: "operator", Verb: verb, Object: "import/1", About: map[string]any{"new": 3}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func TestTheSequenceHasNoGaps(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if got := record(t, d, "import"); got != 1 {
			t.Errorf("first change has sequence %d, want 1", got)
		}
		undone := errors.New("undone")
		err := d.Write(ctx, func(tx *db.Tx) error {
			if _, err := audit.Record(ctx, tx, audit.Change{Verb: "import"}); err != nil {
				return err
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		if got := record(t, d, "decide"); got != 2 {
			t.Errorf("after a change that was rolled back: %d, want 2", got)
		}
		head, err := audit.Newest(ctx, d)
		if err != nil || head.Seq != 2 || head.Hash == "" {
			t.Errorf("head = %+v, %v", head, err)
		}
		changes, err := audit.Since(ctx, d, 1, 10)
		if err != nil || len(changes) != 1 || changes[0].Verb != "decide" {
			t.Errorf("changes after 1 = %+v, %v", changes, err)
		}
	})
}

func TestAnAlteredEntryIsFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		for range 3 {
			record(t, d, "import")
		}
		if bad, err := audit.Verify(ctx, d); err != nil || bad != 0 {
			t.Fatalf("sound log: %d, %v", bad, err)
		}
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE change SET body = replace(body, '3', '4') WHERE seq = 2`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if bad, err := audit.Verify(ctx, d); err != nil || bad != 2 {
			t.Errorf("altered log: first bad entry %d, %v; want 2", bad, err)
		}
	})
}

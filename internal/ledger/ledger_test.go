package ledger_test

import (
	"context"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
)

func open(t *testing.T, d *db.DB, source string) int64 {
	t.Helper()
	var id int64
	write(t, d, func(ctx context.Context, tx *db.Tx) (err error) {
		id, err = ledger.Begin(ctx, tx, ledger.Import{Kind: "iati", File: source, Source: source, Actor: "operator", At: 1})
		return err
	})
	return id
}

func write(t *testing.T, d *db.DB, fn func(ctx context.Context, tx *db.Tx) error) {
	t.Helper()
	ctx := context.Background()
	if err := d.Write(ctx, func(tx *db.Tx) error { return fn(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
}

func TestAStagedAccountIsInvisible(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		id := open(t, d, "a.xml")
		if _, err := ledger.Get(ctx, d, id); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("a staged account: %v, want not found", err)
		}
		if list, err := ledger.List(ctx, d, 0, 10); err != nil || len(list) != 0 {
			t.Errorf("list = %v, %v; want none", list, err)
		}
		if ids, err := ledger.StagedIDs(ctx, d); err != nil || len(ids) != 1 || ids[0] != id {
			t.Errorf("staged = %v, %v; want %d", ids, err, id)
		}
	})
}

func TestAnAccountKeepsItsNumbersFindingsAndRefusedBytes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		id := open(t, d, "a.xml")
		want := ledger.Import{ID: id, Kind: "iati", State: ledger.Done, File: "a.xml", Source: "a.xml", Actor: "operator", At: 1,
			SHA256: "ab", Bytes: 9, Version: "2.03", Counts: ledger.Counts{Read: 12, New: 11, Refused: 1, Transactions: 34, Rounded: 3}, Seq: 1}
		want.Total.Add(resolute.SeverityError)
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			if err := ledger.AddFindings(ctx, tx, id, 0, []resolute.Finding{{Rule: "identifier-missing", Severity: resolute.SeverityError, Line: 362}}); err != nil {
				return err
			}
			if err := ledger.AddRefused(ctx, tx, id, ledger.RefusedRecord{N: 1, Line: 361, Rule: "identifier-missing", Bytes: []byte{1, 2}}); err != nil {
				return err
			}
			return ledger.Close(ctx, tx, want)
		})
		got, err := ledger.Get(ctx, d, id)
		if err != nil || got.Counts != want.Counts || got.State != ledger.Done || got.Total != want.Total || got.SHA256 != "ab" {
			t.Errorf("account = %+v, %v; want %+v", got, err, want)
		}
		findings, err := ledger.Findings(ctx, d, id, 0, 10)
		if err != nil || len(findings) != 1 || findings[0].Line != 362 {
			t.Errorf("findings = %+v, %v", findings, err)
		}
		refused, err := ledger.RefusedRecords(ctx, d, id, 100)
		if err != nil || len(refused) != 1 || len(refused[0].Bytes) != 2 {
			t.Errorf("refused = %+v, %v", refused, err)
		}
		if latest, ok, err := ledger.Latest(ctx, d, "iati", "a.xml"); err != nil || !ok || latest.ID != id {
			t.Errorf("latest = %+v, %v, %v", latest, ok, err)
		}
	})
}

func TestOnlyStagedAccountsAreDropped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		kept, dropped := open(t, d, "a.xml"), open(t, d, "b.xml")
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			if err := ledger.AddFindings(ctx, tx, kept, 0, []resolute.Finding{{Rule: "kept", Severity: resolute.SeverityNote}}); err != nil {
				return err
			}
			if err := ledger.AddRefused(ctx, tx, kept, ledger.RefusedRecord{N: 1, Line: 3, Rule: "kept", Bytes: []byte("<a/>")}); err != nil {
				return err
			}
			if err := ledger.Close(ctx, tx, ledger.Import{ID: kept, State: ledger.Done}); err != nil {
				return err
			}
			if err := ledger.Drop(ctx, tx, kept); err != nil {
				return err
			}
			return ledger.Drop(ctx, tx, dropped)
		})
		if _, err := ledger.Get(ctx, d, kept); err != nil {
			t.Errorf("a done account was dropped: %v", err)
		}
		for _, table := range []string{"import_finding", "import_refused"} {
			n := 0
			if err := d.QueryRow(ctx, `SELECT COUNT(*) FROM `+table).Scan(&n); err != nil || n != 1 {
				t.Errorf("%d rows of %s are left of a done account, want 1 (%v)", n, table, err)
			}
		}
		if ids, err := ledger.StagedIDs(ctx, d); err != nil || len(ids) != 0 {
			t.Errorf("staged after drop = %v, %v", ids, err)
		}
	})
}

func TestAnUndoneAccountIsNoLongerTheLatest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		first, second := open(t, d, "a.xml"), open(t, d, "a.xml")
		write(t, d, func(ctx context.Context, tx *db.Tx) error {
			for _, id := range []int64{first, second} {
				if err := ledger.Close(ctx, tx, ledger.Import{ID: id, State: ledger.Done, Seq: id}); err != nil {
					return err
				}
			}
			return ledger.Undo(ctx, tx, second, 3)
		})
		latest, ok, err := ledger.Latest(ctx, d, "iati", "a.xml")
		if err != nil || !ok || latest.ID != first {
			t.Errorf("latest = %d, %v, %v; want %d", latest.ID, ok, err, first)
		}
		if got, err := ledger.Get(ctx, d, second); err != nil || got.State != ledger.Undone || got.UndoSeq != 3 {
			t.Errorf("undone account = %+v, %v", got, err)
		}
	})
}

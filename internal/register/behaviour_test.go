package register_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

var (
	src      = register.Source{File: "agency.xml.gz"}
	operator = resolute.Operator()
)

// state is everything readers see, as text, so that before and after can be compared.
func state(t *testing.T, d *db.DB) string {
	t.Helper()
	rows, err := d.Query(context.Background(), `SELECT c.key, a.version, a.iati_id, a.title, c.counts, c.absent, a.lowest FROM current c JOIN activity a ON a.version = c.version ORDER BY c.key`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var b strings.Builder
	for rows.Next() {
		var key, id, title string
		var version, counts, absent, lowest int
		if err := rows.Scan(&key, &version, &id, &title, &counts, &absent, &lowest); err != nil {
			t.Fatal(err)
		}
		b.WriteString(strings.Join([]string{key, id, title, number(version), number(counts), number(absent), number(lowest)}, " ") + "\n")
	}
	return b.String()
}

func number(n int) string { return string(rune('0' + n%10)) }

// leftovers counts rows of versions that no finished import names.
func leftovers(t *testing.T, d *db.DB) int {
	t.Helper()
	n := count(t, d, `SELECT COUNT(*) FROM activity WHERE import NOT IN (SELECT id FROM import WHERE state IN ('done', 'undone'))`)
	for _, table := range []string{"doc", "title", "words", "tag", "txn", "counterpart", "budget", "participant", "place", "location", "unlocated", "evidence", "mandate_link"} {
		n += count(t, d, `SELECT COUNT(*) FROM `+table+` WHERE version NOT IN (SELECT version FROM activity)`)
	}
	n += count(t, d, `SELECT COUNT(*) FROM import_entry WHERE import NOT IN (SELECT id FROM import WHERE state IN ('done', 'undone'))`)
	return n + count(t, d, `SELECT COUNT(*) FROM staging`) + count(t, d, `SELECT COUNT(*) FROM pointer_ahead`) + count(t, d, `SELECT COUNT(*) FROM import WHERE state = 'staged'`)
}

func TestReimportTellsNewChangedUnchangedAndAbsent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		load(t, r, src, iatiFile(activity{id: "A"}, activity{id: "B"}, activity{id: "C"}))
		got := load(t, r, src, iatiFile(activity{id: "B", title: "changed"}, activity{id: "C"}, activity{id: "D"}))
		want := ledger.Counts{Read: 3, New: 1, Changed: 1, Unchanged: 1, Absent: 1}
		if got.Counts != want {
			t.Errorf("counts %+v, want %+v", got.Counts, want)
		}
		if n := count(t, d, `SELECT COUNT(*) FROM current c JOIN activity a ON a.version = c.version WHERE a.iati_id = 'A' AND c.absent = $1`, got.ID); n != 1 {
			t.Error("A is not absent since the second import")
		}
		if n := count(t, d, `SELECT COUNT(*) FROM activity WHERE iati_id = 'B'`); n != 2 {
			t.Errorf("B has %d versions, want 2: the old one stays", n)
		}
		back := load(t, r, src, iatiFile(activity{id: "A"}, activity{id: "B", title: "changed"}, activity{id: "C"}, activity{id: "D"}))
		if want := (ledger.Counts{Read: 4, Unchanged: 4}); back.Counts != want {
			t.Errorf("A comes back: %+v, want %+v", back.Counts, want)
		}
		if n := count(t, d, `SELECT COUNT(*) FROM current WHERE absent <> 0`); n != 0 {
			t.Errorf("%d are absent after all came back", n)
		}
	})
}

func TestWhiteSpaceAndCommentsAreNoChange(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	load(t, r, src, iatiFile(activity{id: "A"}))
	text := strings.ReplaceAll(iatiFile(activity{id: "A"}), "\n<title>", "\n\n  <!-- note -->\n  <title>")
	if got := load(t, r, src, text); got.Unchanged != 1 {
		t.Errorf("counts %+v, want unchanged", got.Counts)
	}
}

func TestAPartialFileMakesNothingAbsent(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	load(t, r, src, iatiFile(activity{id: "A"}, activity{id: "B"}))
	part := src
	part.Partial = true
	if got := load(t, r, part, iatiFile(activity{id: "C"})); got.Absent != 0 || got.New != 1 {
		t.Errorf("counts %+v, want one new and none absent", got.Counts)
	}
}

func TestTheSourceIsTheNameWithoutGz(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	load(t, r, register.Source{File: "agency.xml.gz"}, iatiFile(activity{id: "A"}))
	if got := load(t, r, register.Source{File: "downloads/agency.xml"}, iatiFile(activity{id: "A"})); got.Unchanged != 1 || got.Source != "agency.xml" {
		t.Errorf("source %q, counts %+v", got.Source, got.Counts)
	}
	if got := load(t, r, register.Source{File: "agency.xml", Name: "other"}, iatiFile(activity{id: "A"})); got.New != 1 {
		t.Errorf("under another source: %+v, want new", got.Counts)
	}
}

func TestOneOfEqualIdentifiersCounts(t *testing.T) {
	counting := func(t *testing.T, d *db.DB) string {
		t.Helper()
		var title string
		err := d.QueryRow(context.Background(), `SELECT a.title FROM current c JOIN activity a ON a.version = c.version WHERE c.counts = 1 AND a.iati_id = 'A'`).Scan(&title)
		if err != nil {
			t.Fatal(err)
		}
		return title
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		got := load(t, r, src, iatiFile(activity{id: "A", title: "newer", updated: "2024-05-01"}, activity{id: "A", title: "older", updated: "2023-05-01"}))
		if got.New != 2 || got.Total.Warning != 1 || counting(t, d) != "newer" {
			t.Errorf("counts %+v, findings %+v, %q counts", got.Counts, got.Total, counting(t, d))
		}
		other := load(t, r, register.Source{File: "second.xml"}, iatiFile(activity{id: "A", title: "elsewhere", updated: "2024-05-01"}))
		if other.Total.Warning != 1 || counting(t, d) != "elsewhere" {
			t.Errorf("a second source: findings %+v, %q counts; want the later import", other.Total, counting(t, d))
		}
		load(t, r, register.Source{File: "third.xml"}, iatiFile(activity{id: "A", title: "another publisher", reporter: "ZZ-TEST-2", updated: "2025-01-01"}))
		if n := count(t, d, `SELECT COUNT(*) FROM current WHERE counts = 1`); n != 2 {
			t.Errorf("%d count, want one for each organisation", n)
		}
		if _, err := r.Undo(context.Background(), operator, other.ID); err != nil || count(t, d, `SELECT COUNT(*) FROM current c JOIN activity a ON a.version = c.version WHERE c.counts = 1 AND a.title = 'newer'`) != 1 {
			t.Errorf("after undoing the second source (%v) the first does not count again", err)
		}
	})
}

func TestEqualIdentifiersKeepTheirKeys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		x, y, z := activity{id: "A", title: "x"}, activity{id: "A", title: "y"}, activity{id: "A", title: "z"}
		load(t, r, src, iatiFile(x, y))
		keys := `SELECT COUNT(*) FROM current c JOIN activity a ON a.version = c.version WHERE a.occurrence = CASE a.title WHEN 'x' THEN 1 WHEN 'y' THEN 2 END`
		if got := load(t, r, src, iatiFile(y, x)); got.Changed != 1 || got.New != 0 || count(t, d, keys) != 2 {
			t.Errorf("two that change places: %+v, want the one that is last now stored anew, under its key", got.Counts)
		}
		if got := load(t, r, src, iatiFile(z, y, x)); got.New != 1 || count(t, d, keys) != 2 {
			t.Errorf("a third before them: %+v, want one new", got.Counts)
		}
		if n := count(t, d, `SELECT COUNT(DISTINCT a.key) FROM activity a JOIN current c ON c.key = a.key AND c.version = a.version WHERE a.title = 'z' AND a.occurrence = 3`); n != 1 {
			t.Error("the third is not occurrence 3")
		}
		if n := count(t, d, `SELECT COUNT(*) FROM current c JOIN activity a ON a.version = c.version WHERE a.key <> c.key`); n != 0 {
			t.Errorf("%d pointers lead to a version of another key", n)
		}
	})
}

func TestARecordWithoutIdentifierLosesNoOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		got := load(t, open(d), src, iatiFile(activity{id: "A"}, activity{id: " "}, activity{id: "B"}))
		if want := (ledger.Counts{Read: 3, New: 2, Refused: 1}); got.Counts != want || got.Total.Error != 1 {
			t.Errorf("counts %+v, findings %+v", got.Counts, got.Total)
		}
		kept, err := ledger.RefusedRecords(context.Background(), d, got.ID, 100)
		if err != nil || len(kept) != 1 || kept[0].Rule != "identifier-missing" || len(kept[0].Bytes) == 0 {
			t.Errorf("kept %+v, %v", kept, err)
		}
	})
}

func TestAFileThatIsNotWellFormedIsRefusedWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		load(t, r, src, iatiFile(activity{id: "A"}))
		before := state(t, d)
		broken := strings.Replace(iatiFile(many(1200, "new")...), "</iati-activities>", "<iati-activity></b>", 1)
		account, err := r.ImportIATI(ctx, operator, src, strings.NewReader(broken), register.ImportOptions{})
		if resolute.CodeOf(err) != resolute.Invalid || !strings.Contains(err.Error(), "agency.xml.gz:") {
			t.Errorf("error %v, want invalid with the place", err)
		}
		if account.State != ledger.Refused || account.Counts != (ledger.Counts{}) || account.SHA256 == "" || account.Bytes != int64(len(broken)) {
			t.Errorf("account %+v", account)
		}
		findings, err := ledger.Findings(ctx, d, account.ID, 0, 10)
		if err != nil || len(findings) != 1 || findings[0].Severity != resolute.SeverityError || findings[0].Line == 0 {
			t.Errorf("findings %+v, %v", findings, err)
		}
		if state(t, d) != before || leftovers(t, d) != 0 {
			t.Errorf("%d rows are left; state\n%s\nwant\n%s", leftovers(t, d), state(t, d), before)
		}
	})
}

func TestAnotherPublisherUnderTheSameNameIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		load(t, r, src, iatiFile(activity{id: "A"}))
		before := state(t, d)
		account, err := r.ImportIATI(ctx, operator, src, strings.NewReader(iatiFile(activity{id: "X", reporter: "ZZ-TEST-2"})), register.ImportOptions{})
		if resolute.CodeOf(err) != resolute.Invalid || !strings.Contains(err.Error(), "--source") || account.State != ledger.Refused {
			t.Errorf("%v, account %+v; want refused with advice", err, account)
		}
		if state(t, d) != before || leftovers(t, d) != 0 {
			t.Error("something of the refused file is left")
		}
		if got := load(t, r, src, iatiFile(activity{id: "A"}, activity{id: "X", reporter: "ZZ-TEST-2"})); got.New != 1 {
			t.Errorf("a second publisher beside the first: %+v, want new", got.Counts)
		}
	})
}

// breaking gives text until it has given n bytes, then calls do.
type breaking struct {
	from io.Reader
	left int
	do   func() error
}

func (b *breaking) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, b.do()
	}
	n, err := b.from.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

func TestACancelledImportLeavesTheOldState(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		load(t, r, src, iatiFile(activity{id: "A"}))
		before := state(t, d)
		ctx, cancel := context.WithCancel(context.Background())
		progress := func(register.Progress) { cancel() } // after the first batch was staged
		text := iatiFile(many(2500, "new")...)
		if _, err := r.ImportIATI(ctx, operator, src, strings.NewReader(text), register.ImportOptions{Progress: progress}); !errors.Is(err, context.Canceled) {
			t.Fatalf("error %v, want cancelled", err)
		}
		if state(t, d) != before || leftovers(t, d) != 0 {
			t.Errorf("%d rows are left", leftovers(t, d))
		}
	})
}

func TestABrokenLineLeavesTheOldState(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	text := iatiFile(many(2500, "new")...)
	gone := errors.New("connection reset")
	in := &breaking{from: strings.NewReader(text), left: len(text) - 100, do: func() error { return gone }}
	if _, err := r.ImportIATI(context.Background(), operator, src, in, register.ImportOptions{}); err == nil {
		t.Fatal("no error")
	}
	if state(t, d) != "" || leftovers(t, d) != 0 {
		t.Errorf("%d rows are left", leftovers(t, d))
	}
}

func TestSweepRemovesWhatADeadImportStaged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		load(t, r, src, iatiFile(activity{id: "A"}))
		before := state(t, d)
		crash(t, r)
		if state(t, d) != before {
			t.Fatal("readers see a crashed import")
		}
		if n, err := r.Sweep(ctx); err != nil || n != 0 {
			t.Fatalf("an import that may still run was swept: %d, %v", n, err)
		}
		later := open(d)
		later.Now = func() time.Time { return day.Add(time.Hour) }
		if n, err := later.Sweep(ctx); err != nil || n != 1 {
			t.Fatalf("swept %d, %v; want 1", n, err)
		}
		if state(t, d) != before || leftovers(t, d) != 0 {
			t.Errorf("%d rows are left", leftovers(t, d))
		}
	})
}

func TestSweepKnowsADeadProcess(t *testing.T) {
	d := dbtest.SQLite(t)
	r, ctx := open(d), context.Background()
	crash(t, r)
	err := d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE staging SET pid = 2147483646`) // no process has it
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := r.Sweep(ctx); err != nil || n != 1 || leftovers(t, d) != 0 {
		t.Errorf("swept %d, %v; %d rows are left", n, err, leftovers(t, d))
	}
}

// crash ends an import between two batches without any cleaning up.
func crash(t *testing.T, r *register.Register) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Fatal("the import did not crash")
		}
	}()
	text := iatiFile(many(2500, "new")...)
	_, _ = r.ImportIATI(context.Background(), operator, src, strings.NewReader(text), register.ImportOptions{Progress: func(register.Progress) { panic("power is gone") }})
}

func TestAnImportThatWasSweptStoresNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		later := open(d)
		later.Now = func() time.Time { return day.Add(time.Hour) }
		swept := false
		progress := func(register.Progress) {
			if n, err := later.Sweep(ctx); err != nil || (n == 0 && !swept) {
				t.Errorf("swept %d, %v", n, err)
			}
			swept = true
		}
		if _, err := r.ImportIATI(ctx, operator, src, strings.NewReader(iatiFile(many(2500, "new")...)), register.ImportOptions{Progress: progress}); err == nil {
			t.Error("an import that was swept went on")
		}
		if state(t, d) != "" || leftovers(t, d) != 0 {
			t.Errorf("%d rows are left", leftovers(t, d))
		}
	})
}

// What a file was compared with must still stand when it becomes visible.
func TestAnImportThatAnotherOvertookStoresNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		after := ""
		progress := func(register.Progress) {
			if after == "" {
				after = "set"
				load(t, open(d), src, iatiFile(activity{id: "A", title: "of the other"}))
				after = state(t, d)
			}
		}
		_, err := r.ImportIATI(ctx, operator, src, strings.NewReader(iatiFile(many(2500, "new")...)), register.ImportOptions{Progress: progress})
		if resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("got %v, want a conflict with the import that came in between", err)
		}
		if got := state(t, d); after == "" || got != after || leftovers(t, d) != 0 {
			t.Errorf("readers see\n%s\nwant what the other import brought\n%s\nand %d rows are left", got, after, leftovers(t, d))
		}
	})
}

func TestUndoReturnsToWhatStoodBefore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		parent := activity{id: "P", hierarchy: 1}
		first := load(t, r, src, iatiFile(activity{id: "A"}, activity{id: "B"}, parent))
		before := state(t, d)
		child := activity{id: "K", hierarchy: 2, extra: `<related-activity ref="P" type="1"/>`}
		second := load(t, r, src, iatiFile(activity{id: "B", title: "changed"}, parent, child))
		if n := count(t, d, `SELECT COUNT(*) FROM activity a JOIN current c ON c.version = a.version WHERE a.lowest = 0`); n != 1 {
			t.Errorf("%d activities are not lowest, want the parent, which did not change itself", n)
		}
		if _, err := r.Undo(ctx, operator, first.ID); resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("undoing the older import: %v, want conflict", err)
		}
		account, err := r.Undo(ctx, operator, second.ID)
		if err != nil || account.State != ledger.Undone {
			t.Fatalf("undo: %+v, %v", account, err)
		}
		if got := state(t, d); got != before {
			t.Errorf("after undo\n%s\nwant\n%s", got, before)
		}
		if _, err := r.Undo(ctx, operator, second.ID); resolute.CodeOf(err) != resolute.Invalid {
			t.Errorf("undoing twice: %v, want invalid", err)
		}
		if _, err := r.Undo(ctx, operator, 99); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("undoing what is not: %v, want not found", err)
		}
		if _, err := r.Undo(ctx, operator, first.ID); err != nil || state(t, d) != "" {
			t.Errorf("undoing the first as well: %v, state %s", err, state(t, d))
		}
		if bad, err := audit.Verify(ctx, d); err != nil || bad != 0 {
			t.Errorf("the log breaks at %d, %v", bad, err)
		}
	})
}

func TestNobodyImportsWithoutTheRight(t *testing.T) {
	r, ctx := open(dbtest.SQLite(t)), context.Background()
	if _, err := r.ImportIATI(ctx, resolute.Actor{ID: "guest"}, src, strings.NewReader(iatiFile(activity{id: "A"})), register.ImportOptions{}); resolute.CodeOf(err) != resolute.Forbidden {
		t.Errorf("import: %v, want forbidden", err)
	}
	if _, err := r.Undo(ctx, resolute.Actor{ID: "guest"}, 1); resolute.CodeOf(err) != resolute.Forbidden {
		t.Errorf("undo: %v, want forbidden", err)
	}
	if _, err := r.Decide(ctx, resolute.Actor{ID: "guest"}, register.Decision{Verdict: register.Confirm}); resolute.CodeOf(err) != resolute.Forbidden {
		t.Errorf("decide: %v, want forbidden", err)
	}
	if _, err := r.Rederive(ctx, resolute.Actor{ID: "guest"}); resolute.CodeOf(err) != resolute.Forbidden {
		t.Errorf("rederive: %v, want forbidden", err)
	}
}

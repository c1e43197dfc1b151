package coverage_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

// beforeHistory takes a database back to the schema that kept no history of pointers. Steps 9,
// 12 and 47 are all that concern it: what they made goes, the rest of the content is as it was written.
func beforeHistory(t *testing.T, d *db.DB) {
	t.Helper()
	execute(t, d, `DROP VIEW history`)
	execute(t, d, `DROP TABLE pointer_ahead`)
	execute(t, d, `DROP TABLE moved`)
	execute(t, d, `DELETE FROM migration WHERE number IN (9, 12, 47)`)
}

func migrate(t *testing.T, d *db.DB, want int) {
	t.Helper()
	if n, err := d.Migrate(context.Background()); err != nil || n != want {
		t.Fatalf("%d steps were run, %v, want %d", n, err, want)
	}
}

func newest(t *testing.T, d *db.DB) audit.Head {
	t.Helper()
	head, err := audit.Newest(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	return head
}

// TestAFilledDatabaseBeginsItsHistoryWhenItIsMigrated fills a database with imports, re-imports,
// undos and decisions, migrates it, and goes on: it undoes what was imported before as well.
func TestAFilledDatabaseBeginsItsHistoryWhenItIsMigrated(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		h := history{t: t, d: d, random: rand.New(rand.NewPCG(9, 8))}
		for range 20 {
			h.deed()
		}
		begins, present := newest(t, d), everything(t, newCoverage(d))
		beforeHistory(t, d)
		migrate(t, d, 3)
		same(t, "the present after the migration", everything(t, newCoverage(d)), present)
		then := map[audit.Head]map[string]string{begins: present}
		for range 12 {
			h.deed()
			then[newest(t, d)] = everything(t, newCoverage(d))
		}
		c := newCoverage(d)
		for head, want := range then {
			same(t, "a version since the migration", everything(t, at(t, c, head.Seq)), want)
		}
		for seq := range begins.Seq {
			_, err := c.At(ctx, seq)
			if want := map[bool]resolute.Code{true: resolute.NotFound, false: resolute.Conflict}[seq == 0]; resolute.CodeOf(err) != want {
				t.Fatalf("version %d, before the migration, gives %v, want %s", seq, err, want)
			}
			if oldest, err := c.Oldest(ctx); err != nil || oldest != begins.Seq {
				t.Fatalf("the oldest version that can be shown is %d, %v, want %d", oldest, err, begins.Seq)
			}
		}
		nothingDiffers(t, d)
	})
}

func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for question := range want {
		if got[question] != want[question] {
			t.Errorf("%s: %s\n got %s\nwant %s", what, question, got[question], want[question])
		}
	}
}

// nothingDiffers runs the check that holds the history to the pointers.
func nothingDiffers(t *testing.T, d *db.DB) {
	t.Helper()
	for _, check := range (&register.Register{DB: d, Now: clock}).Checks(false) {
		var n int
		if check.Name != "history-differs" {
			continue
		}
		if err := d.QueryRow(context.Background(), check.Count).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d pointers are not where their history ends, %v", n, err)
		}
	}
}

func TestAnEmptyDatabaseBeginsItsHistoryWithItsFirstChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		beforeHistory(t, d)
		migrate(t, d, 3)
		versions(t, d, 2)
		if _, err := newCoverage(d).At(context.Background(), 1); err != nil {
			t.Error(err)
		}
	})
}

// A database whose history was kept before its beginning moved with rewritten tags must not show
// what it refused to show until then.
func TestAHistoryBeginsWhereTagsWereWrittenAnewBeforeTheMigration(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		versions(t, d, 2)
		execute(t, d, `DELETE FROM tag`)
		if n, err := (&register.Register{DB: d, Now: clock}).Rederive(ctx, resolute.Operator()); err != nil || n == 0 {
			t.Fatalf("derived %d anew, %v", n, err)
		}
		rederived := newest(t, d).Seq
		importText(t, d, "later.xml", strings.Replace(document(line("C7")), "2022", "2023", 1))
		execute(t, d, `UPDATE moved SET seq = 0 WHERE key = ''`)
		execute(t, d, `DELETE FROM migration WHERE number = 12`)
		migrate(t, d, 1)
		if oldest, err := newCoverage(d).Oldest(ctx); err != nil || oldest != rederived {
			t.Errorf("the oldest version that can be shown is %d, %v, want %d", oldest, err, rederived)
		}
	})
}

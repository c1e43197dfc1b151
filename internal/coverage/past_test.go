package coverage_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

// TestAPastVersionAnswersAsItDidThen runs a random history of imports, absences, copies, second-hand
// reports, families, decisions and undos, keeps all answers of each version, and asks for the
// versions again when the history is over.
func TestAPastVersionAnswersAsItDidThen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		h := history{t: t, d: d, random: rand.New(rand.NewPCG(48, 12))}
		then := map[int64]map[string]string{}
		deeds := map[int64]string{}
		for range 25 {
			deed := h.deed()
			head, err := audit.Newest(ctx, d)
			if err != nil {
				t.Fatal(err)
			}
			then[head.Seq], deeds[head.Seq] = everything(t, newCoverage(d)), deed
		}
		c := newCoverage(d)
		for seq, want := range then {
			pinned, err := c.At(ctx, seq)
			if err != nil {
				t.Fatalf("version %d: %v", seq, err)
			}
			got := everything(t, pinned)
			for question := range want {
				if got[question] != want[question] {
					t.Errorf("version %d, after %s, %s\n got %s\nwant %s", seq, deeds[seq], question, got[question], want[question])
				}
			}
		}
	})
}

func TestAVersionThatCannotBeShownIsAnError(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		importText(t, d, "one.xml", document(line("C2")))
		importText(t, d, "two.xml", document(line("C7")))
		refused := func(name string, seq int64, want resolute.Code) {
			t.Helper()
			if _, err := newCoverage(d).At(ctx, seq); resolute.CodeOf(err) != want {
				t.Errorf("%s: version %d gives %v, want %s", name, seq, err, want)
			}
		}
		if _, err := newCoverage(d).At(ctx, 1); err != nil {
			t.Errorf("a version of the log: %v", err)
		}
		refused("in the future", 3, resolute.NotFound)
		refused("before the first", 0, resolute.NotFound)
		refused("negative", -1, resolute.NotFound)
		execute(t, d, `UPDATE moved SET seq = 2 WHERE key = ''`)
		refused("before its history was kept", 1, resolute.Conflict)
		execute(t, d, `UPDATE moved SET seq = 0 WHERE key = ''`)
		execute(t, d, `DELETE FROM tag`)
		reg := &register.Register{DB: d, Now: clock}
		if n, err := reg.Rederive(ctx, resolute.Operator()); err != nil || n == 0 {
			t.Fatalf("derived %d anew, %v", n, err)
		}
		refused("before tags were written anew", 2, resolute.Conflict)
	})
}

func TestOnlyTheLastVersionsAreRemembered(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	for _, name := range []string{"one.xml", "two.xml", "three.xml", "four.xml"} {
		importText(t, d, name, document(line("C2")))
	}
	c := newCoverage(d)
	at := func(seq int64) *coverage.Coverage {
		pinned, err := c.At(ctx, seq)
		if err != nil {
			t.Fatal(err)
		}
		return pinned
	}
	first := at(1)
	if at(2); at(1) != first {
		t.Error("the version before the last is read again")
	}
	at(2)
	if at(3); at(1) == first {
		t.Error("a version is kept when two others came after it")
	}
}

func execute(t *testing.T, d *db.DB, text string) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

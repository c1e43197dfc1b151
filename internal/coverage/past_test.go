package coverage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

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
		then := map[audit.Head]map[string]string{}
		deeds := map[audit.Head]string{}
		for range 25 {
			deed := h.deed()
			head, err := audit.Newest(ctx, d)
			if err != nil {
				t.Fatal(err)
			}
			then[head], deeds[head] = everything(t, newCoverage(d)), deed
		}
		c := newCoverage(d)
		for head, want := range then {
			sharing, err := c.At(ctx, head.Seq)
			if err != nil {
				t.Fatalf("version %d: %v", head.Seq, err)
			}
			whole, err := c.ReadWhole(ctx, head)
			if err != nil {
				t.Fatalf("version %d: %v", head.Seq, err)
			}
			for way, pinned := range map[string]*coverage.Coverage{"sharing": sharing, "whole": whole} {
				got := everything(t, pinned)
				for question := range want {
					if got[question] != want[question] {
						t.Errorf("version %d read %s, after %s, %s\n got %s\nwant %s", head.Seq, way, deeds[head], question, got[question], want[question])
					}
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

// versions imports one activity after the other, each from a source of its own.
func versions(t *testing.T, d *db.DB, n int) {
	t.Helper()
	for i := range n {
		importText(t, d, fmt.Sprintf("%d.xml", i), document(line("C2")))
	}
}

func at(t *testing.T, c *coverage.Coverage, seq int64) *coverage.Coverage {
	t.Helper()
	pinned, err := c.At(context.Background(), seq)
	if err != nil {
		t.Fatal(err)
	}
	return pinned
}

func TestOnlyTheLastVersionsAreRemembered(t *testing.T) {
	d := dbtest.SQLite(t)
	versions(t, d, 8)
	c := newCoverage(d)
	first := at(t, c, 1)
	for _, seq := range []int64{2, 3, 4} {
		at(t, c, seq)
	}
	if at(t, c, 1) != first {
		t.Error("a version among the last is read again")
	}
	at(t, c, 5)
	if got, want := fmt.Sprint(c.Remembered()), "[5 1 4 3]"; got != want {
		t.Errorf("remembered are %s, want %s", got, want)
	}
}

func TestAVersionThatNobodyAsksForIsForgotten(t *testing.T) {
	d := dbtest.SQLite(t)
	versions(t, d, 3)
	c := newCoverage(d)
	at(t, c, 1)
	c.Forget(coverage.PastIdle)
	at(t, c, 2)
	if c.Forget(time.Second); fmt.Sprint(c.Remembered()) != "[2]" {
		t.Errorf("remembered are %v, want version 2 alone", c.Remembered())
	}
}

func TestAPastVersionSharesWhatDidNotMove(t *testing.T) {
	d := dbtest.SQLite(t)
	loadDemo(t, d, 200)
	importText(t, d, "one.xml", document(line("C2")))
	c := newCoverage(d)
	head, err := audit.Newest(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	sharing := at(t, c, head.Seq-1)
	head.Seq--
	whole, err := c.ReadWhole(context.Background(), head)
	if err != nil {
		t.Fatal(err)
	}
	if own, all := c.Own(sharing), c.Own(whole); own > all/2 {
		t.Errorf("a version that differs by one activity of 200 holds %d bytes of its own, one read whole %d", own, all)
	}
}

func TestAPastVersionIsReadByOneAtATime(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	versions(t, d, 3)
	c := newCoverage(d)
	at(t, c, 2)
	leave := c.Occupy()
	if at(t, c, 2); resolute.CodeOf(c.WaitFor(ctx, time.Millisecond)) != resolute.Busy {
		t.Error("who waits for too long is not told to come again")
	}
	asked := make([]*coverage.Coverage, coverage.PastWaiting)
	var crowd sync.WaitGroup
	for i := range asked {
		crowd.Go(func() { asked[i], _ = c.At(ctx, 1) })
	}
	for c.Waiting() < coverage.PastWaiting {
		runtime.Gosched()
	}
	if _, err := c.At(ctx, 1); resolute.CodeOf(err) != resolute.Busy {
		t.Errorf("one more than may wait gets %v, want to be told to come again", err)
	}
	leave()
	crowd.Wait()
	for _, got := range asked {
		if got == nil || got != asked[0] {
			t.Error("those who asked for the same version at once did not get the same reading")
		}
	}
	if c.Waiting() != 0 {
		t.Errorf("%d still wait", c.Waiting())
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

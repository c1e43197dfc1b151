package coverage

import (
	"context"
	"testing"
	"time"

	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
)

// A server's snapshot has the answers of its main pages ready, whatever the page asks first.
func TestAServedSnapshotHasItsMainAnswersReady(t *testing.T) {
	d := dbtest.SQLite(t)
	c := &Coverage{DB: d, Frameworks: &framework.Framework{DB: d, Now: time.Now},
		Paragraphs: []Paragraph{{ID: "R1", Thread: "r#1", Addressee: "a"}, {ID: "R2", Thread: "r#2", Addressee: "b"}, {ID: "R3", Thread: "r#3", Addressee: "a"}}}
	if changed, err := c.follow(context.Background()); err != nil || !changed {
		t.Fatalf("changed %v, %v", changed, err)
	}
	s := c.current.Load()
	for _, question := range []string{"table " + key(Query{By: ByLine}), "matrix " + key(MatrixQuery{}), "gaps " + key(GapQuery{Addressees: []string{"a", "b"}})} {
		if _, ready := s.answers[question]; !ready {
			t.Errorf("not ready: %s", question)
		}
	}
	if changed, err := c.follow(context.Background()); err != nil || changed {
		t.Errorf("nothing was new: changed %v, %v", changed, err)
	}
}

// What is made ready beside readers is there for them, and does not pass for something that they asked.
func TestWhoMakesAnswersReadyIsNoReader(t *testing.T) {
	s := &snapshot{facts: &facts{}}
	reckoned := 0
	ask := func(s *snapshot) heavy { return once(s, "main", func(*snapshot) heavy { reckoned++; return 10 }) }
	ask(s.quietly(true))
	if lately := s.lately(time.Time{}); len(lately) != 0 {
		t.Errorf("readers asked %d questions", len(lately))
	}
	if s.quietly(true).workers() != 1 {
		t.Error("it takes the processors of the readers")
	}
	before := time.Now()
	ask(s)
	ask(s.quietly(true))
	if lately := s.lately(before.Add(-time.Second)); reckoned != 1 || len(lately) != 1 {
		t.Errorf("reckoned %d times, %d questions of readers", reckoned, len(lately))
	}
}

// A server that follows the log shows a change with what was asked ready, and gets the rest ready unless
// the next change waits.
func TestGettingReadyStopsForTheNextChange(t *testing.T) {
	d := dbtest.SQLite(t)
	ctx := context.Background()
	c := &Coverage{DB: d, Frameworks: &framework.Framework{DB: d, Now: time.Now}, Paragraphs: []Paragraph{{ID: "R1", Thread: "r#1", Addressee: "a"}}}
	change := func() {
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := audit.Record(ctx, tx, audit.Change{Actor: "test", Verb: "test", Object: "test/1"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	change()
	if _, err := c.follow(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Table(ctx, Query{By: ByGoal, Filter: Filter{Lines: []string{"C2"}}}); err != nil {
		t.Fatal(err)
	}
	first := c.current.Load()
	change()
	if _, err := c.follow(ctx); err != nil {
		t.Fatal(err)
	}
	s := c.current.Load()
	for _, question := range []string{"table " + key(Query{By: ByGoal, Filter: Filter{Lines: []string{"C2"}}}), "table " + key(Query{By: ByLine})} {
		if _, ready := s.answers[question]; !ready || s == first {
			t.Errorf("not ready: %s", question)
		}
	}
	asked := 0
	(&snapshot{facts: s.facts, book: s.book, rates: s.rates}).warm(func() bool { asked++; change(); return c.outdated(ctx, s) })
	if asked != 1 {
		t.Errorf("it asked %d questions though a change waited", asked)
	}
	if !c.outdated(ctx, s) {
		t.Error("the change is not seen")
	}
}

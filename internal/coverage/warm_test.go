package coverage

import (
	"context"
	"testing"
	"time"

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

package measure_test

import (
	"fmt"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/measure"
)

// The list is kept in memory: it must still be that of the moment that is asked for.
func TestListIsThatOfItsMoment(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		listed := func(at int64) string {
			list, err := m.Indicators(ctx, at)
			if err != nil {
				t.Fatal(err)
			}
			var parts []string
			for _, i := range list {
				parts = append(parts, fmt.Sprintf("%s %s %d", i.Code, i.Name, i.Observations))
			}
			clear(list) // what a reader does with its list is nothing to others
			return strings.Join(parts, "; ")
		}
		want := func(at int64, what string) {
			t.Helper()
			for range 2 { // reckoned, then remembered
				if got := listed(at); got != what {
					t.Errorf("as of %d: got %q, want %q", at, got, what)
				}
			}
		}
		want(0, "")
		one := take(t, m, "a.csv", columns+"u,Users,,KEN,,2020,20,,,\n")
		want(0, "u Users 1")
		two := take(t, m, "b.csv", columns+"u,Users of the net,,KEN,,2021,21,,,\nv,V,,KEN,,2021,1,,,\n")
		want(0, "u Users of the net 2; v V 1")
		want(one.Seq, "u Users 1")
		undone, err := m.Undo(ctx, resolute.Operator(), two.ID)
		if err != nil {
			t.Fatal(err)
		}
		want(0, "u Users 1")
		want(two.Seq, "u Users of the net 2; v V 1")
		want(undone.UndoSeq, "u Users 1")
		fresh := &measure.Measure{DB: d, Now: m.Now}
		if list, err := fresh.Indicators(ctx, two.Seq); err != nil || len(list) != 2 {
			t.Errorf("another reader: %v, %v", list, err)
		}
	})
}

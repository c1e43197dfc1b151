package coverage_test

import (
	"context"
	"fmt"
	"strconv"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

// works asks who works on the rows of a query.
func works(t *testing.T, c *coverage.Coverage, q coverage.Query, most int) coverage.Works {
	t.Helper()
	w, err := c.Works(context.Background(), q, most)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestWhoWorksOnARowIsCountedAsTheTableDoes holds each figure to the table narrowed to the
// organisation, from a snapshot and from the database.
func TestWhoWorksOnARowIsCountedAsTheTableDoes(t *testing.T) {
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		loadDemo(t, d, 90)
		snapshot, fresh := newCoverage(d), newCoverage(d)
		if _, err := snapshot.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		q := coverage.Query{By: coverage.ByLine, Period: resolute.Period{From: "2021-01-01", To: "2024-12-31"}, Filter: coverage.Filter{Regions: []string{"AFR"}}}
		all := works(t, snapshot, q, 1000)
		if len(all.List) == 0 || len(all.List) != all.Organisations {
			t.Fatalf("%d organisations listed of %d, want some and all", len(all.List), all.Organisations)
		}
		if other := works(t, fresh, q, 1000); fmt.Sprintf("%+v", all) != fmt.Sprintf("%+v", other) {
			t.Error("the snapshot differs from the database")
		}
		for _, w := range all.List {
			one := q
			one.Filter.Organisations = []string{strconv.FormatInt(w.ID, 10)}
			table, err := snapshot.Table(ctx, one)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range table.Rows {
				if w.Rows[row.ID] != row.Activities {
					t.Errorf("%s works on %s in %d activities, the table says %d", w.Name, row.ID, w.Rows[row.ID], row.Activities)
				}
			}
			if w.Activities != table.Total.Activities-table.Unlinked.Activities {
				t.Errorf("%s answers any row in %d activities, want %d", w.Name, w.Activities, table.Total.Activities-table.Unlinked.Activities)
			}
		}
	})
}

func TestWhoWorksMostIsListedFirst(t *testing.T) {
	d := dbtest.SQLite(t)
	loadDemo(t, d, 90)
	c := newCoverage(d)
	q := coverage.Query{By: coverage.ByProvision}
	all, few := works(t, c, q, 1000), works(t, c, q, 2)
	if few.Organisations != all.Organisations || len(few.List) != 2 {
		t.Fatalf("%d listed of %d, want 2 of %d", len(few.List), few.Organisations, all.Organisations)
	}
	for i, w := range all.List[1:] {
		if w.Activities > all.List[i].Activities {
			t.Errorf("%s with %d activities stands behind %s with %d", w.Name, w.Activities, all.List[i].Name, all.List[i].Activities)
		}
	}
	if none := works(t, newCoverage(dbtest.SQLite(t)), q, 10); none.Organisations != 0 || len(none.List) != 0 {
		t.Errorf("an empty installation lists %+v", none)
	}
	if _, err := c.Works(context.Background(), coverage.Query{By: "moon"}, 1); resolute.CodeOf(err) != resolute.Usage {
		t.Errorf("an unknown view: %v", err)
	}
}

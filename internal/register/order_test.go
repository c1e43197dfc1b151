package register_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

// seen lists what readers see of a source, without version numbers.
func seen(t *rapid.T, d *db.DB, source string) string {
	rows, err := d.Query(context.Background(), `SELECT a.iati_id, a.title, c.counts, c.absent > 0, a.lowest FROM current c JOIN activity a ON a.version = c.version
		WHERE a.source = $1 ORDER BY a.iati_id, a.occurrence`, source)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var b strings.Builder
	for rows.Next() {
		var id, title string
		var counts, absent, lowest int
		if err := rows.Scan(&id, &title, &counts, &absent, &lowest); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, id, title, counts, absent, lowest)
	}
	return b.String()
}

// TestTheOrderOfAFileDoesNotMatter holds for activities with different identifiers: which are
// new, changed or absent, what counts, and whose budgets are lowest.
func TestTheOrderOfAFileDoesNotMatter(t *testing.T) {
	d := dbtest.SQLite(t)
	r, n := open(d), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		draw := func(label string) []activity {
			ids := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"A", "B", "C", "D"}), 1, 4, rapid.ID[string]).Draw(t, label)
			list := make([]activity, len(ids))
			for i, id := range ids {
				list[i] = activity{id: id, reporter: fmt.Sprint("ZZ-TEST-", n), hierarchy: 1, title: rapid.SampledFrom([]string{"x", "y"}).Draw(t, label+" title")}
				if parent := rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, label+" parent"); parent != "" && parent != id {
					list[i].hierarchy, list[i].extra = 2, `<related-activity ref="`+parent+`" type="1"/>`
				}
			}
			return list
		}
		first, second := draw("first"), draw("second")
		sources := [2]string{fmt.Sprint("straight-", n), fmt.Sprint("turned-", n)}
		for i, source := range sources {
			for _, list := range [][]activity{first, second} {
				list = slices.Clone(list)
				for j := range list {
					list[j].reporter += source // the two must not be duplicates of each other
				}
				if i == 1 {
					slices.Reverse(list)
				}
				if _, err := r.ImportIATI(context.Background(), operator, register.Source{File: source}, strings.NewReader(iatiFile(list...)), register.ImportOptions{}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if a, b := seen(t, d, sources[0]), seen(t, d, sources[1]); a != b {
			t.Fatalf("as drawn\n%s\nturned round\n%s", a, b)
		}
	})
}

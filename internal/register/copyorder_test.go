package register_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

// latest gives the title of what counts of the identifier X, and of what stands of it as the greatest version.
func latest(t *testing.T, d *db.DB) string {
	t.Helper()
	var counts, last string
	err := d.QueryRow(context.Background(), `SELECT (SELECT a.title FROM current c JOIN activity a ON a.version = c.version WHERE c.counts = 1 AND a.iati_id = 'X'),
		(SELECT a.title FROM current c JOIN activity a ON a.version = c.version WHERE c.absent = 0 AND a.iati_id = 'X' ORDER BY a.version DESC LIMIT 1)`).Scan(&counts, &last)
	if err != nil {
		t.Fatal(err)
	}
	return counts + " " + last
}

// Of equal identifiers of one file the later counts, whatever files came before it.
func TestTheLaterInTheNewestFileCounts(t *testing.T) {
	copies := func(titles ...string) string {
		list := make([]activity, len(titles))
		for i, title := range titles {
			list[i] = activity{id: "X", title: title}
			if title == "-" {
				list[i].id = fmt.Sprint("A", i)
			}
		}
		return iatiFile(list...)
	}
	for _, c := range []struct{ first, second string }{
		{"ten twenty", "twenty ten"}, {"one two three", "three two one"}, {"one two three", "three one"}, {"ten", "ten twenty"}, {"ten", "twenty ten"},
		{"one two", "two three one"}, {"one one two", "two one one"}, {"ten twenty", "ten twenty"},
		{"ten twenty", "thirty twenty"}, {"one two three", "one four three"}, {"- - - ten", "ten twenty"}, {"- - - ten", "ten twenty thirty"}, {"- - ten twenty", "ten twenty thirty"},
	} {
		t.Run(c.first+" then "+c.second, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				r := open(d)
				load(t, r, src, copies(strings.Fields(c.first)...))
				before, counted := state(t, d), latest(t, d)
				second := copies(strings.Fields(c.second)...)
				account := load(t, r, src, second)
				titles := strings.Fields(c.second)
				last := titles[len(titles)-1]
				if got := latest(t, d); got != last+" "+last {
					t.Errorf("what counts and what is the last: %s, want %s", got, last)
				}
				again := load(t, r, src, second+"<!-- read once more -->")
				if again.Unchanged != len(titles) || latest(t, d) != last+" "+last {
					t.Errorf("the same again: %+v, want all unchanged; %s", again.Counts, latest(t, d))
				}
				for _, id := range []int64{again.ID, account.ID} {
					if _, err := r.Undo(context.Background(), operator, id); err != nil {
						t.Fatal(err)
					}
				}
				if state(t, d) != before || latest(t, d) != counted || leftovers(t, d) != 0 {
					t.Errorf("undone\n%s %s\nwant\n%s %s", state(t, d), latest(t, d), before, counted)
				}
			})
		})
	}
}

// Copies whose order stays are unchanged, though they move down the file.
func TestCopiesThatMoveTogetherAreUnchanged(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	list := []activity{{id: "X", title: "ten"}, {id: "X", title: "twenty"}}
	load(t, r, src, iatiFile(list...))
	for n := range 3 {
		list = append([]activity{{id: fmt.Sprint("A", n)}}, list...)
		if got := load(t, r, src, iatiFile(list...)); got.Changed != 0 || got.New != 1 {
			t.Errorf("%+v, want one new and the rest unchanged", got.Counts)
		}
	}
}

// In a file without line breaks the later counts as well, and those of other dates are left alone.
func TestCopiesOfOneLineAndOfSeveralDates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		oneLine := func(list ...activity) string { return strings.ReplaceAll(iatiFile(list...), "\n", " ") }
		for _, title := range strings.Fields("one two three four five") {
			load(t, r, src, oneLine(activity{id: "X", title: "first " + title}, activity{id: "X", title: title}))
			if got := latest(t, d); got != title+" "+title {
				t.Errorf("what counts and what is the last: %s, want %s", got, title)
			}
		}
		other := src
		other.File = "dated.xml"
		old, young := activity{id: "Y", title: "old", updated: "2023-05-01"}, activity{id: "Y", title: "young", updated: "2024-05-01"}
		load(t, r, other, oneLine(old, young))
		old.title = "old, told otherwise"
		if got := load(t, r, other, oneLine(old, young)); got.Changed != 1 || got.Unchanged != 1 {
			t.Errorf("%+v, want the older one changed alone: its place decides nothing", got.Counts)
		}
	})
}

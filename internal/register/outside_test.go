package register_test

import (
	"context"
	"strings"
	"testing"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

// member is an activity that names parents and children.
func member(id, title string, hierarchy int, parents, children string) activity {
	a := activity{id: id, title: title, hierarchy: hierarchy}
	for _, parent := range strings.Fields(parents) {
		a.extra += `<related-activity ref="` + parent + `" type="1"/>`
	}
	for _, child := range strings.Fields(children) {
		a.extra += `<related-activity ref="` + child + `" type="2"/>`
	}
	return a
}

// notLowest lists the activities whose budgets do not count.
func notLowest(t *testing.T, d *db.DB) string {
	t.Helper()
	rows, err := d.Query(context.Background(), `SELECT a.iati_id FROM current c JOIN activity a ON a.version = c.version WHERE a.lowest = 0 AND c.absent = 0 ORDER BY a.iati_id`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		list = append(list, id)
	}
	return strings.Join(list, " ")
}

// A partial file leaves levels as they are in its source: what it does not hold stands beside it.
func TestAPartialFileKnowsWhatStandsBesideIt(t *testing.T) {
	other := activity{id: "O", hierarchy: 1}
	for name, c := range map[string]struct {
		whole, part  []activity
		before, want string
	}{
		"the parent, changed":                         {[]activity{member("P", "", 1, "", "C"), member("C", "", 2, "P", "")}, []activity{member("P", "new", 1, "", "C")}, "P", "P"},
		"the parent, unchanged":                       {[]activity{member("P", "", 1, "", "C"), member("C", "", 2, "P", "")}, []activity{member("P", "", 1, "", "C")}, "P", "P"},
		"the child, changed":                          {[]activity{member("P", "", 1, "", "C"), member("C", "", 2, "P", "")}, []activity{member("C", "new", 2, "P", "")}, "P", "P"},
		"a parent that only its child names":          {[]activity{member("P", "", 1, "", ""), member("C", "", 2, "P", "")}, []activity{member("P", "new", 1, "", "")}, "P", "P"},
		"a parent that names its child no longer":     {[]activity{member("P", "", 1, "", "C"), member("C", "", 2, "", "")}, []activity{member("P", "new", 1, "", "")}, "P", ""},
		"a parent whose child never came":             {[]activity{member("P", "", 1, "", "C")}, []activity{member("P", "new", 1, "", "C")}, "", ""},
		"a new child":                                 {[]activity{member("P", "", 1, "", "")}, []activity{member("C", "", 2, "P", "")}, "", "P"},
		"a new child on its parent's level":           {[]activity{member("P", "", 1, "", "")}, []activity{member("C", "", 1, "P", "")}, "", ""},
		"a new parent":                                {[]activity{member("C", "", 2, "", "")}, []activity{member("P", "", 1, "", "C")}, "", "P"},
		"one of two that name each other child":       {[]activity{member("P", "", 1, "", "C"), member("C", "", 1, "", "P")}, []activity{member("P", "new", 1, "", "C")}, "", ""},
		"the middle of three, which only names up":    {[]activity{member("P", "", 1, "", ""), member("M", "", 2, "P", ""), member("C", "", 3, "M", "")}, []activity{member("M", "new", 2, "P", "")}, "M P", "M P"},
		"a new child that only its parent names":      {[]activity{member("P", "", 1, "", "C")}, []activity{member("C", "", 2, "", "")}, "", "P"},
		"a new parent that only its child names":      {[]activity{member("C", "", 2, "P", "")}, []activity{member("P", "", 1, "", "")}, "", "P"},
		"a child that names its parent no longer":     {[]activity{member("P", "", 1, "", ""), member("C", "", 2, "P", "")}, []activity{member("C", "new", 2, "", "")}, "P", ""},
		"one of two children that names it no longer": {[]activity{member("P", "", 1, "", ""), member("C", "", 2, "P", ""), member("D", "", 2, "P", "")}, []activity{member("C", "new", 2, "", "")}, "P", "P"},
		"a child that goes to its parent's level":     {[]activity{member("P", "", 2, "", ""), member("C", "", 3, "P", "")}, []activity{member("C", "new", 2, "P", "")}, "P", ""},
		"a child that goes above a parent naming it":  {[]activity{member("P", "", 2, "", "C"), member("C", "", 2, "", "")}, []activity{member("C", "new", 1, "", "")}, "P", ""},
		"a parent that goes above its child":          {[]activity{member("P", "", 2, "", ""), member("C", "", 2, "P", "")}, []activity{member("P", "new", 1, "", "")}, "", "P"},
		"one that names as child whoever names it":    {[]activity{member("P", "", 1, "", "C"), member("C", "", 1, "", "")}, []activity{member("C", "new", 1, "", "P")}, "P", ""},
		"a copy of a parent beside it":                {[]activity{member("P", "", 1, "", ""), member("P", "two", 2, "", ""), member("C", "", 2, "P", "")}, []activity{member("P", "new", 3, "", "")}, "P P", ""},
		"a parent of a child that is gone meanwhile":  {[]activity{member("P", "", 2, "", "C")}, []activity{member("P", "new", 2, "", "C"), member("X", "", 1, "", "")}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				r, part := open(d), src
				part.Partial = true
				if strings.Contains(name, "gone") {
					load(t, r, src, iatiFile(append(c.whole, other, member("C", "", 3, "P", ""))...))
				}
				load(t, r, src, iatiFile(append(c.whole, other)...))
				before := state(t, d)
				if got := notLowest(t, d); got != c.before {
					t.Fatalf("at first %q are not lowest, want %q", got, c.before)
				}
				account := load(t, r, part, iatiFile(c.part...))
				if got := notLowest(t, d); got != c.want {
					t.Errorf("%q are not lowest, want %q", got, c.want)
				}
				if _, err := r.Undo(context.Background(), operator, account.ID); err != nil || state(t, d) != before {
					t.Errorf("undone (%v)\n%s\nwant\n%s", err, state(t, d), before)
				}
			})
		})
	}
}

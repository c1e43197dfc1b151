package register_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

// relative is an activity of a family as a test draws it; its title is its own.
type relative struct {
	id, reporter, title string
	hierarchy           int
	parents, children   []string
}

func (r relative) activity() activity {
	a := member(r.id, r.title, r.hierarchy, strings.Join(r.parents, " "), strings.Join(r.children, " "))
	a.reporter = r.reporter
	return a
}

func fileOf(list []relative) string {
	activities := make([]activity, len(list))
	for i, r := range list {
		activities[i] = r.activity()
	}
	return iatiFile(activities...)
}

// levels tells by the rule, gone through slowly, which of those that stand are lowest.
func levels(all []relative) map[string]bool {
	least := map[[2]string]int{}
	who := func(r relative, id string) [2]string { return [2]string{r.reporter, id} }
	for _, r := range all {
		if h, met := least[who(r, r.id)]; !met || r.hierarchy < h {
			least[who(r, r.id)] = r.hierarchy
		}
	}
	above := map[[2]string]bool{}
	for _, r := range all {
		own := least[who(r, r.id)]
		for _, parent := range r.parents {
			if h, stands := least[who(r, parent)]; stands && parent != r.id && r.hierarchy > h {
				above[who(r, parent)] = true
			}
		}
		for _, child := range r.children {
			h, stands := least[who(r, child)]
			mutual := h == own && slices.ContainsFunc(all, func(c relative) bool { return who(c, c.id) == who(r, child) && slices.Contains(c.children, r.id) })
			if stands && child != r.id && h >= own && !mutual {
				above[who(r, r.id)] = true
			}
		}
	}
	lowest := map[string]bool{}
	for _, r := range all {
		lowest[r.title] = !above[who(r, r.id)]
	}
	return lowest
}

// stand reads what stands in a source, by title, and whether it is lowest.
func stand(t interface{ Fatal(...any) }, d *db.DB, source string) map[string]bool {
	rows, err := d.Query(context.Background(), `SELECT a.title, a.lowest FROM current c JOIN activity a ON a.version = c.version WHERE a.source = $1 AND c.absent = 0`, source)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	found := map[string]bool{}
	for rows.Next() {
		var title string
		var lowest int
		if err := rows.Scan(&title, &lowest); err != nil {
			t.Fatal(err)
		}
		found[title] = lowest == 1
	}
	return found
}

// drawn makes the relatives of one test, each with a title of its own.
type drawn struct {
	n   int
	all map[string]relative
}

func (w *drawn) file(t *rapid.T, copies bool) []relative {
	ids, some := rapid.SampledFrom([]string{"A", "B", "C", "D", "E"}), rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"A", "B", "C", "D", "E"}), 0, 2, rapid.ID[string])
	names := rapid.SliceOfN(ids, 0, 5).Draw(t, "identifiers")
	if !copies {
		names = slices.Compact(slices.Sorted(slices.Values(names)))
	}
	list := []relative{{id: "Z", reporter: "ZZ-TEST-1", title: "the same publisher", hierarchy: 1}}
	w.all[list[0].title] = list[0]
	for _, id := range names {
		reporter := rapid.SampledFrom([]string{"ZZ-TEST-1", "ZZ-TEST-1", "ZZ-TEST-2"}).Draw(t, "reporter")
		var known []relative
		for _, r := range w.all {
			if r.id == id && r.reporter == reporter && !slices.ContainsFunc(list, func(l relative) bool { return l.title == r.title }) {
				known = append(known, r)
			}
		}
		if len(known) > 0 && rapid.Bool().Draw(t, "as it was") {
			slices.SortFunc(known, func(a, b relative) int { return strings.Compare(a.title, b.title) })
			list = append(list, rapid.SampledFrom(known).Draw(t, "which"))
			continue
		}
		w.n++
		r := relative{id, reporter, fmt.Sprint("t", w.n), rapid.IntRange(1, 3).Draw(t, "hierarchy"), some.Draw(t, "parents"), some.Draw(t, "children")}
		w.all[r.title] = r
		list = append(list, r)
	}
	return list
}

// fewOnPostgres is how often a drawn test that takes many imports runs there: they take longer.
const fewOnPostgres = 25

// TestLevelsFollowFromWhatStands whatever files came, whole ones and parts, and whatever was undone; when
// what stands comes as a whole file it changes nothing.
func TestLevelsFollowFromWhatStands(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, n, engine := open(d), 0, t.Name()
		rapid.Check(t, func(t *rapid.T) {
			if n++; n > fewOnPostgres && strings.HasSuffix(engine, "PostgreSQL") {
				return
			}
			source, drawn := fmt.Sprint("file-", n), &drawn{all: map[string]relative{}}
			copies := rapid.Bool().Draw(t, "copies")
			var undoable []int64
			var before []map[string]bool
			bring := func(list []relative, partial bool) int64 {
				account, err := r.ImportIATI(context.Background(), operator, register.Source{File: source, Partial: partial}, strings.NewReader(fileOf(list)), register.ImportOptions{})
				if err != nil {
					t.Fatal(err)
				}
				return account.ID
			}
			check := func(what string) {
				found := stand(t, d, source)
				var all []relative
				for title := range found {
					all = append(all, drawn.all[title])
				}
				for title, want := range levels(all) {
					if found[title] != want {
						t.Fatalf("%s: %s of %s is lowest: %v, want %v; what stands: %+v", what, title, drawn.all[title].id, found[title], want, all)
					}
				}
			}
			for range rapid.IntRange(2, 5).Draw(t, "steps") {
				if len(undoable) > 0 && rapid.IntRange(0, 4).Draw(t, "undo") == 0 {
					last := len(undoable) - 1
					if _, err := r.Undo(context.Background(), operator, undoable[last]); err != nil {
						t.Fatal(err)
					}
					if got := stand(t, d, source); fmt.Sprint(got) != fmt.Sprint(before[last]) {
						t.Fatalf("undone %v, want %v", got, before[last])
					}
					undoable, before = undoable[:last], before[:last]
					continue
				}
				partial := len(undoable) > 0 && rapid.IntRange(0, 3).Draw(t, "partial") > 0
				before = append(before, stand(t, d, source))
				undoable = append(undoable, bring(drawn.file(t, copies), partial))
				check(map[bool]string{true: "partial", false: "whole"}[partial])
			}
			if copies {
				return
			}
			var all []relative
			for title := range stand(t, d, source) {
				all = append(all, drawn.all[title])
			}
			if len(all) == 0 {
				return
			}
			last := bring(all, false)
			var moved int64 = math.MaxInt64
			if err := d.QueryRow(context.Background(), `SELECT COUNT(*) FROM import_entry WHERE import = $1`, last).Scan(&moved); err != nil || moved != 0 {
				t.Fatalf("what stands as a whole file moves %d pointers or levels (%v)", moved, err)
			}
		})
	})
}

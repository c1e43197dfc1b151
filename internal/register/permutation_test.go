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

// dated is an activity with a title of its own, as one source says it.
type dated struct{ id, reporter, title, updated string }

// counting gives the titles of those that stand, and of those of them that count.
func counting(t interface{ Fatal(...any) }, d *db.DB, reporter string) (standing, counts []string) {
	rows, err := d.Query(context.Background(), `SELECT a.title, c.counts, c.absent FROM current c JOIN activity a ON a.version = c.version WHERE a.reporter LIKE $1`, reporter+"%")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var title string
		var flag, absent int
		if err := rows.Scan(&title, &flag, &absent); err != nil {
			t.Fatal(err)
		}
		if absent == 0 {
			standing = append(standing, title)
			if flag == 1 {
				counts = append(counts, title)
			}
		}
	}
	slices.Sort(standing)
	slices.Sort(counts)
	return standing, counts
}

// electing gives the same of what the newest files of all sources hold: the newest by its date counts, of
// those of one date, which only one source has, the later in its file.
func electing(files [][]dated) (standing, counts []string) {
	best := map[[2]string]dated{}
	for _, file := range files {
		for _, a := range file {
			standing = append(standing, a.title)
			who := [2]string{a.reporter, a.id}
			if b, met := best[who]; !met || a.updated >= b.updated {
				best[who] = a
			}
		}
	}
	for _, a := range best {
		counts = append(counts, a.title)
	}
	slices.Sort(standing)
	slices.Sort(counts)
	return standing, counts
}

// changedBy gives what stands of a source after a part of it, in which no identifier stands twice.
func changedBy(file, part []dated) []dated {
	file = slices.Clone(file)
	for _, a := range part {
		n := slices.IndexFunc(file, func(b dated) bool { return a.id == b.id && a.reporter == b.reporter })
		if n < 0 {
			file = append(file, a)
		} else {
			file[n] = a
		}
	}
	return file
}

// TestWhatCountsFollowsFromTheNewestFiles of all sources, in whatever order they came, whatever files came
// before them, went and came back, were parts, or were undone.
func TestWhatCountsFollowsFromTheNewestFiles(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, n, engine := open(d), 0, t.Name()
		rapid.Check(t, func(t *rapid.T) {
			if n++; n > fewOnPostgres && strings.HasSuffix(engine, "PostgreSQL") {
				return
			}
			copies, own, titles := rapid.SampledFrom([]bool{true, true, false}).Draw(t, "copies"), fmt.Sprintf("ZZ-%d-", n), 0
			said, dates, least := make([][]dated, 3), []int{2020, 2030}, 0
			if copies {
				dates, least = rapid.SampledFrom([][]int{dates, dates[:1]}).Draw(t, "dates"), 2
			}
			draw := func(source int) []dated {
				ids := rapid.SliceOfN(rapid.SampledFrom([]string{"A", "A", "A", "B"}), least, 4).Draw(t, "identifiers")
				if !copies {
					ids = slices.Compact(slices.Sorted(slices.Values(ids)))
				}
				list := []dated{{"Z", own + "1", fmt.Sprint("publisher ", source), fmt.Sprintf("%d-01-01", 2020+source)}}
				for _, id := range ids {
					known := slices.DeleteFunc(slices.Clone(said[source]), func(a dated) bool { return a.id != id })
					if len(known) > 0 && rapid.SampledFrom([]bool{true, false}).Draw(t, "said before") {
						list = append(list, rapid.SampledFrom(known[max(0, len(known)-3):]).Draw(t, "which"))
						continue
					}
					titles++
					a := dated{id, own + rapid.SampledFrom([]string{"1", "1", "1", "1", "1", "2"}).Draw(t, "reporter"), fmt.Sprint("t", titles),
						fmt.Sprintf("%d-01-01", rapid.SampledFrom(dates).Draw(t, "decade")+source)}
					said[source] = append(said[source], a)
					list = append(list, a)
				}
				if !copies { // one known may be of another reporter than the one drawn
					list = changedBy(nil, list)
				}
				return list
			}
			type imported struct {
				id     int64
				before []dated
			}
			files, done := make([][]dated, 3), make([][]imported, 3)
			for range rapid.IntRange(4, 8).Draw(t, "steps") {
				source := rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "source")
				if last := len(done[source]) - 1; last >= 0 && rapid.IntRange(0, 4).Draw(t, "undo") == 0 {
					if _, err := r.Undo(context.Background(), operator, done[source][last].id); err != nil {
						t.Fatal(err)
					}
					files[source], done[source] = done[source][last].before, done[source][:last]
				} else {
					src := register.Source{File: fmt.Sprint(own, source), Partial: !copies && rapid.IntRange(0, 2).Draw(t, "partial") == 0}
					list := draw(source)
					activities := make([]activity, len(list))
					for i, a := range list {
						activities[i] = activity{id: a.id, reporter: a.reporter, title: a.title, updated: a.updated}
					}
					account, err := r.ImportIATI(context.Background(), operator, src, strings.NewReader(iatiFile(activities...)), register.ImportOptions{})
					if err != nil {
						t.Fatal(err)
					}
					done[source] = append(done[source], imported{account.ID, files[source]})
					if files[source] = list; src.Partial {
						files[source] = changedBy(done[source][len(done[source])-1].before, list)
					}
				}
				standing, counts := counting(t, d, own)
				wantStanding, wantCounts := electing(files)
				if !slices.Equal(standing, wantStanding) || !slices.Equal(counts, wantCounts) {
					t.Fatalf("stand %v and count %v, want %v and %v; files %v", standing, counts, wantStanding, wantCounts, files)
				}
			}
		})
	})
}

package mandate_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
)

// TestAShelfThatFollowsIsTheOneReadAnew lets one reader follow a random history of texts of six
// instruments, which come in, come in changed, cite each other and are taken back, and holds its
// answers after each deed to those of a reader that begins.
func TestAShelfThatFollowsIsTheOneReadAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		n := 0
		now := func() time.Time { return time.Date(2026, 6, 1, 0, 0, n, 0, time.UTC) }
		following := &mandate.Mandate{DB: d, Now: now}
		var imports []int64
		take := func(number, cites, year int, who, what string) {
			n++
			text := fmt.Sprintf("RESOLUTION %d (Fiction, %d)\nPonds\nThe Plenipotentiary Conference of the International Telecommunication Union (Fiction, %d),\nrecalling\na) Resolution %d (Fiction, 2001) of this conference,\ninstructs the %s\n1 to count %s number %d.\n",
				number, year, year, cites, who, what, n)
			account, err := following.Import(ctx, resolute.Operator(), mandate.File{Name: "a.txt", Data: []byte(text)})
			if err != nil {
				t.Fatal(err)
			}
			imports = append(imports, account.ID)
		}
		for number := 901; number <= 906; number++ { // so that each key is known
			take(number, 901, 2000, "Secretary-General", "ponds")
		}
		imports = nil
		rapid.Check(t, func(rt *rapid.T) {
			if len(imports) > 2 && rapid.IntRange(0, 3).Draw(rt, "deed") == 0 {
				last := len(imports) - 1
				if _, err := following.Undo(ctx, resolute.Operator(), imports[last]); err != nil {
					rt.Fatal(err)
				}
				imports = imports[:last]
			} else {
				take(rapid.IntRange(901, 906).Draw(rt, "number"), rapid.IntRange(901, 906).Draw(rt, "cites"), rapid.IntRange(2001, 2004).Draw(rt, "year"),
					rapid.SampledFrom([]string{"Secretary-General", "Director of the Telecommunication Development Bureau"}).Draw(rt, "who"), rapid.SampledFrom([]string{"ponds", "boats", "bridges"}).Draw(rt, "what"))
			}
			fresh := &mandate.Mandate{DB: d, Now: now}
			for _, q := range []mandate.ShelfQuery{{}, {Text: "boats"}, {Addressee: "sg"}, {Cites: "itu:pp/res/903"}, {CitedBy: "itu:pp/res/902"}, {Sort: mandate.ByCited}, {Held: true, Sort: mandate.ByNewest}} {
				got, want := shelfData(t, following, q), shelfData(t, fresh, q)
				if got != want {
					rt.Errorf("%+v\n got %s\nwant %s", q, got, want)
				}
			}
			got, total, err := following.Find(ctx, "count ponds", 50)
			want, all, wrong := fresh.Find(ctx, "count ponds", 50)
			if err != nil || wrong != nil || total != all || fmt.Sprint(got) != fmt.Sprint(want) {
				rt.Errorf("found %d %v, want %d %v; %v, %v", total, got, all, want, err, wrong)
			}
		})
	})
}

func shelfData(t *testing.T, m *mandate.Mandate, q mandate.ShelfQuery) string {
	t.Helper()
	return fmt.Sprintf("%+v", onShelf(t, m, q).JSON("en"))
}

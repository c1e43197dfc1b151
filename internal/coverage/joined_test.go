package coverage_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
	"resolute/internal/register"
)

// TestWhatHangsOnAJoinedThreadCountsForTheOther links an activity to a thread that a later revision
// began, joins it with that of the earlier one, and takes that back. Both the server's
// snapshot and the database are asked.
func TestWhatHangsOnAJoinedThreadCountsForTheOther(t *testing.T) {
	const instrument = "itu:pp/res/140"
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		m := &mandate.Mandate{DB: d, Now: time.Now}
		for _, x := range [][2]string{{"2001", "1 to go on;"}, {"2005", "1 to dig wells in every village of the plain;"}} {
			text := strings.NewReplacer("YEAR", x[0], "FIRST", x[1]).Replace("RESOLUTION 140 (Rev. Fiction, YEAR)\nA title\nThe Plenipotentiary Conference of the International Telecommunication Union (Fiction, YEAR),\nresolves\nFIRST\n2 to begin.\n")
			if _, err := m.Import(ctx, resolute.Operator(), mandate.File{Name: x[0] + ".txt", Data: []byte(text)}); err != nil {
				t.Fatal(err)
			}
		}
		importText(t, d, "a.xml", document(line("C2"), paid("3", "2022-05-05", "10")))
		var key string
		if err := d.QueryRow(ctx, `SELECT key FROM activity`).Scan(&key); err != nil {
			t.Fatal(err)
		}
		r, found, err := m.Edition(ctx, instrument, "2005")
		if err != nil || !found {
			t.Fatal(found, err)
		}
		split := instrument + "#resolves_1@2005"
		link := register.Decision{Verdict: register.SetTag, Reach: register.Reach{Key: key, Scheme: register.ThreadScheme, Code: split}, Share: register.NoShare, Reason: "so"}
		if _, err := (&register.Register{DB: d, Now: time.Now}).Decide(ctx, resolute.Operator(), link); err != nil {
			t.Fatal(err)
		}
		served := newCoverage(d)
		counted := func(when string, want int) {
			t.Helper()
			if _, err := served.Refresh(ctx); err != nil {
				t.Fatal(err)
			}
			for name, c := range map[string]*coverage.Coverage{"the snapshot": served, "the database": newCoverage(d)} {
				paragraphs, err := m.Paragraphs(ctx, instrument)
				if err != nil {
					t.Fatal(err)
				}
				on, err := c.Of(ctx, paragraphs)
				if err != nil {
					t.Fatal(err)
				}
				table, err := on.Table(ctx, coverage.Query{By: coverage.ByProvision})
				if err != nil {
					t.Fatal(err)
				}
				if got := table.Rows[0]; got.Activities != want {
					t.Errorf("%s, %s: %s has %d activities, want %d", when, name, got.ID, got.Activities, want)
				}
			}
		}
		counted("apart", 1)
		joined, err := m.DecideThread(ctx, resolute.Operator(), mandate.ThreadRuling{Revision: r.ID, Path: "resolves_1", Verb: mandate.JoinThread, Target: "resolves_1", Reason: "so"})
		if err != nil {
			t.Fatal(err)
		}
		counted("joined", 1)
		if _, err := m.UndoThreadDecision(ctx, resolute.Operator(), joined.ID, "so"); err != nil {
			t.Fatal(err)
		}
		counted("undone", 1)
	})
}

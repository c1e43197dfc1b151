package resolution_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
	"resolute/internal/report/resolution"
)

// TestADraftLeavesAsAProposal holds that a draft without deeds bears no tracked change, and that
// after any deeds all changes rejected are the base and all accepted the draft.
func TestADraftLeavesAsAProposal(t *testing.T) {
	ctx := context.Background()
	m := &mandate.Mandate{DB: dbtest.SQLite(t), Now: func() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }}
	if _, err := m.Import(ctx, resolute.Operator(), mandate.File{Name: "r.txt", Data: []byte(oldText)}); err != nil {
		t.Fatal(err)
	}
	held, err := m.Revisions(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	d, err := m.BeginDraft(ctx, resolute.Operator(), mandate.NewDraft{Instrument: held[0].Instrument, Year: 2029})
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(3, 4))
	for n := range 40 {
		r, err := m.Draft(ctx, resolute.Operator(), d.ID)
		if err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		if err := resolution.Redline(&file, r.Base, r.New, resolution.Author{Name: "A. Delegate", Day: "2026-06-01"}, ""); err != nil {
			t.Fatal(err)
		}
		if n == 0 && (r.Base.Body != r.New.Body || r.Base.Body != oldText) {
			t.Error("a draft without deeds is not its base")
		}
		checkSides(t, r.Base, r.New, file.Bytes())
		l := d.Lines[random.IntN(len(d.Lines))]
		e := mandate.DraftEdit{Version: d.Version, Verb: mandate.DraftVerbs[random.IntN(len(mandate.DraftVerbs))], Key: l.Key, Text: l.Words() + " and more;"}
		if after, err := m.EditDraft(ctx, resolute.Operator(), d.ID, e); err == nil {
			d = after
		} else if resolute.CodeOf(err) == resolute.Internal {
			t.Fatal(err)
		}
	}
}

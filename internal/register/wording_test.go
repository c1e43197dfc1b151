package register_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
	"resolute/internal/register"
)

// wording is a text of the mandate in words of our own; the year tells one edition from the next.
const wording = "RESOLUTION 30 (Rev. Fiction, 2001)\nA title\nThe World Telecommunication Development Conference (Fiction, 2001),\nresolves\n8 to go on.\n"

func TestAMandateLinkKeepsTheWordingOnWhichItWasMade(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		r, m := open(d), &mandate.Mandate{DB: d, Now: func() time.Time { return time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC) }}
		load(t, r, src, iatiFile(activity{id: "before", extra: `<sector vocabulary="99" vocabulary-uri="https://resolute.example/mandate/itu:wtdc/res/30" code="R8" percentage="100"/>`}))
		takeText(t, m, wording)
		held, err := m.Read(ctx, mandate.BuiltIn(), 0)
		if err != nil {
			t.Fatal(err)
		}
		load(t, r, register.Source{File: "b.xml"}, iatiFile(activity{id: "with", extra: `<sector vocabulary="99" vocabulary-uri="https://resolute.example/mandate/itu:wtdc/res/30" code="R8" percentage="100"/>`}))
		d8 := decided(t, r, key(t, d, "with"))
		takeText(t, m, strings.ReplaceAll(wording, "2001", "2005"))
		if _, err := r.Rederive(ctx, resolute.Operator()); err != nil {
			t.Fatal(err)
		}
		for id, want := range map[string]int64{"before": 0, "with": held.ID} {
			p, err := r.Activity(ctx, key(t, d, id))
			if err != nil || len(p.Links) == 0 || p.Links[0].Revision != want {
				t.Errorf("%s: links %+v, want the wording %d, %v", id, p.Links, want, err)
			}
		}
		line, err := r.Decide(ctx, resolute.Operator(), register.Decision{Verdict: register.SetTag, Share: register.NoShare, Reason: "as reported", Reach: register.Reach{Key: key(t, d, "with"), Scheme: lineScheme, Code: "C2"}})
		if err != nil || line.Revision != 0 {
			t.Errorf("a decision about an action line names the wording %d of a paragraph (%v)", line.Revision, err)
		}
		if d8.Revision != held.ID {
			t.Errorf("the decision names the wording %d, want %d", d8.Revision, held.ID)
		}
	})
}

func takeText(t *testing.T, m *mandate.Mandate, text string) {
	t.Helper()
	if _, err := m.Import(context.Background(), resolute.Operator(), mandate.File{Name: "text.txt", Data: []byte(text)}); err != nil {
		t.Fatal(err)
	}
}

func decided(t *testing.T, r *register.Register, key string) register.Decision {
	t.Helper()
	d, err := r.Decide(context.Background(), resolute.Operator(), register.Decision{Verdict: register.SetTag, Share: register.NoShare, Reason: "as reported",
		Reach: register.Reach{Key: key, Scheme: register.ThreadScheme, Code: "R5"}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

package mandate_test

import (
	"context"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
	"resolute/internal/mandate/redline"
)

// mixedLamps is a text of our own in which two revisions are mixed; two spans are doubtful.
const mixedLamps = `RESOLUTION 9 (Rev. Busan, 2014Dubai, 2018)
On lamps
The Plenipotentiary Conference of the International Telecommunication Union (Busan, 2014Dubai, 2018),
noting
a) that lamps burn;
b) that oil is dear;
cb) that wicks are cheap,
noting further
a) that glass breaks;
b) that it is cleaned daily;
b) that it is cleaned by the hour;
c) that some light is lost,
resolves
1 to go on with this work in every region.
2 to report on it to the next conference.
`

func apartOf(t *testing.T, m *mandate.Mandate) (*mandate.Reading, mandate.TakenApart) {
	t.Helper()
	held, err := m.Revisions(context.Background(), "itu:pp/res/9")
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range held {
		if h.Mixed {
			r, err := m.Read(context.Background(), h.Instrument, h.ID)
			if err != nil {
				t.Fatal(err)
			}
			a, err := m.Apart(context.Background(), r)
			if err != nil {
				t.Fatal(err)
			}
			return r, a
		}
	}
	t.Fatal("no mixed text is held")
	return nil, mandate.TakenApart{}
}

func decideOn(t *testing.T, m *mandate.Mandate, span string, as redline.Kind) redline.Decision {
	t.Helper()
	r, _ := apartOf(t, m)
	d, err := m.DecideSpan(context.Background(), resolute.Operator(), r, span, as, "seen in the printed text")
	if err != nil {
		t.Fatal(span, err)
	}
	return d
}

func TestAPersonDecidesADoubtfulSpan(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := opened(d)
		takeText(t, m, mixedLamps)
		_, before := apartOf(t, m)
		if before.Undecided() != 2 {
			t.Fatalf("undecided %d, want 2", before.Undecided())
		}
		made := decideOn(t, m, "10:0-28", redline.Inserted)
		_, a := apartOf(t, m)
		if a.Undecided() != 1 || strings.Contains(a.Before, "cleaned daily") || !strings.Contains(a.After, "cleaned daily") {
			t.Errorf("the texts do not follow the decision: %d undecided\n%s\n%s", a.Undecided(), a.Before, a.After)
		}
		decideOn(t, m, "10:0-28", redline.Kept) // in its place
		_, a = apartOf(t, m)
		if !strings.Contains(a.Before, "cleaned daily") || !strings.Contains(a.After, "cleaned daily") {
			t.Error("what is kept is not in both texts")
		}
		r, _ := apartOf(t, m)
		if err := m.UndoSpan(context.Background(), resolute.Operator(), r, made.ID); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("undo of what was replaced: %v, want not found", err)
		}
		for _, s := range a.Spans {
			if s.Decided != nil {
				if err := m.UndoSpan(context.Background(), resolute.Operator(), r, s.Decided.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, a = apartOf(t, m); a.Before != before.Before || a.After != before.After {
			t.Error("after the undo the proposal is another one")
		}
	})
}

func TestADecisionAboutASpanIsRefused(t *testing.T) {
	m := opened(dbtest.SQLite(t))
	takeText(t, m, mixedLamps)
	r, _ := apartOf(t, m)
	for name, test := range map[string]struct {
		by           resolute.Actor
		span, reason string
		as           redline.Kind
		want         resolute.Code
	}{
		"without the right":        {resolute.Actor{ID: "x"}, "10:0-28", "so", redline.Kept, resolute.Forbidden},
		"without a reason":         {resolute.Operator(), "10:0-28", "  ", redline.Kept, resolute.Invalid},
		"as what it cannot be":     {resolute.Operator(), "10:0-28", "so", redline.Doubtful, resolute.Invalid},
		"where nothing is claimed": {resolute.Operator(), "10:1-2", "so", redline.Kept, resolute.NotFound},
	} {
		if _, err := m.DecideSpan(context.Background(), test.by, r, test.span, test.as, test.reason); resolute.CodeOf(err) != test.want {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
}

func TestADecisionHoldsWhenTheTextComesInAgain(t *testing.T) {
	for name, test := range map[string]struct {
		change *strings.Replacer
		lost   int
	}{
		"with lines above":           {strings.NewReplacer("noting\n", "\n\nnoting\n"), 0},
		"with a word put right":      {strings.NewReplacer("lamps burn", "all lamps burn"), 0},
		"without the words":          {strings.NewReplacer("b) that it is cleaned daily;\n", ""), 1},
		"with the line worded anew":  {strings.NewReplacer("cleaned daily", "polished once a day"), 1},
		"with the words moved below": {strings.NewReplacer("b) that it is cleaned daily;\n", "", "c) that some", "b) that it is cleaned daily;\nc) that some"), 0},
	} {
		t.Run(name, func(t *testing.T) {
			m := opened(dbtest.SQLite(t))
			takeText(t, m, mixedLamps)
			decideOn(t, m, "10:0-28", redline.Kept)
			takeText(t, m, test.change.Replace(mixedLamps))
			_, a := apartOf(t, m)
			if len(a.Lost) != test.lost {
				t.Errorf("lost %d, want %d", len(a.Lost), test.lost)
			}
			decided := 0
			for _, s := range a.Spans {
				if s.Decided != nil && s.Text == "b) that it is cleaned daily;" {
					decided++
				}
			}
			if decided != 1-test.lost {
				t.Errorf("decided %d spans, want %d", decided, 1-test.lost)
			}
		})
	}
}

func TestBothDecidedTextsAreTakenIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m, ctx := opened(d), context.Background()
		takeText(t, m, mixedLamps)
		r, _ := apartOf(t, m)
		if _, err := m.TakeSides(ctx, resolute.Operator(), r); resolute.CodeOf(err) != resolute.Conflict {
			t.Fatalf("with undecided spans: %v, want conflict", err)
		}
		decideOn(t, m, "10:0-28", redline.Deleted)
		decideOn(t, m, "11:0-34", redline.Inserted)
		accounts, err := m.TakeSides(ctx, resolute.Operator(), r)
		if err != nil || len(accounts) != 2 {
			t.Fatal(accounts, err)
		}
		held, err := m.Revisions(ctx, "itu:pp/res/9")
		if err != nil {
			t.Fatal(err)
		}
		labels := map[string]bool{}
		for _, h := range held {
			labels[h.Label] = true
		}
		if !labels["Rev. Busan, 2014"] || !labels["Rev. Dubai, 2018"] {
			t.Errorf("held: %v", labels)
		}
		for _, name := range []string{"resolves_1", "resolves_2", "noting_a"} {
			through, err := m.Timeline(ctx, "itu:pp/res/9#"+name)
			if err != nil || len(through) != 2 {
				t.Errorf("%s goes through %d texts, want 2 (%v)", name, len(through), err)
			}
		}
	})
}

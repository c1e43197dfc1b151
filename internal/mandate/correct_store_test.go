package mandate_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
)

// runTogether is a text of our own in which two paragraphs stand on one line.
const runTogether = `RESOLUTION 9 (Dubai, 2018)
On lamps
The Plenipotentiary Conference of the International Telecommunication Union (Dubai, 2018),
resolves
1 to light the lamps; 2 to watch them;
3 to report on Resolution 70 (Rev. Dubai, 2018),
4 and to publish the report.
`

func lampsRead(t *testing.T, m *mandate.Mandate) *mandate.Reading {
	t.Helper()
	r, err := m.Read(context.Background(), "itu:pp/res/9", 0)
	if err != nil || r == nil {
		t.Fatal("no text is held", err)
	}
	return r
}

// placesOf lists path and thread of each provision.
func placesOf(r *mandate.Reading) string {
	var list []string
	for _, w := range r.Provisions {
		_, thread, _ := strings.Cut(w.Thread, "#")
		list = append(list, w.Path+"="+thread)
	}
	return strings.Join(list, " ")
}

func correctIn(t *testing.T, m *mandate.Mandate, path string, c mandate.Correction) mandate.Correction {
	t.Helper()
	c.Reason = "seen in the printed text"
	made, err := m.Correct(context.Background(), resolute.Operator(), lampsRead(t, m), path, c)
	if err != nil {
		t.Fatal(path, err)
	}
	return made
}

func TestAPersonCorrectsTheStructureOfATextHeld(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := opened(d)
		takeText(t, m, runTogether)
		const printed = "resolves_1=resolves_1 resolves_3=resolves_3 resolves_4=resolves_4"
		if got := placesOf(lampsRead(t, m)); got != printed {
			t.Fatal(got)
		}
		split := correctIn(t, m, "resolves_1", mandate.Correction{Deed: mandate.Split, Words: "2 to watch"})
		correctIn(t, m, "resolves_4", mandate.Correction{Deed: mandate.Indent})
		const corrected = "resolves_1=resolves_1 resolves_2=resolves_2 resolves_3=resolves_3 resolves_3_4=resolves_4"
		if got := placesOf(lampsRead(t, m)); got != corrected {
			t.Fatalf("corrected %s, want %s: a provision that moves keeps its thread", got, corrected)
		}
		for name, text := range map[string]string{"the same again": runTogether, "a line worded anew": strings.Replace(runTogether, "to report on", "to report soon on", 1)} {
			takeText(t, m, text)
			if got := placesOf(lampsRead(t, m)); got != corrected {
				t.Errorf("%s: %s, want %s", name, got, corrected)
			}
		}
		if s := lampsRead(t, m).Structure(); len(s.Corrections) != 2 || len(s.Unfit) != 0 || s.Provisions[1].Certainty.Reason != "corrected" {
			t.Errorf("the structure tells %+v", s)
		}
		for _, id := range []int64{split.ID + 1, split.ID} {
			if err := m.UndoCorrection(context.Background(), resolute.Operator(), lampsRead(t, m), id); err != nil {
				t.Fatal(err)
			}
		}
		if got := placesOf(lampsRead(t, m)); got != printed {
			t.Errorf("taken back %s, want %s", got, printed)
		}
		if err := m.UndoCorrection(context.Background(), resolute.Operator(), lampsRead(t, m), split.ID); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("taken back twice: %v", err)
		}
	})
}

// Whatever was corrected, and in whatever order it is taken back, the text is then read as at first.
func TestCorrectionsTakenBackLeaveNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := opened(d)
		takeText(t, m, runTogether)
		told := func() string {
			data, err := json.Marshal(lampsRead(t, m))
			if err != nil {
				t.Fatal(err)
			}
			return string(data)
		}
		first := told()
		for seed := range uint64(8) {
			chance := rand.New(rand.NewPCG(seed, 4))
			var made []int64
			for range 6 {
				r := lampsRead(t, m)
				c, err := m.Correct(context.Background(), resolute.Operator(), r, r.Provisions[chance.IntN(len(r.Provisions))].Path, mandate.Correction{
					Deed: mandate.Deeds[chance.IntN(len(mandate.Deeds))], Words: []string{"2 to watch", "on Resolution", "the"}[chance.IntN(3)], NewMark: []string{"", "7"}[chance.IntN(2)], Reason: "tried"})
				if err == nil {
					made = append(made, c.ID)
				}
			}
			if len(made) == 0 {
				t.Fatalf("seed %d corrected nothing", seed)
			}
			chance.Shuffle(len(made), func(i, j int) { made[i], made[j] = made[j], made[i] })
			for _, id := range made {
				if err := m.UndoCorrection(context.Background(), resolute.Operator(), lampsRead(t, m), id); err != nil {
					t.Fatal(err)
				}
			}
			if got := told(); got != first {
				t.Fatalf("seed %d: taken back it is\n%s\nat first it was\n%s", seed, got, first)
			}
		}
	})
}

func TestACorrectionThatFitsNoMoreIsToldAtTheImport(t *testing.T) {
	m := opened(dbtest.SQLite(t))
	takeText(t, m, runTogether)
	correctIn(t, m, "resolves_1", mandate.Correction{Deed: mandate.Split, Words: "2 to watch"})
	account, err := m.Import(context.Background(), resolute.Operator(), mandate.File{Name: "later.txt", Data: []byte(strings.Replace(runTogether, "to watch them", "to guard them", 1))})
	if err != nil {
		t.Fatal(err)
	}
	if account.Total.Warning == 0 {
		t.Error("the account warns of nothing")
	}
	if s := lampsRead(t, m).Structure(); len(s.Unfit) != 1 {
		t.Errorf("unfit: %+v", s.Unfit)
	}
}

func TestACorrectionIsRefused(t *testing.T) {
	m := opened(dbtest.SQLite(t))
	takeText(t, m, runTogether)
	r := lampsRead(t, m)
	for name, c := range map[string]struct {
		by     resolute.Actor
		path   string
		deed   mandate.Deed
		reason string
		want   resolute.Code
	}{
		"without the right":         {resolute.Actor{ID: "x"}, "resolves_3", mandate.Indent, "so", resolute.Forbidden},
		"without a reason":          {resolute.Operator(), "resolves_3", mandate.Indent, " ", resolute.Invalid},
		"as what nobody can do":     {resolute.Operator(), "resolves_3", "burn", "so", resolute.Invalid},
		"of what is not there":      {resolute.Operator(), "resolves_7", mandate.Indent, "so", resolute.NotFound},
		"where it cannot be done":   {resolute.Operator(), "resolves_1", mandate.Indent, "so", resolute.Invalid},
		"at the top, to go further": {resolute.Operator(), "resolves_3", mandate.Outdent, "so", resolute.Invalid},
	} {
		if _, err := m.Correct(context.Background(), c.by, r, c.path, mandate.Correction{Deed: c.deed, Reason: c.reason}); resolute.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if got := lampsRead(t, m).Structure().Corrections; len(got) != 0 {
		t.Errorf("what was refused is kept: %+v", got)
	}
}

package mandate_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/mandate"
)

// decide decides about the provision of a year at a place, and fails the test when that is refused.
func decide(t *testing.T, m *mandate.Mandate, year, path, verb, target string) mandate.ThreadDecision {
	t.Helper()
	d, err := m.DecideThread(context.Background(), resolute.Operator(), ruling(t, m, year, path, verb, target))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ruling(t *testing.T, m *mandate.Mandate, year, path, verb, target string) mandate.ThreadRuling {
	t.Helper()
	r, found, err := m.Edition(context.Background(), "itu:pp/res/140", year)
	if err != nil || !found {
		t.Fatal(year, found, err)
	}
	return mandate.ThreadRuling{Revision: r.ID, Path: path, Verb: verb, Target: target, Reason: "the delegates said so"}
}

func undo(t *testing.T, m *mandate.Mandate, d mandate.ThreadDecision) {
	t.Helper()
	if _, err := m.UndoThreadDecision(context.Background(), resolute.Operator(), d.ID, "it was wrong"); err != nil {
		t.Fatal(err)
	}
}

// everyThread writes down the threads of all three years.
func everyThread(t *testing.T, m *mandate.Mandate) string {
	t.Helper()
	return numbered(t, m, "2031") + " | " + numbered(t, m, "2035") + " | " + numbered(t, m, "2039")
}

// threeRevisions takes in three texts: in the second, schools gave way to a text of hospitals that
// the third keeps.
func threeRevisions(t *testing.T, m *mandate.Mandate) {
	t.Helper()
	takeText(t, m, edition(2031, cables, schools, safety))
	takeText(t, m, edition(2035, cables, hospital, safety))
	takeText(t, m, edition(2039, hospital, safety, cables))
}

func TestAPersonDecidesWhichThreadAProvisionContinues(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := opened(d)
		threeRevisions(t, m)
		start := "1=resolves_1 2=resolves_2 3=resolves_3 | 1=resolves_1 2=resolves_2@2035 3=resolves_3 | 1=resolves_2@2035 2=resolves_3 3=resolves_1"
		if got := everyThread(t, m); got != start {
			t.Fatalf("before: %s", got)
		}
		joined := decide(t, m, "2035", "resolves_2", mandate.JoinThread, "resolves_2")
		if got, want := everyThread(t, m), "1=resolves_1 2=resolves_2 3=resolves_3 | 1=resolves_1 2=resolves_2 3=resolves_3 | 1=resolves_2 2=resolves_3 3=resolves_1"; got != want {
			t.Errorf("joined: %s, want %s", got, want)
		}
		into, err := m.Joined(context.Background())
		if err != nil || into["itu:pp/res/140#resolves_2@2035"] != "itu:pp/res/140#resolves_2" {
			t.Errorf("the joined thread leads to %v, %v", into, err)
		}
		split := decide(t, m, "2039", "resolves_3", mandate.SplitThread, "")
		if got, want := numbered(t, m, "2039"), "1=resolves_2 2=resolves_3 3=resolves_3@2039"; got != want {
			t.Errorf("split: %s, want %s", got, want)
		}
		confirmed := decide(t, m, "2039", "resolves_2", mandate.ConfirmThread, "")
		for _, d := range []mandate.ThreadDecision{joined, confirmed, split} {
			undo(t, m, d)
		}
		if got := everyThread(t, m); got != start {
			t.Errorf("undone: %s, want %s", got, start)
		}
		list, err := m.ThreadDecisions(context.Background(), "itu:pp/res/140")
		if err != nil || len(list) != 3 || list[0].Stands() || list[0].Reason != "the delegates said so" || list[0].UndoReason != "it was wrong" || list[0].Actor != "operator" {
			t.Errorf("what is kept of the decisions: %+v, %v", list, err)
		}
	})
}

// TestDecisionsLeaveNoTraceWhenUndone makes decisions at random, takes them back in random order,
// and finds all threads as they were; with the decisions standing a text that is imported again
// keeps what was decided.
func TestDecisionsLeaveNoTraceWhenUndone(t *testing.T) {
	chance := rand.New(rand.NewPCG(3, 5))
	for range 12 {
		m := opened(dbtest.SQLite(t))
		texts := []string{edition(2035, cables, hospital, safety, tariffs), edition(2031, cables, schools, safety), edition(2039, tariffs, hospital, schools, cables)}
		chance.Shuffle(len(texts), func(i, k int) { texts[i], texts[k] = texts[k], texts[i] })
		for _, text := range texts {
			takeText(t, m, text)
		}
		start := everyThread(t, m)
		var made []mandate.ThreadDecision
		for range 12 {
			year, path := []string{"2031", "2035", "2039"}[chance.IntN(3)], []string{"resolves_1", "resolves_2", "resolves_3"}[chance.IntN(3)]
			verb, target := mandate.ThreadVerbs[chance.IntN(3)], []string{"resolves_1", "resolves_2", "resolves_4"}[chance.IntN(3)]
			d, err := m.DecideThread(context.Background(), resolute.Operator(), ruling(t, m, year, path, verb, target))
			if err == nil {
				made = append(made, d)
			} else if code := resolute.CodeOf(err); code != resolute.Conflict && code != resolute.NotFound {
				t.Fatal(err)
			}
		}
		decided := everyThread(t, m)
		takeText(t, m, strings.Replace(edition(2039, tariffs, hospital, schools, cables), "A title", "A new title", 1))
		if got := everyThread(t, m); got != decided {
			t.Errorf("imported again: %s, want %s", got, decided)
		}
		chance.Shuffle(len(made), func(i, k int) { made[i], made[k] = made[k], made[i] })
		for _, d := range made {
			undo(t, m, d)
		}
		if got := everyThread(t, m); got != start {
			t.Errorf("%d decisions undone: %s, want %s", len(made), got, start)
		}
	}
}

func TestADecisionThatFitsNoMoreIsAFinding(t *testing.T) {
	m := opened(dbtest.SQLite(t))
	threeRevisions(t, m)
	decide(t, m, "2039", "resolves_1", mandate.JoinThread, "resolves_2")
	account, err := m.Import(context.Background(), resolute.Operator(), mandate.File{Name: "r.txt", Data: []byte(edition(2039, tariffs, safety, cables))})
	if err != nil || account.Total.Warning != 1 {
		t.Errorf("account %+v, %v: want one warning", account, err)
	}
	if got, want := numbered(t, m, "2039"), "1=resolves_1@2039 2=resolves_3 3=resolves_1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestWhatCannotBeDecided(t *testing.T) {
	m := opened(dbtest.SQLite(t))
	threeRevisions(t, m)
	for name, c := range map[string]struct {
		by                 resolute.Actor
		path, verb, target string
		reason             string
		want               resolute.Code
	}{
		"without a right":            {resolute.Actor{ID: "nobody"}, "resolves_1", mandate.ConfirmThread, "", "so", resolute.Forbidden},
		"an unknown verb":            {resolute.Operator(), "resolves_1", "guess", "", "so", resolute.Invalid},
		"without a reason":           {resolute.Operator(), "resolves_1", mandate.ConfirmThread, "", " ", resolute.Invalid},
		"no such provision":          {resolute.Operator(), "resolves_9", mandate.ConfirmThread, "", "so", resolute.NotFound},
		"no such thread":             {resolute.Operator(), "resolves_2", mandate.JoinThread, "resolves_9", "so", resolute.NotFound},
		"join with its own":          {resolute.Operator(), "resolves_1", mandate.JoinThread, "resolves_1", "so", resolute.Conflict},
		"one that another continues": {resolute.Operator(), "resolves_2", mandate.JoinThread, "resolves_3", "so", resolute.Conflict},
		"nothing to join with":       {resolute.Operator(), "resolves_2", mandate.JoinThread, "", "so", resolute.Invalid},
	} {
		asked := ruling(t, m, "2035", c.path, c.verb, c.target)
		asked.Reason = c.reason
		if _, err := m.DecideThread(context.Background(), c.by, asked); resolute.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if list, err := m.ThreadDecisions(context.Background(), "itu:pp/res/140"); err != nil || len(list) != 0 {
		t.Errorf("kept all the same: %v, %v", list, err)
	}
}

func TestTheBuiltInNamesStay(t *testing.T) {
	m := opened(dbtest.SQLite(t))
	take(t, m, small)
	take(t, m, strings.NewReplacer("2001", "2005", "1 to go on;", "1 to dig wells in every village of the plain;").Replace(small))
	r := reading(t, m, mandate.BuiltIn())
	_, err := m.DecideThread(context.Background(), resolute.Operator(), mandate.ThreadRuling{Revision: r.ID, Path: "resolves_2", Verb: mandate.JoinThread, Target: "resolves_1", Reason: "so"})
	if resolute.CodeOf(err) != resolute.Conflict {
		t.Errorf("a paragraph of the built-in mandate was joined away: %v", err)
	}
}

func TestWhatWaitsForADecision(t *testing.T) {
	m := opened(dbtest.SQLite(t))
	takeText(t, m, edition(2031, cables, schools, safety))
	takeText(t, m, edition(2035, cables, "to train some teachers in cities in the use of networks, with the help of universities", safety))
	waits, err := m.Waits(context.Background(), "itu:pp/res/140")
	if err != nil || len(waits) != 1 || waits[0].Path != "resolves_2" || waits[0].Before == nil || !strings.HasPrefix(waits[0].Before.Text, schools) {
		t.Fatalf("waiting: %+v, %v", waits, err)
	}
	decide(t, m, "2035", "resolves_2", mandate.ConfirmThread, "")
	if waits, err = m.Waits(context.Background(), "itu:pp/res/140"); err != nil || len(waits) != 0 {
		t.Errorf("still waiting: %+v, %v", waits, err)
	}
}

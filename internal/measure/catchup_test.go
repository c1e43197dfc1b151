package measure_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/measure"
)

// Of two imports of the same series that run at once nothing is lost and nothing stands twice: the
// outcome is that of reading one file after the other, and the accounts tell it so.
func TestImportsOfTheSameSeriesAtOnce(t *testing.T) {
	for name, c := range map[string]struct{ before, first, second, held, counts string }{
		"both bring a new series": {"", "u,,,KEN,,2020,19,,,\n", "u,,,KEN,,2021,21,,,\n",
			"KEN 2020=19; KEN 2021=21", "read 1 new 1 changed 0 unchanged 0 refused 0 stored 1"},
		"both bring the same": {"", "u,,,KEN,,2020,19,,,\n", "u,,,KEN,,2020,19,,,\n",
			"KEN 2020=19", "read 1 new 0 changed 0 unchanged 1 refused 0 stored 1"},
		"the one published last stands": {"", "u,,,KEN,,2020,19,,,\nu,,,UGA,,2020,5,,,\n", "u,,,KEN,,2020,20,E,,\nu,,,TZA,,2020,7,,,\n",
			"KEN 2020=20 E; TZA 2020=7; UGA 2020=5", "read 2 new 1 changed 1 unchanged 0 refused 0 stored 2"},
		"a known series gets years of both": {"u,,,KEN,,2019,18,,,\nu,,,KEN,,2020,20,,,\n", "u,,,KEN,,2020,19,,,\n", "u,,,KEN,,2021,21,,,\n",
			"KEN 2019=18; KEN 2020=19; KEN 2021=21", "read 1 new 1 changed 0 unchanged 0 refused 0 stored 1"},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				m := room(d)
				if c.before != "" {
					take(t, m, "before.csv", columns+c.before)
				}
				var first ledger.Import
				in := &between{Reader: strings.NewReader(columns + c.second), do: func() { first = take(t, m, "first.csv", columns+c.first) }}
				second, err := m.Import(ctx, resolute.Operator(), measure.Source{File: "second.csv"}, in)
				if err != nil || held(t, m, 0) != c.held || counts(second) != c.counts {
					t.Errorf("got %v, holds %s, counts %s; want %s, %s", err, held(t, m, 0), counts(second), c.held, c.counts)
				}
				if kept, err := ledger.Get(ctx, d, second.ID); err != nil || counts(kept) != c.counts {
					t.Errorf("the account says %s, %v; want %s", counts(kept), err, c.counts)
				}
				if _, err := m.Undo(ctx, resolute.Operator(), second.ID); err != nil {
					t.Error(err)
				}
				if again := take(t, m, "first.csv", columns+c.first); again.Unchanged != first.Read {
					t.Errorf("behind the second import the first is not whole: %s", counts(again))
				}
				sound(t, m, d)
			})
		})
	}
}

// Staged series are shared: an import that is refused must not take them away from another.
func TestARefusedImportLeavesTheSeriesOfAnother(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		torn := "{\"data\": {}, \"errors\": [" // read whole before anything is stored
		in := &between{Reader: strings.NewReader(columns + "u,,,KEN,,2021,21,,,\n"), do: func() {
			if _, err := m.Import(ctx, resolute.Operator(), measure.Source{File: "torn.json"}, strings.NewReader(torn)); resolute.CodeOf(err) != resolute.Invalid {
				t.Errorf("a torn file: %v", err)
			}
		}}
		if _, err := m.Import(ctx, resolute.Operator(), measure.Source{File: "whole.csv"}, in); err != nil || held(t, m, 0) != "KEN 2021=21" {
			t.Errorf("got %v; holds %s", err, held(t, m, 0))
		}
		sound(t, m, d)
	})
}

// A message that amends or takes away is meant for what stood when it was read.
func TestAMessageThatAmendsIsNotMergedIntoSomethingElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		plain := "dataflow,indicator,area,period,value\nX:Y,u,KEN,2020,20\n"
		take(t, m, "a.csv", plain)
		in := &between{Reader: strings.NewReader("STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE\ndataflow,X:Y(1.0),M,u,KEN,2020,21\n"),
			do: func() { take(t, m, "b.csv", strings.Replace(plain, "2020,20", "2020,19", 1)) }}
		account, err := m.Import(ctx, resolute.Operator(), measure.Source{File: "c.csv"}, in)
		series, _ := m.Series(ctx, measure.IndicatorKey{Dataflow: "X:Y", Code: "u"}, 0)
		if resolute.CodeOf(err) != resolute.Conflict || account.State != ledger.Refused || len(series) != 1 || series[0].Observations[0].Value != "19" {
			t.Errorf("got %+v, %v; holds %+v", account, err, series)
		}
		sound(t, m, d)
	})
}

func TestManyImportsOfNewSeriesAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		const importers, areas = 6, 120
		var all sync.WaitGroup
		for n := range importers {
			all.Go(func() {
				text := columns
				for area := range areas {
					text += fmt.Sprintf("u,,,A%03d,,%d,%d,,,\n", area, 2010+n, n)
				}
				account, err := m.Import(ctx, resolute.Operator(), measure.Source{File: fmt.Sprintf("%d.csv", n)}, strings.NewReader(text))
				if err != nil || account.New != areas {
					t.Errorf("importer %d: %v, %s", n, err, counts(account))
				}
			})
		}
		all.Wait()
		list, err := m.Series(ctx, users, 0)
		if err != nil || len(list) != areas {
			t.Fatalf("%d series, %v; want %d", len(list), err, areas)
		}
		for _, s := range list {
			if len(s.Observations) != importers {
				t.Fatalf("%s holds %d observations, want %d", s.Area, len(s.Observations), importers)
			}
		}
		if _, err := audit.Verify(ctx, d); err != nil {
			t.Error(err)
		}
		sound(t, m, d)
	})
}

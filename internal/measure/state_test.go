package measure_test

import (
	"fmt"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/measure"
)

// listed writes what is held, a part for each indicator: areas, series, observations, newest period.
func listed(t *testing.T, m *measure.Measure, at int64) string {
	t.Helper()
	list, err := m.Indicators(ctx, at)
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, i := range list {
		parts = append(parts, fmt.Sprintf("%s %d %d %d %s", i.Code, i.Areas, i.Series, i.Observations, i.Latest))
	}
	return strings.Join(parts, "; ")
}

// The list of indicators says what the series say at every change, also of one that was undone while a
// later import of the same indicator stays, and of one whose observations were all taken away.
func TestTheListOfIndicatorsIsThatOfEachChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		plain := "dataflow,indicator,area,period,value\n"
		first := take(t, m, "a.csv", plain+"X:Y,u,KEN,2020,20\nX:Y,u,KEN,2021,21\nX:Y,v,KEN,2019,1\n")
		second := take(t, m, "b.csv", plain+"X:Y,u,UGA,2023,9\n")
		third := take(t, m, "c.csv", "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE\ndataflow,X:Y(1.0),D,v,KEN,2019,\n")
		undone, err := m.Undo(ctx, resolute.Operator(), second.ID)
		if err != nil {
			t.Fatal(err)
		}
		again := &measure.Measure{DB: d, Now: m.Now} // remembers nothing
		for at, want := range map[int64]string{
			first.Seq - 1:  "",
			first.Seq:      "u 1 1 2 2021; v 1 1 1 2019",
			second.Seq:     "u 2 2 3 2023; v 1 1 1 2019",
			third.Seq:      "u 2 2 3 2023",
			undone.UndoSeq: "u 1 1 2 2021",
			0:              "u 1 1 2 2021",
		} {
			if at < 0 || at == 0 && want == "" {
				continue
			}
			if got := listed(t, again, at); got != want {
				t.Errorf("as of %d: got %s, want %s", at, got, want)
			}
		}
		sound(t, m, d)
	})
}

// A register that is older than the states keeps answering for the past, from the series.
func TestTheListOfAChangeBeforeStatesWereKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		first := take(t, m, "a.csv", "dataflow,indicator,area,period,value\nX:Y,u,KEN,2020,20\n")
		second := take(t, m, "b.csv", "dataflow,indicator,area,period,value\nX:Y,u,UGA,2021,9\n")
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM indicator_state WHERE seq = $1`, first.Seq)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := listed(t, m, first.Seq); got != "u 1 1 1 2020" {
			t.Errorf("as of the first: got %s", got)
		}
		if got := listed(t, m, second.Seq); got != "u 2 2 2 2021" {
			t.Errorf("as of the second: got %s", got)
		}
	})
}

package measure_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/measure"
	"resolute/internal/measure/dataquery"
	"resolute/internal/sdmx"
)

// told lists the data sets of a message with their observations.
func told(t *testing.T, text string) string {
	t.Helper()
	var lines []string
	_, err := sdmx.Read(strings.NewReader(text), sdmx.Structures{}, sdmx.Handler{
		DataSet: func(d sdmx.DataSet) error {
			line := string(d.Action)
			if d.ValidFrom != "" {
				line += fmt.Sprintf(" %.10s-%.10s", d.ValidFrom, d.ValidTo)
			}
			lines = append(lines, line+":")
			return nil
		},
		Record: func(rec *sdmx.Record) error {
			line := ""
			for _, v := range rec.Key[1:] {
				line += " " + v.Text
			}
			for _, v := range rec.Measures {
				line += "=" + v.Text
			}
			lines[len(lines)-1] += line
			return nil
		},
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return strings.Join(lines, "; ")
}

// revised is a room in which a table was published in March, revised in April, cut in May and in June
// said otherwise, which was taken back in July.
func revised(t *testing.T, d *db.DB) *measure.Measure {
	m := room(d)
	on := func(month time.Month) {
		m.Now = func() time.Time { return time.Date(2026, month, 10, 12, 0, 0, 0, time.UTC) }
	}
	const head = "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE\n"
	on(3)
	take(t, m, "a.csv", head+"dataflow,X:Y(1.0),R,u,KEN,2019,1\ndataflow,X:Y(1.0),R,u,KEN,2020,2\ndataflow,X:Y(1.0),R,u,UGA,2020,9\n")
	on(4)
	take(t, m, "b.csv", head+"dataflow,X:Y(1.0),R,u,KEN,2020,2.5\ndataflow,X:Y(1.0),R,u,KEN,2021,3\n")
	on(5)
	take(t, m, "c.csv", head+"dataflow,X:Y(1.0),D,u,UGA,2020,\ndataflow,X:Y(1.0),D,u,KEN,2019,\n")
	on(6)
	last := take(t, m, "d.csv", head+"dataflow,X:Y(1.0),R,u,KEN,2021,4\n")
	on(7)
	if _, err := m.Undo(ctx, resolute.Operator(), last.ID); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestChangesAndHistory(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := revised(t, d)
		for _, c := range []struct{ query, want string }{
			{"", "replace: KEN 2020=2.5 KEN 2021=3"},
			{"updatedAfter=2026-07-11", ""},
			{"updatedAfter=2026-06-20", "replace: KEN 2021=3"},
			{"updatedAfter=2026-05-20", ""},
			{"updatedAfter=2026-04-20", "delete: KEN 2019 UGA 2020"},
			{"updatedAfter=2026-03-20", "replace: KEN 2020=2.5 KEN 2021=3; delete: KEN 2019 UGA 2020"},
			{"updatedAfter=2026-01-01", "replace: KEN 2020=2.5 KEN 2021=3"},
			{"updatedAfter=2026-03-20&asOf=2026-04-20", "replace: KEN 2020=2.5 KEN 2021=3"},
			{"updatedAfter=2026-03-20&c[REF_AREA]=UGA", "delete: UGA 2020"},
			{"updatedAfter=2026-03-20&c[OBS_VALUE]=lt:3", "replace: KEN 2020=2.5; delete: KEN 2019"},
			{"updatedAfter=2026-03-20&limit=2&offset=1", "replace: KEN 2021=3; delete: KEN 2019"},
			{"includeHistory=true", "replace 2026-03-10-2026-04-10: KEN 2019=1 KEN 2020=2 UGA 2020=9; replace 2026-04-10-2026-05-10: KEN 2020=2.5 KEN 2021=3; " +
				"delete 2026-05-10-2026-06-10: KEN 2019 UGA 2020; replace 2026-06-10-2026-07-10: KEN 2021=4; replace 2026-07-10-: KEN 2021=3"},
			{"includeHistory=true&updatedAfter=2026-04-20&asOf=2026-06-20", "delete 2026-05-10-2026-06-10: KEN 2019 UGA 2020; replace 2026-06-10-: KEN 2021=4"},
			{"sort=TIME_PERIOD:desc", "replace: KEN 2021=3 KEN 2020=2.5"},
			{"sort=OBS_VALUE&asOf=2026-03-20", "replace: KEN 2019=1 KEN 2020=2 UGA 2020=9"},
			{"sort=REF_AREA:desc+TIME_PERIOD:desc&asOf=2026-03-20", "replace: UGA 2020=9 KEN 2020=2 KEN 2019=1"},
			{"sort=*:desc&asOf=2026-03-20&limit=1", "replace: UGA 2020=9"},
		} {
			q, err := dataquery.Parse("dataflow/X/Y", c.query)
			if err != nil {
				t.Errorf("%s: %v", c.query, err)
				continue
			}
			s := measure.Selection{Query: q, Changes: q.History || !q.UpdatedAfter.IsZero()}
			for at, to := range map[time.Time]*int64{q.UpdatedAfter: &s.Since, q.AsOf: &s.At} {
				if !at.IsZero() {
					if *to, _, err = m.Version(ctx, at); err != nil {
						t.Fatal(err)
					}
				}
			}
			for _, format := range []sdmx.Format{sdmx.JSON10, sdmx.JSON20, sdmx.ML21, sdmx.GenericML21, sdmx.ML30} {
				if got := told(t, messageOf(t, m, format, s)); got != c.want {
					t.Errorf("%s as %s: got %s\nwant %s", c.query, format, got, c.want)
				}
			}
		}
	})
}

func TestAHistoryTakenInGivesWhatStands(t *testing.T) {
	m := revised(t, dbtest.SQLite(t))
	fresh := room(dbtest.SQLite(t))
	take(t, fresh, "history.xml", messageOf(t, m, sdmx.ML30, measure.Selection{Changes: true, Query: dataquery.Query{History: true}}))
	if got, want := plainCSV(t, fresh), plainCSV(t, m); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

package measure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/measure"
	"resolute/internal/measure/statfile"
)

// Months and quarters never stand for a year beside a figure of the year itself, and without one only
// as the catalogue says. A file, the store and the whole table agree.
func TestPartsOfAYearAreNotMixedWithIt(t *testing.T) {
	months := func(year, n int) (list []string) {
		for m := 1; m <= n; m++ {
			list = append(list, fmt.Sprintf("%d-%02d=%d", year, m, m))
		}
		return list
	}
	for name, c := range map[string]struct {
		code, periods, want string
		lost                int
	}{
		"a year beside its months":              {"stock", "2020-01=1 2020=5 2020-12=9", "2020=5", 0},
		"quarters, the last counts":             {"stock", "2020-Q1=1 2020-Q3=3", "2020-Q3=3", 0},
		"the longest span counts":               {"stock", "2020-12=9 2020-Q4=4", "2020-Q4=4", 0},
		"a mean of all quarters":                {"flow", "2020-Q1=1 2020-Q2=2 2020-Q3=3 2020-Q4=6 2021=7", "2020=3 2021=7", 0},
		"a mean of all months":                  {"flow", strings.Join(months(2020, 12), " "), "2020=6.5", 0},
		"no mean with a month missing":          {"flow", strings.Join(months(2020, 11), " "), "", 1},
		"no mean of days":                       {"flow", "2020-01-01=1 2020-12-31=2", "", 1},
		"nothing where the catalogue is silent": {"other", "2020-Q1=1 2020-Q2=2 2021=7", "2021=7", 1},
		"years that end in the next":            {"other", "2009-10=1 2010-11=2 2011-12=3 2012-13=4", "2009-10=1 2010-11=2 2011-12=3 2012-13=4", 0},
	} {
		t.Run(name, func(t *testing.T) {
			text := "dataflow,indicator,area,period,value\n"
			for _, p := range strings.Fields(c.periods) {
				text += "X:Y," + c.code + ",KEN," + strings.Replace(p, "=", ",", 1) + "\n"
			}
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				m := room(d)
				r, err := m.ImportIndicators(ctx, resolute.Operator(), measure.Source{File: "own.csv"},
					strings.NewReader("code,name_en,unit,direction,rule,over_time,source\nstock,Stock,number,up,sum,last,Office\nflow,Flow,number,up,sum,mean,Office\nother,Other,number,up,sum,,Office\n"))
				if err != nil {
					t.Fatal(err, r.Findings)
				}
				take(t, m, "a.csv", text)
				known, err := m.Catalogue(ctx, 0)
				if err != nil {
					t.Fatal(err)
				}
				file, findings, err := measure.ReadFrame(strings.NewReader(text), "a.csv", statfile.Options{}, measure.Pick{Concepts: known})
				if err != nil || printed(file) != c.want || len(findings) != c.lost {
					t.Errorf("file: got %s, %v, %v; want %s", printed(file), findings, err, c.want)
				}
				stored, err := m.Frame(ctx, measure.IndicatorKey{Dataflow: "X:Y", Code: c.code}, nil, 0)
				if err != nil || printed(stored) != c.want {
					t.Errorf("store: got %s, %v; want %s", printed(stored), err, c.want)
				}
				all, err := m.GroupAll(ctx, "", framework.Builtin(), measure.GroupQuery{Areas: []string{"KEN"}}, 0)
				var years []string
				for _, f := range all.Figures {
					years = append(years, fmt.Sprintf("%d=%v", f.Year, f.Value))
				}
				var want []string
				for _, p := range strings.Fields(c.want) {
					want = append(want, p[:4]+p[strings.Index(p, "="):])
				}
				if err != nil || !slices.Equal(years, want) {
					t.Errorf("whole table: got %v, %v; want %v", years, err, want)
				}
			})
		})
	}
}

func printed(f measure.Frame) string {
	var list []string
	for _, a := range f.Areas {
		for _, p := range a.Points {
			list = append(list, p.Period+"="+p.Text)
		}
	}
	return strings.Join(list, " ")
}

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
				stockAndFlow(t, m)
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

// Messages name times in more ways than tables do. None of them but a year stands for its year.
func TestPeriodsOfMessages(t *testing.T) {
	parts := func(form string, n int) (list []string) {
		for i := 1; i <= n; i++ {
			list = append(list, fmt.Sprintf(form+"=%d", i, i))
		}
		return list
	}
	for name, c := range map[string]struct{ code, periods, want string }{
		"months with a letter":                  {"flow", strings.Join(parts("2020-M%02d", 12), " "), "2020=6.5"},
		"months with a letter, the last":        {"stock", strings.Join(parts("2020-M%02d", 12), " "), "2020-M12=12"},
		"months written in both ways":           {"stock", "2020-M11=11 2020-12=12", "2020-12=12"},
		"a month in both ways is one":           {"flow", strings.Join(parts("2020-M%02d", 11), " ") + " 2020-01=1", ""},
		"weeks, the last":                       {"stock", strings.Join(parts("2020-W%02d", 53), " "), "2020-W53=53"},
		"weeks make no mean":                    {"flow", strings.Join(parts("2020-W%02d", 53), " "), ""},
		"thirds":                                {"flow", "2020-T1=1 2020-T2=2 2020-T3=6", "2020=3"},
		"days by their number":                  {"stock", "2020-D001=1 2020-D123=2", "2020-D123=2"},
		"moments are no years":                  {"other", "2020-01-01T00:00:00=1 2021-01-01T00:00:00Z=2", ""},
		"moments, the last":                     {"stock", "2020-01-01T00:00:00=1 2020-06-01=2", "2020-06-01=2"},
		"a year with a letter":                  {"other", "2020-A1=1 2021=2", "2020-A1=1 2021=2"},
		"no times, and spans of a duration":     {"stock", "2021-13=1 2020-01-01/P1M=2 2022-X1=3 2023-2099=4", ""},
		"a year beside what is no time":         {"other", "2020=5 2020-01-01/P1M=2", "2020=5"},
		"nothing where the catalogue is silent": {"other", strings.Join(parts("2020-M%02d", 12), " "), ""},
	} {
		t.Run(name, func(t *testing.T) {
			text := "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE\n"
			for _, p := range strings.Fields(c.periods) {
				text += "dataflow,X:Y(1.0),M," + c.code + ",KEN," + strings.Replace(p, "=", ",", 1) + "\n"
			}
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				m := room(d)
				stockAndFlow(t, m)
				take(t, m, "a.csv", text)
				stored, err := m.Frame(ctx, measure.IndicatorKey{Dataflow: "X:Y", Code: c.code}, nil, 0)
				if err != nil || printed(stored) != c.want {
					t.Errorf("got %s, %v; want %s", printed(stored), err, c.want)
				}
			})
		})
	}
}

// stockAndFlow defines indicators of which the last, the mean and no part makes a year.
func stockAndFlow(t *testing.T, m *measure.Measure) {
	t.Helper()
	r, err := m.ImportIndicators(ctx, resolute.Operator(), measure.Source{File: "own.csv"},
		strings.NewReader("code,name_en,unit,direction,rule,over_time,source\nstock,Stock,number,up,sum,last,Office\nflow,Flow,number,up,sum,mean,Office\nother,Other,number,up,sum,,Office\n"))
	if err != nil {
		t.Fatal(err, r.Findings)
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

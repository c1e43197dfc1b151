package measure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute"
	"resolute/internal/db/dbtest"
	"resolute/internal/measure"
	"resolute/internal/measure/dataquery"
	"resolute/internal/sdmx"
)

func unnamed(string) resolute.Text { return nil }

// What is available is what the data say that the same question gives: that of each dimension which
// the question binds, without what it asks of that one.
func TestWhatIsAvailableIsWhatTheDataSay(t *testing.T) {
	m := room(dbtest.SQLite(t))
	table := "dataflow,indicator,area,sex,age,period,value,status\n"
	for i := range 60 {
		table += fmt.Sprintf("X:Y,i%d,A%d,%s,%s,20%02d%s,%d,%s\n", i%3, i*7%5, []string{"", "F", "M"}[i%4%3], []string{"", "Y15"}[i*3%7%2], 10+i%11, []string{"", "-07"}[i%9/8], i, []string{"", "E"}[i%5%2])
	}
	take(t, m, "a.csv", "dataflow,indicator,area,region,period,value\nX:Y,i9,A1,R,1999,1\nX:Z,i0,A1,,2030,1\n")
	take(t, m, "a.csv", table)
	undone := take(t, m, "b.csv", "dataflow,indicator,area,sex,period,value\nX:Y,i0,A9,,2040,1\nX:Y,i0,A1,F,2041,many\n")
	if _, err := m.Undo(ctx, resolute.Operator(), undone.ID); err != nil {
		t.Fatal(err)
	}
	dimensions := []string{"INDICATOR", "REF_AREA", "AGE", "REGION", "SEX"}
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SampledFrom([]string{"*", "i0.*.*.*.*", "*.A1.*.*.*", "i1.A2.*.*.F", "i0.*.*.*.F,i2.A4", "*.*.Y15.*.*", "i0.A0.Y15.*.M", "*.*.*.R.*", "i7"}).Draw(t, "key")
		query := strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"c[SEX]=F,M", "c[TIME_PERIOD]=ge:2015", "c[TIME_PERIOD]=sw:2012", "c[OBS_VALUE]=lt:30", "c[OBS_STATUS]=E", "c[REF_AREA]=A1,A3", "c[AGE]=ne:Y15"}), 0, 3, rapid.ID[string]).Draw(t, "query"), "&")
		a, err := dataquery.ParseAvailability("dataflow/X/Y/1.0/"+key, query)
		if err != nil {
			t.Fatal(err)
		}
		for _, a.Remaining = range []bool{false, true} {
			regions, _, found, err := m.Availability(ctx, a, measure.Selection{Query: a.Query}, unnamed)
			if err != nil || !found {
				t.Fatal(found, err)
			}
			var got []string
			for _, r := range regions {
				got = append(got, fmt.Sprintf("%d observations", r.Observations))
				for _, k := range r.Keys {
					if k.Component != "TIME_PERIOD" {
						got = append(got, k.Component+"="+strings.Join(k.Codes, ","))
					} else {
						got = append(got, k.First+" to "+k.Last)
					}
				}
			}
			if want := said(t, m, a, dimensions); !slices.Equal(got, want) {
				t.Fatalf("%s?%s, available %t:\ngot  %q\nwant %q", key, query, a.Remaining, got, want)
			}
		}
	})
}

// said reads the answers to questions for data and lists what stands in them.
func said(t *rapid.T, m *measure.Measure, a dataquery.Availability, dimensions []string) (list []string) {
	whole, n := columnsOf(t, m, a.Query)
	for i, id := range append(slices.Clone(dimensions), "TIME_PERIOD") {
		codes := whole[id]
		if a.Remaining && a.Bound(i, id) {
			free, _ := columnsOf(t, m, a.Without(i, id))
			codes = free[id]
		}
		switch {
		case len(codes) == 0:
		case id == "TIME_PERIOD":
			var first, last []string
			for _, period := range codes {
				year, month, monthly := strings.Cut(period, "-")
				if !monthly {
					first, last = append(first, year+"-01-01"), append(last, year+"-12-31")
				} else {
					first, last = append(first, period+"-01"), append(last, year+"-"+month+"-31")
				}
			}
			list = append(list, slices.Min(first)+" to "+slices.Max(last))
		default:
			list = append(list, id+"="+strings.Join(codes, ","))
		}
	}
	if len(list) == 0 {
		return nil
	}
	return append([]string{fmt.Sprintf("%d observations", n)}, list...)
}

// columnsOf gives the codes of each dimension in the answer to a question, sorted, and counts it.
func columnsOf(t *rapid.T, m *measure.Measure, q dataquery.Query) (columns map[string][]string, n int) {
	answer, err := m.Choose(ctx, measure.Selection{Query: q})
	var out strings.Builder
	if err == nil {
		err = answer.Write(ctx, sdmx.CSV21, m.Now(), &out)
	}
	columns = map[string][]string{}
	if err == nil {
		_, err = sdmx.Read(strings.NewReader(out.String()), sdmx.Structures{}, sdmx.Handler{Record: func(rec *sdmx.Record) error {
			n++
			for _, v := range rec.Key {
				columns[v.ID] = append(columns[v.ID], v.Text)
			}
			return nil
		}})
	}
	if err != nil {
		t.Fatal(err)
	}
	for id, codes := range columns {
		slices.Sort(codes)
		columns[id] = slices.Compact(codes)
	}
	return columns, n
}

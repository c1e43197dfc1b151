package measure_test

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/measure"
	"resolute/internal/measure/dataquery"
	"resolute/internal/sdmx"
)

// What the store narrows is what a walk through the whole table finds, for every pair of codes.
func TestNarrowReadsFindWhatTheWholeTableHolds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		take(t, m, "many.csv", manySorts)
		take(t, m, "more.csv", "dataflow,indicator,area,sex,period,value\nITU:DATAHUB,u,UGA,,2020,9\nITU:DATAHUB,price,KEN,F,2020,3\n")
		whole := strings.SplitAfter(plainCSV(t, m), "\n")
		some, none := [][]string{{"u"}, {"price", "u"}, {"absent"}, nil}, [][]string{{"KEN"}, {"UGA", "KEN"}, {"ATL"}, nil}
		for _, indicators := range some {
			for _, areas := range none {
				want := 0
				for _, line := range whole[1 : len(whole)-1] {
					cells := strings.Split(line, ",")
					if cells[0] == "ITU:DATAHUB" && (indicators == nil || slices.Contains(indicators, cells[1])) && (areas == nil || slices.Contains(areas, cells[2])) {
						want++
					}
				}
				name := fmt.Sprint(indicators, areas)
				byFilter := measure.ExportFilter{Dataflow: "ITU:DATAHUB", Indicators: indicators, Areas: areas}
				var out strings.Builder
				if rows, err := m.WriteCSV(ctx, byFilter, &out); err != nil || rows != want {
					t.Errorf("table of %s: got %d rows, %v; want %d", name, rows, err, want)
				}
				key := [][]string{indicators, areas, nil, nil}
				byKey := measure.Selection{ExportFilter: measure.ExportFilter{Dataflow: "ITU:DATAHUB"}, Query: dataquery.Query{Keys: [][][]string{key}}}
				for how, s := range map[string]measure.Selection{"filter": {ExportFilter: byFilter}, "key": byKey, "both": {ExportFilter: byFilter, Query: byKey.Query}} {
					answer, err := m.Choose(ctx, s)
					if err != nil || answer.Observations != want {
						t.Errorf("%s by %s: got %+v, %v; want %d observations", name, how, answer, err, want)
						continue
					}
					var out strings.Builder
					if err := answer.Write(ctx, sdmx.CSV21, clock, &out); err != nil || strings.Count(out.String(), "\n")-1 != want {
						t.Errorf("%s by %s: wrote %v\n%s", name, how, err, out.String())
					}
				}
			}
		}
		apart := measure.Selection{ExportFilter: measure.ExportFilter{Dataflow: "ITU:DATAHUB", Areas: []string{"UGA"}}, Query: dataquery.Query{Keys: [][][]string{{nil, {"KEN"}, nil, nil}}}}
		if answer, err := m.Choose(ctx, apart); err != nil || answer.Observations != 0 {
			t.Errorf("lists without a common code: got %+v, %v", answer, err)
		}
	})
}

// BenchmarkNarrowRead asks 2,000 series of 50,000 observations for the latest one of one key.
func BenchmarkNarrowRead(b *testing.B) {
	m := room(dbtest.SQLite(b))
	var table strings.Builder
	table.WriteString("dataflow,indicator,area,period,value\n")
	for i := range 50_000 {
		fmt.Fprintf(&table, "X:Y,i%d,A%d,%d,%d\n", i/2500, i/25%100, 2000+i%25, i)
	}
	if _, err := m.Import(ctx, resolute.Operator(), measure.Source{File: "a.csv"}, strings.NewReader(table.String())); err != nil {
		b.Fatal(err)
	}
	q, err := dataquery.Parse("dataflow/X/Y/1.0/i7.A33", "lastNObservations=1")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		answer, err := m.Choose(ctx, measure.Selection{Query: q})
		if err != nil || answer.Observations != 1 || answer.Write(ctx, sdmx.JSON20, clock, io.Discard) != nil {
			b.Fatal(answer, err)
		}
	}
}

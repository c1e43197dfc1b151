package measure_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/measure"
	"resolute/internal/measure/dataquery"
	"resolute/internal/measure/statfile"
	"resolute/internal/sdmx"
)

const manySorts = "dataflow,indicator,indicator_name,unit,area,sex,skill level,period,value,kind,status,multiplier,nature,source,note\n" +
	"ITU:DATAHUB,u,Users,%,KEN,,,2020,20.50,,E,0,C,\"NSO, 2021\",\"Aged 15+, \"\"urban\"\" <only>\"\n" +
	"ITU:DATAHUB,u,Users,%,KEN,F,,2020,18,,,,,,\nITU:DATAHUB,u,Users,%,KEN,F,,2021,,,M,,,,\nITU:DATAHUB,u,Users,%,KEN,,\"basic, 1\",2021-22,7e-2,,,,,,\n" +
	"ITU:DATAHUB,price,Prices,,UGA,,,2020,\"Without price control; none\",words,,,,,\nOWID,u,Users,,World,,,2019,50,,,,,,\n"

// plainCSV is all that is held, in the plain form.
func plainCSV(t *testing.T, m *measure.Measure) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := m.WriteCSV(ctx, measure.ExportFilter{}, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func messageOf(t *testing.T, m *measure.Measure, format sdmx.Format, s measure.Selection) string {
	t.Helper()
	answer, err := m.Choose(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := answer.Write(ctx, format, clock, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestWhatIsWrittenComesBackWithoutAChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		take(t, m, "many.csv", manySorts)
		before := plainCSV(t, m)
		for _, format := range sdmx.Formats() {
			if format == sdmx.JSON10 {
				continue // of one dataflow: below
			}
			text := messageOf(t, m, format, measure.Selection{})
			if again := take(t, m, "again."+string(format), text); counts(again) != "read 6 new 0 changed 0 unchanged 6 refused 0 stored 6" || plainCSV(t, m) != before {
				t.Errorf("%s: %s\n%s", format, counts(again), text)
			}
			fresh := room(dbtest.SQLite(t))
			take(t, fresh, "fresh."+string(format), text)
			if got := messageOf(t, fresh, format, measure.Selection{}); got != text {
				t.Errorf("%s: from a store that held nothing\ngot  %s\nwant %s", format, got, text)
			}
		}
	})
}

func TestOneDataflowGoesRoundInOldJSON(t *testing.T) {
	m := room(dbtest.SQLite(t))
	take(t, m, "many.csv", manySorts)
	before := plainCSV(t, m)
	hub := measure.Selection{ExportFilter: measure.ExportFilter{Dataflow: "ITU:DATAHUB"}}
	text := messageOf(t, m, sdmx.JSON10, hub)
	if again := take(t, m, "again.json", text); counts(again) != "read 5 new 0 changed 0 unchanged 5 refused 0 stored 5" || plainCSV(t, m) != before {
		t.Errorf("%s\n%s", counts(again), text)
	}
	fresh := room(dbtest.SQLite(t))
	take(t, fresh, "fresh.json", text)
	if got := messageOf(t, fresh, sdmx.JSON10, measure.Selection{}); got != text {
		t.Errorf("from a store that held nothing\ngot  %s\nwant %s", got, text)
	}
	answer, err := m.Choose(ctx, measure.Selection{})
	if err == nil {
		err = answer.Write(ctx, sdmx.JSON10, clock, &bytes.Buffer{})
	}
	if resolute.CodeOf(err) != resolute.Invalid {
		t.Errorf("two dataflows: %v", err)
	}
}

func TestPublishedFilesGoRoundThroughSDMX(t *testing.T) {
	const samples = "../../../shared/samples/stats/"
	files, err := filepath.Glob(samples + "itu_datahub/*.csv")
	if err != nil || len(files) == 0 {
		t.Skip("the samples are not at hand")
	}
	m := room(dbtest.SQLite(t))
	for _, path := range append(files, samples+"opensdg_am/indicator_17-8-1.csv", samples+"opensdg_am/indicator_9-c-1.csv") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		src := measure.Source{File: filepath.Base(path), Options: statfile.Options{}}
		if strings.Contains(path, "opensdg") {
			src.Options.Area = "ARM"
		}
		if _, err := m.Import(ctx, resolute.Operator(), src, bytes.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	for _, format := range sdmx.Formats() {
		s := measure.Selection{}
		if format == sdmx.JSON10 {
			s.Dataflow = "ITU:DATAHUB"
		}
		again := take(t, m, "again", messageOf(t, m, format, s))
		if again.Read < 5_000 || again.Unchanged != again.Read || again.Refused != 0 {
			t.Errorf("%s: %s", format, counts(again))
		}
	}
}

// An answer that leaves components out says nothing of them: taken in again it clears nothing.
func TestAPartialAnswerComesBackWithoutAChange(t *testing.T) {
	m := room(dbtest.SQLite(t))
	take(t, m, "many.csv", manySorts)
	before := plainCSV(t, m)
	for _, query := range []string{"attributes=none", "measures=none", "attributes=OBS_STATUS", "measures=none&sort=REF_AREA", "attributes=none&updatedAfter=2000-01-01"} {
		q, err := dataquery.Parse("*", query)
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range sdmx.Formats() {
			if format == sdmx.JSON10 {
				continue // of one dataflow
			}
			take(t, m, "again", messageOf(t, m, format, measure.Selection{Query: q, Changes: !q.UpdatedAfter.IsZero()}))
			if after := plainCSV(t, m); after != before {
				t.Fatalf("%s as %s: got\n%s\nwant\n%s", query, format, after, before)
			}
		}
	}
}

func TestSelections(t *testing.T) {
	m := room(dbtest.SQLite(t))
	take(t, m, "many.csv", manySorts)
	for _, c := range []struct{ path, query, want string }{
		{"*/*/*/*/*", "", "price UGA 2020; u KEN 2020; u KEN F 2020; u KEN F 2021; u KEN 2021-22; u World 2019"},
		{"dataflow/ITU/DATAHUB", "", "price UGA 2020; u KEN 2020; u KEN F 2020; u KEN F 2021; u KEN 2021-22"},
		{"dataflow/ITU/DATAHUB/1.0/u.*.F.*", "", "u KEN F 2020; u KEN F 2021"},
		{"dataflow/ITU/DATAHUB/+/u.*._Z._Z,price.UGA.*.*", "", "price UGA 2020; u KEN 2020"},
		{"dataflow/ITU,RESOLUTE/*", "c[SEX]=F", ""},
		{"dataflow/ITU/DATAHUB", "c[SEX]=F", "u KEN F 2020; u KEN F 2021"},
		{"dataflow/ITU/DATAHUB", "c[SEX]=ne:F&c[INDICATOR]=u", "u KEN 2020; u KEN 2021-22"},
		{"dataflow/ITU/DATAHUB", "c[TIME_PERIOD]=ge:2021-01-01", "u KEN F 2021; u KEN 2021-22"},
		{"dataflow/ITU/DATAHUB", "c[TIME_PERIOD]=ge:2020%2Ble:2020-12-31&c[INDICATOR]=u", "u KEN 2020; u KEN F 2020"},
		{"dataflow/ITU/DATAHUB", "c%5BOBS_VALUE%5D=gt:18", "u KEN 2020"},
		{"dataflow/ITU/DATAHUB", "c[OBS_STATUS]=E,M", "u KEN 2020; u KEN F 2021"},
		{"dataflow/ITU/DATAHUB", "c[SOURCE_DETAIL]=sw:NSO&c[COMMENT_OBS]=co:urban", "u KEN 2020"},
		{"dataflow/ITU/DATAHUB", "lastNObservations=1&c[SEX]=F", "u KEN F 2021"},
		{"dataflow/ITU/DATAHUB", "firstNObservations=1&c[SEX]=F", "u KEN F 2020"},
		{"*", "offset=4&limit=2", "u KEN 2021-22; u World 2019"},
		{"*", "offset=5", "u World 2019"},
		{"*", "offset=9", ""},
	} {
		q, err := dataquery.Parse(c.path, c.query)
		if err != nil {
			t.Errorf("%s?%s: %v", c.path, c.query, err)
			continue
		}
		answer, err := m.Choose(ctx, measure.Selection{Query: q})
		var faulty *dataquery.Error
		if errors.As(err, &faulty) && c.want == "" {
			continue // a component that one of the dataflows does not have
		}
		if err != nil {
			t.Errorf("%s?%s: %v", c.path, c.query, err)
			continue
		}
		var out bytes.Buffer
		if err := answer.Write(ctx, sdmx.CSV21, clock, &out); err != nil {
			t.Fatal(err)
		}
		if got := observationsIn(t, out.String()); got != c.want || answer.Observations != len(strings.Split(c.want, "; "))-strings.Count("; "+c.want+";", "; ;") {
			t.Errorf("%s?%s: got %s (%d)\nwant %s", c.path, c.query, got, answer.Observations, c.want)
		}
	}
}

// observationsIn lists keys of a message, without what does not apply and without levels of skill.
func observationsIn(t *testing.T, text string) string {
	t.Helper()
	var lines []string
	_, err := sdmx.Read(strings.NewReader(text), sdmx.Structures{}, sdmx.Handler{Record: func(rec *sdmx.Record) error {
		line := ""
		for _, v := range rec.Key {
			if v.Text != "_Z" && v.ID != "SKILL_LEVEL" {
				line += " " + v.Text
			}
		}
		lines = append(lines, line[1:])
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "; ")
}

func TestTablesThatAreNoDataflowsAreRefused(t *testing.T) {
	m := room(dbtest.SQLite(t))
	take(t, m, "own.csv", "dataflow,indicator,area,period,value\nOur own table,u,KEN,2020,1\n")
	if _, err := m.Choose(ctx, measure.Selection{}); resolute.CodeOf(err) != resolute.Invalid || !strings.Contains(err.Error(), "Our own table") {
		t.Errorf("got %v", err)
	}
}

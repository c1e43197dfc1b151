package measure_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/measure"
	"resolute/internal/measure/statfile"
	"resolute/internal/sdmx"
)

const sdmxColumns = "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,COMMENT_OBS\n"

// rowsOf writes rows of the dataflow X:PLAIN.
func rowsOf(rows ...string) string {
	text := sdmxColumns
	for _, row := range rows {
		text += "dataflow,X:PLAIN(1.0)," + row + "\n"
	}
	return text
}

// plainly tells of each held observation: area, sex, period, value, status and note.
func plainly(t *testing.T, m *measure.Measure, at int64) string {
	t.Helper()
	var lines []string
	err := m.EachSeries(ctx, "X:PLAIN", at, func(s measure.Series) error {
		for _, o := range s.Observations {
			lines = append(lines, strings.Join(strings.Fields(s.Area+" "+s.Dims["SEX"]+" "+o.Period+"="+o.Value+" "+o.Status+" "+o.Note), " "))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "; ")
}

func TestAMessageDoesWhatItsActionsSay(t *testing.T) {
	base := rowsOf("M,u,KEN,_T,2020,20,A,PT,Aged 15+", "M,u,KEN,_T,2021,25,E,PT,", "M,u,KEN,F,2020,18,A,PT,", "M,u,UGA,_T,2020,10,A,PT,")
	for _, c := range []struct{ name, rows, want, counts string }{
		{"merge leaves what it does not give", rowsOf("M,u,KEN,_T,2020,21,,,", "M,u,KEN,_T,2021,25,E,PT,"),
			"KEN F 2020=18 A; KEN _T 2020=21 A Aged 15+; KEN _T 2021=25 E; UGA _T 2020=10 A", "read 2 new 0 changed 1 unchanged 1 refused 0 stored 2"},
		{"replace clears what it does not give", rowsOf("R,u,KEN,_T,2020,20,,,"),
			"KEN F 2020=18 A; KEN _T 2020=20; KEN _T 2021=25 E; UGA _T 2020=10 A", "read 1 new 0 changed 1 unchanged 0 refused 0 stored 1"},
		{"delete takes an observation away", rowsOf("D,u,KEN,_T,2020,,,,", "D,u,KEN,_T,1999,,,,"),
			"KEN F 2020=18 A; KEN _T 2021=25 E; UGA _T 2020=10 A", "read 2 new 0 changed 1 unchanged 1 refused 0 stored 0"},
		{"delete takes the contents away that it gives", rowsOf("D,u,KEN,_T,2020,,A,,"),
			"KEN F 2020=18 A; KEN _T 2020=20 Aged 15+; KEN _T 2021=25 E; UGA _T 2020=10 A", "read 1 new 0 changed 1 unchanged 0 refused 0 stored 1"},
		{"an empty dimension covers every code", rowsOf("D,,KEN,,2020,,,,"), "KEN _T 2021=25 E; UGA _T 2020=10 A", "read 1 new 0 changed 2 unchanged 0 refused 0 stored 0"},
		{"without dimensions all goes", rowsOf("D,,,,,,,,"), "", "read 1 new 0 changed 4 unchanged 0 refused 0 stored 0"},
		{"data sets follow one another", rowsOf("D,,,,,,,,", "M,u,KEN,_T,2020,30,A,PT,", "R,u,KEN,_T,2020,31,,PT,"), "KEN _T 2020=31", "read 3 new 1 changed 5 unchanged 0 refused 0 stored 2"},
		{"a key twice: the first stays", rowsOf("M,u,TZA,_T,2020,30,A,PT,", "M,u,TZA,_T,2020,31,A,PT,"),
			"KEN F 2020=18 A; KEN _T 2020=20 A Aged 15+; KEN _T 2021=25 E; TZA _T 2020=30 A; UGA _T 2020=10 A", "read 2 new 1 changed 0 unchanged 0 refused 1 stored 1"},
		{"a value that is meant to be missing", rowsOf("M,u,UGA,_T,2020,NaN,M,PT,"),
			"KEN F 2020=18 A; KEN _T 2020=20 A Aged 15+; KEN _T 2021=25 E; UGA _T 2020= M", "read 1 new 0 changed 1 unchanged 0 refused 0 stored 1"},
		{"no area: refused", rowsOf("M,u,,_T,2020,1,A,PT,"),
			"KEN F 2020=18 A; KEN _T 2020=20 A Aged 15+; KEN _T 2021=25 E; UGA _T 2020=10 A", "read 1 new 0 changed 0 unchanged 0 refused 1 stored 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				m := room(d)
				first := take(t, m, "base.csv", base)
				before := plainly(t, m, 0)
				if before != "KEN F 2020=18 A; KEN _T 2020=20 A Aged 15+; KEN _T 2021=25 E; UGA _T 2020=10 A" {
					t.Fatalf("first: %s", before)
				}
				second := take(t, m, "second.csv", c.rows)
				if got := plainly(t, m, 0); got != c.want || counts(second) != c.counts {
					t.Errorf("got %s\nwant %s\n%s, want %s", got, c.want, counts(second), c.counts)
				}
				if got := plainly(t, m, first.Seq); got != before {
					t.Errorf("as of the first message: %s", got)
				}
				if _, err := m.Undo(ctx, resolute.Operator(), second.ID); err != nil || plainly(t, m, 0) != before {
					t.Errorf("undone, %v: %s", err, plainly(t, m, 0))
				}
				sound(t, m, d)
			})
		})
	}
}

// What a removal gives is taken away whatever it says: it describes no indicator. The unit of one observation
// is that of its indicator, and stays.
func TestARemovalDescribesNothing(t *testing.T) {
	for row, want := range map[string]string{
		"D,u,KEN,_T,2020,-,-,-,-":  "KEN _T 2021=25 E",
		"D,u,KEN,_T,2020,,,-,":     "KEN _T 2020=20 A; KEN _T 2021=25 E",
		"D,other,KEN,_T,2020,,,x,": "KEN _T 2020=20 A; KEN _T 2021=25 E",
	} {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			m := room(d)
			take(t, m, "base.csv", rowsOf("M,u,KEN,_T,2020,20,A,PT,", "M,u,KEN,_T,2021,25,E,PT,"))
			account := take(t, m, "gone.csv", rowsOf(row))
			list, err := m.Indicators(ctx, 0)
			if err != nil || len(list) != 1 || list[0].Unit != "PT" || plainly(t, m, 0) != want || account.Total.Warning > 0 {
				t.Errorf("%s: %+v, %v, %s, want %s; %+v", row, list, err, plainly(t, m, 0), want, account.Total)
			}
			sound(t, m, d)
		})
	}
}

// Where a message has several measures one of them is stored for all observations, so that a series never
// mixes two; the other ones neither make an observation nor take one away.
func TestOneMeasureIsStored(t *testing.T) {
	const message = `{"data":{"structures":[{"links":[{"rel":"dataflow","urn":"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=X:PLAIN(1.0)"}],` +
		`"dimensions":{"observation":[{"id":"REF_AREA","values":[{"id":"KEN"}]},{"id":"TIME_PERIOD","values":[{"id":"2020"},{"id":"2021"}]}]},` +
		`"measures":{"observation":[{"id":"TURNOVER"},{"id":"EMPLOYEES"}]}}],"dataSets":[{"structure":0,"action":"%s","observations":{"0:0":[1000000,7],"0:1":[null,8]}}]}}`
	for name, c := range map[string]struct{ message, want, counts string }{
		"the first of the structure":          {fmt.Sprintf(message, "Append"), "KEN 2020=1000000", "read 2 new 1 changed 0 unchanged 1 refused 0 stored 1"},
		"a replaced observation may be empty": {fmt.Sprintf(message, "Replace"), "KEN 2020=1000000; KEN 2021=", "read 2 new 2 changed 0 unchanged 0 refused 0 stored 2"},
		"OBS_VALUE wherever it stands":        {strings.Replace(fmt.Sprintf(message, "Append"), "EMPLOYEES", "OBS_VALUE", 1), "KEN 2020=7; KEN 2021=8", "read 2 new 2 changed 0 unchanged 0 refused 0 stored 2"},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				m := room(d)
				account := take(t, m, "a", c.message)
				if got := plainly(t, m, 0); got != c.want || counts(account) != c.counts {
					t.Errorf("got %s, %s; want %s, %s", got, counts(account), c.want, c.counts)
				}
				take(t, m, "b", strings.Replace(fmt.Sprintf(message, "Delete"), "[1000000,7]", "[null,7]", 1))
				if got := plainly(t, m, 0); got != c.want {
					t.Errorf("the other measure is taken away: %s, want %s", got, c.want)
				}
				sound(t, m, d)
			})
		})
	}
}

// Exchange rates are of no area; what names none is stored under the code that the standard has for it.
func TestDataThatNoAreaTellsApart(t *testing.T) {
	const rates = "STRUCTURE,STRUCTURE_ID,ACTION,CURRENCY,TIME_PERIOD,OBS_VALUE\n"
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		account := take(t, m, "rates.csv", rates+"dataflow,X:PLAIN(1.0),R,CHF,2020,1.34\ndataflow,X:PLAIN(1.0),R,CHF,2021,1.29\ndataflow,X:PLAIN(1.0),R,NOK,2020,7.9\n")
		findings, err := ledger.Findings(ctx, d, account.ID, 0, 10)
		told := slices.ContainsFunc(findings, func(f resolute.Finding) bool {
			return f.Rule == "area-not-applicable" && f.Severity == resolute.SeverityNote
		})
		if err != nil || !told || plainly(t, m, 0) != "_Z 2020=1.34; _Z 2021=1.29; _Z 2020=7.9" {
			t.Errorf("%s, %+v, %v", plainly(t, m, 0), findings, err)
		}
		var out bytes.Buffer
		answer, err := m.Choose(ctx, measure.Selection{})
		if err != nil || answer.Write(ctx, sdmx.CSV21, m.Now(), &out) != nil || !strings.Contains(out.String(), ",PLAIN,_Z,CHF,2020,1.34") {
			t.Fatalf("%v: %s", err, out.String())
		}
		if again := take(t, m, "again.csv", out.String()); again.Unchanged != 3 || again.New+again.Refused > 0 {
			t.Errorf("what is given out comes back: %+v", again)
		}
		gone := take(t, m, "gone.csv", rates+"dataflow,X:PLAIN(1.0),D,CHF,2020,\n")
		if got := plainly(t, m, 0); got != "_Z 2021=1.29; _Z 2020=7.9" {
			t.Errorf("taken away: %s, %+v", got, gone)
		}
		sound(t, m, d)
	})
}

func TestAMessageLeavesNamesOfIndicators(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		take(t, m, "named.csv", "dataflow,indicator,indicator_name,unit,area,period,value\nX:PLAIN,u,Users,PT,KEN,2020,20\n")
		take(t, m, "message.csv", rowsOf("M,u,KEN,,2021,25,A,PT,"))
		list, err := m.Indicators(ctx, 0)
		if err != nil || len(list) != 1 || list[0].Name != "Users" || list[0].Unit != "PT" || list[0].Observations != 2 {
			t.Errorf("got %+v, %v", list, err)
		}
	})
}

func TestAMessageTellsWhatTheStoreHasNoPlaceFor(t *testing.T) {
	d := dbtest.SQLite(t)
	account := take(t, room(d), "units.csv", rowsOf("M,u,KEN,,2020,20,A,PT,", "M,u,UGA,,2020,3,A,NR,"))
	findings, err := ledger.Findings(ctx, d, account.ID, 0, 10)
	if err != nil || !slices.ContainsFunc(findings, func(f resolute.Finding) bool { return f.Rule == "units-differ" && f.Found == "NR" && f.Line == 3 }) {
		t.Errorf("got %+v, %v", findings, err)
	}
}

// only hides that a file can be read again.
type only struct{ io.Reader }

func TestPackedMessagesAndMessagesOfAStreamAreTaken(t *testing.T) {
	d := dbtest.SQLite(t)
	m := room(d)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write([]byte(rowsOf("M,u,KEN,,2020,20,A,PT,")))
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	account, err := m.Import(ctx, resolute.Operator(), measure.Source{File: "a.csv.gz"}, only{&packed})
	if err != nil || account.New != 1 || account.Bytes == 0 || len(account.SHA256) != 64 {
		t.Errorf("got %+v, %v", account, err)
	}
}

func TestABrokenMessageStoresNothing(t *testing.T) {
	d := dbtest.SQLite(t)
	m := room(d)
	account, err := m.Import(ctx, resolute.Operator(), measure.Source{File: "broken.csv"}, strings.NewReader(rowsOf("M,u,KEN,,2020,20,A,PT,", "M,u,KEN")))
	if resolute.CodeOf(err) != resolute.Invalid || account.State != ledger.Refused || plainly(t, m, 0) != "" {
		t.Errorf("got %+v, %v", account, err)
	}
	sound(t, m, d)
}

func TestStructuresSayWhatTheDimensionsAre(t *testing.T) {
	const samples = "../../../shared/samples/stats/sdmx/"
	structure, err := os.Open(samples + "sdg_dsd/IAEG-SDGs_SDG_1.0_structure.xml")
	if err != nil {
		t.Skip("the samples are not at hand")
	}
	defer func() { _ = structure.Close() }()
	known, err := sdmx.ReadStructures(structure)
	if err != nil {
		t.Fatal(err)
	}
	m := room(dbtest.SQLite(t))
	text := "DATAFLOW,FREQ,REPORTING_TYPE,SERIES,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,NATURE,UNIT_MEASURE,TIME_DETAIL\n" +
		"IAEG-SDGs:SDG(1.0),A,G,IT_USE_ii99,404,_T,2020,29.5,A,0,C,PT,2019-2020\n"
	_, err = m.Import(ctx, resolute.Operator(), measure.Source{File: "sdg.csv", Structures: known, Options: statfile.Options{}}, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	list, err := m.Series(ctx, measure.IndicatorKey{Dataflow: "IAEG-SDGs:SDG", Code: "IT_USE_ii99"}, 0)
	if err != nil || len(list) != 1 || list[0].Area != "404" || list[0].Dims["SEX"] != "_T" || len(list[0].Dims) != 3 {
		t.Fatalf("got %+v, %v", list, err)
	}
	if o := list[0].Observations[0]; o.Nature != "C" || o.Multiplier != "0" || o.Note != "TIME_DETAIL=2019-2020" || o.Value != "29.5" {
		t.Errorf("got %+v", o)
	}
}

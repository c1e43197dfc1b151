package statfile_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/measure/statfile"
)

const samples = "../../../../shared/samples/stats/"

// seen is what came out of a file.
type seen struct {
	head         statfile.Head
	observations []statfile.Observation
	refused      []resolute.Finding
}

func read(t testing.TB, file, text string, o statfile.Options) (seen, error) {
	t.Helper()
	var s seen
	head, err := statfile.Read(strings.NewReader(text), file, o, statfile.Sink{
		Observation: func(o *statfile.Observation) error {
			one := *o
			one.Dims = slices.Clone(o.Dims)
			s.observations = append(s.observations, one)
			return nil
		},
		Refused: func(f resolute.Finding, _ string) error { s.refused = append(s.refused, f); return nil },
	})
	s.head = head
	return s, err
}

// short writes an observation with what tests look at.
func short(o statfile.Observation) string {
	text := fmt.Sprintf("%s %s %s %s=%s", o.Dataflow, o.Indicator, o.Area, o.Period, o.Value)
	for _, d := range o.Dims {
		text += " " + d.Name + ":" + d.Value
	}
	if o.Status != "" {
		text += " (" + o.Status + ")"
	}
	if o.Words {
		text += " words"
	}
	return text
}

func TestForms(t *testing.T) {
	for name, c := range map[string]struct {
		file, text string
		options    statfile.Options
		form       string
		want       []string
		blank      int
	}{
		"DataHub": {"d.csv", "\uFEFF\"seriesID\",\"seriesCode\",\"seriesName\",\"seriesParent\",\"seriesUnits\",\"entityID\",\"entityIso\",\"entityName\",\"dataValue\",\"dataYear\",\"dataNote\",\"dataSource\",\"seriesDescription\"\n" +
			"1,\"i99H\",\"Users\",,\"%\",4,\"ABW\",\"Aruba\",\"17.1\",2001,\"Aged 16-74.\",\"ITU estimate.\",\"x\"\n1,\"p\",\"Rule\",,,4,\"ABW\",\"Aruba\",\"Yes, always\",2001,\"\",\"\",\"\"\n1,\"p\",\"Rule\",,,4,\"ABW\",\"Aruba\",\"\",2002,\"\",\"\",\"\"\n",
			statfile.Options{}, "datahub", []string{"ITU:DATAHUB i99H ABW 2001=17.1 (E)", "ITU:DATAHUB p ABW 2001=Yes, always words", "ITU:DATAHUB p ABW 2002= (M)"}, 0},
		"World Bank, wide": {"w.csv", "Country Name,Country Code,Series Name,Series Code,2024 [YR2024],2023 [YR2023]\nKenya,KEN,Trade (% of GDP),NE.TRD,..,33.1\n,,,,,\nData from database: World Development Indicators,,,,,\n",
			statfile.Options{}, "worldbank-wide", []string{"WB:WDI NE.TRD KEN 2023=33.1"}, 1},
		"World Bank, with its preamble": {"w.csv", "\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2026-01-01\",\n\n\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"1960\",\"1961\",\n\"Kenya\",\"KEN\",\"Lines\",\"IT.MLT\",\"\",\"1.5\",\n",
			statfile.Options{}, "worldbank-wide", []string{"WB:WDI IT.MLT KEN 1961=1.5"}, 1},
		"World Bank, long": {"w.csv", "Country Name,Country Code,Series Name,Series Code,Time,Time Code,Value\nKenya,KEN,Lines,IT.MLT,1961,YR1961,1.5\nKenya,KEN,Lines,IT.MLT,1962,YR1962,..\n",
			statfile.Options{}, "worldbank-long", []string{"WB:WDI IT.MLT KEN 1961=1.5", "WB:WDI IT.MLT KEN 1962= (M)"}, 0},
		"UN SDG": {"s.csv", "Goal,Target,Indicator,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,Source,FootNote,[Sex],[Nature],[Units]\n17,17.8,17.8.1,IT_USE_ii99,Users,4,Afghanistan,2019,12.5,ITU,,FEMALE,E,PERCENT\n",
			statfile.Options{}, "sdg", []string{"UNSD:SDG IT_USE_ii99 004 2019=12.5 SEX:FEMALE (E)"}, 0},
		"Open SDG": {"indicator_17-8-1.csv", "\"Year\",\"Units\",\"Sex\",\"Value\"\n\"2015-16\",\"%\",\"\",\"59.1\"\n\"2015\",\"%\",\"male\",\"60.8\"\n",
			statfile.Options{Area: "ARM"}, "opensdg", []string{"OPENSDG:ARM 17.8.1 ARM 2015-16=59.1", "OPENSDG:ARM 17.8.1 ARM 2015=60.8 SEX:male"}, 0},
		"Our World in Data": {"o.csv", "Entity,Code,Year,Users_per_100,Other\nAfrica,,1990,1,\nKenya,KEN,1990,2,3\n",
			statfile.Options{}, "owid", []string{"OWID Users_per_100 Africa 1990=1", "OWID Users_per_100 KEN 1990=2", "OWID Other KEN 1990=3"}, 1},
		"plain": {"p.csv", "dataflow;indicator;area;sex;period;value;status;kind\nX:Y;i;KE;F;2020-Q1;1;E;\nX:Y;i;KE;;2020;very much;;words\n",
			statfile.Options{}, "plain", []string{"X:Y i KE 2020-Q1=1 SEX:F (E)", "X:Y i KE 2020=very much words"}, 0},
	} {
		got, err := read(t, c.file, c.text, c.options)
		if err != nil || got.head.Form != c.form || got.head.Blank != c.blank || len(got.refused) > 0 {
			t.Errorf("%s: got %+v, refused %v, %v; want %s with %d blank cells", name, got.head, got.refused, err, c.form, c.blank)
		}
		var list []string
		for _, o := range got.observations {
			list = append(list, short(o))
		}
		if !slices.Equal(list, c.want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, strings.Join(list, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// In a row of many values a bad one takes no other with it.
func TestBadCellOfAWideRow(t *testing.T) {
	for file, c := range map[string]struct {
		text, at string
		want     []string
	}{
		"wide": {"Country Name,Country Code,Series Name,Series Code,2021,2022,2023\nKenya,KEN,Lines,IT.MLT,1.5,1 600,1.7\n", "F2", []string{"WB:WDI IT.MLT KEN 2021=1.5", "WB:WDI IT.MLT KEN 2023=1.7"}},
		"owid": {"Entity,Code,Year,A,B,C\nKenya,KEN,1990,1,x,3\n", "E2", []string{"OWID A KEN 1990=1", "OWID C KEN 1990=3"}},
	} {
		got, err := read(t, file+".csv", c.text, statfile.Options{})
		var list []string
		for _, o := range got.observations {
			list = append(list, short(o))
		}
		if err != nil || !slices.Equal(list, c.want) {
			t.Errorf("%s: got %v, %v; want %v", file, list, err, c.want)
		}
		if len(got.refused) != 1 || got.refused[0].Rule != "number-unreadable" || got.refused[0].Path != c.at {
			t.Errorf("%s: refused %+v, want the number in %s", file, got.refused, c.at)
		}
	}
}

const head = "indicator,area,period,value\n"

func TestPeriods(t *testing.T) {
	for text, want := range map[string]bool{"2020": true, "2020.0": true, "2015-16": true, "2015/16": true, "1999-00": true, "2015-2017": true, "2020-01": true, "2020-12": true, "2020-Q4": true, "2020-S2": true, "2020-02-29": true, "2020/02/29": true,
		"2020-M01": true, "2020-M12": true, "2020-W01": true, "2020-W53": true, "2020-T3": true, "2020-D366": true, "2020-A1": true, "2020-M13": false, "2020-M": false, "2020-W54": false, "2020/W01": false,
		"2020-13": false, "2020-00": false, "2020-Q5": false, "2020-Q0": false, "2020-S3": false, "2020-02-30": false, "2020/02-29": false, "2017-2015": false, "2015-2099": false, "2020-": false, "2020Q1": false, "2020-X1": false, "20": false} {
		got, err := read(t, "p.csv", head+"i,KE,"+text+",1\n", statfile.Options{})
		if err != nil || (len(got.observations) == 1) != want || (len(got.refused) == 0) != want {
			t.Errorf("%s: got %d observations, refused %v, %v; want that it is a period: %v", text, len(got.observations), got.refused, err, want)
		}
		if want && text != "2020.0" && len(got.observations) == 1 && got.observations[0].Period != text {
			t.Errorf("%s: became %s", text, got.observations[0].Period)
		}
	}
}

// One bad row never loses the good ones.
func TestRowsThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ row, rule, at string }{
		"no number":             {"i,KE,2020,1 000", "number-unreadable", "D3"},
		"hexadecimal":           {"i,KE,2020,0x10", "number-unreadable", "D3"},
		"endless":               {"i,KE,2020,Inf", "number-unreadable", "D3"},
		"no period":             {"i,KE,soon,1", "period-unreadable", "C3"},
		"year out of reach":     {"i,KE,0001,1", "period-unreadable", "C3"},
		"no code of an area":    {"i,,2020,1", "code-missing", "B3"},
		"no indicator":          {",KE,2020,1", "code-missing", "A3"},
		"too few cells":         {"i,KE,2020", "sheet-cells", "C3"},
		"too many cells":        {"i,KE,2020,1,2", "sheet-cells", "E3"},
		"no text":               {"i,K\xff,2020,1", "sheet-encoding", "B3"},
		"a quote in the middle": {`i,K"E,2020,1`, "sheet-quote", ""},
	} {
		got, err := read(t, "p.csv", head+"i,KE,2019,1\n"+c.row+"\ni,KE,2021,3\n", statfile.Options{})
		if err != nil || len(got.observations) != 2 || len(got.refused) != 1 {
			t.Errorf("%s: got %d observations, refused %v, %v", name, len(got.observations), got.refused, err)
			continue
		}
		if f := got.refused[0]; f.Rule != c.rule || f.Path != c.at || f.Line != 3 {
			t.Errorf("%s: got %+v, want %s at %s in line 3", name, f, c.rule, c.at)
		}
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(head + strings.Repeat("i,KE,2019,1\n", 100)))
	_ = z.Close()
	for name, c := range map[string]struct {
		text    string
		options statfile.Options
		rule    string
	}{
		"empty":                   {"", statfile.Options{}, "sheet-header"},
		"a picture":               {"\x89PNG\r\n\x1a\n\x00\x00\x00", statfile.Options{}, "unreadable"},
		"a workbook":              {"PK\x03\x04 xl", statfile.Options{}, "unreadable"},
		"another table":           {"name,year\na,2000\n", statfile.Options{}, "form-unknown"},
		"prose":                   {"This is a letter.\nIt has no table.\n", statfile.Options{}, "sheet-header"},
		"a quote without end":     {head + `i,"KE` + strings.Repeat("\ni,KE,2019,1", 200_000), statfile.Options{}, "sheet-limit"},
		"larger than the bound":   {head + strings.Repeat("i,KE,2019,1\n", 100_000), statfile.Options{MaxFile: 1000}, "limit-file"},
		"a torn gzip":             {packed.String()[:packed.Len()-20], statfile.Options{}, "unreadable"},
		"a country without name":  {"Year,Value\n2015,1\n", statfile.Options{}, "area-unknown"},
		"gzip of more than bound": {packed.String(), statfile.Options{MaxFile: 100}, "limit-file"},
	} {
		var refused *statfile.RefusedError
		if got, err := read(t, "x.csv", c.text, c.options); !errors.As(err, &refused) || refused.Finding.Rule != c.rule {
			t.Errorf("%s: got %d observations, %v; want %s", name, len(got.observations), err, c.rule)
		}
	}
	if got, err := read(t, "x.csv.gz", packed.String(), statfile.Options{}); err != nil || len(got.observations) != 100 {
		t.Errorf("a sound gzip: got %d observations, %v", len(got.observations), err)
	}
}

// Whoever gave a table of another kind must see what was taken for its header, and what one is.
func TestAFileWithoutAHeaderIsToldWhatWasFound(t *testing.T) {
	for text, found := range map[string]string{
		"":           "an empty file",
		"a,b\n1,2\n": `"a,b" and no row of names below it`,
		"Dear all,\nplease find attached\nour figures.\n": `"Dear all," and no row of names below it`,
	} {
		var refused *statfile.RefusedError
		if _, err := read(t, "x.csv", text, statfile.Options{}); !errors.As(err, &refused) || refused.Finding.Found != found || refused.Finding.Line != 1 {
			t.Errorf("%q: %v; want found %s in line 1", text, err, found)
		}
	}
}

// Counts as reckoned by other programs; no row is lost.
func TestRealFiles(t *testing.T) {
	for file, c := range map[string]struct {
		form                                    string
		observations, estimates, words, refused int
	}{
		"itu_datahub/individuals-using-the-internet.csv":             {"datahub", 5099, 2226, 0, 0},
		"itu_datahub/individuals-with-ict-skills-by-skill-level.csv": {"datahub", 943, 0, 0, 0},
		"itu_datahub/mobile-services.csv":                            {"datahub", 11307, 0, 11307, 0},
		"owid/mobile-cellular-subscriptions-per-100-people.csv":      {"owid", 11895, 0, 0, 0},
		"owid/number-of-internet-users-by-country.csv":               {"owid", 4536, 0, 0, 0},
	} {
		data, err := os.ReadFile(filepath.Join(samples, file))
		if err != nil {
			t.Skipf("the folder ../shared/samples is absent: %v", err)
		}
		got, err := read(t, file, string(data), statfile.Options{})
		estimates, words := 0, 0
		for _, o := range got.observations {
			if o.Status == "E" {
				estimates++
			}
			if o.Words {
				words++
			}
		}
		if err != nil || got.head.Form != c.form || len(got.observations) != c.observations || estimates != c.estimates || words != c.words || len(got.refused) != c.refused {
			t.Errorf("%s: got %s with %d observations, %d estimates, %d in words, refused %v, %v; want %+v", file, got.head.Form, len(got.observations), estimates, words, got.refused[:min(3, len(got.refused))], err, c)
		}
	}
	for _, pattern := range []string{"wdi/*.csv", "opensdg_*/*.csv", "population/*.csv"} {
		files, _ := filepath.Glob(filepath.Join(samples, pattern))
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := read(t, file, string(data), statfile.Options{Area: "XXX"})
			if err != nil || len(got.refused) > 0 {
				t.Errorf("%s: %s, %d observations, refused %d %v, %v", file, got.head.Form, len(got.observations), len(got.refused), got.refused[:min(1, len(got.refused))], err)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{head + "i,KE,2019,1\n", "Entity,Code,Year,x\nA,,1,2\n", "Year,Value\n2015-16,1\n", "Country Name,Country Code,Series Name,Series Code,2024 [YR2024]\nK,KEN,a (b),c,1\n",
		"seriesCode,entityIso,dataValue,dataYear\na,b,c,2000\n", "SeriesCode,GeoAreaCode,TimePeriod,Value,[Sex]\na,4,2000,1,F\n", "\"\n", "\x1f\x8b"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := statfile.Read(bytes.NewReader(data), "17-8-1.csv", statfile.Options{Area: "KE", MaxFile: 1 << 20}, statfile.Sink{
			Observation: func(o *statfile.Observation) error {
				if o.Indicator == "" || o.Area == "" || len(o.Period) < 4 {
					t.Fatalf("an observation without a place: %+v", o)
				}
				return nil
			},
			Refused: func(f resolute.Finding, _ string) error {
				if f.Rule == "" || f.Message == "" {
					t.Fatalf("a finding that says nothing: %+v", f)
				}
				return nil
			},
		})
		var refused *statfile.RefusedError
		if err != nil && !errors.As(err, &refused) {
			t.Fatalf("a broken file must be refused with its place: %v", err)
		}
	})
}

// The load of section 8 of the bars: lines of a DataHub file, some 120 bytes each.
func BenchmarkRead(b *testing.B) {
	var text bytes.Buffer
	text.WriteString("seriesID,seriesCode,seriesName,seriesParent,seriesUnits,entityID,entityIso,entityName,dataValue,dataYear,dataNote,dataSource,seriesDescription\n")
	for i := range 20_000 {
		fmt.Fprintf(&text, "11624,\"i%d\",\"Individuals using the Internet\",,\"%%\",4,\"ABW\",\"Aruba\",\"%d.4428229480349\",%d,\"\",\"\",\"\"\n", i/5000, i%100, 2000+i%25)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		_, err := statfile.Read(bytes.NewReader(text.Bytes()), "x.csv", statfile.Options{}, statfile.Sink{Observation: func(*statfile.Observation) error { n++; return nil }})
		if err != nil || n != 20_000 {
			b.Fatal(n, err)
		}
	}
}

package dataquery_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"resolute/internal/measure/dataquery"
)

// holds asks whether one component with a text is chosen by what is asked of it.
func holds(t *testing.T, component, asked, text string) bool {
	t.Helper()
	q, err := dataquery.Parse("*", "c["+component+"]="+url.PathEscape(asked))
	if err != nil {
		t.Fatalf("%s=%s: %v", component, asked, err)
	}
	return q.Holds(func(id string) (string, bool) { return text, id == component })
}

// Times are compared as a whole: what lies within is neither before nor behind.
func TestConditionsOnTime(t *testing.T) {
	for _, c := range []struct {
		asked    string
		yes, not []string
	}{
		{"lt:2020", []string{"2019", "2019-12-31", "2019-Q4", "2018-19"}, []string{"2020", "2020-01-01", "2019-20", "2021", ""}},
		{"le:2020", []string{"2020", "2020-12", "2020-W52", "2020-12-31T23:59:59Z"}, []string{"2021-01-01", "2020/21"}},
		{"gt:2020-Q3", []string{"2020-10-01", "2020-Q4", "2021"}, []string{"2020", "2020-09-30", "2020-Q3", "2020-S2"}},
		{"ge:2020-Q3", []string{"2020-07-01", "2020-Q3", "2020-S2"}, []string{"2020", "2020-06-30", "2020-T2"}},
		{"ge:2020-02", []string{"2020-02-01", "2020-M02"}, []string{"2020-01-31"}},
		{"le:2020-02", []string{"2020-02-29", "2020-D060"}, []string{"2020-03-01", "2020-D061"}},
		{"ge:2020-W01", []string{"2019-12-30", "2020-W01"}, []string{"2019-12-29"}}, // of the week with 4 January
		{"le:2020-W53", []string{"2021-01-03"}, []string{"2021-01-04"}},
		{"ge:2021-W01", []string{"2021-01-04"}, []string{"2021-01-03"}},
		{"ge:2020-A1", []string{"2020", "2020-01-01"}, []string{"2019"}},
		{"le:2019-20", []string{"2020-12-31"}, []string{"2021"}},
		{"le:2000", []string{"1999-00", "1998-2000", "1999-01"}, []string{"1999-2001", "1999/01"}},
		{"gt:2017", []string{"2018-2019"}, []string{"2017-18", "2019-1990", "2019-2099", "2019_20"}},
		{"ge:2018+le:2019", []string{"2018", "2019"}, []string{"2017", "2020"}},
		{"lt:2018,gt:2019", []string{"2017", "2020"}, []string{"2018", "2019"}},
		{"eq:2020", []string{"2020"}, []string{"2020-01"}},
		{"ne:2020", []string{"2020-01"}, []string{"2020"}},
	} {
		for _, text := range c.yes {
			if !holds(t, "TIME_PERIOD", c.asked, text) {
				t.Errorf("%s: %q is not chosen", c.asked, text)
			}
		}
		for _, text := range c.not {
			if holds(t, "TIME_PERIOD", c.asked, text) {
				t.Errorf("%s: %q is chosen", c.asked, text)
			}
		}
	}
}

func TestConditionsOnOthers(t *testing.T) {
	for _, c := range []struct {
		asked    string
		yes, not []string
	}{
		{"lt:10", []string{"9", "-1", "9.99"}, []string{"10", "10.0", "1e2", ""}},
		{"le:10", []string{"10", "1e1"}, []string{"10.01", ""}},
		{"gt:10", []string{"11"}, []string{"10", ""}},
		{"ge:10", []string{"10", "100"}, []string{"9", ""}},
		{"ge:B", []string{"B", "C"}, []string{"A", "10", ""}},
		{"co:en", []string{"KENT en", "en"}, []string{"EN", ""}},
		{"nc:en", []string{"EN", ""}, []string{"Kenya"}},
		{"sw:K", []string{"KEN", "K"}, []string{"SK"}},
		{"ew:N", []string{"KEN", "N"}, []string{"NK"}},
		{"sw:K+ne:KEN", []string{"KGZ"}, []string{"KEN", "SK"}},
		{"gt:100", []string{"101"}, []string{"Yes", "100"}}, // a word is neither more nor less than a number
		{"eq:1", []string{"1"}, []string{"01", "1.0"}},      // codes are texts
		{"A,B,sw:K", []string{"A", "B", "KEN"}, []string{"AB", ""}},
		{"a:b", []string{"a:b"}, []string{"b"}}, // no operator, and none can be meant
		{"12:30", []string{"12:30"}, []string{"30"}},
	} {
		for _, text := range c.yes {
			if !holds(t, "OTHER", c.asked, text) {
				t.Errorf("%s: %q is not chosen", c.asked, text)
			}
		}
		for _, text := range c.not {
			if holds(t, "OTHER", c.asked, text) {
				t.Errorf("%s: %q is chosen", c.asked, text)
			}
		}
	}
	q, err := dataquery.Parse("*", "c[A]=1&c[B]=2")
	if err != nil {
		t.Fatal(err)
	}
	if !q.Holds(func(string) (string, bool) { return "", false }) {
		t.Error("what is not known yet is passed over")
	}
	if q.Holds(func(id string) (string, bool) { return "1", true }) {
		t.Error("all conditions must hold")
	}
}

// Values are numbers, however they are printed.
func TestConditionsOnValues(t *testing.T) {
	for _, c := range []struct {
		asked    string
		yes, not []string
	}{
		{"20.0", []string{"20", "20.0", "2e1"}, []string{"20.01", "", "Yes"}},
		{"ne:20.0", []string{"20.01", "Yes", ""}, []string{"20", "2e1"}},
		{"5,Yes", []string{"5.0", "Yes"}, []string{"yes", "6"}},
		{"gt:100", []string{"100.5"}, []string{"Yes", "99", ""}},
		{"ne:NaN", []string{"1", ""}, []string{"NaN"}},
	} {
		for _, text := range c.yes {
			if !holds(t, "OBS_VALUE", c.asked, text) {
				t.Errorf("%s: %q is not chosen", c.asked, text)
			}
		}
		for _, text := range c.not {
			if holds(t, "OBS_VALUE", c.asked, text) {
				t.Errorf("%s: %q is chosen", c.asked, text)
			}
		}
	}
}

// A list of codes may be as long as an address; what each observation is tested for may not.
func TestATestIsMadeOfEachObservation(t *testing.T) {
	for query, fits := range map[string]bool{
		"c[REF_AREA]=KEN" + strings.Repeat(",UGA", 1500):                                            true,
		"c[OBS_VALUE]=lt:0" + strings.Repeat(",lt:0", 99):                                           true,
		"c[OBS_VALUE]=lt:0" + strings.Repeat(",lt:0", 100):                                          false,
		"c[OBS_VALUE]=1" + strings.Repeat("+ne:2", 60) + "&c[A]=co:a" + strings.Repeat(",co:a", 60): false,
	} {
		if _, err := dataquery.Parse("*", query); (err == nil) != fits {
			t.Errorf("%.60s: got %v, want that it fits: %v", query, err, fits)
		}
	}
}

func BenchmarkConditions(b *testing.B) {
	for name, query := range map[string]string{
		"value": "c[OBS_VALUE]=lt:0" + strings.Repeat(",lt:0", 99), "time": "c[TIME_PERIOD]=lt:1000" + strings.Repeat(",lt:1000", 99),
		"codes": "c[REF_AREA]=KEN" + strings.Repeat(",UGA", 1500), "one": "c[OBS_VALUE]=lt:0",
	} {
		q, err := dataquery.Parse("*", query)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				q.Holds(func(id string) (string, bool) {
					return map[string]string{"OBS_VALUE": "123.45", "TIME_PERIOD": "2020", "REF_AREA": "TZA"}[id], true
				})
			}
		})
	}
}

func TestQuestionsThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		path, query string
		status      int
	}{
		{"a/b/c/d/e/f", "", 400},
		{"nonsense", "", 400},
		{"datastructure/A/B", "", 501},
		{"*/%zz", "", 400},
		{"*//B", "", 400},
		{"*/A/B/1.0/a..b", "", 400},
		{"*", "c[A]=xx:1", 400},
		{"*", "c[A]=", 400},
		{"*", "c[A]=eq:", 400},
		{"*", "c[TIME_PERIOD]=ge:soon", 400},
		{"*", "c[TIME_PERIOD]=ge:2020-Q5", 400},
		{"*", "c[TIME_PERIOD]=ge:2020-S3", 400},
		{"*", "c[TIME_PERIOD]=ge:2020-W54", 400},
		{"*", "c[TIME_PERIOD]=ge:2020-M00", 400},
		{"*", "c[TIME_PERIOD]=ge:2020-13", 400},
		{"*", "c[TIME_PERIOD]=ge:2020-02-30", 400},
		{"*", "c[TIME_PERIOD]=ge:2020-02-03x", 400},
		{"*", "c[TIME_PERIOD]=ge:2020-X1", 400},
		{"*", "firstNObservations=0", 400},
		{"*", "lastNObservations=many", 400},
		{"*", "limit=0", 400},
		{"*", "offset=-1", 400},
		{"*", "limit=1000000001", 400},
		{"*", "asOf=yesterday", 400},
		{"*", "colour=red", 400},
		{"*", "a%zz=1", 400},
	} {
		var refused *dataquery.Error
		if _, err := dataquery.Parse(c.path, c.query); !errors.As(err, &refused) || refused.Status != c.status {
			t.Errorf("%s?%s: got %v, want status %d", c.path, c.query, err, c.status)
		}
	}
	if q, err := dataquery.Parse("*", "known=%3F&limit=2&offset=0", "known"); err != nil || q.Limit != 2 {
		t.Errorf("a parameter of somebody else, and those behind it: got %+v, %v", q, err)
	}
}

func TestWhichDataflowsAreAskedFor(t *testing.T) {
	for path, want := range map[string]bool{
		"*": true, "dataflow/ITU/USE/1.0": true, "*/ITU,UN/USE,OTHER": true, "*/*/*/+": true, "*/ITU/USE/~": true,
		"*/UN": false, "*/ITU/OTHER": false, "*/ITU/USE/2.0": false,
	} {
		q, err := dataquery.Parse(path, "")
		if got := q.Asks("ITU", "USE", "1.0"); err != nil || got != want {
			t.Errorf("%s: got %v, %v", path, got, err)
		}
	}
	for path, want := range map[string]bool{
		"USE": true, "ITU,USE": true, "ITU,USE,1.0/all/all": true, "ITU,USE,latest": true, "OTHER": false, "UN,USE": false, "ITU,USE,2.0": false,
	} {
		q, err := dataquery.ParseOld(path, "")
		if got := q.Asks("ITU", "USE", "1.0"); err != nil || got != want {
			t.Errorf("version 1, %s: got %v, %v", path, got, err)
		}
	}
}

// The form of version 1: codes of one position are joined by +, an empty position is any.
func TestQuestionsOfVersion1(t *testing.T) {
	q, err := dataquery.ParseOld("ITU,USE/u+p..F", "startPeriod=2018&endPeriod=2019&detail=dataonly&lastNObservations=1")
	if err != nil {
		t.Fatal(err)
	}
	for want, series := range map[bool][][]string{true: {{"u", "KEN", "F"}, {"p", "UGA", "F"}}, false: {{"x", "KEN", "F"}, {"u", "KEN", "M"}}} {
		for _, codes := range series {
			if q.Series(codes) != want {
				t.Errorf("%v: want %v", codes, want)
			}
		}
	}
	for value, texts := range map[string][2]string{"2000-01-01T00:00:00%2B01:00": {"2000", "1999"}, "2000-01-01T00:00:00+01:00": {"2000", "1999"}, "2000-Q2": {"2000-04", "2000-03"}} {
		q, err := dataquery.ParseOld("ITU,USE", "startPeriod="+value)
		for n, text := range texts {
			if got := q.Holds(func(string) (string, bool) { return text, true }); err != nil || got != (n == 0) {
				t.Errorf("from %s on, %s: got %v, %v", value, text, got, err)
			}
		}
	}
	for year, want := range map[string]bool{"2017": false, "2018": true, "2019": true, "2020": false} {
		if got := q.Holds(func(string) (string, bool) { return year, true }); got != want {
			t.Errorf("%s: got %v", year, got)
		}
	}
	if q.Last != 1 || q.Attributes.Takes("NOTE") || !q.Measures.Takes("OBS_VALUE") {
		t.Errorf("got %+v", q)
	}
	for _, c := range []struct {
		path, query string
		status      int
	}{
		{"a,b,c,d", "", 400}, {"a/b/c/d", "", 400}, {"a/all/P", "", 501}, {"a/%zz", "", 400},
		{"a", "detail=serieskeysonly", 501}, {"a", "detail=short", 400}, {"a", "startPeriod=%zz", 400}, {"a", "endPeriod=soon", 400}, {"a", "startPeriod=2000,2001", 400}, {"a", "startPeriod=", 400}, {"a", "colour=red", 400},
	} {
		var refused *dataquery.Error
		if _, err := dataquery.ParseOld(c.path, c.query); !errors.As(err, &refused) || refused.Status != c.status {
			t.Errorf("%s?%s: got %v, want status %d", c.path, c.query, err, c.status)
		}
	}
}

// Signs that part a question belong to a code when they are escaped twice; escaped once they part it, for
// programs escape them all.
func TestSignsOfACode(t *testing.T) {
	both, err := dataquery.Parse("*/*/*/*/u.15%252B.a%252C%20b%252E,u.15%2B", "c[SEX]=eq:15%252B%2Csw:a%252c")
	if err != nil {
		t.Fatal(err)
	}
	old, err := dataquery.ParseOld("X/u.15%252B+F.a%252C%20b%252E", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []dataquery.Query{both, old} {
		if !q.Series([]string{"u", "15+", "a, b."}) || q.Series([]string{"u", "15", "a, b."}) {
			t.Errorf("keys: %q", q.Keys)
		}
	}
	for text, want := range map[string]bool{"15+": true, "a,b": true, "15": false, "15%2B": false} {
		if got := both.Holds(func(string) (string, bool) { return text, true }); got != want {
			t.Errorf("%s: got %v", text, got)
		}
	}
}

// What a question speaks of must be there.
func TestQuestionsThatFit(t *testing.T) {
	for path, c := range map[string]struct {
		query string
		fits  bool
	}{
		"*/*/*/*/u.KEN":   {"c[UNIT]=PT&attributes=UNIT&measures=OBS_VALUE&dimensionAtObservation=AllDimensions", true},
		"*/*/*/*/u":       {"dimensionAtObservation=REF_AREA", true},
		"*/*/*/*/u.KEN.F": {"", false},
		"*/*/*/1.0":       {"c[COLOUR]=red", false},
		"*/*/*/1.1":       {"attributes=COLOUR", false},
		"*/*/*/1.2":       {"measures=COLOUR", false},
		"*/*/*/1.3":       {"dimensionAtObservation=COLOUR", false},
		"*/*/*/1.4":       {"attributes=none&measures=none", true},
	} {
		q, err := dataquery.Parse(path, c.query)
		if err != nil {
			t.Fatal(err)
		}
		err = q.Fits("F", []string{"INDICATOR", "REF_AREA"}, []string{"UNIT", "OBS_VALUE"})
		var refused *dataquery.Error
		if errors.As(err, &refused) == c.fits || refused != nil && refused.Status != 422 {
			t.Errorf("%s?%s: got %v, want that it fits: %v", path, c.query, err, c.fits)
		}
	}
}

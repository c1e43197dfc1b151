package dataquery_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"resolute/internal/measure/dataquery"
)

func TestQuestionsForStructures(t *testing.T) {
	for _, c := range []struct{ path, query, want string }{
		{"", "", "* [] [] [] latest [] []"},
		{"dataflow", "", "dataflow [] [] [] latest [] []"},
		{"dataflow/A,B/X/1.0,2.0", "", "dataflow [A B] [X] [1.0 2.0] [] []"},
		{"dataflow/*/*/*", "references=children", "dataflow [] [] [] [] [children]"},
		{"codelist/A/CL_X/~/KEN,UGA", "references=none&detail=referencestubs", "codelist [A] [CL_X] [] latest [KEN UGA] [] reference stubs"},
		{"contentconstraint", "references=codelist,dataflow&references=all&format=json", "dataconstraint [] [] [] latest [] [codelist dataflow all]"},
	} {
		q, err := dataquery.ParseStructures(c.path, c.query, "format")
		if got := printed(q); err != nil || got != c.want {
			t.Errorf("%s?%s: %s, %v; want %s", c.path, c.query, got, err, c.want)
		}
	}
	old, ours, err := dataquery.ParseOldStructures("codelist/A+B/all/latest/KEN+UGA", "detail=allstubs")
	if want := "codelist [A B] [] [] latest [KEN UGA] [] stubs"; err != nil || !ours || printed(old) != want {
		t.Errorf("version 1: %s, %v, %v", printed(old), ours, err)
	}
	if _, ours, _ := dataquery.ParseOldStructures("flows/A", ""); ours {
		t.Error("flows is taken for a class of artefacts")
	}
}

func printed(q dataquery.Structures) string {
	parts := []string{q.Class, fmt.Sprint(q.Agencies), fmt.Sprint(q.IDs), fmt.Sprint(q.Versions)}
	if q.Latest {
		parts = append(parts, "latest")
	}
	parts = append(parts, fmt.Sprint(q.Items), fmt.Sprint(q.References))
	if q.Detail.Stubs {
		parts = append(parts, "stubs")
	}
	if q.Detail.ReferenceStubs {
		parts = append(parts, "reference stubs")
	}
	return strings.Join(parts, " ")
}

func TestQuestionsForWhatDataThereAre(t *testing.T) {
	a, err := dataquery.ParseAvailability("dataflow/A/X/1.0/u.*.F/SEX,REF_AREA", "mode=available&references=codelist%2Cdataflow&c[SEX]=F&c[TIME_PERIOD]=ge:2020", "format")
	if err != nil || !a.Remaining || fmt.Sprint(a.Components, a.References, a.IDs) != "[SEX REF_AREA] [codelist dataflow] [X]" || len(a.Conditions) != 2 {
		t.Fatalf("%+v, %v", a, err)
	}
	if !a.Bound(0, "INDICATOR") || a.Bound(1, "REF_AREA") || !a.Bound(2, "SEX") || !a.Bound(3, "TIME_PERIOD") {
		t.Error("the dimensions that are bound are others")
	}
	free := a.Without(2, "SEX")
	if free.Series([]string{"u", "KEN", "M"}) != true || free.Bound(2, "SEX") || a.Series([]string{"u", "KEN", "M"}) || len(a.Conditions) != 2 || len(free.Conditions) != 1 {
		t.Errorf("without SEX: %+v", free)
	}
	old, err := dataquery.ParseOldAvailability("A,X,1.0/u+p./all/SEX", "startPeriod=2020&references=all")
	if err != nil || fmt.Sprint(old.Components, old.References, old.Keys) != "[SEX] [all] [[[u p] []]]" || old.Remaining || old.Latest {
		t.Errorf("version 1: %+v, %v", old, err)
	}
}

func TestQuestionsThatCannotBe(t *testing.T) {
	structures := func(path, query string) error {
		_, err := dataquery.ParseStructures(path, query)
		return err
	}
	availability := func(path, query string) error {
		_, err := dataquery.ParseAvailability(path, query)
		return err
	}
	for _, c := range []struct {
		parse       func(path, query string) error
		path, query string
		status      int
	}{
		{structures, "flows", "", 400},
		{structures, "dataflow/A/X/1.0/I", "", 400},
		{structures, "codelist/A/X/1.0/I/J", "", 400},
		{structures, "codelist/A//1.0", "", 400},
		{structures, "codelist", "detail=every", 400},
		{structures, "codelist", "references=every", 400},
		{structures, "codelist", "page=2", 400},
		{structures, "codelist", "references=%zz", 400},
		{availability, "dataflow/A/X/1.0/*/SEX/more", "", 400},
		{availability, "dataflow/A/X/1.0/*/%zz", "", 400},
		{availability, "datastructure/A/X", "", 501},
		{availability, "dataflow/A/X", "mode=any", 400},
		{availability, "dataflow/A/X", "references=parents", 400},
		{availability, "dataflow/A/X", "attributes=none", 400},
		{availability, "dataflow/A/X", "lastNObservations=1", 400},
	} {
		var faulty *dataquery.Error
		if err := c.parse(c.path, c.query); !errors.As(err, &faulty) || faulty.Status != c.status {
			t.Errorf("%s?%s: %v, want status %d", c.path, c.query, err, c.status)
		}
	}
}

// Whatever is asked for, a question is read or refused with a status of HTTP.
func FuzzQuestions(f *testing.F) {
	f.Add("dataflow/A/X/1.0/u.*.F,p", "c[SEX]=F,ne:M+co:x&lastNObservations=2&sort=SEX:desc&asOf=2020-01-01")
	f.Add("A,X,1.0/u+p./all/SEX", "startPeriod=2020-Q1&endPeriod=2021&detail=dataonly")
	f.Add("codelist/A/CL/~/KEN", "references=all,codelist&detail=referencepartial")
	f.Add("*/*/*/+/*/TIME_PERIOD", "mode=available&references=all")
	f.Fuzz(func(t *testing.T, path, query string) {
		codes := []string{"u", "KEN", "_Z"}
		check := func(q dataquery.Query, err error) {
			var faulty *dataquery.Error
			if err != nil {
				if !errors.As(err, &faulty) || faulty.Status < 400 || faulty.Status > 501 {
					t.Fatalf("%s?%s: %v", path, query, err)
				}
				return
			}
			if q.Fits("X", []string{"INDICATOR", "REF_AREA", "SEX"}, []string{"TIME_PERIOD", "OBS_VALUE"}) != nil {
				return
			}
			holds := func(q dataquery.Query) bool {
				return q.Series(codes) && q.Holds(func(id string) (string, bool) { return "F", id == "SEX" })
			}
			if holds(q) && !holds(q.Without(1, "REF_AREA")) {
				t.Fatalf("%s?%s: less is chosen without a condition", path, query)
			}
		}
		check(dataquery.Parse(path, query))
		check(dataquery.ParseOld(path, query))
		for _, parse := range []func(path, raw string, known ...string) (dataquery.Availability, error){dataquery.ParseAvailability, dataquery.ParseOldAvailability} {
			a, err := parse(path, query)
			check(a.Query, err)
		}
		_, err := dataquery.ParseStructures(path, query)
		check(dataquery.Query{}, err)
		_, _, err = dataquery.ParseOldStructures(path, query)
		check(dataquery.Query{}, err)
	})
}

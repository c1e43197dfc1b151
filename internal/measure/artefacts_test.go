package measure_test

import (
	"testing"

	"resolute"
	"resolute/internal/db/dbtest"
	"resolute/internal/measure"
	"resolute/internal/measure/dataquery"
	"resolute/internal/sdmx/artefact"
)

// A value in words makes the measure a text, but only of what holds it; an area that no table of
// countries knows bears the name of its source, of several the first in order.
func TestStructuresSayWhatKindOfValuesAndAreas(t *testing.T) {
	m := room(dbtest.SQLite(t))
	take(t, m, "a.csv", `dataflow,indicator,area,area_name,sex,period,value,kind
X:Y,u,KEN,Kenya (land),,2020,1,
X:Y,u,ZZ1,,,2020,2,
X:Y,v,ZZ1,the Isles,F,2020,3,
X:Y,w,ZZ1,Isles,,2020,4,
X:Y,w,ZZ1,Isles,,2021,many,words
X:Y,w,ZZ2,Rocks,,2021,1,
X:Z,u,KEN,Kenya,,2020,1,
`)
	type told struct{ measured, kenya, isles, rocks string }
	tell := func(list []artefact.Artefact, id string) (got told) {
		for _, a := range list {
			switch {
			case a.Class == artefact.DataStructure && a.ID == id:
				got.measured = a.Components.Measure.Type
			case a.Class == artefact.Codelist && a.ID == "CL_"+id+"_REF_AREA":
				names := map[string]string{}
				for _, i := range a.Items {
					names[i.ID] = i.Text[resolute.English]
				}
				got.kenya, got.isles, got.rocks = names["KEN"], names["ZZ1"], names["ZZ2"]
			}
		}
		return got
	}
	available := func(key, query string) []artefact.Artefact {
		a, err := dataquery.ParseAvailability("dataflow/X/Y/1.0/"+key, "references=all&"+query)
		if err != nil {
			t.Fatal(err)
		}
		_, with, _, err := m.Availability(ctx, a, measure.Selection{Query: a.Query}, unnamed)
		if err != nil {
			t.Fatal(err)
		}
		return with
	}
	held, err := m.Structures(ctx, dataquery.Structures{Class: dataquery.AnyClass}, unnamed)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]told{
		"all that is held":       tell(held, "Y"),
		"another table":          tell(held, "Z"),
		"of numbers":             tell(available("u", ""), "Y"),
		"of numbers by the year": tell(available("*", "c[TIME_PERIOD]=2020"), "Y"),
		"of words":               tell(available("*", "c[TIME_PERIOD]=2021"), "Y"),
		"of words by the value":  tell(available("*", "c[OBS_VALUE]=many"), "Y"),
		"of numbers by value":    tell(available("*", "c[OBS_VALUE]=3,4"), "Y"),
	}
	for name, want := range map[string]told{
		"all that is held":       {"String", "Kenya", "Isles", "Rocks"},
		"another table":          {"Double", "Kenya", "", ""},
		"of numbers":             {"Double", "Kenya", "Isles", ""},
		"of numbers by the year": {"Double", "Kenya", "Isles", ""},
		"of words":               {"String", "", "Isles", "Rocks"},
		"of words by the value":  {"String", "", "Isles", ""},
		"of numbers by value":    {"Double", "", "Isles", ""},
	} {
		if got[name] != want {
			t.Errorf("%s: got %+v, want %+v", name, got[name], want)
		}
	}
	for _, a := range available("u", "") {
		if wholly := a.Class == artefact.Dataflow || a.Class == artefact.DataStructure; a.Partial == wholly || a.Class == artefact.AgencyScheme {
			t.Errorf("%s %s beside what is available: in part %t", a.Class, a.ID, a.Partial)
		}
	}
}

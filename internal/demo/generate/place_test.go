package generate_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"resolute/internal/demo/generate"
	"resolute/internal/iati"
)

func TestThePlacesAsWrittenAreCounted(t *testing.T) {
	dir, truth := made(t, generate.Options{Activities: 1500, Seed: 11, Profile: generate.Real, Faults: true, Workers: 2})
	got := generate.Places{Exactness: map[string]int{}, Reach: map[string]int{}, Class: map[string]int{}}
	for _, f := range truth.Files {
		for _, a := range activities(t, fileOf(t, dir, f.Name)) {
			count(&got, a)
		}
	}
	if !reflect.DeepEqual(got, truth.Places) {
		t.Errorf("read %+v, want %+v", got, truth.Places)
	}
	if wrong := got.Locations - got.Points; got.Points == 0 || wrong == 0 || got.Mapped == 0 || got.Mapped >= got.Activities {
		t.Errorf("too little to tell apart: %+v", got)
	}
}

// As counted in 2,757 places of 2,212 published activities, in a thousand.
func TestPlacesSayAsMuchAsPublishedOnesDo(t *testing.T) {
	dir, truth := made(t, generate.Options{Activities: 4000, Seed: 12, Profile: generate.Real, Workers: 2})
	said := map[string]int{}
	tell := func(what string, is bool) {
		if is {
			said[what]++
		}
	}
	all := 0
	for _, f := range truth.Files {
		for _, a := range activities(t, fileOf(t, dir, f.Name)) {
			for _, l := range a.Locations {
				all++
				tell("ref", l.Ref != "")
				tell("reach", l.Reach != "")
				tell("gazetteer", len(l.Gazetteers) > 0)
				tell("name", len(l.Name) > 0)
				tell("description", len(l.Description) > 0)
				tell("administrative", len(l.Administrative) > 0)
				tell("point", l.Point.OK)
				tell("exactness", l.Exactness != "")
				tell("exact", l.Exactness == "1")
				tell("class", l.Class != "")
				tell("feature", l.Feature != "")
			}
		}
	}
	for what, share := range map[string]int{"ref": 345, "reach": 635, "gazetteer": 365, "name": 787, "description": 448, "administrative": 222,
		"point": 771, "exactness": 660, "exact": 133, "class": 658, "feature": 193} {
		near(t, "places with "+what+" in a thousand", said[what]*1000/all, share-35, share+35)
	}
}

func TestEveryFaultOfAPointIsTold(t *testing.T) {
	dir, truth := made(t, generate.Options{Activities: 3000, Seed: 9, Profile: generate.Real, Faults: true, Workers: 2})
	rules := map[string]string{"point-empty": "coordinates-invalid", "point-with-comma": "coordinates-invalid", "point-in-metres": "coordinates-invalid",
		"point-swapped": "coordinates-swapped", "point-zero": "coordinates-zero"}
	seen, want := map[string]int{}, []string{}
	for _, f := range truth.Faults {
		if rule := rules[f.Kind]; rule != "" {
			seen[f.Kind]++
			want = append(want, f.File+" "+f.Record+" "+rule)
		}
	}
	if len(seen) < len(rules) {
		t.Errorf("only %v of %v", seen, rules)
	}
	var got []string
	for _, f := range truth.Files {
		_, err := iati.Check(bytes.NewReader(fileOf(t, dir, f.Name)), iati.Checking{Now: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)}, func(x iati.Fault) {
			if strings.HasPrefix(x.Rule, "coordinates-") {
				got = append(got, f.Name+" "+x.Record+" "+x.Rule)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("told %v\nwant %v", got, want)
	}
}

func fileOf(t *testing.T, dir, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

package generate_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"resolute/internal/demo/generate"
	"resolute/internal/iati"
)

// sample is what was counted in each of many activities.
type sample struct {
	name          string
	of            func(iati.Activity) int
	p50, p90, p99 int
	none          int // in a thousand
	list          []int
}

// The table that was measured in 13,622 published activities.
func published() []*sample {
	return []*sample{
		{name: "transactions", of: func(a iati.Activity) int { return len(a.Transactions) }, p50: 2, p90: 12, p99: 64, none: 67},
		{name: "participants", of: func(a iati.Activity) int { return len(a.Participants) }, p50: 3, p90: 4, p99: 17},
		{name: "budgets", of: func(a iati.Activity) int { return len(a.Budgets) }, p50: 1, p90: 3, p99: 25, none: 195},
		{name: "planned disbursements", of: func(a iati.Activity) int { return len(a.PlannedDisbursements) }, p50: 0, p90: 4, p99: 12, none: 710},
		{name: "results", of: func(a iati.Activity) int { return len(a.Results) }, p50: 0, p90: 1, p99: 15, none: 775},
		{name: "documents", of: func(a iati.Activity) int { return len(a.Documents) }, p50: 1, p90: 6, p99: 20, none: 439},
		{name: "locations", of: func(a iati.Activity) int { return len(a.Locations) }, p50: 1, p90: 1, p99: 9, none: 483},
		{name: "policy markers", of: func(a iati.Activity) int { return len(a.Markers) }, p50: 1, p90: 12, p99: 12, none: 388},
	}
}

func TestRealActivitiesAreSpreadAsPublishedOnesAre(t *testing.T) {
	dir, truth := made(t, generate.Options{Activities: 6000, Seed: 2, Profile: generate.Real, Workers: 2})
	samples := published()
	bytesOfAll, all, children := int64(0), 0, 0
	negative, zero, flows := 0, 0, 0
	for _, f := range truth.Files {
		text, err := os.ReadFile(filepath.Join(dir, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		bytesOfAll += f.Bytes
		for _, a := range activities(t, text) {
			all++
			if a.Hierarchy == 2 {
				children++
			}
			for _, s := range samples {
				s.list = append(s.list, s.of(a))
			}
			for _, x := range a.Transactions {
				flows++
				if x.Value.Cents < 0 {
					negative++
				} else if x.Value.Cents == 0 {
					zero++
				}
			}
		}
	}
	for _, s := range samples {
		s.check(t)
	}
	near(t, "bytes of an activity", int(bytesOfAll)/all, 8_000, 17_000)
	near(t, "children in a thousand", children*1000/all, 280, 420)
	near(t, "negative amounts in ten thousand", negative*10_000/flows, 380, 600)
	near(t, "zero amounts in ten thousand", zero*10_000/flows, 100, 230)
}

// check compares quantiles: as many activities as were measured lie at or below each.
func (s *sample) check(t *testing.T) {
	t.Helper()
	slices.Sort(s.list)
	n := len(s.list)
	none, _ := slices.BinarySearch(s.list, 1)
	near(t, s.name+": none in a thousand", none*1000/n, s.none-25, s.none+25)
	for _, q := range []struct{ at, value int }{{500, s.p50}, {900, s.p90}, {990, s.p99}} {
		below, _ := slices.BinarySearch(s.list, q.value)
		upTo, _ := slices.BinarySearch(s.list, q.value+1)
		slack := min(30, 8+(1000-q.at)/4)
		if below*1000/n > q.at+slack || upTo*1000/n < q.at-slack {
			t.Errorf("%s: %d to %d in a thousand have %d, want %d among them", s.name, below*1000/n, upTo*1000/n, q.value, q.at)
		}
	}
}

func near(t *testing.T, what string, got, low, high int) {
	t.Helper()
	if got < low || got > high {
		t.Errorf("%s: %d, want %d to %d", what, got, low, high)
	}
}

func TestWithoutFaultsRealFilesAreValid(t *testing.T) {
	dir, truth := made(t, generate.Options{Activities: 1500, Seed: 8, Profile: generate.Real, Workers: 2})
	for _, f := range truth.Files {
		text, err := os.ReadFile(filepath.Join(dir, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		verdict, err := iati.Check(bytes.NewReader(text), iati.Checking{SchemaOnly: true}, func(x iati.Fault) { t.Errorf("%s: %s %s", f.Name, x.Rule, x.Message) })
		if err != nil || !verdict.Valid || verdict.Elements != f.Activities {
			t.Errorf("%s: valid %v, %d activities, want %d (%v)", f.Name, verdict.Valid, verdict.Elements, f.Activities, err)
		}
	}
}

func TestEveryFaultIsListedWithItsPlace(t *testing.T) {
	dir, truth := made(t, generate.Options{Activities: 3000, Seed: 9, Profile: generate.Real, Faults: true, Workers: 2})
	seen := map[string]int{}
	for _, f := range truth.Faults {
		seen[f.Kind]++
		if f.Kind != "unknown-element" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, f.File))
		if err != nil {
			t.Fatal(err)
		}
		if parts := strings.Split(string(text), "<iati-activity "); !strings.Contains(parts[f.Place], f.Record) || !strings.Contains(parts[f.Place], "<fictional-element>") {
			t.Errorf("%s: activity %d is not %s with an unknown element", f.File, f.Place, f.Record)
		}
	}
	for _, kind := range []string{"split-not-whole", "letter-code", "empty-value", "date-zero", "scientific-value", "sector-without-code", "other-identifier-without-type", "unknown-element", "identifier-blank", "role-in-words", "identifier-missing", "file-truncated"} {
		if seen[kind] == 0 {
			t.Errorf("no %s", kind)
		}
	}
	latin, err := os.ReadFile(filepath.Join(dir, "ZZ-GEN-0005-001.xml"))
	if err != nil || !bytes.Contains(latin, []byte("ISO-8859-1")) || bytes.Contains(latin, []byte("é")) || !bytes.Contains(latin, []byte{0xE9}) {
		t.Errorf("no file is in Latin-1 (%v)", err)
	}
}

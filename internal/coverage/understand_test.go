package coverage_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
)

func TestValuesOfAFilterAreWrittenAsInTheTables(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", document(line("C2")))
	c := newCoverage(d)
	got, unknown, err := c.Understand(context.Background(), coverage.Filter{Text: "x", Regions: []string{"afr", "QQ"}, Areas: []string{"ke", "XX", "Region"}, Groups: []string{"ldc", "NOBODY"},
		Organisations: []string{"1", "999", "one"}, Roles: []string{"4", "9"}, Lines: []string{"c7.1", "C99"}, Goals: []string{"9", "99"}, Targets: []string{"3.D", "3.z"},
		Threads: []string{"r8", "itu:wtdc/res/30#resolves_11", "R99"}, States: []string{"partly", "half"}, Statuses: []string{"2", "7"}, Kinds: []string{"training", "dance"},
		Sectors: []string{"D", "Q"}, Levels: []string{"national", "cosmic"}, Lacks: []string{"money", "wit"}, Reporters: []string{"anybody"}})
	if err != nil {
		t.Fatal(err)
	}
	want := coverage.Filter{Text: "x", Regions: []string{"AFR"}, Areas: []string{"KE", coverage.RegionRow}, Groups: []string{"LDC"}, Organisations: []string{"1"}, Roles: []string{"4"}, Lines: []string{"C7.1"},
		Goals: []string{"9"}, Targets: []string{"3.d"}, Threads: []string{"R8", "R11"}, States: []string{"partly"}, Statuses: []string{"2"}, Kinds: []string{"training"},
		Sectors: []string{"D"}, Levels: []string{"national"}, Lacks: []string{"money"}, Reporters: []string{"anybody"}}
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	names := []string{"area=XX", "goal=99", "group=NOBODY", "kind=dance", "lacks=wit", "level=cosmic", "line=C99", "org=999", "org=one", "region=QQ", "role=9", "sector=Q", "state=half", "status=7", "target=3.z", "thread=R99"}
	if !slices.Equal(unknown, names) {
		t.Errorf("unknown are %v\nwant %v", unknown, names)
	}
}

func TestAnAreaGivenByHandIsSorted(t *testing.T) {
	c := newCoverage(dbtest.SQLite(t))
	for area, want := range map[string]coverage.Filter{"": {}, "ke": {Areas: []string{"KE"}}, "afr": {Regions: []string{"AFR"}}, "ldc": {Groups: []string{"LDC"}}, "Region": {Areas: []string{coverage.RegionRow}}} {
		var got coverage.Filter
		if err := c.SplitArea(context.Background(), area, &got); err != nil || fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("%q: %+v, %v; want %+v", area, got, err, want)
		}
	}
	if err := c.SplitArea(context.Background(), "XX", &coverage.Filter{}); resolute.CodeOf(err) != resolute.Usage {
		t.Errorf("no area: %v", err)
	}
}

// The state of an activity is that of a row which it alone stands in.
func TestActivitiesAreFilteredByTheStateOfTheRowTheyWouldMakeAlone(t *testing.T) {
	ctx := context.Background()
	thread := `<tag vocabulary="99" vocabulary-uri="https://resolute.example/mandate/itu:wtdc/res/30" code="R8"/>`
	for name, test := range map[string]struct{ text, want string }{
		"answers nothing":      {document(line("C4")), coverage.Nothing},
		"answers with gaps":    {document(thread), coverage.Partly},
		"is proposed by rules": {document(line("C5")), coverage.Proposed},
	} {
		d := dbtest.SQLite(t)
		importText(t, d, "a.xml", test.text)
		c := newCoverage(d)
		row := rowOf(t, c, coverage.Query{By: coverage.ByProvision, Period: years2022}, "R8")
		for _, state := range []string{coverage.Answered, coverage.Partly, coverage.Proposed, coverage.Nothing} {
			list, err := c.Activities(ctx, coverage.ListQuery{Period: years2022, Filter: coverage.Filter{States: []string{state}}})
			if err != nil {
				t.Fatal(err)
			}
			if (list.Total == 1) != (state == test.want) {
				t.Errorf("%s: state=%s lists %d, want it under %s", name, state, list.Total, test.want)
			}
		}
		if row.State != test.want {
			t.Errorf("%s: R8 is %s, want %s", name, row.State, test.want)
		}
	}
}

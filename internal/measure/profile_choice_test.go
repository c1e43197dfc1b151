package measure_test

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/measure"
)

// Several tables hold one concept: of a country the newest value counts, of a group the newest figure
// that enough of its areas bear, and of one that never has such the last full year.
func TestProfileChoosesTableAndYear(t *testing.T) {
	m := room(dbtest.SQLite(t))
	text := "dataflow,indicator,area,period,value\nX:A,users,AZE,2025,70\nX:C,users,AZE,2024,69\nX:C,users,UZB,2025,60\nX:A,users,BLR,2012,1\nX:A,users,BLR,2025,80\n"
	for n, country := range framework.Builtin().Members("ITU:CIS", "2023-12-31") {
		text += fmt.Sprintf("X:B,users,%s,2016,%d.1\nX:B,users,%s,2023,%d.4\n", country.ISO3, 10+n, country.ISO3, 30+n)
	}
	for _, row := range []string{"KEN,2023,30", "UGA,2023,10", "RWA,2023,15", "KEN,2024,33"} {
		text += "X:B,users," + row + "\n"
	}
	take(t, m, "a.csv", text)
	users := func(q measure.ProfileQuery) measure.ProfileFigure { return figureOf(t, profile(t, m, q), "users") }
	for area, want := range map[string]string{"AZ": "X:A 2025 70", "UZ": "X:C 2025 60", "KE": "X:B 2024 33"} {
		if f := users(measure.ProfileQuery{Area: area}); fmt.Sprint(f.Dataflow, " ", f.Year, " ", f.Value) != want {
			t.Errorf("%s: got %s %d %v, want %s", area, f.Dataflow, f.Year, f.Value, want)
		}
	}
	region := users(measure.ProfileQuery{Area: "CIS"})
	if region.Dataflow != "X:B" || region.Year != 2023 || !region.Group.Sufficient {
		t.Errorf("a region: got %s %d %+v, want what all its countries bear", region.Dataflow, region.Year, region.Group)
	}
	if region.Change == nil || region.Change.By != 20.3 || region.Change.Changed {
		t.Errorf("a region: got change %+v, want 20.3 of the same countries", region.Change)
	}
	for _, area := range []string{"AM", "KG", "TJ"} {
		if c := users(measure.ProfileQuery{Area: area}).Change; c == nil || c.By != 20.3 {
			t.Errorf("%s: got change %+v, want 20.3 with no digits of floats behind", area, c)
		}
	}
	if few := users(measure.ProfileQuery{Area: "AFR"}); few.Year != 2023 || few.Group.Sufficient || few.Group.Areas != 3 || few.Change != nil || few.Verdict != nil {
		t.Errorf("a region with a few countries: got %d %+v, want the last full year", few.Year, few.Group)
	}
	if b := users(measure.ProfileQuery{Area: "AM", Beside: "CIS"}).Beside[0]; !b.Sufficient || b.Year != 2023 || b.Earlier != 0 || b.Before == b.Before {
		t.Errorf("a group that has a figure needs no earlier one: %+v", b)
	}
	if c := users(measure.ProfileQuery{Area: "BY", Since: 2017}).Change; c != nil {
		t.Errorf("one value since the year is no change: %+v", c)
	}
	if got, want := ranks(users(measure.ProfileQuery{Area: "KE", Beside: "LDC"})), "WORLD 2024: 1 of 1, 0 tied, judged true; ITU:AFR 2024: 1 of 1, 0 tied, judged true"; got != want {
		t.Errorf("a country has no rank in a group it does not belong to: %s", got)
	}
}

// Gini says nothing of counts, nor of values below zero.
func TestProfileMeasuresSpreadOfSharesOnly(t *testing.T) {
	m := room(dbtest.SQLite(t))
	take(t, m, "a.csv", "dataflow,indicator,area,period,value\nX:Y,fixed_tel_n,KEN,2024,50\nX:Y,fixed_tel_n,UGA,2024,40\nX:Y,users,KEN,2024,-1\nX:Y,users,UGA,2024,3\nX:Y,fixed_tel,KEN,2024,1\nX:Y,fixed_tel,UGA,2024,3\n")
	p := profile(t, m, measure.ProfileQuery{Area: "AFR"})
	for concept, has := range map[string]bool{"fixed_tel_n": false, "users": false, "fixed_tel": true} {
		if s := figureOf(t, p, concept).Spread; s == nil || s.Areas != 2 || (s.Gini == s.Gini) != has {
			t.Errorf("%s: got %+v, has Gini: want %t", concept, s, has)
		}
	}
}

// What a source prints is that of the same breakdown.
func TestProfilePrintsItsOwnBreakdown(t *testing.T) {
	m := room(dbtest.SQLite(t))
	take(t, m, "a.csv", "dataflow,indicator,area,sex,period,value,note\nITU:DATAHUB,i99H,KEN,,2024,35,all\nITU:DATAHUB,i99H,KEN,F,2024,33,women\n")
	if printed := figureOf(t, profile(t, m, measure.ProfileQuery{Area: "KE"}), "users").Printed; printed == nil || printed.Value != "35" || printed.Note != "all" {
		t.Errorf("got %+v, want the value of all people", printed)
	}
}

// A country outside the ITU regions has no rank in one, whatever group it stands beside.
func TestProfileTableTellsTheRankInTheRegion(t *testing.T) {
	m := room(dbtest.SQLite(t))
	take(t, m, "a.csv", "dataflow,indicator,area,period,value\nX:Y,users,ESH,2024,35\nX:Y,users,KEN,2024,40\n")
	for area, want := range map[string]string{"EH": "2,0,2,,,", "KE": "1,0,2,1,0,1"} {
		var out strings.Builder
		if err := profile(t, m, measure.ProfileQuery{Area: area, Beside: "M49:002"}).WriteCSV(&out, resolute.English); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		at := slices.Index(rows[0], "rank")
		row := rows[slices.IndexFunc(rows, func(r []string) bool { return r[0] == "users" })]
		if got := strings.Join(row[at:at+6], ","); got != want {
			t.Errorf("%s: ranks %s, want %s", area, got, want)
		}
	}
}

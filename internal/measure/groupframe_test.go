package measure_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/measure"
)

// east is a frame of the East African Community: shares that rise by two a year, KEN ahead.
func east(t *testing.T) measure.Frame {
	t.Helper()
	var b strings.Builder
	b.WriteString("indicator,unit,area,period,value\n")
	for n, area := range []string{"KEN", "UGA", "TZA", "RWA", "BDI"} {
		for year := 2010; year <= 2024; year++ {
			fmt.Fprintf(&b, "u,%%,%s,%d,%d\n", area, year, 30-4*n+2*(year-2010))
		}
	}
	return frame(t, b.String())
}

// A group stands in the place of an area with the figures that OfGroups gives it; what too few areas make is a gap.
func TestGroupsStandForAreas(t *testing.T) {
	f, c := east(t), framework.Builtin()
	groups, warnings, err := measure.FrameOfGroups(f, c, measure.GroupQuery{Areas: []string{"KEN", "UGA", "TZA", "RWA", "BDI"}})
	if err != nil || len(warnings) != 0 {
		t.Fatal(warnings, err)
	}
	points := map[string]int{}
	for i, a := range groups.Areas {
		points[a.Area] = len(a.Points)
		if i > 0 && groups.Areas[i-1].Area >= a.Area {
			t.Errorf("%s stands behind %s", a.Area, groups.Areas[i-1].Area)
		}
		if a.Area == measure.OwnAreas && (a.Points[0].Value != 22 || a.Points[14].Value != 50) {
			t.Errorf("the mean of 30, 26, 22, 18, 14 is %v, 28 later %v", a.Points[0].Value, a.Points[14].Value)
		}
	}
	if len(points) != len(c.Groups())+2 || points[measure.OwnAreas] != 15 || points["ITU:AFR"] != 0 || points[measure.World] != 0 {
		t.Errorf("five of the region are no figure of it: got %v", points)
	}
	own, err := measure.Project(groups, measure.UsualMethods, measure.OwnAreas, 2030, 0.9, measure.Aim{Target: 100, BaseYear: 2015})
	if err != nil || own.Last.Value != 50 || len(own.Verdicts) != 4 || own.Aim.Base != 32 {
		t.Errorf("got %+v, %v", own, err)
	}
	if _, err := measure.Project(groups, measure.UsualMethods, "ITU:AFR", 2030, 0.9, measure.Aim{Target: math.NaN()}); resolute.CodeOf(err) != resolute.NotFound {
		t.Errorf("a group without a figure: got %v", err)
	}
	if _, _, err := measure.FrameOfGroups(f, c, measure.GroupQuery{Groups: []string{"nobody"}}); resolute.CodeOf(err) != resolute.Usage {
		t.Errorf("an unknown group: got %v", err)
	}
}

// What groups teach is reckoned once for a state of the statistics, and weighed by what is held.
func TestGroupsTeachOnce(t *testing.T) {
	m := room(dbtest.SQLite(t))
	var b strings.Builder
	b.WriteString("dataflow,indicator,unit,area,period,value\n")
	for year := 2015; year <= 2024; year++ {
		for n, area := range []string{"RUS", "ARM", "AZE", "BLR", "KAZ", "KGZ", "TJK", "UZB"} {
			share, people := 10+year-2015, 1
			if n == 0 {
				share, people = 50+year-2015, 9
			}
			fmt.Fprintf(&b, "ITU:DATAHUB,i99H,%%,%s,%d,%d\nWB:WDI,SP.POP.TOTL,,%s,%d,%d\n", area, year, share, area, year, people)
		}
	}
	take(t, m, "users.csv", b.String())
	x, err := m.Experience(ctx, measure.IndicatorKey{Dataflow: "ITU:DATAHUB", Code: "i99H"}, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	groups, err := m.OfGroups(ctx, x, framework.Builtin(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := m.OfGroups(ctx, x, framework.Builtin(), 0); err != nil || again != groups {
		t.Errorf("reckoned twice: %v", err)
	}
	p, err := groups.Project("ITU:CIS", 2030, 0.9, measure.Aim{Target: math.NaN()})
	if want := (9*59.0 + 7*19.0) / 16; err != nil || math.Abs(float64(p.Last.Value)-want) > 1e-9 {
		t.Errorf("nine of sixteen people have 59, seven 19: got %v, %v; want %v", p.Last.Value, err, want)
	}
	if _, err := groups.Project("LDC", 2030, 0.9, measure.Aim{Target: math.NaN()}); resolute.CodeOf(err) != resolute.NotFound {
		t.Errorf("a group of which nothing is known: got %v", err)
	}
}

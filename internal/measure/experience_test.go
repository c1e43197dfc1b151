package measure_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db/dbtest"
	"resolute/internal/measure"
)

// growing are twelve years of forty areas, each faster than the one before; extra comes behind them.
func growing(extra string) string {
	var b strings.Builder
	b.WriteString(columns)
	for area := range 40 {
		for year := range 12 {
			fmt.Fprintf(&b, "u,Users,%%,A%02d,,%d,%.2f,,,\n", area, 2010+year, 100/(1+math.Exp(-0.1*float64(year)-0.05*float64(area)+1)))
		}
	}
	return b.String() + extra
}

func TestWhatAnIndicatorTeachesIsKeptUntilStatisticsChange(t *testing.T) {
	m := room(dbtest.SQLite(t))
	first := take(t, m, "a.csv", growing(""))
	x, err := m.Experience(ctx, users, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	f, err := m.Frame(ctx, users, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	aim := measure.Aim{Target: math.NaN()}
	for _, to := range []int{2030, 2025, 2030} {
		for _, area := range []string{"A03", "A17", "A03"} {
			got, err := x.Project(area, to, 0.9, aim)
			want, wantErr := measure.Project(f, measure.UsualMethods, area, to, 0.9, aim)
			if err != nil || wantErr != nil || fmt.Sprint(got.Expected, *got.Backtest, got.Scenarios) != fmt.Sprint(want.Expected, *want.Backtest, want.Scenarios) {
				t.Errorf("%s %d: got %+v, %v, want %+v, %v", area, to, got, err, want, wantErr)
			}
		}
	}
	if again, err := m.Experience(ctx, users, nil, 0); err != nil || again != x {
		t.Errorf("asked again: %v, another one: %v", err, again != x)
	}
	take(t, m, "b.csv", columns+"u,Users,%,A03,,2022,80,,,\n")
	newer, err := m.Experience(ctx, users, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	before, _ := x.Project("A03", 2030, 0.9, aim)
	after, err := newer.Project("A03", 2030, 0.9, aim)
	if err != nil || reflect.DeepEqual(before.Expected, after.Expected) {
		t.Errorf("what was learnt since is not looked at: %v", err)
	}
	if old, err := m.Experience(ctx, users, nil, first.Seq); err != nil || old != x {
		t.Errorf("as of the first import: %v, another one: %v", err, old != x)
	}
	if _, err := m.Experience(ctx, measure.IndicatorKey{Dataflow: "D", Code: "none"}, nil, 0); resolute.CodeOf(err) != resolute.NotFound {
		t.Errorf("unknown indicator: %v", err)
	}
}

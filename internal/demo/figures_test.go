package demo_test

import (
	"context"
	"testing"
	"time"

	"resolute/internal/db/dbtest"
	"resolute/internal/demo"
	"resolute/internal/framework"
	"resolute/internal/measure"
)

func TestFiguresAreFictionalAndTheSameAgain(t *testing.T) {
	m := &measure.Measure{DB: dbtest.SQLite(t), Now: func() time.Time { return time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC) }}
	for range 2 {
		if err := demo.LoadFigures(context.Background(), m, 1); err != nil {
			t.Fatal(err)
		}
	}
	list, err := m.Indicators(context.Background(), 0)
	if err != nil || len(list) != 6 {
		t.Fatalf("got %d indicators, %v", len(list), err)
	}
	for _, i := range list {
		if i.Dataflow != "DEMO:FICTION" || i.Areas < 150 || i.Observations < 1500 {
			t.Errorf("got %+v", i)
		}
		f, err := m.Frame(context.Background(), i.IndicatorKey, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range f.Areas {
			for _, p := range a.Points {
				if p.Value < 0 || p.Value > 100 {
					t.Errorf("%s %s %s: %v", i.Code, a.Area, p.Period, p.Value)
				}
			}
		}
	}
	p, err := m.Profile(context.Background(), framework.Builtin(), measure.ProfileQuery{Area: "KE"})
	if err != nil || len(p.Figures) != len(list) {
		t.Errorf("figures of Kenya: %+v, %v", p.Figures, err)
	}
}

package register_test

import (
	"context"
	"testing"

	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

// TestADayMayCarryATime as date cells do that show only the day.
func TestADayMayCarryATime(t *testing.T) {
	r := open(dbtest.SQLite(t))
	account := loadCSV(t, r, "id,reporter,title_en,actual_start,actual_end,updated\nW1,<A>,One,2024-03-01T14:24:00,2024-03-02Tuesday,2024-06-30T23:59:59\n")
	p, err := r.Activity(context.Background(), register.Key("A", "W1", "own-work.csv", 1))
	if err != nil {
		t.Fatal(err)
	}
	if p.ActualStart != "2024-03-01" || p.ActualEnd != "" || p.Updated != "2024-06-30T00:00:00Z" {
		t.Errorf("from %q to %q, updated %q; want the days without their times, and no day where there is no time", p.ActualStart, p.ActualEnd, p.Updated)
	}
	if account.Total.Warning+account.Total.Error+account.Total.Note != 1 {
		t.Errorf("findings %+v, want one", account.Total)
	}
}

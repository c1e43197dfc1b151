package coverage_test

import (
	"context"
	"slices"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
)

func TestAGapShowsWhatStandsAroundIt(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", documents(
		line("C2")+`<tag vocabulary="2" code="9"/><recipient-country code="KE"/>`+paid("3", "2022-05-05", "10"),
		`<sector code="22020"/><tag vocabulary="2" code="1"/>`)) // rules propose C2 here, and goal 1 for the first
	c := newCoverage(d)
	q := coverage.GapQuery{Period: resolute.Period{From: "2021-01-01", To: "2022-12-31"}}
	missing, err := c.GapDetail(ctx, "matrix/c2/9/no-result", q, "en")
	if err != nil {
		t.Fatal(err)
	}
	if !missing.Missing || missing.LastEver != "2022-12-31" || len(missing.Activities) != 1 {
		t.Errorf("missing %v, last evidence %q, %d activities", missing.Missing, missing.LastEver, len(missing.Activities))
	}
	africa, y2022 := slices.Index(missing.CutRegions, "AFR"), slices.Index(missing.CutYears, "2022")
	if got := missing.Grid[africa][y2022]; !slices.Contains(got, coverage.NoResult) {
		t.Errorf("Africa in 2022 lacks %v, want no-result among it", got)
	}
	if got := missing.Grid[slices.Index(missing.CutRegions, "CIS")][y2022]; !slices.Equal(got, []string{coverage.Nothing}) {
		t.Errorf("the CIS in 2022 lack %v, want nothing", got)
	}
	closed, err := c.GapDetail(ctx, "matrix/C2/9/nothing", q, "en")
	if err != nil || closed.Missing {
		t.Errorf("a cell with an activity is missing %v, %v; want the closed gap", closed.Missing, err)
	}
	proposed, err := c.GapDetail(ctx, "matrix/C2/1/proposed", q, "en")
	if err != nil || !proposed.Missing || proposed.AllProposals != 2 || len(proposed.Near) != 1 || proposed.Near[0].ID != "C2/9" {
		t.Errorf("C2 with goal 1: missing %v, %d proposals, near %+v, %v", proposed.Missing, proposed.AllProposals, proposed.Near, err)
	}
}

func TestAGapThatCannotBeIsNotFound(t *testing.T) {
	c := newCoverage(dbtest.SQLite(t))
	for _, id := range []string{"", "nothing", "thread/R8", "thread/R99/nothing", "thread/R8/holes", "thread/R11/nothing", "matrix/C2/99/nothing", "matrix/C7/9/nothing", "matrix/C11/2/nothing", "area/KE/nothing"} {
		if _, err := c.GapDetail(context.Background(), id, coverage.GapQuery{}, "en"); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("%q: %v, want not found", id, err)
		}
	}
	for _, id := range []string{"thread/r8/nothing", "thread/itu:wtdc/res/30/resolves_8/no-report", "thread/R11.i/stale", "matrix/c2/9.C/nothing"} {
		if _, err := c.GapDetail(context.Background(), id, coverage.GapQuery{}, "en"); err != nil {
			t.Errorf("%q: %v, want the gap", id, err)
		}
	}
}

// The detail of every gap of a list says of regions and years what the list says.
func TestADetailAgreesWithTheList(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	loadDemo(t, d, 120)
	c := newCoverage(d)
	q := coverage.GapQuery{Period: years2021to2024}
	gaps, err := c.Gaps(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range gaps.List {
		if i%7 != 0 {
			continue
		}
		got, err := c.GapDetail(ctx, want.ID(), q, "en")
		if err != nil || !got.Missing || !slices.Equal(got.Gap.Regions, want.Regions) || !slices.Equal(got.Gap.Years, want.Years) {
			t.Errorf("%s: %v in %v and %v, want %v and %v, %v", want.ID(), got.Missing, got.Gap.Regions, got.Gap.Years, want.Regions, want.Years, err)
		}
	}
}

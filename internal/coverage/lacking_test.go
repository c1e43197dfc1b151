package coverage_test

import (
	"context"
	"slices"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

// TestWhatIsLackingIsListedAsItIsCounted holds the lists of activities that lack something, and of those that
// are for a region, to the counts of lists and tables, in any period and by any rule.
func TestWhatIsLackingIsListedAsItIsCounted(t *testing.T) {
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		loadDemo(t, d, 150)
		importText(t, d, "levels.xml", documents(
			line("C2")+paid("3", "2019-05-05", "10", `<recipient-country code="CO"/>`),
			line("C2")+paid("3", "2019-05-05", "10", `<recipient-region code="289"/>`)+paid("3", "2022-05-05", "10", `<recipient-country code="BT"/>`),
			line("C2")+`<recipient-region code="289" percentage="40"/><recipient-country code="KE" percentage="60"/>`+paid("3", "2022-05-05", "10"),
			line("C4")+`<recipient-country code="XX"/>`+paid("3", "2022-05-05", "10")))
		importText(t, d, "dateless.xml", undated(document(line("C2"))))
		c := newCoverage(d)
		met := map[string]bool{}
		for name, f := range map[string]coverage.Filter{"no filter": {}, "a line": {Lines: []string{"C2"}}, "as reported": {Rule: coverage.AsReported}, "a region": {Regions: []string{"AFR"}},
			"words": {Text: "a"}, "a group and a status": {Groups: []string{"LDC"}, Statuses: []string{"2"}}} {
			for _, p := range []resolute.Period{{}, years2022, {From: "2020-01-01", To: "2021-06-30"}, {To: "2019-12-31"}} {
				list := listOf(t, c, f, p)
				table, err := c.Table(ctx, coverage.Query{By: coverage.ByCountry, Period: p, Filter: f})
				if err != nil {
					t.Fatal(err)
				}
				located, err := c.Locations(ctx, coverage.ListQuery{Filter: f, Period: p})
				if err != nil {
					t.Fatal(err)
				}
				row, _ := table.Row(coverage.RegionRow)
				regional := f
				regional.Areas = []string{coverage.RegionRow}
				for what, n := range map[string]struct {
					narrowed coverage.Filter
					want     int
				}{
					"place":             {lacking(f, coverage.LacksPlace), list.NoPlace},
					"no row of a place": {lacking(f, coverage.LacksPlace), table.Unlinked.Activities},
					"date":              {lacking(f, coverage.LacksDate), list.NoDate},
					"money":             {lacking(f, coverage.LacksMoney), list.NoMoney},
					"location":          {lacking(f, coverage.LacksLocation), located.Without},
					"for a region":      {regional, row.Activities},
				} {
					got := listOf(t, c, n.narrowed, p)
					if got.Total != n.want {
						t.Errorf("%s, %v, %s: the list has %d, counted are %d", name, p, what, got.Total, n.want)
					}
					figures, err := c.Table(ctx, coverage.Query{By: coverage.ByLine, Period: p, Filter: n.narrowed})
					if err != nil || figures.Total.Activities != got.Total {
						t.Errorf("%s, %v, %s: figures count %d, the list has %d; %v", name, p, what, figures.Total.Activities, got.Total, err)
					}
					met[what] = met[what] || n.want > 0 && n.want < list.Total
				}
			}
		}
		for what, told := range met {
			if !told {
				t.Errorf("%s: none or all had it wherever it was asked", what)
			}
		}
	})
}

// lacking adds what is to be lacked to a filter.
func lacking(f coverage.Filter, what ...string) coverage.Filter {
	f.Lacks = what
	return f
}

func listOf(t *testing.T, c *coverage.Coverage, f coverage.Filter, p resolute.Period) coverage.List {
	t.Helper()
	list, err := c.Activities(context.Background(), coverage.ListQuery{Filter: f, Period: p})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// What falls to a region is a part of the money as that of any country is.
func TestMoneyForARegionOnlyIsThePartOfItsRow(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", documents(
		line("C2")+`<recipient-region code="289" percentage="40"/><recipient-country code="KE" percentage="60"/>`+paid("3", "2022-05-05", "10"),
		line("C2")+`<recipient-region code="298" vocabulary="1"/>`+paid("3", "2022-05-05", "5"),
		line("C2")+`<recipient-country code="KE"/>`+paid("3", "2022-05-05", "100")+paid("3", "2022-06-05", "1", `<recipient-region code="289"/>`)))
	c := newCoverage(d)
	q := coverage.Query{By: coverage.ByLine, Period: years2022, Filter: coverage.Filter{Areas: []string{coverage.RegionRow}}}
	if got := rowOf(t, c, q, "C2"); got.Spent["USD"].String() != "10.00" || got.Activities != 3 {
		t.Errorf("C2 for regions only: %d activities with %v, want 3 with 10.00", got.Activities, got.Spent)
	}
	list := listOf(t, c, q.Filter, years2022)
	for _, a := range list.Items {
		if slices.Contains(a.Countries, coverage.RegionRow) {
			t.Errorf("%s is listed with the countries %v", a.Identifier, a.Countries)
		}
	}
	if row := rowOf(t, c, coverage.Query{By: coverage.ByLine, Period: years2022}, "C2"); !slices.Equal(row.Areas, []string{"KE"}) {
		t.Errorf("C2 is answered in %v, want KE alone", row.Areas)
	}
}

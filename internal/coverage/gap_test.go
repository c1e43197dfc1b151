package coverage_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
)

var years2021to2024 = resolute.Period{From: "2021-01-01", To: "2024-12-31"}

// lackedBy lists what is missing in a region or year the slow way: the whole table of paragraphs
// and the whole matrix are asked for that region or year alone.
func lackedBy(t *testing.T, c *coverage.Coverage, f coverage.Filter, p resolute.Period) []string {
	t.Helper()
	ctx := context.Background()
	table, err := c.Table(ctx, coverage.Query{By: coverage.ByProvision, Period: p, Filter: f})
	if err != nil {
		t.Fatal(err)
	}
	matrix, err := c.Matrix(ctx, coverage.MatrixQuery{Period: p, Filter: f})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	note := func(subject, state string, gaps []string) {
		if state == coverage.Partly {
			for _, gap := range gaps {
				list = append(list, subject+"/"+gap)
			}
		} else if state != coverage.Answered {
			list = append(list, subject+"/"+state)
		}
	}
	for _, row := range table.Rows {
		if !slices.ContainsFunc(table.Rows, func(part coverage.Row) bool { return part.Parent == row.ID }) {
			note("thread/"+row.ID, row.State, row.Gaps)
		}
	}
	for i, line := range matrix.Cells {
		for _, cell := range line {
			if cell.Linked && matrix.Lines[i] != "C7" {
				note("matrix/"+cell.ID, cell.State, cell.Gaps)
			}
		}
	}
	slices.Sort(list)
	return list
}

func TestGapsAreWhatTheTablesOfEachRegionAndYearLack(t *testing.T) {
	d := dbtest.SQLite(t)
	loadDemo(t, d, 200)
	importText(t, d, "levels.xml", documents(
		line("C2")+`<recipient-country code="KE" percentage="60"/><recipient-country code="EG" percentage="40"/><tag vocabulary="2" code="9"/>`+paid("3", "2022-05-05", "10", `<recipient-country code="CO"/>`)+paid("3", "2024-05-05", "10"),
		paid("3", "2022-05-05", "10", line("C7.1"), `<recipient-country code="BT"/>`)+paid("3", "2021-05-05", "10", line("C7.4")),
		line("C4")+paid("3", "2023-05-05", "10", `<sector vocabulary="7" code="5"/>`)))
	sameAsTables(t, newCoverage(d), coverage.Filter{}, coverage.Filter{Groups: []string{"LDC"}}, coverage.Filter{Regions: []string{"AFR", "ARB"}}, coverage.Filter{Statuses: []string{"4"}},
		coverage.Filter{Areas: []string{"KE", "BT"}}, coverage.Filter{Areas: []string{coverage.RegionRow}}, coverage.Filter{States: []string{coverage.Partly}},
		coverage.Filter{Lacks: []string{coverage.LacksPlace, coverage.LacksMoney}})
}

// sameAsTables holds the gaps of filters, and those of each of their regions and years, to the tables.
func sameAsTables(t *testing.T, c *coverage.Coverage, filters ...coverage.Filter) {
	t.Helper()
	ctx := context.Background()
	for _, f := range filters {
		gaps, err := c.Gaps(ctx, coverage.GapQuery{Period: years2021to2024, Filter: f})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string][]string{}
		for _, g := range gaps.List {
			got["all"] = append(got["all"], g.ID())
		}
		compareGaps(t, fmt.Sprintf("%+v, all", f), got["all"], lackedBy(t, c, f, years2021to2024))
		for _, cut := range append(slices.Clone(gaps.Regions), gaps.Years...) {
			in, p := f, years2021to2024
			if strings.HasPrefix(cut.Code, "20") {
				p = resolute.Period{From: cut.Code + "-01-01", To: cut.Code + "-12-31"}
			} else {
				in.Regions = []string{cut.Code}
			}
			want := lackedBy(t, c, in, p)
			counts, subjects := map[string]int{}, map[string]bool{}
			for _, id := range want {
				counts[id[strings.LastIndex(id, "/")+1:]]++
				subjects[id[:strings.LastIndex(id, "/")]] = true
			}
			if !maps.Equal(counts, cut.Counts) || cut.Open != len(subjects) {
				t.Errorf("%+v, %s: counts %v of %d subjects, want %v of %d", f, cut.Code, cut.Counts, cut.Open, counts, len(subjects))
			}
			for _, g := range gaps.List {
				said := slices.Contains(g.Regions, cut.Code) || slices.Contains(g.Years, cut.Code)
				if said != slices.Contains(want, g.ID()) {
					t.Errorf("%+v: %s says %v of %s", f, g.ID(), said, cut.Code)
				}
			}
		}
	}
}

// What another activity left behind after its end is evidence of a year; a budget of that year is none, and
// money that came back is no money.
func TestEvidenceOfAGapIsWhatWasPaidInItsYear(t *testing.T) {
	const long = `<activity-date type="2" iso-date="2015-01-01"/><activity-date type="4" iso-date="2030-12-31"/>`
	const budget = `<budget><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><value value-date="2024-01-01">10</value></budget>`
	cell := line("C2") + `<tag vocabulary="2" code="9"/>`
	runs := strings.NewReplacer(`<activity-date type="2" iso-date="2022-01-01"/><activity-date type="4" iso-date="2022-12-31"/>`, long, "ZZ-FICT-8-A", "ZZ-FICT-8-LONG").Replace(document(cell))
	for name, test := range map[string]struct {
		other string // of an activity that ended in 2022
		kind  string
		years []string // that lack it
	}{
		"a payment":                       {paid("3", "2024-05-05", "10"), coverage.NoEvidence, []string{"2021", "2023"}},
		"a budget":                        {budget, coverage.NoEvidence, []string{"2021", "2023", "2024"}},
		"money that came back":            {paid("3", "2022-05-05", "10") + paid("3", "2022-06-05", "-10"), coverage.NoMoney, []string{"2021", "2022", "2023", "2024"}},
		"money of which a part came back": {paid("3", "2022-05-05", "10") + paid("3", "2022-06-05", "-9"), coverage.NoMoney, []string{"2021", "2023", "2024"}},
	} {
		d := dbtest.SQLite(t)
		importText(t, d, "long.xml", runs)
		importText(t, d, "other.xml", document(cell, test.other))
		c := newCoverage(d)
		gaps, err := c.Gaps(context.Background(), coverage.GapQuery{Period: years2021to2024, Lines: []string{"C2"}, Goals: []string{"9"}})
		if err != nil {
			t.Fatal(err)
		}
		var years []string
		for _, y := range gaps.Years {
			if y.Counts[test.kind] > 0 {
				years = append(years, y.Code)
			}
		}
		if g, found := gapOf(t, c, coverage.GapQuery{Period: years2021to2024}, "matrix/C2/9/"+test.kind); found && (!slices.Equal(g.Years, years) || g.Since != years[0]) {
			t.Errorf("%s: missing in %v since %q", name, g.Years, g.Since) // what the whole period lacks is missing in all its years here
		}
		if !slices.Equal(years, test.years) {
			t.Errorf("%s: %v lack %s, want %v", name, years, test.kind, test.years)
		}
		sameAsTables(t, c, coverage.Filter{}, coverage.Filter{States: []string{coverage.Partly}}, coverage.Filter{States: []string{coverage.Proposed}},
			coverage.Filter{Lacks: []string{coverage.LacksMoney}})
	}
}

// An activity that answered its paragraph in one year did so in part in others: a filter of states looks at
// each year by itself.
func TestTheStateOfAnActivityIsThatOfTheYear(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", strings.NewReplacer(`"2022-01-01"/><activity-date type="4" iso-date="2022-12-31"/>`, `"2015-01-01"/><activity-date type="4" iso-date="2030-12-31"/>`).Replace(document(line("C2")+`<tag vocabulary="2" code="9"/><tag vocabulary="99" vocabulary-uri="https://resolute.example/mandate/itu:wtdc/res/30" code="R8"/>`,
		`<participating-org ref="ZZ-FICT-9" role="1"/>`, paid("3", "2022-05-05", "10"),
		`<result type="1"><title><narrative>R</narrative></title><indicator measure="1"><title><narrative>I</narrative></title>`+
			`<period><period-start iso-date="2022-01-01"/><period-end iso-date="2022-12-31"/><actual value="1"/></period></indicator></result>`)))
	c := newCoverage(d)
	answered := coverage.Filter{States: []string{coverage.Answered}}
	if row := rowOf(t, c, coverage.Query{By: coverage.ByProvision, Period: years2022, Filter: answered}, "R8"); row.State != coverage.Answered {
		t.Fatalf("in 2022 the paragraph is %s %v", row.State, row.Gaps)
	}
	sameAsTables(t, c, answered, coverage.Filter{States: []string{coverage.Partly}})
}

func compareGaps(t *testing.T, name string, got, want []string) {
	t.Helper()
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %v\nwant %v", name, got, want)
	}
}

func gapOf(t *testing.T, c *coverage.Coverage, q coverage.GapQuery, id string) (coverage.Gap, bool) {
	t.Helper()
	gaps, err := c.Gaps(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(gaps.List, func(g coverage.Gap) bool { return g.ID() == id })
	if i < 0 {
		return coverage.Gap{}, false
	}
	return gaps.List[i], true
}

func TestACellWithMoneyAndNoResultIsAGap(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", document(line("C2"), `<tag vocabulary="2" code="9"/><recipient-country code="KE"/>`, paid("3", "2022-05-05", "10")))
	c := newCoverage(d)
	g, found := gapOf(t, c, coverage.GapQuery{Period: years2022}, "matrix/C2/9/no-result")
	if !found || !g.HasMoney() || g.Row.Activities != 1 || g.Row.Spent["USD"].String() != "10.00" {
		t.Fatalf("found %v, %+v", found, g)
	}
	if !slices.Equal(g.Regions, []string{"AFR"}) || !slices.Equal(g.Years, []string{"2022"}) || g.Since != "2022" {
		t.Errorf("missing in %v and %v since %q, want AFR, 2022, 2022", g.Regions, g.Years, g.Since)
	}
	if _, found := gapOf(t, c, coverage.GapQuery{Period: years2022}, "matrix/C2/9/one-organisation"); !found {
		t.Error("that one organisation carries it is not listed")
	}
	if _, found := gapOf(t, c, coverage.GapQuery{Period: years2022}, "matrix/C1/1/nothing"); !found {
		t.Error("a cell without activity is not listed")
	}
}

func TestMoneyOfACellIsThePartOfTheLineTimesThePartOfTheGoal(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", document(`<sector vocabulary="99" vocabulary-uri="https://resolute.example/scheme/wsis-action-line" code="C2" percentage="60"/>`,
		`<sector vocabulary="7" code="9" percentage="50"/>`, paid("3", "2022-05-05", "100.01")))
	m, err := newCoverage(d).Matrix(context.Background(), coverage.MatrixQuery{Period: years2022})
	if err != nil {
		t.Fatal(err)
	}
	cell := m.Cells[slices.Index(m.Lines, "C2")][slices.Index(m.Columns, "9")]
	if got := cell.Spent["USD"].String(); got != "30.00" {
		t.Errorf("60 %% of the line and 50 %% of the goal of 100.01 are %s, want 30.00", got)
	}
}

// A paragraph that was answered in 2021 and not since is missing since 2022.
func TestAGapSaysSinceWhenItIsMissing(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", strings.NewReplacer(`"2022-01-01"`, `"2021-01-01"`, `"2022-12-31"`, `"2021-12-31"`).Replace(
		document(line("C2"), `<tag vocabulary="2" code="9"/>`, paid("3", "2021-05-05", "10"))))
	q := coverage.GapQuery{Period: resolute.Period{From: "2020-01-01", To: "2024-12-31"}}
	c := newCoverage(d)
	if g, found := gapOf(t, c, q, "matrix/C2/9/stale"); !found || g.Row.LastEvidence != "2021-12-31" {
		t.Errorf("found %v, last evidence %q, want 2021-12-31", found, g.Row.LastEvidence)
	}
	if g, _ := gapOf(t, c, q, "matrix/C1/1/nothing"); !slices.Equal(g.Years, []string{"2021"}) || g.Since != "" {
		t.Errorf("C1/1 lacks answers in %v since %q; other years have no report, so want 2021 and no since", g.Years, g.Since)
	}
}

func TestListsOfAGapQueryNarrowWhatIsLookedAt(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", document(line("C2")))
	c := newCoverage(d)
	for name, test := range map[string]struct {
		q    coverage.GapQuery
		want func(coverage.Gap) bool
	}{
		"paragraphs of R11": {coverage.GapQuery{Threads: []string{"R11"}}, func(g coverage.Gap) bool { return g.Thread == "R11.i" }},
		"cells of C7":       {coverage.GapQuery{Lines: []string{"C7"}}, func(g coverage.Gap) bool { return strings.HasPrefix(g.Line, "C7.") }},
		"cells of goal 9":   {coverage.GapQuery{Goals: []string{"9"}}, func(g coverage.Gap) bool { return g.Column == "9" }},
		"targets of goal 9": {coverage.GapQuery{Targets: "9"}, func(g coverage.Gap) bool { return strings.HasPrefix(g.Column, "9.") && g.Targets }},
		"one kind":          {coverage.GapQuery{Kinds: []string{coverage.Proposed}}, func(g coverage.Gap) bool { return g.Kind == coverage.Proposed }},
	} {
		gaps, err := c.Gaps(context.Background(), test.q)
		if err != nil || len(gaps.List) == 0 && name != "one kind" {
			t.Errorf("%s: %d gaps, %v", name, len(gaps.List), err)
		}
		for _, g := range gaps.List {
			if !test.want(g) {
				t.Errorf("%s: %s is among them", name, g.ID())
			}
		}
		for _, cut := range append(slices.Clone(gaps.Regions), gaps.Years...) {
			for kind := range cut.Counts {
				if len(test.q.Kinds) > 0 && !slices.Contains(test.q.Kinds, kind) || cut.Counts[kind] > cut.Open {
					t.Errorf("%s: %s counts %v, %d in all", name, cut.Code, cut.Counts, cut.Open)
				}
			}
		}
	}
	_, err := c.Gaps(context.Background(), coverage.GapQuery{Kinds: []string{"holes"}})
	if resolute.CodeOf(err) != resolute.Usage {
		t.Errorf("an unknown kind of gap: %v", err)
	}
}

// The part of a line without sub-lines is counted once, whatever the union over C7 says.
func TestTheMatrixCountsEachLinkOnce(t *testing.T) {
	d := dbtest.SQLite(t)
	c := newCoverage(d)
	m, err := c.Matrix(context.Background(), coverage.MatrixQuery{})
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := c.Catalogue(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, l := range catalogue.Concepts(framework.ActionLine) {
		if len(catalogue.Children(framework.ActionLine, l.Code)) == 0 {
			want += len(catalogue.MatrixGoals(l.Code))
		}
	}
	if m.Linked != want || want == 0 {
		t.Errorf("%d links, want %d", m.Linked, want)
	}
	for _, line := range m.Cells {
		for _, cell := range line {
			if cell.Linked != (cell.Confidence != "") || cell.Linked != (len(cell.Sources) > 0) {
				t.Errorf("%s: linked %v, confidence %q, sources %v", cell.ID, cell.Linked, cell.Confidence, cell.Sources)
			}
		}
	}
}

// Areas of one field are alternatives, fields restrict each other.
func TestARegionAndAGroupRestrictEachOther(t *testing.T) {
	d := dbtest.SQLite(t)
	importText(t, d, "a.xml", documents(line("C2")+`<recipient-country code="KE"/>`+paid("3", "2022-05-05", "1"), line("C2")+`<recipient-country code="UG"/>`+paid("3", "2022-05-05", "2"),
		line("C2")+`<recipient-country code="BT"/>`+paid("3", "2022-05-05", "4")))
	row := rowOf(t, newCoverage(d), coverage.Query{By: coverage.ByLine, Period: years2022, Filter: coverage.Filter{Regions: []string{"AFR"}, Groups: []string{"LDC"}}}, "C2")
	if row.Activities != 1 || row.Spent["USD"].String() != "2.00" {
		t.Errorf("least developed countries of Africa: %d activities, %s, want that of Uganda", row.Activities, row.Spent["USD"])
	}
}

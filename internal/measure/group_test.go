package measure_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/measure"
	whole "resolute/internal/measure/columns"
	"resolute/internal/measure/divide"
	"resolute/internal/measure/statfile"
)

func figures(g measure.Groups) string {
	var lines []string
	for _, f := range g.Figures {
		value := f.Value.String()
		if value == "" {
			value = "insufficient"
		}
		changed := ""
		if f.Changed {
			changed = " changed"
		}
		line := fmt.Sprintf("%s %d %s %s %d/%d %s%s", f.Group, f.Year, f.Rule, value, f.Areas, f.Of, f.Members, changed)
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(lines, "; ")
}

// Vanuatu left the least developed countries on 4 December 2020.
func TestMembersAreThoseOfTheDay(t *testing.T) {
	text := "indicator,area,period,value,unit\n"
	for _, year := range []int{2016, 2020, 2021} {
		for area, value := range map[string]int{"VUT": 100, "TCD": 10, "KEN": 50} {
			text += fmt.Sprintf("u,%s,%d,%d,%%\n", area, year, value)
		}
	}
	f := frame(t, text)
	for name, c := range map[string]struct {
		q    measure.GroupQuery
		want string
	}{
		"each year its own": {measure.GroupQuery{Groups: []string{"ldc"}, Years: []int{2016, 2021}, Least: 0.01}, "LDC 2016 plain-mean 55 2/48 2016-12-31; LDC 2021 plain-mean 10 1/46 2021-12-31 changed"},
		"of one day":        {measure.GroupQuery{Groups: []string{"LDC"}, Years: []int{2016, 2021}, Least: 0.01, On: "2019-06-30"}, "LDC 2016 plain-mean 55 2/47 2019-06-30; LDC 2021 plain-mean 55 2/47 2019-06-30"},
		"not known so far back: the first day that is known": {measure.GroupQuery{Groups: []string{"LLDC"}, Years: []int{2016}, Least: 0.01}, "LLDC 2016 plain-mean 10 1/32 2017-10-18"},
		"income of a fiscal year":                            {measure.GroupQuery{Groups: []string{"WB:LIC"}, Years: []int{2021}}, "WB:LIC 2021 plain-mean insufficient 1/27 2021-12-31"},
		"the world is all Member States":                     {measure.GroupQuery{Groups: []string{"WORLD"}, Years: []int{2021}}, "WORLD 2021 plain-mean insufficient 3/194"},
		"an own list":                                        {measure.GroupQuery{Areas: []string{"KE", "VUT", "KEN", "Atlantis"}, Years: []int{2021}}, "AREAS 2021 plain-mean 75 2/3"},
	} {
		got, err := measure.OfGroups(f, framework.Builtin(), c.q)
		if err != nil || figures(got) != c.want {
			t.Errorf("%s: got %s, %v; want %s", name, figures(got), err, c.want)
		}
	}
	usual, err := measure.OfGroups(f, framework.Builtin(), measure.GroupQuery{Years: []int{2021}})
	if err != nil || len(usual.Figures) != 7 || usual.Figures[0].Group != measure.World {
		t.Errorf("a question that names no group: got %s, %v", figures(usual), err)
	}
}

func TestBalancedPanel(t *testing.T) {
	f := frame(t, "indicator,area,period,value\nu,KEN,2020,20\nu,KEN,2021,30\nu,FIN,2020,90\nu,FIN,2021,92\nu,ETH,2021,10\nu,FIN,2022,95\n")
	ask := measure.GroupQuery{Areas: []string{"KEN", "FIN", "ETH"}, Least: 0.3}
	got, err := measure.OfGroups(f, framework.Builtin(), ask)
	if want := "AREAS 2020 plain-mean 55 2/3; AREAS 2021 plain-mean 44 3/3 changed; AREAS 2022 plain-mean 95 1/3 changed"; err != nil || figures(got) != want || len(got.Warnings) != 1 {
		t.Errorf("got %s, %v, %v; want %s and a warning", figures(got), got.Warnings, err, want)
	}
	ask.Balanced = true
	got, err = measure.OfGroups(f, framework.Builtin(), ask)
	if want := "AREAS 2020 plain-mean 55 2/3; AREAS 2021 plain-mean 61 2/3"; err != nil || figures(got) != want || len(got.Warnings) != 0 {
		t.Errorf("balanced: got %s, %v, %v; want %s", figures(got), got.Warnings, err, want)
	}
}

func TestRuleMakesSense(t *testing.T) {
	weights := frame(t, "indicator,area,period,value\np,KEN,2020,1\np,FIN,2020,3\n")
	of := func(dataflow, indicator, unit string) measure.Frame {
		return frame(t, fmt.Sprintf("dataflow,indicator,area,period,value,unit\n%s,%s,KEN,2020,20,%s\n%s,%s,FIN,2020,40,%s\n", dataflow, indicator, unit, dataflow, indicator, unit))
	}
	share, count, price, unknown := of("ITU:DATAHUB", "i99H", "%"), of("WB:WDI", "SP.POP.TOTL", ""), of("ITU:DATAHUB", "i271mb_high_ts_GNI", "%"), of("PLAIN", "x", "")
	for name, c := range map[string]struct {
		of      measure.Frame
		rule    string
		weights *measure.Frame
		want    string
		code    resolute.Code
	}{
		"a share, by weights":            {share, "", &weights, "weighted-mean 35", ""},
		"a share, nothing to weigh by":   {share, "", nil, "plain-mean 30", ""},
		"a share, the middle one":        {share, divide.Median, &weights, "median 30", ""},
		"shares are not added up":        {share, divide.Sum, &weights, "added up", resolute.Invalid},
		"a mean by weights without them": {share, divide.WeightedMean, nil, "needs weights", resolute.Usage},
		"counts are added up":            {count, "", &weights, "sum 60", ""},
		"counts are not weighed":         {count, divide.WeightedMean, &weights, "twice", resolute.Invalid},
		"the count of an average area":   {count, divide.PlainMean, nil, "plain-mean 30", ""},
		"prices are not weighed":         {price, "", nil, "plain-mean 30", ""},
		"prices, when somebody asks":     {price, divide.WeightedMean, &weights, "weighted-mean 35", ""},
		"what nobody knows":              {unknown, "", nil, "plain-mean 30", ""},
		"nobody knows whether to add":    {unknown, divide.Sum, nil, "catalogue", resolute.Invalid},
		"no rule":                        {share, "mode", nil, "unknown rule", resolute.Usage},
	} {
		got, err := measure.OfGroups(c.of, framework.Builtin(), measure.GroupQuery{Areas: []string{"KEN", "FIN"}, Rule: c.rule, Weights: c.weights})
		if c.code != "" {
			if resolute.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: got %v, want %s: ...%s...", name, err, c.code, c.want)
			}
			continue
		}
		if err != nil || len(got.Figures) != 1 || got.Figures[0].Rule+" "+got.Figures[0].Value.String() != c.want {
			t.Errorf("%s: got %+v, %v; want %s", name, got, err, c.want)
		}
	}
}

// Figures of groups on published data equal a second, plain way of reckoning them.
func TestGroupsOfInternetUsersEqualAPlainWalk(t *testing.T) {
	f, catalogue := sample(t, "itu_datahub/individuals-using-the-internet.csv"), framework.Builtin()
	people, _, err := measure.ReadFrame(openSample(t, "wdi/WDI_wide.csv"), "WDI_wide.csv", statfile.Options{}, measure.Pick{Indicator: "SP.POP.TOTL"})
	if err != nil {
		t.Fatal(err)
	}
	groups := []string{"ITU:ARB", "LDC", "SIDS", "WB:UMC", "M49:202"}
	got, err := measure.OfGroups(f, catalogue, measure.GroupQuery{Groups: groups, Weights: &people})
	if err != nil || len(got.Figures) != len(groups)*26 {
		t.Fatalf("got %d figures, %v", len(got.Figures), err)
	}
	value := func(f measure.Frame, area string, year int) (measure.Point, bool) {
		for _, a := range f.Areas {
			if a.Area == area {
				return a.At(year)
			}
		}
		return measure.Point{}, false
	}
	for _, g := range got.Figures {
		var sum, used, all float64
		n, members, weighed := 0, catalogue.Members(g.Group, g.Members), 0
		for _, country := range members {
			w, known := value(people, country.ISO3, g.Year)
			if !known {
				continue
			}
			weighed, all = weighed+1, all+w.Value
			if p, there := value(f, country.ISO3, g.Year); there {
				n, used, sum = n+1, used+w.Value, sum+w.Value*p.Value
			}
		}
		want, coverage := sum/used, used/all*float64(weighed)/float64(len(members))
		if g.Areas != n || g.Of != len(members) || all > 0 && math.Abs(float64(g.Coverage)-coverage) > 1e-12 {
			t.Errorf("%s %d: got %+v, want %d of %d areas, coverage %v", g.Group, g.Year, g, n, len(members), coverage)
		}
		if enough := coverage >= divide.Enough; g.Sufficient != enough || enough && math.Abs(float64(g.Value)-want) > 1e-9 || !enough && !math.IsNaN(float64(g.Value)) {
			t.Errorf("%s %d: got %+v, want %v at coverage %v", g.Group, g.Year, g, want, coverage)
		}
	}
}

func TestGroupsOfWhatIsHeld(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		take(t, m, "a.csv", "dataflow,indicator,area,sex,period,value\nITU:DATAHUB,i99H,KEN,,2020,20\nITU:DATAHUB,i99H,FIN,,2020,40\nITU:DATAHUB,tp,KEN,,2020,1\nITU:DATAHUB,tp,FIN,,2020,2\n")
		f, err := m.Frame(ctx, measure.IndicatorKey{Dataflow: "ITU:DATAHUB", Code: "i99H"}, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		two := measure.GroupQuery{Areas: []string{"KEN", "FIN"}}
		plain, err := m.Groups(ctx, f, framework.Builtin(), two, 0)
		if want := "AREAS 2020 plain-mean 30 2/2"; err != nil || figures(plain) != want {
			t.Errorf("nothing to weigh by is held: got %s, %v; want %s", figures(plain), err, want)
		}
		take(t, m, "p.csv", "dataflow,indicator,area,period,value\nWB:WDI,SP.POP.TOTL,KEN,2020,1\nWB:WDI,SP.POP.TOTL,FIN,2020,3\n")
		weighed, err := m.Groups(ctx, f, framework.Builtin(), two, 0)
		if want := "AREAS 2020 weighted-mean 35 2/2"; err != nil || figures(weighed) != want || weighed.Figures[0].WeighedBy != "WB:WDI SP.POP.TOTL" {
			t.Errorf("people are held: got %+v, %v; want %s", weighed, err, want)
		}
		all, err := m.GroupAll(ctx, "", framework.Builtin(), two, 0)
		if want := "AREAS 2020 weighted-mean 35 2/2; AREAS 2020 plain-mean 1.5 2/2; AREAS 2020 sum 4 2/2"; err != nil || figures(all.Groups) != want {
			t.Errorf("all that is held: got %s, %v; want %s", figures(all.Groups), err, want)
		}
		two.Rule = divide.Sum
		all, err = m.GroupAll(ctx, "", framework.Builtin(), two, 0)
		if err != nil || len(all.Figures) != 1 || len(all.Refused) != 2 || all.Refused[0].Code != "i99H" {
			t.Errorf("only people can be added up: got %+v, %v", all, err)
		}
	})
}

// Figures of all indicators are those of each by itself.
func TestAllGroupsEqualEach(t *testing.T) {
	f, catalogue := sample(t, "itu_datahub/individuals-using-the-internet.csv"), framework.Builtin()
	c, err := whole.Load(openSample(t, "itu_datahub/individuals-using-the-internet.csv"), "x.csv", statfile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	one, err := measure.OfGroups(f, catalogue, measure.GroupQuery{})
	if err != nil {
		t.Fatal(err)
	}
	all, err := measure.GroupAll(c, catalogue, measure.GroupQuery{}, nil)
	if err != nil || !slices.EqualFunc(one.Figures, all.Figures, func(a, b measure.GroupFigure) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) || !slices.Equal(one.Warnings, all.Warnings) {
		t.Errorf("%v: got %d figures, want %d", err, len(all.Figures), len(one.Figures))
	}
}

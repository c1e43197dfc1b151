package measure_test

import (
	"bytes"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/ledger"
	"resolute/internal/measure"
)

const indicatorHead = "code,name_en,name_fr,unit,direction,floor,ceiling,rule,weights,sdg,codes,source,threads\n"

func define(t *testing.T, m *measure.Measure, text string) measure.IndicatorReport {
	t.Helper()
	r, err := m.ImportIndicators(ctx, resolute.Operator(), measure.Source{File: "own.csv"}, strings.NewReader(indicatorHead+text))
	if err != nil {
		t.Fatalf("%v: %+v", err, r.Findings)
	}
	return r
}

// What an import says of an indicator counts at once for figures that are held already, and as long
// as the import does.
func TestIndicatorsAreData(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		take(t, m, "a.csv", "dataflow,indicator,area,period,value\nRW:NISR,wifi,KEN,2020,20\nRW:NISR,wifi,UGA,2020,10\n")
		sum := measure.GroupQuery{Areas: []string{"KEN", "UGA"}, Rule: "sum"}
		groups := func() (measure.Groups, error) {
			f, err := m.Frame(ctx, measure.IndicatorKey{Dataflow: "RW:NISR", Code: "wifi"}, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			return m.Groups(ctx, f, framework.Builtin(), sum, 0)
		}
		if _, err := groups(); resolute.CodeOf(err) != resolute.Invalid {
			t.Errorf("nobody knows whether it may be added up: got %v", err)
		}
		first := define(t, m, "hotspots,Public hotspots,Points d’accès,number,up,0,,sum,,,RW:NISR wifi,Office,R9\n")
		if first.New != 1 || len(first.Changes) != 1 {
			t.Errorf("got %+v", first)
		}
		if g, err := groups(); err != nil || len(g.Figures) != 1 || g.Figures[0].Value != 30 {
			t.Errorf("got %+v, %v", g, err)
		}
		if list := profile(t, m, measure.ProfileQuery{Area: "KE"}).Figures; len(list) != 1 || list[0].Concept != "hotspots" || list[0].Called[resolute.French] != "Points d’accès" {
			t.Errorf("got %+v", list)
		}
		known, err := m.Catalogue(ctx, 0)
		if err != nil || known.Evidence("R9")[len(known.Evidence("R9"))-1] != "hotspots" {
			t.Errorf("R9 is evidenced by %v, %v", known.Evidence("R9"), err)
		}
		second := define(t, m, "hotspots,Public hotspots,Points d’accès,number,up,0,,median,,,RW:NISR wifi,Office,R9\n")
		if second.Changed != 1 || second.Changes[0].Before["rule"] != "sum" || second.Changes[0].After["rule"] != "median" || len(second.Changes[0].After) != 1 {
			t.Errorf("got %+v", second.Changes)
		}
		if before, err := m.Catalogue(ctx, first.Seq); err != nil || rule(before) != "sum" {
			t.Errorf("as of the first import the rule is %s, %v", rule(before), err)
		}
		if _, err := m.UndoIndicators(ctx, resolute.Operator(), second.ID); err != nil {
			t.Error(err)
		}
		if now, err := m.Catalogue(ctx, 0); err != nil || rule(now) != "sum" {
			t.Errorf("behind the undoing the rule is %s, %v", rule(now), err)
		}
		if _, err := m.UndoIndicators(ctx, resolute.Operator(), second.ID); resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("undone twice: %v", err)
		}
		if again := define(t, m, "hotspots,Public hotspots,Points d’accès,number,up,0,,sum,,,RW:NISR wifi,Office,R9\n"); again.Unchanged != 1 || len(again.Changes) != 0 {
			t.Errorf("got %+v", again)
		}
		if _, err := audit.Verify(ctx, d); err != nil {
			t.Error(err)
		}
		sound(t, m, d)
	})
}

// Statistics are held against the limits of what they measure; they are stored all the same.
func TestValuesBeyondTheLimitsAreTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		define(t, m, "density,Density,,per 100,up,0,,median,,,RW:NISR q,Office,\n")
		a := take(t, m, "a.csv", "dataflow,indicator,area,period,value\nITU:DATAHUB,i99H,KEN,2020,100\nITU:DATAHUB,i99H,KEN,2021,100.5\nRW:NISR,q,KEN,2020,-1\nRW:NISR,q,KEN,2021,250\nX:Y,z,KEN,2021,-250\n")
		list, err := ledger.Findings(ctx, d, a.ID, 0, 10)
		if err != nil || a.Total.Warning != 2 || len(list) != 2 || list[0].Line != 3 || list[0].Expected != "0 to 100" || list[1].Line != 4 || list[1].Expected != "0 or more" || a.New != 5 {
			t.Errorf("got %+v, %v, %+v", list, err, a)
		}
	})
}

func rule(c *measure.Catalogue) string {
	concept, _ := c.Concept("hotspots")
	return concept.Aggregation
}

func TestABuiltInIndicatorCanBeSaidOtherwise(t *testing.T) {
	m := room(dbtest.SQLite(t))
	r := define(t, m, "users,Internet users,,%,up,0,100,median,,IT_USE_ii99,,Office,\n")
	known, err := m.Catalogue(ctx, 0)
	c, _ := known.Concept("users")
	if err != nil || r.Changed != 1 || c.Aggregation != "median" || c.Import != r.ID || len(known.Concepts()) != len(measure.Builtin().Concepts()) {
		t.Errorf("got %+v, %v", c, err)
	}
	if _, of := known.Of("ITU:DATAHUB", "i99H", "{}"); of {
		t.Error("a code that the row does not give stayed")
	}
}

func TestTheCatalogueReadsWhatItWrites(t *testing.T) {
	m := room(dbtest.SQLite(t))
	var out bytes.Buffer
	if err := measure.WriteIndicators(&out, measure.Builtin().Concepts()); err != nil {
		t.Fatal(err)
	}
	r, err := m.PreviewIndicators(ctx, resolute.Operator(), measure.Source{File: "all.csv"}, &out)
	if err != nil || r.Unchanged != len(measure.Builtin().Concepts()) || r.New+r.Changed != 0 {
		t.Errorf("got %+v, %v, %v", r.Counts, err, r.Findings)
	}
	if list, err := ledger.List(ctx, m.DB, 0, 10); err != nil || len(list) != 0 {
		t.Errorf("looking left an account: %v, %v", list, err)
	}
	out.Reset()
	if err := measure.IndicatorTemplate(&out); err != nil {
		t.Fatal(err)
	}
	filled := strings.ReplaceAll(out.String(), "EXAMPLE-", "")
	if r, err := m.PreviewIndicators(ctx, resolute.Operator(), measure.Source{File: "example.csv"}, strings.NewReader(filled)); err != nil || r.New != 1 {
		t.Errorf("the example of the template: got %+v, %v, %v", r.Counts, err, r.Findings)
	}
	if _, err := m.ImportIndicators(ctx, resolute.Actor{ID: "guest"}, measure.Source{File: "a.csv"}, strings.NewReader(indicatorHead)); resolute.CodeOf(err) != resolute.Forbidden {
		t.Errorf("somebody without the right: got %v", err)
	}
}

func TestAFaultyFileOfIndicatorsIsRefusedWhole(t *testing.T) {
	const sound = "own,Own,,number,up,0,,sum,,,,Office,\n"
	for name, c := range map[string]struct{ text, rule, path string }{
		"a code with a blank":             {indicatorHead + sound + "own two,Own,,number,up,0,,sum,,,,Office,\n", "indicator-cell", "A3"},
		"no name":                         {indicatorHead + "own,,,number,up,0,,sum,,,,Office,\n", "indicator-cell", "B2"},
		"no unit":                         {indicatorHead + "own,Own,,,up,0,,sum,,,,Office,\n", "indicator-cell", "D2"},
		"an unknown direction":            {indicatorHead + "own,Own,,number,more,0,,sum,,,,Office,\n", "indicator-cell", "E2"},
		"a limit in words":                {indicatorHead + "own,Own,,number,up,zero,,sum,,,,Office,\n", "indicator-cell", "F2"},
		"an endless limit":                {indicatorHead + "own,Own,,number,up,0,Inf,sum,,,,Office,\n", "indicator-cell", "G2"},
		"a ceiling below the floor":       {indicatorHead + "own,Own,,number,up,10,5,sum,,,,Office,\n", "indicator-cell", "G2"},
		"an unknown rule":                 {indicatorHead + "own,Own,,number,up,0,,mean,,,,Office,\n", "indicator-cell", "H2"},
		"a sum of shares":                 {indicatorHead + "own,Own,,% of schools,up,0,,sum,,,,Office,\n", "indicator-cell", "H2"},
		"weights that nobody knows":       {indicatorHead + "own,Own,,%,up,0,,weighted-mean,people,,,Office,\n", "indicator-cell", "I2"},
		"weights of itself":               {indicatorHead + "own,Own,,%,up,0,,weighted-mean,own,,,Office,\n", "indicator-cell", "I2"},
		"weights of a sum":                {indicatorHead + "own,Own,,number,up,0,,sum,population,,,Office,\n", "indicator-cell", "I2"},
		"the code of another":             {indicatorHead + "own,Own,,%,up,0,,median,,IT_USE_II99,,Office,\n", "indicator-cell", "J2"},
		"one code twice in the file":      {indicatorHead + "a,A,,%,up,0,,median,,,X:Y q,Office,\nb,B,,%,up,0,,median,,,X:Y q,Office,\n", "indicator-cell", "K3"},
		"a breakdown without its value":   {indicatorHead + "own,Own,,%,up,0,,median,,,X:Y q SEX,Office,\n", "indicator-cell", "K2"},
		"a table with its own column":     {indicatorHead + "own,Own,,%,up,0,,median,,,WB:WDI q,Office,\n", "indicator-cell", "K2"},
		"no source":                       {indicatorHead + "own,Own,,number,up,0,,sum,,,,,\n", "indicator-cell", "L2"},
		"a paragraph that does not exist": {indicatorHead + "own,Own,,number,up,0,,sum,,,,Office,R9|Z99\n", "indicator-cell", "M2"},
		"one indicator twice":             {indicatorHead + sound + sound, "indicator-cell", "A3"},
		"a column nobody knows":           {"code,mood\nown,good\n", "indicator-header", ""},
		"a column that is missing":        {"code,unit,direction,rule\nown,number,up,sum\n", "indicator-header", ""},
		"no row":                          {indicatorHead, "indicator-header", ""},
		"a cell too many":                 {indicatorHead + "own,Own,,number,up,0,,sum,,,,Office,,,,more\n", "sheet-cells", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := dbtest.SQLite(t)
			m := room(d)
			r, err := m.ImportIndicators(ctx, resolute.Operator(), measure.Source{File: "own.csv"}, strings.NewReader(c.text))
			if resolute.CodeOf(err) != resolute.Invalid || r.State != ledger.Refused || len(r.Findings) == 0 {
				t.Fatalf("got %v, state %s, findings %v; want a refusal", err, r.State, r.Findings)
			}
			if got := r.Findings[0]; got.Rule != c.rule || got.Path != c.path || got.Line == 0 {
				t.Errorf("finding %+v, want %s at %q", got, c.rule, c.path)
			}
			if known, err := m.Catalogue(ctx, 0); err != nil || len(known.Concepts()) != len(measure.Builtin().Concepts()) {
				t.Errorf("something of a refused file is used: %v", err)
			}
			if kept, err := ledger.Get(ctx, d, r.ID); err != nil || kept.State != ledger.Refused {
				t.Errorf("the account: %+v, %v", kept, err)
			}
		})
	}
}

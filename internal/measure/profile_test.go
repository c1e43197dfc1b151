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
)

// someFigures holds three concepts of the catalogue and one indicator that is none. Of Kenya the newest
// users are of 2024, an estimate; Uganda ties with Rwanda; prices are better when they are low.
const someFigures = `dataflow,indicator,unit,area,period,value,status,source,note
ITU:DATAHUB,i99H,%,KEN,2012,10,,NSO,
ITU:DATAHUB,i99H,%,KEN,2016,20,,NSO,
ITU:DATAHUB,i99H,%,KEN,2024,35,E,ITU,Aged 15+
ITU:DATAHUB,i99H,%,UGA,2024,15,,NSO,
ITU:DATAHUB,i99H,%,RWA,2024,15,,NSO,
ITU:DATAHUB,i99H,%,DNK,2024,99,,NSO,
ITU:DATAHUB,i99H,%,DNK,2025,99.5,,NSO,
ITU:DATAHUB,i154_FBB_ts_GNI,% GNI p.c.,KEN,2024,4,,,
ITU:DATAHUB,i154_FBB_ts_GNI,% GNI p.c.,DNK,2024,1,,,
X:Y,fixed_tel,per 100,KEN,2024,0.1,,,
X:Y,fixed_tel,per 100,DNK,2024,30,,,
X:Y,other,%,KEN,2024,1,,,
`

func profile(t *testing.T, m *measure.Measure, q measure.ProfileQuery) measure.Profile {
	t.Helper()
	p, err := m.Profile(ctx, framework.Builtin(), q)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func figureOf(t *testing.T, p measure.Profile, concept string) measure.ProfileFigure {
	t.Helper()
	i := slices.IndexFunc(p.Figures, func(f measure.ProfileFigure) bool { return f.Concept == concept })
	if i < 0 {
		t.Fatalf("the profile has no %s", concept)
	}
	return p.Figures[i]
}

func ranks(f measure.ProfileFigure) string {
	var list []string
	for _, r := range f.Ranks {
		list = append(list, fmt.Sprintf("%s %d: %d of %d, %d tied, judged %v", r.Among, r.Year, r.Place, r.Of, r.Tied, r.Judged))
	}
	return strings.Join(list, "; ")
}

func TestProfileOfACountry(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		take(t, m, "a.csv", someFigures)
		p := profile(t, m, measure.ProfileQuery{Area: "ken"})
		if p.Area != "KE" || p.Group || !slices.Equal(p.Beside, []string{"ITU:AFR", measure.World}) || len(p.Figures) != 3 {
			t.Fatalf("got %s beside %v with %d figures, want KE beside its region and the world with 3", p.Area, p.Beside, len(p.Figures))
		}
		users := figureOf(t, p, "users")
		if users.Value != 35 || users.Year != 2024 || !users.Estimated || users.Target != "17.8" || *users.Printed != (measure.ProfilePrinted{"KEN", "2024", "35", "E", "ITU", "Aged 15+"}) {
			t.Errorf("users: got %+v, printed %+v", users, users.Printed)
		}
		if c := users.Change; c == nil || c.Year != 2016 || c.By != 15 {
			t.Errorf("change since 2015: got %+v, want 15 since the first year after it, 2016", c)
		}
		if got, want := ranks(users), "WORLD 2024: 2 of 4, 0 tied, judged true; ITU:AFR 2024: 1 of 3, 0 tied, judged true"; got != want {
			t.Errorf("ranks: got %s, want %s", got, want)
		}
		if got, want := ranks(figureOf(t, p, "fb_price")), "WORLD 2024: 2 of 2, 0 tied, judged true; ITU:AFR 2024: 1 of 1, 0 tied, judged true"; got != want {
			t.Errorf("a price is better when it is low: got %s, want %s", got, want)
		}
		if got, want := ranks(figureOf(t, p, "fixed_tel")), "WORLD 2024: 2 of 2, 0 tied, judged false; ITU:AFR 2024: 1 of 1, 0 tied, judged false"; got != want {
			t.Errorf("of what no direction is better no rank is judged: got %s, want %s", got, want)
		}
		if got, want := ranks(figureOf(t, profile(t, m, measure.ProfileQuery{Area: "UG"}), "users")), "WORLD 2024: 3 of 4, 1 tied, judged true; ITU:AFR 2024: 2 of 3, 1 tied, judged true"; got != want {
			t.Errorf("a tie: got %s, want %s", got, want)
		}
		for _, gap := range p.Missing {
			if gap.Concept == "users" || gap.Core == "" {
				t.Errorf("%+v is told as missing", gap)
			}
		}
		if n := len(p.Missing); n < 70 {
			t.Errorf("%d core indicators without data, want more than 70", n)
		}
		if e := figureOf(t, profile(t, m, measure.ProfileQuery{Area: "afr"}), "users"); e.Group == nil || e.Group.Sufficient || e.Year != 2024 || e.Change != nil || e.Spread.Areas != 3 {
			t.Errorf("a region with 3 countries is insufficient, and says between what they are: %+v", e)
		}
		for _, b := range users.Beside {
			if b.Sufficient || b.Value == b.Value || b.Areas == 0 || float64(b.Coverage) > 0.1 {
				t.Errorf("3 or 4 of all countries are no figure of %s: %+v", b.Of, b)
			}
		}
	})
}

func TestProfileComparesWhatIsAskedFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		take(t, m, "a.csv", someFigures)
		beside := func(area, other string) measure.BesideFigure {
			return figureOf(t, profile(t, m, measure.ProfileQuery{Area: area, Beside: other}), "users").Beside[0]
		}
		if b := beside("KE", "DNK"); b.Of != "DK" || b.Group || b.Year != 2024 || b.Value != 99 {
			t.Errorf("another country in the same year: got %+v", b)
		}
		if b := beside("DK", "KE"); b.Year != 2024 || b.Value != 35 || !b.Estimated {
			t.Errorf("without a value of 2025 the newest before, with its year: got %+v", b)
		}
		if b := beside("KE", "FR"); b.Year != 0 || b.Value == b.Value || b.Sufficient {
			t.Errorf("a country without data: got %+v", b)
		}
		p := profile(t, m, measure.ProfileQuery{Area: "UG", Beside: "LDC"})
		if got, want := ranks(figureOf(t, p, "users")), "WORLD 2024: 3 of 4, 1 tied, judged true; ITU:AFR 2024: 2 of 3, 1 tied, judged true; LDC 2024: 1 of 2, 1 tied, judged true"; got != want {
			t.Errorf("beside a group it belongs to: got %s, want %s", got, want)
		}
		for area, code := range map[string]resolute.Code{"XX": resolute.NotFound, "KE": resolute.Usage} {
			if _, err := m.Profile(ctx, framework.Builtin(), measure.ProfileQuery{Area: area, Beside: "KE"}); resolute.CodeOf(err) != code {
				t.Errorf("%s beside KE: got %v, want %s", area, err, code)
			}
		}
	})
}

// The figures of groups in profiles are those of Groups, and so is their spread.
func TestProfileOfAGroup(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m, c := room(d), framework.Builtin()
		takeSample(t, m, "itu_datahub/individuals-using-the-internet.csv")
		for _, group := range []string{"LDC", "ITU:ARB", measure.World} {
			p := profile(t, m, measure.ProfileQuery{Area: group})
			f := figureOf(t, p, "users")
			frame, err := m.Frame(ctx, f.IndicatorKey, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			groups, err := m.Groups(ctx, frame, c, measure.GroupQuery{Groups: []string{group}}, 0)
			if err != nil {
				t.Fatal(err)
			}
			var sufficient []measure.GroupFigure
			for _, g := range groups.Figures {
				if g.Sufficient {
					sufficient = append(sufficient, g)
				}
			}
			newest := sufficient[len(sufficient)-1]
			if f.Group.Year != newest.Year || f.Group.Value != newest.Value || f.Group.Areas != newest.Areas || f.Group.Rule != newest.Rule || len(f.Points) != len(sufficient) {
				t.Errorf("%s: got %+v with %d years, want %+v with %d", group, f.Group, len(f.Points), newest, len(sufficient))
			}
			d, err := measure.MeasureDivide(frame, c, measure.DivideQuery{Years: []int{f.Year}, Group: strings.TrimPrefix(group, measure.World)})
			if err != nil {
				t.Fatal(err)
			}
			if y := d.Years[0]; f.Spread.Areas != y.Areas || math.Abs(float64(f.Spread.Gini-y.Unweighted.Gini)) > 1e-12 || f.Spread.Median != y.Percentile.P50 {
				t.Errorf("%s: got %+v, want %d areas, Gini %v, median %v", group, f.Spread, y.Areas, y.Unweighted.Gini, y.Percentile.P50)
			}
			if f.Change == nil || f.Change.Year != 2015 || !f.Change.Changed {
				t.Errorf("%s: got change %+v, want one since 2015 that says that the areas are others", group, f.Change)
			}
			if len(f.Ranks) > 0 || f.Printed != nil {
				t.Errorf("%s has a rank or a source of one country: %+v", group, f)
			}
		}
	})
}

func TestProfileJudgesByTheTargetOfTheCatalogue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		take(t, m, "a.csv", "dataflow,indicator,area,period,value\nITU:DATAHUB,i99H,KEN,2015,40\nITU:DATAHUB,i99H,KEN,2023,55\nITU:DATAHUB,i154_FBB_ts_GNI,KEN,2015,4\nITU:DATAHUB,i154_FBB_ts_GNI,KEN,2023,1.5\nX:Y,fixed_tel,KEN,2015,1\nX:Y,fixed_tel,KEN,2023,2\n")
		p := profile(t, m, measure.ProfileQuery{Area: "KE"})
		// 40 to 55 in 8 years: growth 4.0610 % a year; to 100 by 2030: 6.2990 %.
		v := figureOf(t, p, "users").Verdict
		if v == nil || v.Target != 100 || v.TargetBy != 2030 || v.BaseYear != 2015 || math.Abs(float64(v.Ratio)-0.644696) > 1e-4 || v.Status != "moderate_progress" || v.Method != "growth-ratio@1" || v.Second == "" || v.SecondBy == v.Method || v.Source == "" {
			t.Errorf("users: got %+v", v)
		}
		if v := figureOf(t, p, "fb_price").Verdict; v == nil || v.Status != "target_achieved" || v.Second != "target_achieved" {
			t.Errorf("a price below its target: got %+v", v)
		}
		if v := figureOf(t, p, "fixed_tel").Verdict; v != nil {
			t.Errorf("an indicator without a target is judged: %+v", v)
		}
	})
}

// A group that is insufficient in the year of a country tells its newest figure before.
func TestProfileTellsTheEarlierFigureOfAGroup(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		text := "dataflow,indicator,area,period,value\nX:Y,users,AZ,2024,70\n"
		for n, country := range framework.Builtin().Members("ITU:CIS", "2023-12-31") {
			text += fmt.Sprintf("X:Y,users,%s,2023,%d\n", country.ISO3, 50+n)
		}
		take(t, m, "a.csv", text)
		b := figureOf(t, profile(t, m, measure.ProfileQuery{Area: "AZ", Beside: "CIS"}), "users").Beside[0]
		if b.Year != 2024 || b.Sufficient || b.Areas != 1 || b.Earlier != 2023 || !(b.Before >= 50 && b.Before < 60) {
			t.Errorf("got %+v", b)
		}
	})
}

// What profiles are made from is never older than the statistics, and stays for readers of the past.
func TestProfileOfEachChange(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		first := take(t, m, "a.csv", someFigures)
		value := func(at int64) float64 {
			return float64(figureOf(t, profile(t, m, measure.ProfileQuery{Area: "KE", At: at}), "users").Value)
		}
		if got := value(0); got != 35 {
			t.Errorf("got %v, want 35", got)
		}
		second := take(t, m, "b.csv", "dataflow,indicator,area,period,value\nITU:DATAHUB,i99H,KEN,2025,41\n")
		if now, before := value(0), value(first.Seq); now != 41 || before != 35 {
			t.Errorf("behind a second import: got %v, before it %v; want 41, 35", now, before)
		}
		if _, err := m.Undo(ctx, resolute.Operator(), second.ID); err != nil || value(0) != 35 || value(second.Seq) != 41 {
			t.Errorf("undone: %v, now %v, as of the import %v", err, value(0), value(second.Seq))
		}
	})
}

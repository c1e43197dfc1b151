package measure_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/measure"
	"resolute/internal/measure/statfile"
)

var (
	ctx     = context.Background()
	clock   = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	users   = measure.IndicatorKey{Dataflow: "PLAIN", Code: "u"}
	columns = "indicator,indicator_name,unit,area,sex,period,value,status,source,note\n"
)

func room(d *db.DB) *measure.Measure {
	return &measure.Measure{DB: d, Now: func() time.Time { return clock }}
}

func take(t *testing.T, m *measure.Measure, file, text string) ledger.Import {
	t.Helper()
	account, err := m.Import(ctx, resolute.Operator(), measure.Source{File: file}, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return account
}

// held writes what readers see of users, a line for each observation.
func held(t *testing.T, m *measure.Measure, at int64) string {
	t.Helper()
	list, err := m.Series(ctx, users, at)
	if resolute.CodeOf(err) == resolute.NotFound {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, s := range list {
		for _, o := range s.Observations {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s%s %s=%s %s", s.Area, strings.Trim(s.DimsText, "{}"), o.Period, o.Value, o.Status)))
		}
	}
	return strings.Join(lines, "; ")
}

func counts(a ledger.Import) string {
	return fmt.Sprintf("read %d new %d changed %d unchanged %d refused %d stored %d", a.Read, a.New, a.Changed, a.Unchanged, a.Refused, a.Transactions)
}

func TestImportsMergeAndRevisionsStay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		first := take(t, m, "a.csv", columns+"u,Users,%,KEN,,2020,20,,NSO,Aged 15+\nu,Users,%,KEN,,2021,25,E,,\nu,Users,%,KEN,F,2021,23,,,\n")
		if got := counts(first); got != "read 3 new 3 changed 0 unchanged 0 refused 0 stored 3" {
			t.Errorf("first: %s", got)
		}
		second := take(t, m, "b.csv", columns+"u,Users online,%,KEN,,2021,26,,NSO,\nu,Users online,%,KEN,,2022,30,,NSO,\nu,Users online,%,KEN,,2020,20,,NSO,Aged 15+\n")
		if got := counts(second); got != "read 3 new 1 changed 1 unchanged 1 refused 0 stored 3" {
			t.Errorf("second: %s", got)
		}
		before, after := "KEN 2020=20; KEN 2021=25 E; KEN\"SEX\":\"F\" 2021=23", "KEN 2020=20; KEN 2021=26; KEN 2022=30; KEN\"SEX\":\"F\" 2021=23"
		for at, want := range map[int64]string{0: after, second.Seq: after, first.Seq: before, first.Seq - 1: ""} {
			if at < 0 || at == 0 && want == "" {
				continue
			}
			if got := held(t, m, at); got != want {
				t.Errorf("as of %d: got %s, want %s", at, got, want)
			}
		}
		list, err := m.Indicators(ctx, 0)
		if err != nil || len(list) != 1 || list[0].Name != "Users online" || list[0].Series != 2 || list[0].Areas != 1 || list[0].Observations != 4 || list[0].Latest != "2022" {
			t.Errorf("indicators: got %+v, %v", list, err)
		}
		f, err := m.Frame(ctx, users, nil, 0)
		if err != nil || f.Unit != "%" || len(f.Areas) != 1 || len(f.Areas[0].Points) != 3 || f.Areas[0].Points[0].Note != "Aged 15+" {
			t.Errorf("frame: got %+v, %v", f, err)
		}
		if _, err := m.Undo(ctx, resolute.Operator(), first.ID); resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("undo of what another import was merged with: got %v", err)
		}
		undone, err := m.Undo(ctx, resolute.Operator(), second.ID)
		if err != nil || held(t, m, 0) != before || held(t, m, second.Seq) != after {
			t.Errorf("undone %+v, %v: now %s; as of the import %s", undone, err, held(t, m, 0), held(t, m, second.Seq))
		}
		if again := take(t, m, "b.csv", columns+"u,Users,%,KEN,,2022,31,,,\n"); held(t, m, again.Seq) != "KEN 2020=20; KEN 2021=25 E; KEN 2022=31; KEN\"SEX\":\"F\" 2021=23" {
			t.Errorf("after undo and import: %s", held(t, m, 0))
		}
		sound(t, m, d)
	})
}

// sound runs the integrity checks of the room.
func sound(t *testing.T, m *measure.Measure, d *db.DB) {
	t.Helper()
	err := d.View(ctx, func(q db.Queryer) error {
		for _, c := range m.Checks() {
			n := 0
			if c.Find != nil {
				found, err := c.Find(ctx, q, 10)
				if err != nil {
					return err
				}
				n = found.Count
			} else if err := q.QueryRow(ctx, c.Count).Scan(&n); err != nil {
				return err
			}
			if n != 0 {
				t.Errorf("check %s finds %d", c.Name, n)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTwoValuesForOnePeriod(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		account := take(t, m, "a.csv", columns+"u,,,KEN,,2020,20,,,\nu,,,KEN,,2020,21,,,\nu,,,KEN,,2020,20,,,\nu,,,KEN,,2021,x,,,\n")
		if got := counts(account); got != "read 4 new 1 changed 0 unchanged 1 refused 2 stored 1" || held(t, m, 0) != "KEN 2020=20" {
			t.Errorf("got %s, %s", got, held(t, m, 0))
		}
		findings, err := ledger.Findings(ctx, d, account.ID, 0, 10)
		var rules []string
		for _, f := range findings {
			rules = append(rules, fmt.Sprintf("%s:%d", f.Rule, f.Line))
		}
		slices.Sort(rules)
		if err != nil || !slices.Equal(rules, []string{"contradicting-observation:3", "duplicate-observation:4", "number-unreadable:5"}) {
			t.Errorf("got %v, %v", rules, err)
		}
		kept, err := ledger.RefusedRecords(ctx, d, account.ID, 10)
		if err != nil || len(kept) != 2 {
			t.Errorf("kept %d refused rows, %v", len(kept), err)
		}
	})
}

func TestFilesOfWhichNothingIsStored(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		account, err := m.Import(ctx, resolute.Operator(), measure.Source{File: "x.csv"}, strings.NewReader("This is a letter.\n"))
		if resolute.CodeOf(err) != resolute.Invalid || account.State != ledger.Refused || account.Seq == 0 || account.Total.Error != 1 {
			t.Errorf("a letter: got %+v, %v", account, err)
		}
		torn := columns + "u,,,KEN,,2020,20,,,\n\"" + strings.Repeat("u,,,KEN,,2020,20,,,\n", 80_000)
		account, err = m.Import(ctx, resolute.Operator(), measure.Source{File: "torn.csv"}, strings.NewReader(torn))
		if resolute.CodeOf(err) != resolute.Invalid || account.State != ledger.Refused || held(t, m, 0) != "" {
			t.Errorf("a torn file: got %+v, %v, holds %s", account, err, held(t, m, 0))
		}
		broken := errors.New("the line is cut")
		if _, err = m.Import(ctx, resolute.Operator(), measure.Source{File: "cut.csv"}, &cutOff{strings.NewReader(columns + "u,,,KEN,,2020,20,,,\n"), broken}); !errors.Is(err, broken) {
			t.Errorf("a medium that breaks: got %v", err)
		}
		if _, err = m.Import(ctx, resolute.Actor{ID: "guest"}, measure.Source{File: "a.csv"}, strings.NewReader(columns)); resolute.CodeOf(err) != resolute.Forbidden {
			t.Errorf("somebody without the right: got %v", err)
		}
		list, err := ledger.List(ctx, d, 0, 10)
		if err != nil || len(list) != 2 {
			t.Errorf("accounts: got %d, %v", len(list), err)
		}
		sound(t, m, d)
	})
}

// cutOff fails behind its text.
type cutOff struct {
	*strings.Reader
	err error
}

func (c *cutOff) Read(p []byte) (int, error) {
	if n, err := c.Reader.Read(p); err == nil {
		return n, nil
	}
	return 0, c.err
}

// between does something when the file is read for the first time.
type between struct {
	*strings.Reader
	do func()
}

func (b *between) Read(p []byte) (int, error) {
	if b.do != nil {
		b.do()
		b.do = nil
	}
	return b.Reader.Read(p)
}

func TestSweepOfADeadImport(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		in := &between{Reader: strings.NewReader(columns + "u,,,KEN,,2021,21,,,\n"), do: func() {
			late := &measure.Measure{DB: d, Now: func() time.Time { return clock.Add(time.Hour) }}
			if n, err := late.Sweep(ctx); err != nil || n != 1 {
				t.Errorf("swept %d, %v", n, err)
			}
		}}
		if account, err := m.Import(ctx, resolute.Operator(), measure.Source{File: "c.csv"}, in); err == nil {
			t.Errorf("an import that was taken for dead went on: %+v", account)
		}
		if n, err := m.Sweep(ctx); err != nil || n != 0 || held(t, m, 0) != "" {
			t.Errorf("swept %d, %v; holds %s", n, err, held(t, m, 0))
		}
		sound(t, m, d)
	})
}

// The answer must not depend on how the file is cut into batches, nor on the order of its rows.
func TestRealFileComesBackWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		want := sample(t, "itu_datahub/individuals-using-the-internet.csv")
		account := takeSample(t, m, "itu_datahub/individuals-using-the-internet.csv")
		if got := counts(account); got != "read 5099 new 5099 changed 0 unchanged 0 refused 0 stored 5099" {
			t.Errorf("got %s", got)
		}
		got, err := m.Frame(ctx, measure.IndicatorKey{Dataflow: "ITU:DATAHUB", Code: "i99H"}, nil, 0)
		if err != nil || len(got.Areas) != len(want.Areas) {
			t.Fatalf("got %d areas, %v; want %d", len(got.Areas), err, len(want.Areas))
		}
		estimates := 0
		for i, a := range got.Areas {
			if a.Area != want.Areas[i].Area || !slices.Equal(a.Points, want.Areas[i].Points) {
				t.Fatalf("%s differs from the file", a.Area)
			}
			for _, p := range a.Points {
				if p.Estimated {
					estimates++
				}
			}
		}
		if estimates != 2226 {
			t.Errorf("%d estimates, want 2226", estimates)
		}
		if again := takeSample(t, m, "itu_datahub/individuals-using-the-internet.csv"); again.Unchanged != 5099 {
			t.Errorf("again: %s", counts(again))
		}
		if _, err := audit.Verify(ctx, d); err != nil {
			t.Error(err)
		}
	})
}

func takeSample(t *testing.T, m *measure.Measure, file string) ledger.Import {
	t.Helper()
	account, err := m.Import(ctx, resolute.Operator(), measure.Source{File: file, Options: statfile.Options{}}, openSample(t, file))
	if err != nil {
		t.Fatal(err)
	}
	return account
}

func TestHeldOfConcepts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := room(d)
		take(t, m, "a.csv", "dataflow,indicator,indicator_name,unit,area,period,value,status,sex\nITU:DATAHUB,i99H,Users,%,KEN,2020,20,,\nUNSD:SDG,it_use_II99,Users,%,404,2019,18,,F\nX:Y,other,Other,,KE,2018,5,,\n")
		held, dims, err := m.Held(ctx, []string{"users_female", "users", "mobile"}, 0)
		if err != nil || len(held) != 2 || held[0].Code != "it_use_II99" || dims[0]["SEX"] != "F" || len(dims[1]) != 0 {
			t.Errorf("held: %+v, %v, %v", held, dims, err)
		}
	})
}

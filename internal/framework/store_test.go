package framework_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/ledger"
)

func open(d *db.DB) *framework.Framework {
	return &framework.Framework{DB: d, Now: func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }}
}

const head = "row,scheme,code,title_en,source,confidence,to_scheme,to_code,rationale\n"

func imported(t *testing.T, f *framework.Framework, text string) framework.Report {
	t.Helper()
	r, err := f.Import(context.Background(), resolute.Operator(), "demo.csv", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func loaded(t *testing.T, f *framework.Framework) *framework.Catalogue {
	t.Helper()
	c, err := f.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAnEmptyStoreGivesTheBuiltInSchemes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if loaded(t, open(d)) != framework.Builtin() {
			t.Error("something was added to the built-in schemes")
		}
	})
}

func TestAnImportedFrameworkStandsBesideTheBuiltInOnes(t *testing.T) {
	example, err := os.ReadFile("testdata/example.csv")
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(d)
		r, err := f.Import(context.Background(), resolute.Operator(), "example.csv", bytes.NewReader(example))
		if err != nil {
			t.Fatal(err)
		}
		if r.State != ledger.Done || r.Read != 8 || r.New != 8 || r.Bytes != int64(len(example)) || len(r.SHA256) != 64 || len(r.Findings) != 0 {
			t.Errorf("report = %+v", r)
		}
		c := loaded(t, f)
		s, ok := c.Scheme("harbour-plan-2024-2027")
		if !ok || s.Import != r.ID || s.Builtin || s.Title[resolute.French] == "" || c.Version() == framework.Builtin().Version() {
			t.Errorf("scheme = %+v, %v", s, ok)
		}
		if key, _ := c.SchemeByAddress("https://harbour.example/plan-2024"); key != s.Key {
			t.Errorf("address names %q", key)
		}
		concept, ok := c.Concept(s.Key, "g1.1")
		if !ok || concept.Code != "G1.1" || concept.Order != 2 || concept.Attributes["deadline"] != "2025-12-31" || concept.Cycle != "2024-2027" {
			t.Errorf("concept = %+v, %v", concept, ok)
		}
		if kids := c.Children(framework.ITURegion, "AFR"); kids[len(kids)-1].Scheme != s.Key {
			t.Errorf("initiatives of Africa do not hold the imported one: %+v", kids)
		}
		if to := c.Mappings(s.Key, "G1.1", ""); len(to) != 1 || to[0].To != "C2" {
			t.Errorf("mappings of G1.1 = %+v", to)
		}
		if to := c.Mappings(framework.ActionLine, "C5", s.Key); len(to) != 1 || to[0].To != "G1" || to[0].Kind != "broad" {
			t.Errorf("mappings of C5 = %+v", to)
		}
		if got := c.MatrixTargets("C2"); len(got) != 7 {
			t.Errorf("the matrix changed: %v", got)
		}
	})
}

func TestANewVersionReplacesTheOldOneWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f, ctx := open(d), context.Background()
		first := head + "scheme,demo,,Demo,Fictional,,,,\nconcept,demo,G1,One,,A,,,\nconcept,demo,G2,Two,,A,,,\nmapping,demo,G1,,,B,sdg-goal,9,Because\n"
		one := imported(t, f, first)
		version := loaded(t, f).Version()

		again := imported(t, f, first)
		if again.Read != 4 || again.Unchanged != 4 || again.New+again.Changed+again.Absent != 0 || again.Seq != one.Seq+1 {
			t.Errorf("the same file again: %+v", again)
		}
		if got := loaded(t, f).Version(); got != version {
			t.Errorf("the same content has another version: %s, %s", got, version)
		}

		two := imported(t, f, head+"scheme,demo,,Demo,Fictional,,,,\nconcept,demo,G1,First,,A,,,\nconcept,demo,G3,Three,,A,,,\n")
		if two.New != 1 || two.Changed != 1 || two.Unchanged != 1 || two.Absent != 2 {
			t.Errorf("second version: %+v", two)
		}
		c := loaded(t, f)
		if concept, _ := c.Concept("demo", "G1"); concept.Title[resolute.English] != "First" || len(c.Concepts("demo")) != 2 || len(c.Mappings("demo", "G1", "")) != 0 {
			t.Errorf("second version is not whole: %+v", c.Concepts("demo"))
		}

		if err := f.Undo(ctx, resolute.Operator(), one.ID); resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("undo below a later import: %v", err)
		}
		if err := f.Undo(ctx, resolute.Operator(), two.ID); err != nil {
			t.Fatal(err)
		}
		if got := loaded(t, f).Version(); got != version {
			t.Errorf("undone: version %s, want %s", got, version)
		}
		if err := f.Undo(ctx, resolute.Operator(), two.ID); resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("undo twice: %v", err)
		}
		if err := f.Undo(ctx, resolute.Operator(), one.ID); err != nil {
			t.Fatal(err)
		}
		if loaded(t, f) != framework.Builtin() {
			t.Error("the first import is still there")
		}
		if bad, err := audit.Verify(ctx, d); err != nil || bad != 0 {
			t.Errorf("the log is broken at %d, %v", bad, err)
		}
		account, err := ledger.Get(ctx, d, two.ID)
		if err != nil || account.State != ledger.Undone || account.UndoSeq == 0 || account.Absent != 2 {
			t.Errorf("account = %+v, %v", account, err)
		}
	})
}

func TestARefusedFileLeavesNothingButItsAccount(t *testing.T) {
	for _, c := range []struct {
		name, text, place string
		code              resolute.Code
	}{
		{"broken row", head + "scheme,demo,,Demo,Fictional,,,,\nconcept,demo,G1,One,,Z,,,\n", "demo.csv:3:", resolute.Invalid},
		{"built-in key", head + "scheme,sdg-goal,,Goals,Fictional,,,,\n", "demo.csv:2:8:", resolute.Conflict},
	} {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				f, ctx := open(d), context.Background()
				r, err := f.Import(ctx, resolute.Operator(), "demo.csv", strings.NewReader(c.text))
				if resolute.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.place) {
					t.Errorf("error = %v, want %s at %s", err, c.code, c.place)
				}
				if r.State != ledger.Refused || r.Read != 0 || r.Total.Error != len(r.Findings) || len(r.Findings) == 0 {
					t.Errorf("report = %+v", r)
				}
				account, err := ledger.Get(ctx, d, r.ID)
				if err != nil || account.State != ledger.Refused || account.Seq == 0 || account.SHA256 != r.SHA256 {
					t.Errorf("account = %+v, %v", account, err)
				}
				kept, err := ledger.Findings(ctx, d, r.ID, 0, 10)
				if err != nil || len(kept) != len(r.Findings) {
					t.Errorf("kept findings = %v, %v", kept, err)
				}
				if loaded(t, f) != framework.Builtin() {
					t.Error("something was stored")
				}
				if err := f.Undo(ctx, resolute.Operator(), r.ID); resolute.CodeOf(err) != resolute.Conflict {
					t.Errorf("undo of a refused file: %v", err)
				}
			})
		})
	}
}

func TestAMappingThatLosesAnEndIsTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(d)
		imported(t, f, head+"scheme,one,,One,Fictional,,,,\nconcept,one,A,A,,A,,,\nconcept,one,B,B,,A,,,\n")
		imported(t, f, head+"scheme,two,,Two,Fictional,,,,\nconcept,two,X,X,,A,,,\nmapping,two,X,,,B,one,B,Because\n")
		if got := loaded(t, f).Mappings("two", "X", "one"); len(got) != 1 {
			t.Fatalf("mappings = %v", got)
		}
		r := imported(t, f, head+"scheme,one,,One,Fictional,,,,\nconcept,one,A,A,,A,,,\n")
		if len(r.Findings) != 1 || r.Findings[0].Severity != resolute.SeverityWarning || r.Findings[0].Record != "two X" || r.Total.Warning != 1 {
			t.Errorf("findings = %+v", r.Findings)
		}
		if got := loaded(t, f).Mappings("two", "X", "one"); len(got) != 0 {
			t.Errorf("a mapping leads to nothing: %v", got)
		}
	})
}

func TestAnActorWithoutTheRightChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f, ctx := open(d), context.Background()
		nobody := resolute.Actor{ID: "nobody"}
		_, err := f.Import(ctx, nobody, "demo.csv", strings.NewReader(head+"scheme,demo,,Demo,Fictional,,,,\n"))
		if resolute.CodeOf(err) != resolute.Forbidden {
			t.Errorf("import: %v, want forbidden", err)
		}
		if err := f.Undo(ctx, nobody, 1); resolute.CodeOf(err) != resolute.Forbidden {
			t.Errorf("undo: %v, want forbidden", err)
		}
		if err := f.Undo(ctx, resolute.Operator(), 1); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("undo of no import: %v, want not found", err)
		}
		if head, err := audit.Newest(ctx, d); err != nil || head.Seq != 0 {
			t.Errorf("head = %+v, %v", head, err)
		}
	})
}

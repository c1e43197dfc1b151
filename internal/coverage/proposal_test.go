package coverage_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/framework"
	"resolute/internal/register"
)

// levels is an activity with lines, goals and targets at several levels, from publisher, sector
// and words.
var levels = document(line("C2"), `<title><narrative xml:lang="en">Broadband and e-learning for schools</narrative></title>`, `<sector vocabulary="8" code="9.c"/>`,
	paid("3", "2022-05-05", "100", line("C7.3")), paid("3", "2022-06-05", "100", `<sector vocabulary="1" code="22040"/>`), paid("2", "2022-06-06", "100", `<sector vocabulary="7" code="4"/>`))

// TestWhatTheMatrixProposesIsShownWithAnActivity holds the tags of an activity to the catalogue, level
// by level: stated lines come first, then those of sectors; what the level has is not proposed.
func TestWhatTheMatrixProposesIsShownWithAnActivity(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	importText(t, d, "levels.xml", levels)
	reg, catalogue := &register.Register{DB: d, Now: clock}, framework.Builtin()
	list, err := reg.Tags(ctx, register.TagFilter{})
	if err != nil || len(list) == 0 {
		t.Fatalf("%d tags, %v", len(list), err)
	}
	page, err := reg.Activity(ctx, list[0].Key)
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Activity.Tags) != len(list)-len(page.Links) {
		t.Errorf("the page has %d tags and %d links, the list %d in all", len(page.Activity.Tags), len(page.Links), len(list))
	}
	got, others := map[int][]string{}, map[string]bool{}
	for _, tag := range page.Activity.Tags {
		if concept := tag.Scheme + " " + tag.Code; tag.Rule == register.MatrixRule {
			got[tag.Txn] = append(got[tag.Txn], concept)
		} else {
			others[fmt.Sprint(tag.Txn, concept)] = true
		}
	}
	for txn, lines := range map[int][]string{0: {"C2"}, 1: {"C7.3"}, 2: {"C2", "C6"}, 3: nil} {
		var want []string
		for _, line := range lines {
			for _, code := range catalogue.MatrixGoals(line) {
				want = append(want, framework.Goal+" "+code)
			}
			for _, code := range catalogue.MatrixTargets(line) {
				want = append(want, framework.Target+" "+code)
			}
		}
		slices.Sort(want)
		want = slices.DeleteFunc(slices.Compact(want), func(concept string) bool { return others[fmt.Sprint(txn, concept)] })
		if slices.Sort(got[txn]); !slices.Equal(got[txn], want) {
			t.Errorf("level %d proposes %v, want %v", txn, got[txn], want)
		}
	}
}

func decide(t *testing.T, d *db.DB, verdict register.Verdict, reach register.Reach) {
	t.Helper()
	reg := &register.Register{DB: d, Now: clock}
	if _, err := reg.Decide(context.Background(), resolute.Operator(), register.Decision{Verdict: verdict, Reach: reach, Share: register.NoShare, Reason: "test"}); err != nil {
		t.Fatal(err)
	}
}

// TestADecisionAboutTheMatrixReachesWhoFollowsTheRegister decides about all that the matrix proposes, which
// stands in no table, while a snapshot follows the changes.
func TestADecisionAboutTheMatrixReachesWhoFollowsTheRegister(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		importText(t, d, "levels.xml", levels)
		following := newCoverage(d)
		before := cells(t, following)
		decide(t, d, register.Confirm, register.Reach{Rule: register.MatrixRule})
		if _, err := following.Refresh(context.Background()); err != nil {
			t.Fatal(err)
		}
		got, changed := cells(t, following), 0
		for question, want := range cells(t, newCoverage(d)) {
			if got[question] != want {
				t.Errorf("%s\n got %s\nwant %s", question, got[question], want)
			}
			if before[question] != want {
				changed++
			}
		}
		if changed == 0 {
			t.Error("the decision changes no answer")
		}
	})
}

// TestSharedProposalsAnswerAsThoseOfEachActivity lets a decision that reaches nothing turn every
// proposal of the matrix into links of its activity, and asks everything before and after.
func TestSharedProposalsAnswerAsThoseOfEachActivity(t *testing.T) {
	d := dbtest.SQLite(t)
	loadDemo(t, d, 300)
	importText(t, d, "levels.xml", levels)
	before := cells(t, newCoverage(d))
	decide(t, d, register.Refuse, register.Reach{Rule: register.MatrixRule, Reporter: "nobody"})
	after := cells(t, newCoverage(d))
	for question, want := range before {
		if got := after[question]; got != want {
			t.Errorf("%s\n got %s\nwant %s", question, got, want)
		}
	}
}

// cells writes down the answers that proposals of the matrix bear on, without the data version.
func cells(t *testing.T, c *coverage.Coverage) map[string]string {
	t.Helper()
	ctx, answers := context.Background(), map[string]string{}
	for _, p := range []resolute.Period{{}, {From: "2022-01-01", To: "2022-12-31"}} {
		for _, by := range coverage.Views {
			table, err := c.Table(ctx, coverage.Query{By: by, Period: p})
			if err != nil {
				t.Fatal(err)
			}
			table.DataVersion = 0
			answers[fmt.Sprint("table by ", by, p)] = fmt.Sprintf("%+v", table)
		}
		for _, goal := range []string{"", "4", "9"} {
			matrix, err := c.Matrix(ctx, coverage.MatrixQuery{Period: p, Goal: goal})
			if err != nil {
				t.Fatal(err)
			}
			matrix.Version = 0
			answers[fmt.Sprint("matrix ", goal, p)] = fmt.Sprintf("%+v", matrix)
			gaps, err := c.Gaps(ctx, coverage.GapQuery{Period: p, Targets: goal})
			if err != nil {
				t.Fatal(err)
			}
			gaps.Version = 0
			answers[fmt.Sprint("gaps ", goal, p)] = fmt.Sprintf("%+v", gaps)
		}
	}
	return answers
}

func TestDecisionsHoldOnWhatTheMatrixProposes(t *testing.T) {
	type cell struct{ counted, open int }
	goal9 := register.Reach{Scheme: framework.Goal, Code: "9"}
	byRule := func(r register.Reach) register.Reach { r.Rule = register.MatrixRule; return r }
	for name, c := range map[string]struct {
		decided func(t *testing.T, d *db.DB, key string)
		want    cell // of C2 with goal 9, for two activities about C2, in KE and in FR
	}{
		"nobody decided": {func(*testing.T, *db.DB, string) {}, cell{0, 2}},
		"one is confirmed": {func(t *testing.T, d *db.DB, key string) {
			decide(t, d, register.Confirm, register.Reach{Key: key, Scheme: goal9.Scheme, Code: goal9.Code})
		}, cell{1, 1}},
		"one is refused": {func(t *testing.T, d *db.DB, key string) {
			decide(t, d, register.Refuse, register.Reach{Key: key, Scheme: goal9.Scheme, Code: goal9.Code})
		}, cell{0, 1}},
		"a target of one is set and states its goal": {func(t *testing.T, d *db.DB, key string) {
			decide(t, d, register.SetTag, register.Reach{Key: key, Scheme: framework.Target, Code: "9.c"})
		}, cell{1, 1}},
		"all of the rule are confirmed": {func(t *testing.T, d *db.DB, _ string) { decide(t, d, register.Confirm, byRule(goal9)) }, cell{2, 0}},
		"all of the rule are refused":   {func(t *testing.T, d *db.DB, _ string) { decide(t, d, register.Refuse, byRule(goal9)) }, cell{0, 0}},
		"those in one country are refused": {func(t *testing.T, d *db.DB, _ string) {
			decide(t, d, register.Refuse, byRule(register.Reach{Scheme: framework.Goal, Code: "9", Country: "KE"}))
		}, cell{0, 1}},
		"all are refused, one is confirmed": {func(t *testing.T, d *db.DB, key string) {
			decide(t, d, register.Refuse, byRule(goal9))
			decide(t, d, register.Confirm, register.Reach{Key: key, Scheme: goal9.Scheme, Code: goal9.Code})
		}, cell{1, 0}},
		"a refusal is withdrawn": {func(t *testing.T, d *db.DB, _ string) {
			decide(t, d, register.Refuse, byRule(goal9))
			decide(t, d, register.Withdraw, byRule(goal9))
		}, cell{0, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			d := dbtest.SQLite(t)
			importText(t, d, "two.xml", documents(line("C2")+`<recipient-country code="KE"/>`, line("C2")+`<recipient-country code="FR"/>`))
			following := newCoverage(d)
			list, err := following.Activities(ctx, coverage.ListQuery{Filter: coverage.Filter{Areas: []string{"KE"}}})
			if err != nil || len(list.Items) != 1 {
				t.Fatalf("%d activities in KE, %v", len(list.Items), err)
			}
			c.decided(t, d, list.Items[0].Key)
			for how, asked := range map[string]*coverage.Coverage{"followed": following, "read anew": newCoverage(d)} {
				matrix, err := asked.Matrix(ctx, coverage.MatrixQuery{})
				if err != nil {
					t.Fatal(err)
				}
				row := matrix.Cells[slices.Index(matrix.Lines, "C2")][slices.Index(matrix.Columns, "9")]
				if got := (cell{row.Activities, row.Open.Activities}); got != c.want {
					t.Errorf("%s: %+v counted and proposed, want %+v", how, got, c.want)
				}
			}
		})
	}
}

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

// TestWhatTheMatrixProposesIsDerivedAsItWasStored derives the tags of the matrix from the others,
// and compares them with those that the import stored.
func TestWhatTheMatrixProposesIsDerivedAsItWasStored(t *testing.T) {
	ctx := context.Background()
	d := dbtest.SQLite(t)
	loadDemo(t, d, 400)
	importText(t, d, "levels.xml", levels)
	catalogue, err := (&framework.Framework{DB: d, Now: clock}).Load(ctx)
	if err != nil {
		t.Fatal(err)
	}
	matrix, proposed, atTransactions := register.NewMatrix(catalogue), 0, 0
	for version, tags := range storedTags(t, d) {
		var others, want []register.Tag
		for _, tag := range tags {
			if tag.Rule == register.MatrixRule {
				want = append(want, tag)
			} else {
				others = append(others, tag)
			}
			if tag.Rule == register.MatrixRule && tag.Txn > 0 {
				atTransactions++
			}
		}
		if got := matrix.Derive(others); !slices.Equal(got, want) {
			t.Fatalf("version %d: derived %+v\nstored %+v", version, got, want)
		}
		proposed += len(want)
	}
	if proposed == 0 || atTransactions == 0 {
		t.Errorf("%d proposals, %d of them of transactions: want some of both", proposed, atTransactions)
	}
}

func storedTags(t *testing.T, d *db.DB) map[int64][]register.Tag {
	t.Helper()
	rows, err := d.Query(context.Background(), `SELECT version, txn, scheme, code, share, basis, rule, reason, line FROM tag ORDER BY version, n`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	all := map[int64][]register.Tag{}
	for rows.Next() {
		var version int64
		var tag register.Tag
		if err := rows.Scan(&version, &tag.Txn, &tag.Scheme, &tag.Code, &tag.Share, &tag.Basis, &tag.Rule, &tag.Reason, &tag.Line); err != nil {
			t.Fatal(err)
		}
		all[version] = append(all[version], tag)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func decide(t *testing.T, d *db.DB, verdict register.Verdict, reach register.Reach) {
	t.Helper()
	reg := &register.Register{DB: d, Now: clock}
	if _, err := reg.Decide(context.Background(), resolute.Operator(), register.Decision{Verdict: verdict, Reach: reach, Share: register.NoShare, Reason: "test"}); err != nil {
		t.Fatal(err)
	}
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

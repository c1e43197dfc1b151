package register_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

const (
	lineScheme = "wsis-action-line"
	dacSector  = `<sector vocabulary="1" code="22040"/>`
)

// key finds the key of the activity that readers see under an identifier.
func key(t *testing.T, d *db.DB, identifier string) string {
	t.Helper()
	var k string
	err := d.QueryRow(context.Background(), `SELECT c.key FROM current c JOIN activity a ON a.version = c.version WHERE a.iati_id = $1`, identifier).Scan(&k)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func decide(t *testing.T, r *register.Register, d register.Decision) register.Decision {
	t.Helper()
	if d.Reason == "" {
		d.Reason = "read the project document"
	}
	done, err := r.Decide(context.Background(), operator, d)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// tagOf gives a tag as the activity's page shows it.
func tagOf(t *testing.T, r *register.Register, key, scheme, code string) register.ReviewedTag {
	t.Helper()
	page, err := r.Activity(context.Background(), key)
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range page.Tags {
		if tag.Scheme == scheme && tag.Code == code {
			return tag
		}
	}
	return register.ReviewedTag{}
}

func TestDecisionsHoldThroughReimportAndNewRules(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		load(t, r, src, iatiFile(activity{id: "A", extra: dacSector}, activity{id: "B", extra: dacSector}))
		a, b := key(t, d, "A"), key(t, d, "B")
		decide(t, r, register.Decision{Verdict: register.Confirm, Reach: register.Reach{Key: a, Scheme: lineScheme, Code: "c2"}})
		decide(t, r, register.Decision{Verdict: register.Refuse, Reach: register.Reach{Rule: "dac:22040", Reporter: "ZZ-TEST-1"}})
		decide(t, r, register.Decision{Verdict: register.SetTag, Reach: register.Reach{Key: b, Scheme: lineScheme, Code: "C8"}, Share: 250_000})
		check := func(when string) {
			t.Helper()
			for _, want := range []struct {
				key, code string
				basis     register.Basis
				review    register.Review
				share     register.Share
			}{
				{a, "C2", register.Derived, register.Confirmed, 500_000},
				{a, "C6", register.Derived, register.Refused, 500_000},
				{b, "C2", register.Derived, register.Refused, 500_000},
				{b, "C8", register.Set, register.Confirmed, 250_000},
			} {
				got := tagOf(t, r, want.key, lineScheme, want.code)
				if got.Basis != want.basis || got.Review != want.review || got.Share != want.share || got.Decision == nil {
					t.Errorf("%s: %s is %+v, want %+v", when, want.code, got, want)
				}
			}
		}
		check("at once")
		load(t, r, src, iatiFile(activity{id: "A", title: "changed", extra: dacSector}, activity{id: "B", extra: dacSector}))
		check("after a new version")
		forget(t, d)
		if n, err := r.Rederive(ctx, operator); err != nil || n != 2 {
			t.Errorf("derived again: %d, %v; want both activities", n, err)
		}
		check("after deriving again")
		if n, err := r.Rederive(ctx, operator); err != nil || n != 0 {
			t.Errorf("deriving once more changes %d, %v; want none", n, err)
		}
	})
}

// forget drops what rules derived, as if the rules had been others before.
func forget(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), `DELETE FROM tag WHERE basis = 'derived'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestADecisionNeedsReasonAndAim(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		load(t, r, src, iatiFile(activity{id: "A", extra: dacSector}))
		a := key(t, d, "A")
		one := register.Reach{Key: a, Scheme: lineScheme, Code: "C2"}
		for name, c := range map[string]struct {
			decision register.Decision
			want     resolute.Code
		}{
			"no reason":           {register.Decision{Verdict: register.Confirm, Reach: one, Reason: "  "}, resolute.Invalid},
			"no verdict":          {register.Decision{Reach: one, Reason: "why"}, resolute.Invalid},
			"neither key or rule": {register.Decision{Verdict: register.Confirm, Reach: register.Reach{Scheme: lineScheme}, Reason: "why"}, resolute.Invalid},
			"no code":             {register.Decision{Verdict: register.Confirm, Reach: register.Reach{Key: a}, Reason: "why"}, resolute.Invalid},
			"setting a rule":      {register.Decision{Verdict: register.SetTag, Reach: register.Reach{Rule: "matrix"}, Reason: "why"}, resolute.Invalid},
			"more than the whole": {register.Decision{Verdict: register.SetTag, Reach: one, Share: 1_000_001, Reason: "why"}, resolute.Invalid},
			"less than none":      {register.Decision{Verdict: register.SetTag, Reach: one, Share: register.NoShare - 1, Reason: "why"}, resolute.Invalid},
			"one and a country":   {register.Decision{Verdict: register.Confirm, Reach: register.Reach{Key: a, Scheme: lineScheme, Code: "C2", Country: "KE"}, Reason: "why"}, resolute.Invalid},
			"one and a reporter":  {register.Decision{Verdict: register.Confirm, Reach: register.Reach{Key: a, Scheme: lineScheme, Code: "C2", Reporter: "XM-DAC-1"}, Reason: "why"}, resolute.Invalid},
			"one and a rule":      {register.Decision{Verdict: register.Confirm, Reach: register.Reach{Key: a, Scheme: lineScheme, Code: "C2", Rule: "matrix"}, Reason: "why"}, resolute.Invalid},
			"no such activity":    {register.Decision{Verdict: register.Confirm, Reach: register.Reach{Key: "nothing", Scheme: lineScheme, Code: "C2"}, Reason: "why"}, resolute.NotFound},
			"no such rule":        {register.Decision{Verdict: register.Refuse, Reach: register.Reach{Rule: "nope:1"}, Reason: "why"}, resolute.NotFound},
			"no such country":     {register.Decision{Verdict: register.Confirm, Reach: register.Reach{Rule: "dac:22020", Country: "XX"}, Reason: "why"}, resolute.NotFound},
			"none to take back":   {register.Decision{Verdict: register.Withdraw, Reach: one, Reason: "why"}, resolute.NotFound},
			"no such code":        {register.Decision{Verdict: register.Confirm, Reach: register.Reach{Key: a, Scheme: lineScheme, Code: "C99"}, Reason: "why"}, resolute.NotFound},
			"no such paragraph":   {register.Decision{Verdict: register.Confirm, Reach: register.Reach{Key: a, Scheme: register.ThreadScheme, Code: "X9"}, Reason: "why"}, resolute.NotFound},
		} {
			if _, err := r.Decide(context.Background(), operator, c.decision); resolute.CodeOf(err) != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
		list, err := r.Decisions(context.Background())
		if err != nil || len(list) != 0 {
			t.Errorf("decisions %v, %v; want none", list, err)
		}
	})
}

func TestADecisionIsTakenBackOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		load(t, r, src, iatiFile(activity{id: "A", extra: dacSector}))
		withdraw := func(reach register.Reach) error {
			_, err := r.Decide(context.Background(), operator, register.Decision{Verdict: register.Withdraw, Reach: reach, Reason: "by mistake"})
			return err
		}
		one := register.Reach{Key: key(t, d, "A"), Scheme: lineScheme, Code: "C2"}
		all := register.Reach{Rule: "dac:22040", Country: "KE"}
		for _, reach := range []register.Reach{one, all} {
			decide(t, r, register.Decision{Verdict: register.Refuse, Reach: reach})
		}
		if err := withdraw(register.Reach{Rule: "dac:22040"}); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("a wider reach than was decided: %v, want not found", err)
		}
		for _, reach := range []register.Reach{one, all} {
			if err := withdraw(reach); err != nil {
				t.Errorf("%+v: %v", reach, err)
			}
			if err := withdraw(reach); resolute.CodeOf(err) != resolute.NotFound {
				t.Errorf("%+v once more: %v, want not found", reach, err)
			}
		}
		if list, err := r.Decisions(context.Background()); err != nil || len(list) != 4 {
			t.Errorf("%d decisions, %v; want 4", len(list), err)
		}
	})
}

func TestTagsAreListedWithTheirReview(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		load(t, r, src, iatiFile(activity{id: "A", extra: `<recipient-country code="KE"/>` + dacSector}, activity{id: "B", extra: dacSector}))
		decide(t, r, register.Decision{Verdict: register.Refuse, Reach: register.Reach{Key: key(t, d, "A"), Scheme: lineScheme, Code: "C2"}})
		decide(t, r, register.Decision{Verdict: register.SetTag, Reach: register.Reach{Key: key(t, d, "B"), Scheme: lineScheme, Code: "C8"}, Share: register.NoShare})
		for name, c := range map[string]struct {
			filter register.TagFilter
			want   int
		}{
			"open lines":          {register.TagFilter{Reach: register.Reach{Scheme: lineScheme}, Review: register.Open}, 3},
			"refused lines":       {register.TagFilter{Reach: register.Reach{Scheme: lineScheme}, Review: register.Refused}, 1},
			"set by a person":     {register.TagFilter{Basis: register.Set}, 1},
			"of one country":      {register.TagFilter{Reach: register.Reach{Scheme: lineScheme, Country: "KE"}}, 2},
			"of one rule":         {register.TagFilter{Reach: register.Reach{Rule: "dac:22040"}}, 4},
			"of another reporter": {register.TagFilter{Reach: register.Reach{Reporter: "ZZ-TEST-2"}}, 0},
			"of one activity":     {register.TagFilter{Reach: register.Reach{Key: key(t, d, "B"), Scheme: lineScheme}}, 3},
		} {
			list, err := r.Tags(context.Background(), c.filter)
			if err != nil || len(list) != c.want {
				t.Errorf("%s: %d tags, %v; want %d", name, len(list), err, c.want)
			}
		}
	})
}

func TestAnOrganisationDecidesAboutItsOwnActivities(t *testing.T) {
	d := dbtest.SQLite(t)
	r, ctx := open(d), context.Background()
	load(t, r, src, iatiFile(activity{id: "A", extra: dacSector}, activity{id: "B", reporter: "ZZ-TEST-2", extra: dacSector}))
	by := resolute.Actor{ID: "someone", Grants: []resolute.Grant{{Role: resolute.OperatorRole, Scope: "org:ZZ-TEST-1"}}}
	about := func(id string) error {
		_, err := r.Decide(ctx, by, register.Decision{Verdict: register.Confirm, Reach: register.Reach{Key: key(t, d, id), Scheme: lineScheme, Code: "C2"}, Reason: "ours"})
		return err
	}
	if err := about("A"); err != nil {
		t.Errorf("its own activity: %v", err)
	}
	if err := about("B"); resolute.CodeOf(err) != resolute.Forbidden {
		t.Errorf("another's activity: %v, want forbidden", err)
	}
	everywhere := register.Decision{Verdict: register.Refuse, Reach: register.Reach{Rule: "matrix"}, Reason: "never"}
	if _, err := r.Decide(ctx, by, everywhere); resolute.CodeOf(err) != resolute.Forbidden {
		t.Errorf("a rule for all organisations: %v, want forbidden", err)
	}
}

// TestWhichDecisionsAboutTheMatrixMeetNothing asks the check for decisions about what stands in no table.
func TestWhichDecisionsAboutTheMatrixMeetNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		load(t, r, src, iatiFile(activity{id: "A", extra: `<tag vocabulary="99" vocabulary-uri="https://resolute.example/scheme/wsis-action-line" code="C2"/><sector vocabulary="1" code="22020"/><sector vocabulary="7" code="9"/>`}))
		for name, c := range map[string]struct {
			reach register.Reach
			idle  bool
		}{
			"all of it":             {register.Reach{}, false},
			"a target of the line":  {register.Reach{Scheme: "sdg-target", Code: "9.c"}, false},
			"a target of no line":   {register.Reach{Scheme: "sdg-target", Code: "14.1"}, true},
			"a goal that is stated": {register.Reach{Scheme: "sdg-goal", Code: "9"}, true},
			"another organisation":  {register.Reach{Reporter: "ZZ-TEST-2"}, true},
			"another country":       {register.Reach{Country: "KE"}, true},
		} {
			c.reach.Rule = register.MatrixRule
			decision, err := r.Decide(ctx, operator, register.Decision{Verdict: register.Refuse, Reach: c.reach, Share: register.NoShare, Reason: name})
			if err != nil {
				t.Fatal(err)
			}
			for _, check := range r.Checks(false) {
				if check.Name != "decision-idle" {
					continue
				}
				found, err := check.Find(ctx, d, 100)
				if err != nil {
					t.Fatal(err)
				}
				if idle := strings.Contains(fmt.Sprintf("%+v", found), fmt.Sprintf("decision/%d", decision.ID)); idle != c.idle {
					t.Errorf("%s: meets nothing %v, want %v", name, idle, c.idle)
				}
			}
		}
	})
}

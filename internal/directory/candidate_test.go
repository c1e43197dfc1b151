package directory_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/directory"
)

func TestCandidatesSayWhy(t *testing.T) {
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ensure(t, d, nil,
			directory.Party{Ref: "XM-DAC-99041", Name: "Agency of bridges"}, directory.Party{Ref: "XM DAC 99041", Name: "Bridges, the agency"},
			directory.Party{Ref: "99041", Name: "AGENCY of bridges"},
			directory.Party{Ref: "GB-1", Name: "Office one"}, directory.Party{Ref: "GB-GOV-1", Name: "Office uno"},
			directory.Party{Ref: "XX-BANK-1", Name: "Bank of the river", Names: resolute.Text{resolute.English: "Bank of the river", resolute.French: "Banque du fleuve"}},
			directory.Party{Name: "banque du  fleuve"},
			directory.Party{Ref: "XX-TWO-1", Name: "School of law"}, directory.Party{Ref: "xx-two-1", Name: "Water board"},
			directory.Party{Ref: "XX-TWO-2", Name: "Ministry of ports"}, directory.Party{Ref: "XX-TWO-2", Name: "MOP"})
		dir := directoryOf(d)
		told := func() (lines []string) {
			list, err := dir.Candidates(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range list {
				line := c.Reason + " " + c.Value
				for _, o := range c.Organisations {
					line += " " + o.Key
				}
				lines = append(lines, line)
			}
			return lines
		}
		want := []string{
			"same-identifier XMDAC99041 ref:XM-DAC-99041 ref:XM DAC 99041",
			"old-list GB 1 ref:GB-1 ref:GB-GOV-1",
			"missing-list 99041 ref:XM-DAC-99041 ref:99041",
			"other-name banque du fleuve ref:XX-BANK-1 name:banque du fleuve",
			"same-name agency of bridges ref:XM-DAC-99041 ref:99041",
			"several-names XX-TWO-1 ref:XX-TWO-1",
		}
		if got := told(); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
		must(t)(dir.Merge(ctx, resolute.Operator(), "ref:XM-DAC-99041", "ref:99041", "one"))
		must(t)(dir.Split(ctx, resolute.Operator(), "ref:GB-1", "ref:GB-GOV-1", "two"))
		if got := told(); fmt.Sprint(got) != fmt.Sprint([]string{want[0], want[3], want[5]}) {
			t.Errorf("decided: got %q, want those that are left", got)
		}
	})
}

// TestCandidatesOfManyAreFoundInBoundedTime has 160,000 organisations, a third of which have one name.
func TestCandidatesOfManyAreFoundInBoundedTime(t *testing.T) {
	if testing.Short() {
		t.Skip("needs 160,000 organisations")
	}
	d := dbtest.SQLite(t)
	var parties []directory.Party
	for i := range 160_000 {
		p := directory.Party{Ref: fmt.Sprintf("XX-REG-%06d", i), Name: fmt.Sprintf("Office number %d", i)}
		if i%3 == 0 {
			p.Name = "Government"
		}
		parties = append(parties, p)
	}
	ensure(t, d, nil, parties...)
	begin := time.Now()
	list, err := directoryOf(d).Candidates(context.Background())
	if err != nil || len(list) != 1 || len(list[0].Organisations) != 53_334 {
		t.Fatalf("%d candidates, %v; want the one name", len(list), err)
	}
	if took := time.Since(begin); took > 30*time.Second {
		t.Errorf("took %s", took)
	} else {
		t.Logf("took %s", took)
	}
}

func TestNamesThatAreOnesOwnAreNoCandidateUntilAnotherJoins(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ensure(t, d, nil, directory.Party{Ref: "XX-1-1", Name: "School of law"}, directory.Party{Ref: "XX-1-1", Name: "Water board"}, directory.Party{Ref: "XX-1-1", Name: "Choir"})
		dir := directoryOf(d)
		must(t)(dir.Dismiss(ctx, by, []string{"ref:XX-1-1"}, "it does all of that"))
		count := func() int {
			list, err := dir.Candidates(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return len(list)
		}
		if n := count(); n != 0 {
			t.Errorf("%d candidates are left", n)
		}
		ensure(t, d, nil, directory.Party{Ref: "XX-1-1", Name: "Harbour"})
		if n := count(); n != 1 {
			t.Errorf("%d candidates with a new name, want it", n)
		}
	})
}

func TestSeveralAreUnitedAndOneIsDetachedAtOnce(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keys, ids := four(t, d)
		dir := directoryOf(d)
		if _, err := dir.Unite(ctx, by, directory.Union{Keep: keys[0]}, "why"); resolute.CodeOf(err) != resolute.Invalid {
			t.Errorf("nothing to unite: %v", err)
		}
		if _, err := dir.Unite(ctx, by, directory.Union{Keep: keys[0], Gone: []string{keys[1], "ref:ZZ"}}, "why"); resolute.CodeOf(err) != resolute.NotFound {
			t.Errorf("an unknown one: %v", err)
		}
		if _, err := dir.Unite(ctx, by, directory.Union{Keep: keys[0], Gone: keys[1:2], Identifier: keys[2]}, "why"); resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("the identifier of another: %v", err)
		}
		if list, err := dir.Decisions(ctx); err != nil || len(list) != 0 {
			t.Fatalf("what was refused left a part: %v, %v", list, err)
		}
		made, err := dir.Unite(ctx, by, directory.Union{Keep: keys[0], Gone: keys[1:], Identifier: keys[2]}, "one office")
		if err != nil || len(made) != 4 {
			t.Fatalf("%v, %v", made, err)
		}
		k := kept(t, d, directory.Newest)
		if len(k.Into) != 3 || k.Shown[ids[keys[0]]].Ref != "XX-C-1" {
			t.Errorf("united: %+v", k)
		}
		for _, key := range []string{keys[1], keys[0]} { // one that went, then the one that the others went into
			if _, err := dir.Detach(ctx, by, key, "an office of its own"); err != nil {
				t.Fatal(err)
			}
		}
		k = kept(t, d, directory.Newest)
		if len(k.Into) != 1 || k.Into[ids[keys[3]]] != ids[keys[2]] {
			t.Errorf("detached: %+v, want only C and D one", k.Into)
		}
		if _, err := dir.Detach(ctx, by, keys[0], "why"); resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("detached twice: %v", err)
		}
		if _, err := dir.Dismiss(ctx, by, []string{keys[2], keys[3]}, "why"); resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("one and dismissed: %v", err)
		}
	})
}

func TestADismissalOfSeveralIsToldOfEach(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keys, ids := four(t, d)
		dir := directoryOf(d)
		made := must(t)(dir.Dismiss(ctx, by, keys[:3], "three offices"))
		for i, key := range keys {
			w, err := dir.Whole(ctx, ids[key])
			if err != nil || len(w.Decisions) != map[bool]int{true: 1}[i < 3] {
				t.Errorf("%s: %v, %v", key, w.Decisions, err)
			}
		}
		third := resolute.Actor{ID: "x", Name: "X", Grants: []resolute.Grant{}}
		if _, err := dir.Undo(ctx, third, made.ID, "why"); resolute.CodeOf(err) != resolute.Forbidden {
			t.Errorf("undone without the right: %v", err)
		}
		must(t)(dir.Undo(ctx, by, made.ID, "one office"))
	})
}

package directory_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"resolute"
	"resolute/internal/audit"
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

func TestRememberedCandidatesFollowWhatIsDecidedAndImported(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ensure(t, d, nil,
			directory.Party{Ref: "XM-DAC-99041", Name: "Agency of bridges"}, directory.Party{Ref: "99041", Name: "Agency of bridges"},
			directory.Party{Ref: "GB-1", Name: "Office one"}, directory.Party{Ref: "GB-GOV-1", Name: "Office uno"},
			directory.Party{Name: "office one"})
		r := &directory.Remembered{Directory: directoryOf(d)}
		told := func() string {
			t.Helper()
			f, err := r.Candidates(ctx)
			if err != nil {
				t.Fatal(err)
			}
			anew, err := r.Directory.Candidates(ctx)
			if err != nil || fmt.Sprint(f.Candidates) != fmt.Sprint(anew) {
				t.Fatalf("remembered %v\nanew %v, %v", f.Candidates, anew, err)
			}
			text := ""
			for _, c := range f.Candidates {
				text += c.Reason + " "
			}
			return text
		}
		if got := told(); got != "old-list missing-list same-name same-name " {
			t.Fatalf("got %q", got)
		}
		f, _ := r.Candidates(ctx)
		office := f.Candidates[3]
		if again, found := f.Candidate(office.ID); !found || again.Value != "office one" || len(f.Of(office.Organisations[0].ID)) != 2 || len(f.Of(0)) != 0 {
			t.Errorf("by ID %v: %+v, of an organisation %v", found, again, f.Of(office.Organisations[0].ID))
		}
		if has := f.Searched("uno"); !has(0) || has(1) {
			t.Error("uno is looked for in vain")
		}
		apart := must(t)(r.Dismiss(ctx, by, office.Keys(), "one town each"))
		if got := told(); got != "old-list missing-list same-name " {
			t.Errorf("dismissed: %q", got)
		}
		if _, err := r.Merge(ctx, by, "ref:XM-DAC-99041", "ref:99041", "one"); err != nil {
			t.Fatal(err)
		}
		if got := told(); got != "old-list " {
			t.Errorf("merged: %q", got)
		}
		ensure(t, d, nil, directory.Party{Ref: "XX-NEW-1", Name: "Office ONE"})
		if err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := audit.Record(ctx, tx, audit.Change{Actor: by.ID, Verb: "import", Object: "import/2"})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if got := told(); got != "old-list same-name " {
			t.Errorf("one more of the name: %q, want the three together", got)
		}
		if _, err := r.Undo(ctx, by, apart.ID, "they are one"); err != nil {
			t.Fatal(err)
		}
		if got := told(); got != "old-list same-name " {
			t.Errorf("undone: %q", got)
		}
	})
}

func TestANameThatWasSplitOffIsAnOrganisationOfItsOwn(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ids := ensure(t, d, nil, directory.Party{Ref: "XX-TWO-1", Name: "School of law"}, directory.Party{Ref: "xx-two-1", Name: "Water board"}, directory.Party{Ref: "XX-TWO-1", Name: "WATER  board."},
			directory.Party{Ref: "XX-WB-9", Name: "Board of water"}, directory.Party{Ref: "XX-ONE-1", Name: "Only name"}, directory.Party{Name: "Choir"})
		dir := directoryOf(d)
		const key = "ref:XX-TWO-1"
		for name, c := range map[string]struct {
			ask  func() error
			want resolute.Code
		}{
			"a name never given": {func() error { _, err := dir.SplitName(ctx, by, key, "Choir", "why"); return err }, resolute.Invalid},
			"no name":            {func() error { _, err := dir.SplitName(ctx, by, key, " - ", "why"); return err }, resolute.Invalid},
			"its only name":      {func() error { _, err := dir.SplitName(ctx, by, "ref:XX-ONE-1", "Only name", "why"); return err }, resolute.Conflict},
			"known by the name":  {func() error { _, err := dir.SplitName(ctx, by, "name:choir", "Choir", "why"); return err }, resolute.Conflict},
			"without the right": {func() error {
				_, err := dir.SplitName(ctx, resolute.Actor{ID: "x"}, key, "Water board", "why")
				return err
			}, resolute.Forbidden},
			"an unknown one":   {func() error { _, err := dir.SplitName(ctx, by, "ref:ZZ", "Water board", "why"); return err }, resolute.NotFound},
			"without a reason": {func() error { _, err := dir.SplitName(ctx, by, key, "Water board", ""); return err }, resolute.Invalid},
		} {
			if got := resolute.CodeOf(c.ask()); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
		made := must(t)(dir.SplitName(ctx, by, key, "Water board", "two bodies of one number"))
		if _, err := dir.SplitName(ctx, by, key, "water BOARD", "again"); resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("split twice: %v", err)
		}
		part, err := dir.Named(ctx, made.Key)
		if err != nil || part.Ref != "" || part.Name != "WATER board." && part.Name != "Water board" {
			t.Fatalf("%+v, %v; want it without the reference", part, err)
		}
		parts := func() directory.Parts {
			p, err := directory.ReadParts(ctx, d, directory.Newest)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		whole := ids[key]
		if p := parts(); p.Of(whole, "water  Board") != part.ID || p.Of(whole, "School of law") != whole || p.Of(ids["ref:XX-WB-9"], "Water board") != ids["ref:XX-WB-9"] {
			t.Error("data is not taken for what it names")
		}
		names := func(id int64) (list []string) {
			w, err := dir.Whole(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range w.Names {
				list = append(list, n.Text)
			}
			return list
		}
		if left, gone := names(whole), names(part.ID); fmt.Sprint(left) != "[School of law]" || len(gone) != 2 {
			t.Errorf("names left %q, gone %q", left, gone)
		}
		if list, err := dir.Candidates(ctx); err != nil || len(list) != 0 {
			t.Errorf("still a candidate: %+v, %v", list, err)
		}
		merged := must(t)(dir.Merge(ctx, by, "ref:XX-WB-9", made.Key, "that is its own number"))
		if _, err := dir.Undo(ctx, by, made.ID, "why"); resolute.CodeOf(err) != resolute.Conflict {
			t.Errorf("undone under a merge: %v", err)
		}
		if k := kept(t, d, directory.Newest); k.Into[part.ID] != ids["ref:XX-WB-9"] {
			t.Errorf("merged: %+v", k)
		}
		must(t)(dir.Undo(ctx, by, merged.ID, "no"))
		must(t)(dir.Undo(ctx, by, made.ID, "one body"))
		if p := parts(); !p.None() || len(names(whole)) != 3 || len(names(part.ID)) != 0 {
			t.Errorf("undone: %+v, %q", p, names(whole))
		}
		if again := must(t)(dir.SplitName(ctx, by, key, "Water board", "two after all")); again.Key != made.Key {
			t.Errorf("split again: %s, before %s", again.Key, made.Key)
		}
	})
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

package directory_test

import (
	"context"
	"fmt"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/directory"
)

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

// A name is shown only of what it is a name of: it goes with what is split or split off, and comes back with it.
func TestNobodyIsShownByANameThatWentToAnother(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ids := ensure(t, d, nil, directory.Party{Ref: "XX-A-1", Name: "Alpha"}, directory.Party{Ref: "XX-B-1", Name: "Beta"},
			directory.Party{Ref: "XX-TWO-1", Name: "School of law"}, directory.Party{Ref: "XX-TWO-1", Name: "Water board"})
		dir := directoryOf(d)
		shown := func(when, key, want string) {
			t.Helper()
			w, err := dir.Whole(ctx, ids[key])
			if err != nil {
				t.Fatal(err)
			}
			if o, decided := kept(t, d, directory.Newest).Shown[ids[key]]; w.Name != want || decided && o.Name != want {
				t.Errorf("%s: %s is shown as %q, and counts as %q, want %q", when, key, w.Name, o.Name, want)
			}
		}
		const a, b, two = "ref:XX-A-1", "ref:XX-B-1", "ref:XX-TWO-1"
		must(t)(dir.Merge(ctx, by, a, b, "one"))
		must(t)(dir.Prefer(ctx, by, directory.Preference{Key: a, Name: "Beta"}, "as it writes itself"))
		shown("merged", a, "Beta")
		split := must(t)(dir.Split(ctx, by, b, "", "two"))
		shown("split", a, "Alpha")
		shown("split", b, "Beta")
		must(t)(dir.Undo(ctx, by, split.ID, "one after all"))
		shown("one again", a, "Beta")

		must(t)(dir.Prefer(ctx, by, directory.Preference{Key: two, Name: "Water board"}, "as it writes itself"))
		off := must(t)(dir.SplitName(ctx, by, two, "Water board", "two bodies"))
		shown("a preferred name split off", two, "School of law")
		must(t)(dir.Undo(ctx, by, off.ID, "one after all"))
		shown("undone", two, "Water board")
		first := must(t)(dir.SplitName(ctx, by, two, "School of law", "two bodies"))
		shown("the first name split off", two, "Water board")
		list, err := dir.Decisions(ctx)
		if err != nil {
			t.Fatal(err)
		}
		must(t)(dir.Undo(ctx, by, list[len(list)-3].ID, "no matter"))
		shown("the first name split off, none preferred", two, "Water board")
		must(t)(dir.Undo(ctx, by, first.ID, "one after all"))
		shown("all undone", two, "School of law")
	})
}

func TestAPartThatIsSplitOffNoMoreIsNoOrganisation(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	d := dbtest.SQLite(t)
	ensure(t, d, nil, directory.Party{Ref: "XX-A-1", Name: "Alpha"}, directory.Party{Ref: "XX-TWO-1", Name: "School of law"}, directory.Party{Ref: "XX-TWO-1", Name: "Water board"})
	dir := directoryOf(d)
	count := func() int {
		list, err := dir.Organisations(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	off := must(t)(dir.SplitName(ctx, by, "ref:XX-TWO-1", "Water board", "two bodies"))
	if got := count(); got != 3 {
		t.Errorf("%d organisations, want 3", got)
	}
	must(t)(dir.Undo(ctx, by, off.ID, "one after all"))
	if got := count(); got != 2 {
		t.Errorf("%d organisations after the undo, want 2", got)
	}
	if _, err := dir.Merge(ctx, by, "ref:XX-A-1", off.Key, "one"); resolute.CodeOf(err) != resolute.Conflict {
		t.Errorf("merged what is no organisation: %v", err)
	}
	again := must(t)(dir.SplitName(ctx, by, "ref:XX-TWO-1", "Water board", "two bodies"))
	if again.Key != off.Key || count() != 3 {
		t.Errorf("split off again: %+v, %d organisations", again, count())
	}
}

// What has no reference cannot be the identifier that an organisation is shown by, which would leave it none.
func TestOnlyAReferenceIsPreferredAsIdentifier(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	d := dbtest.SQLite(t)
	ids := ensure(t, d, nil, directory.Party{Ref: "XX-A-1", Name: "Alpha"}, directory.Party{Name: "Choir"})
	dir := directoryOf(d)
	const a, choir = "ref:XX-A-1", "name:choir"
	must(t)(dir.Merge(ctx, by, a, choir, "one"))
	if _, err := dir.Prefer(ctx, by, directory.Preference{Key: a, Identifier: choir}, "why"); resolute.CodeOf(err) != resolute.Invalid {
		t.Errorf("preferred what has no reference: %v", err)
	}
	if w, err := dir.Whole(ctx, ids[a]); err != nil || w.Ref != "XX-A-1" {
		t.Errorf("shown by %q, %v; want XX-A-1", w.Ref, err)
	}
}

func TestAListWhoseDecisionsCannotBeReadIsAnError(t *testing.T) {
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ensure(t, d, nil, directory.Party{Ref: "XX-TWO-1", Name: "School of law"}, directory.Party{Ref: "XX-TWO-1", Name: "Water board"})
		dir := directoryOf(d)
		must(t)(dir.SplitName(ctx, resolute.Operator(), "ref:XX-TWO-1", "Water board", "two bodies of one number"))
		err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `DROP TABLE organisation_decision`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if list, err := dir.Organisations(ctx); err == nil {
			t.Errorf("got %v, want an error", list)
		}
	})
}

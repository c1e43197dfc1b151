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

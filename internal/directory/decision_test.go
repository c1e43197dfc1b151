package directory_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/directory"
)

func directoryOf(d *db.DB) directory.Directory {
	return directory.Directory{DB: d, Now: func() time.Time { return time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC) }}
}

// four enters organisations A to D, which have references and names of their own, and gives their keys.
func four(t *testing.T, d *db.DB) (keys []string, ids map[string]int64) {
	t.Helper()
	var parties []directory.Party
	for _, letter := range []string{"A", "B", "C", "D"} {
		p := directory.Party{Ref: "XX-" + letter + "-1", Name: "Name " + letter}
		parties, keys = append(parties, p), append(keys, p.Key())
	}
	return keys, ensure(t, d, nil, parties...)
}

func kept(t *testing.T, d *db.DB, seq int64) directory.Kept {
	t.Helper()
	k, err := directory.ReadKept(context.Background(), d, seq)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func must(t *testing.T) func(directory.Decision, error) directory.Decision {
	return func(d directory.Decision, err error) directory.Decision {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
}

func TestTheOrderOfMergesDoesNotMatter(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	want := ""
	for n := range 6 {
		d := dbtest.SQLite(t)
		keys, _ := four(t, d)
		merges := [][2]string{{keys[1], keys[0]}, {keys[2], keys[1]}, {keys[3], keys[1]}} // gone, keep
		random := rand.New(rand.NewPCG(uint64(n), 1))
		random.Shuffle(len(merges), func(i, j int) { merges[i], merges[j] = merges[j], merges[i] })
		for _, m := range merges {
			must(t)(directoryOf(d).Merge(ctx, by, m[1], m[0], "one and the same"))
		}
		got := fmt.Sprint(kept(t, d, directory.Newest))
		if want = first(want, got); got != want {
			t.Errorf("merged in the order %v: %s, want %s", merges, got, want)
		}
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// TestUndoingEverythingInAnyOrderLeavesNothing makes random decisions, those that are refused left
// out, and takes them back in any order that is not refused.
func TestUndoingEverythingInAnyOrderLeavesNothing(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keys, _ := four(t, d)
		before, dir, random := fmt.Sprint(kept(t, d, directory.Newest)), directoryOf(d), rand.New(rand.NewPCG(3, 4))
		then := map[int64]string{}
		var made []int64
		for range 60 {
			a, b := keys[random.IntN(4)], keys[random.IntN(4)]
			var x directory.Decision
			var err error
			switch random.IntN(4) {
			case 0:
				x, err = dir.Split(ctx, by, a, b, "another")
			case 1:
				x, err = dir.Prefer(ctx, by, directory.Preference{Key: a, Identifier: b}, "the one in use")
			case 2:
				if len(made) > 0 {
					x, err = dir.Undo(ctx, by, made[random.IntN(len(made))], "it was wrong")
				}
			default:
				x, err = dir.Merge(ctx, by, a, b, "one and the same")
			}
			if code := resolute.CodeOf(err); err != nil && code != resolute.Conflict {
				t.Fatal(err)
			}
			if err == nil && x.ID != 0 && x.Stands() {
				made = append(made, x.ID)
				then[x.Seq] = fmt.Sprint(kept(t, d, directory.Newest))
			}
		}
		for seq, want := range then {
			if got := fmt.Sprint(kept(t, d, seq)); got != want {
				t.Errorf("change %d shows %s, then it was %s", seq, got, want)
			}
		}
		for range 100 * len(made) {
			_, _ = dir.Undo(ctx, by, made[random.IntN(len(made))], "taken back") // a conflict is asked again
		}
		list, err := dir.Decisions(ctx)
		if err != nil || slices.ContainsFunc(list, directory.Decision.Stands) || len(list) < 10 {
			t.Fatalf("%d decisions, some stand: %v", len(list), err)
		}
		if got := fmt.Sprint(kept(t, d, directory.Newest)); got != before {
			t.Errorf("all taken back: %s, before it was %s", got, before)
		}
	})
}

func TestWhatCannotBeDecidedIsRefused(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	nobody := resolute.Actor{ID: "nobody"}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keys, _ := four(t, d)
		dir := directoryOf(d)
		merged := must(t)(dir.Merge(ctx, by, keys[0], keys[1], "one and the same"))
		for name, c := range map[string]struct {
			ask  func() error
			want resolute.Code
		}{
			"without the right": {func() error { _, err := dir.Merge(ctx, nobody, keys[0], keys[2], "why"); return err }, resolute.Forbidden},
			"undo without it":   {func() error { _, err := dir.Undo(ctx, nobody, merged.ID, "why"); return err }, resolute.Forbidden},
			"no reason":         {func() error { _, err := dir.Merge(ctx, by, keys[0], keys[2], "  "); return err }, resolute.Invalid},
			"unknown":           {func() error { _, err := dir.Merge(ctx, by, keys[0], "ref:ZZ", "why"); return err }, resolute.NotFound},
			"a circle":          {func() error { _, err := dir.Merge(ctx, by, keys[1], keys[0], "why"); return err }, resolute.Conflict},
			"merged before":     {func() error { _, err := dir.Merge(ctx, by, keys[2], keys[1], "why"); return err }, resolute.Conflict},
			"merged into none":  {func() error { _, err := dir.Split(ctx, by, keys[2], "", "why"); return err }, resolute.Conflict},
			"of another": {func() error {
				_, err := dir.Prefer(ctx, by, directory.Preference{Key: keys[0], Identifier: keys[2]}, "why")
				return err
			}, resolute.Conflict},
			"a name never given": {func() error {
				_, err := dir.Prefer(ctx, by, directory.Preference{Key: keys[0], Name: "Name C"}, "why")
				return err
			}, resolute.Invalid},
			"a preference of nothing": {func() error { _, err := dir.Prefer(ctx, by, directory.Preference{Key: keys[0]}, "why"); return err }, resolute.Invalid},
			"no such decision":        {func() error { _, err := dir.Undo(ctx, by, 999, "why"); return err }, resolute.NotFound},
		} {
			if got := resolute.CodeOf(c.ask()); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
		if list, err := dir.Decisions(ctx); err != nil || len(list) != 1 {
			t.Errorf("what was refused left a decision: %v, %v", list, err)
		}
	})
}

func TestAnOrganisationShowsAllThatWasMergedIntoIt(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		_, ids := four(t, d)
		ensure(t, d, nil, directory.Party{Ref: "xx-b-1", Name: "Nom B", Names: resolute.Text{resolute.French: "Nom B", resolute.English: "Name B"}})
		dir := directoryOf(d)
		must(t)(dir.Merge(ctx, by, "ref:XX-A-1", "ref:XX-B-1", "one and the same"))
		must(t)(dir.Prefer(ctx, by, directory.Preference{Key: "ref:XX-B-1", Identifier: "ref:XX-B-1", Name: "Nom B"}, "as it writes itself"))
		w, err := dir.Whole(ctx, ids["ref:XX-B-1"])
		if err != nil {
			t.Fatal(err)
		}
		if w.ID != ids["ref:XX-A-1"] || w.Ref != "XX-B-1" || w.Name != "Nom B" || len(w.Members) != 2 || len(w.Decisions) != 2 {
			t.Errorf("got %+v, want A with B in it, shown as B", w)
		}
		var shown []string
		for _, i := range w.Identifiers {
			shown = append(shown, fmt.Sprint(i.Ref, " ", i.Scheme, " ", i.Number, " ", i.Preferred))
		}
		for _, n := range w.Names {
			shown = append(shown, fmt.Sprint(n.Text, "/", n.Lang))
		}
		want := "[XX-B-1 XX-B 1 true XX-A-1 XX-A 1 false Nom B/fr Name A/ Name B/ Name B/en]"
		if fmt.Sprint(shown) != want {
			t.Errorf("got %v\nwant %s", shown, want)
		}
	})
}

func TestAReferenceTellsItsList(t *testing.T) {
	for ref, want := range map[string]string{
		"GB-COH-01234567": "GB-COH 01234567", "xm-dac-918-3": "XM-DAC 918-3", "BE-BCE_KBO-0123": "BE-BCE_KBO 0123", "CA_ON-ONT-12": "CA_ON-ONT 12",
		"41304": " 41304", "GB-1": " GB-1", "XI-IATI-EC_INTPA": "XI-IATI EC_INTPA", "XM-OCHA-FTS123": "XM-OCHA FTS123", "XM-DAC-": " XM-DAC-", "ZZ-NONE-7": "ZZ-NONE 7",
	} {
		if i := directory.Schemed(ref); i.Scheme+" "+i.Number != want {
			t.Errorf("%s: %q, want %q", ref, i.Scheme+" "+i.Number, want)
		}
	}
	if i := directory.Schemed("GB-COH-1"); i.List != "Companies House" || i.Withdrawn {
		t.Errorf("got %+v, want the name of the list", i)
	}
}

package coverage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/directory"
	"resolute/internal/register"
)

// united is a database with three activities: of A and B, of B alone, of C alone.
func united(t *testing.T, d *db.DB) directory.Directory {
	t.Helper()
	activity := func(n int, parties ...string) string {
		x := fmt.Sprintf(`<iati-activity default-currency="USD"><iati-identifier>ZZ-P-%d</iati-identifier><reporting-org ref="ZZ-P" type="40"><narrative>P</narrative></reporting-org><title><narrative xml:lang="en">T</narrative></title>`, n)
		for i, p := range parties {
			x += fmt.Sprintf(`<participating-org ref="ZZ-%s" role="%d"><narrative>Name %s</narrative></participating-org>`, p, 1+i, p)
		}
		return x + `<activity-status code="2"/><activity-date type="2" iso-date="2022-01-01"/><recipient-country code="KE"/><sector vocabulary="1" code="22040"/></iati-activity>`
	}
	reg := &register.Register{DB: d, Now: clock}
	_, err := reg.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "f.xml"},
		strings.NewReader(whole(activity(1, "A", "B"), activity(2, "B"), activity(3, "C"))), register.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return directory.Directory{DB: d, Now: clock}
}

func numberOf(t *testing.T, dir directory.Directory, ref string) int64 {
	t.Helper()
	o, err := dir.Named(context.Background(), ref)
	if err != nil {
		t.Fatal(err)
	}
	return o.ID
}

// parties lists who takes part: name, activities, roles.
func parties(t *testing.T, c *coverage.Coverage) string {
	t.Helper()
	list, err := c.Partners(context.Background(), coverage.Filter{}, resolute.Period{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, p := range list {
		lines = append(lines, fmt.Sprint(p.Name, " ", p.Activities, " ", p.InRole))
	}
	return strings.Join(lines, ", ")
}

func TestWhatWasMergedCountsAsTheOneThatIsKept(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir := united(t, d)
		c := newCoverage(d)
		if _, err := c.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		before, answers := parties(t, c), everything(t, c)
		merged, err := dir.Merge(ctx, by, "ref:ZZ-A", "ref:ZZ-B", "one and the same")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		if got, want := parties(t, c), "Name A 2 [2 1 0 0], Name C 1 [1 0 0 0]"; got != want {
			t.Errorf("merged: %s, want %s", got, want)
		}
		a, b := numberOf(t, dir, "ZZ-A"), numberOf(t, dir, "ZZ-B")
		for _, id := range []int64{a, b} {
			party, err := c.Party(ctx, id, coverage.Filter{}, resolute.Period{})
			if err != nil || party.ID != a || party.Activities != 2 || len(party.Partners) != 0 {
				t.Errorf("asked for %d: %d with %d activities and %d partners, %v; want %d with 2 and none", id, party.ID, party.Activities, len(party.Partners), err, a)
			}
			f, unknown, err := c.Understand(ctx, coverage.Filter{Organisations: []string{fmt.Sprint(id)}})
			if err != nil || len(unknown) > 0 || f.Organisations[0] != fmt.Sprint(a) {
				t.Errorf("org=%d is understood as %v, %v, %v", id, f.Organisations, unknown, err)
			}
			list, err := c.Activities(ctx, coverage.ListQuery{Filter: coverage.Filter{Organisations: []string{fmt.Sprint(id)}}, Limit: 10})
			if err != nil || list.Total != 2 {
				t.Errorf("org=%d lists %d activities, %v; want 2", id, list.Total, err)
			}
		}
		for words, want := range map[string]int{"name a": 2, "name b": 2, "zz-b": 2, "name c": 1} {
			list, err := c.Activities(ctx, coverage.ListQuery{Filter: coverage.Filter{Text: words}, Limit: 10})
			if err != nil || list.Total != want {
				t.Errorf("the words %q find %d activities, %v; want %d", words, list.Total, err, want)
			}
		}
		past, err := c.At(ctx, merged.Seq-1)
		if err != nil {
			t.Fatal(err)
		}
		if got := parties(t, past); got != before {
			t.Errorf("before the merge: %s, want %s", got, before)
		}
		if _, err := dir.Undo(ctx, by, merged.ID, "they are two"); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		if c.ReadsAnew() != 1 {
			t.Errorf("everything was read %d times, want once", c.ReadsAnew())
		}
		sameAnswers(t, "merged and undone", unversioned(everything(t, c)), unversioned(answers))
	})
}

var version = regexp.MustCompile(`(DataVersion|Seq|At|Version|Hash):\w+`)

// unversioned leaves out of answers at which change they were given.
func unversioned(answers map[string]string) map[string]string {
	plain := map[string]string{}
	for question, answer := range answers {
		plain[question] = version.ReplaceAllString(answer, "$1")
	}
	return plain
}

// TestAMergeOutlivesImports takes the same file in again after a merge, and one that names the one
// that went.
func TestAMergeOutlivesImports(t *testing.T) {
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir := united(t, d)
		if _, err := dir.Merge(ctx, resolute.Operator(), "ref:ZZ-A", "ref:ZZ-C", "one and the same"); err != nil {
			t.Fatal(err)
		}
		want := parties(t, newCoverage(d))
		united(t, d)
		if got := parties(t, newCoverage(d)); got != want || !strings.Contains(got, "Name A 2") {
			t.Errorf("after another import: %s, want %s", got, want)
		}
	})
}

// TestFollowingMergesIsReadingAnew holds answers that follow a history with many decisions about
// organisations to answers that are read anew.
func TestFollowingMergesIsReadingAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := history{t: t, d: d, random: rand.New(rand.NewPCG(5, 6))}
		h.importSome()
		following := newCoverage(d)
		for i := range 30 {
			deed := h.unite()
			if i%6 == 5 {
				deed = h.importSome()
			}
			if _, err := following.Refresh(context.Background()); err != nil {
				t.Fatal(err)
			}
			sameAnswers(t, "after "+deed, everything(t, following), everything(t, newCoverage(d)))
		}
	})
}

// TestWhatWasSplitOffByItsNameCountsForItself follows the split of one reference that stands for two.
func TestWhatWasSplitOffByItsNameCountsForItself(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		activity := func(n int, name string) string {
			return fmt.Sprintf(`<iati-activity default-currency="USD"><iati-identifier>ZZ-P-%d</iati-identifier><reporting-org ref="ZZ-P" type="40"><narrative>P</narrative></reporting-org><title><narrative xml:lang="en">T</narrative></title>`+
				`<participating-org ref="ZZ-T" role="1"><narrative>%s</narrative></participating-org><activity-status code="2"/><activity-date type="2" iso-date="2022-01-01"/><sector vocabulary="1" code="22040"/></iati-activity>`, n, name)
		}
		take := func(activities ...string) {
			reg := &register.Register{DB: d, Now: clock}
			if _, err := reg.ImportIATI(ctx, by, register.Source{File: "f.xml"}, strings.NewReader(whole(activities...)), register.ImportOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		take(activity(1, "School of law"), activity(2, "Water board"), activity(3, "WATER  board."))
		dir, c := directory.Directory{DB: d, Now: clock}, newCoverage(d)
		told := func(want string) {
			t.Helper()
			if _, err := c.Refresh(ctx); err != nil {
				t.Fatal(err)
			}
			if got := parties(t, c); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			sameAnswers(t, "followed and anew", everything(t, c), everything(t, newCoverage(d)))
		}
		told("School of law 3 [3 0 0 0]")
		before, after := filepath.Join(t.TempDir(), "before.index"), filepath.Join(t.TempDir(), "after.index")
		written(t, d, before)
		started := func(when, path string) {
			t.Helper()
			if i := indexed(d, path); parties(t, i) != parties(t, c) || i.ReadsAnew() > 0 {
				t.Errorf("started by the index %s: %s, read anew %d times; want %s", when, parties(t, i), i.ReadsAnew(), parties(t, c))
			}
		}
		made, err := dir.SplitName(ctx, by, "ref:ZZ-T", "Water board", "two bodies of one number")
		if err != nil {
			t.Fatal(err)
		}
		told("Water board 2 [2 0 0 0], School of law 1 [1 0 0 0]")
		started("of before the split", before)
		written(t, d, after)
		take(activity(1, "School of law"), activity(2, "Water board"), activity(3, "WATER  board."), activity(4, "water board"))
		told("Water board 3 [3 0 0 0], School of law 1 [1 0 0 0]")
		past, err := c.At(ctx, made.Seq-1)
		if err != nil {
			t.Fatal(err)
		}
		if got := parties(t, past); got != "School of law 3 [3 0 0 0]" {
			t.Errorf("before the split: %s", got)
		}
		if _, err := dir.Undo(ctx, by, made.ID, "one body"); err != nil {
			t.Fatal(err)
		}
		told("School of law 4 [4 0 0 0]")
		started("of before it was undone", after)
		if c.ReadsAnew() > 1 {
			t.Errorf("everything was read %d times, want once", c.ReadsAnew())
		}
		if last, err := c.At(ctx, made.Seq); err != nil || parties(t, last) != "Water board 2 [2 0 0 0], School of law 1 [1 0 0 0]" {
			t.Errorf("at the split: %s, %v", parties(t, last), err)
		}
	})
}

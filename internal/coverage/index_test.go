package coverage_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
)

// indexed gives answers that read and write an index file.
func indexed(d *db.DB, path string) *coverage.Coverage {
	c := newCoverage(d)
	c.Index = path
	return c
}

func written(t *testing.T, d *db.DB, path string) {
	t.Helper()
	c := indexed(d, path)
	if _, err := c.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := c.SaveIndex(); err != nil {
		t.Fatal(err)
	}
}

func sameAnswers(t *testing.T, when string, got, want map[string]string) {
	t.Helper()
	for question := range want {
		if got[question] != want[question] {
			t.Errorf("%s, %s\n got %s\nwant %s", when, question, got[question], want[question])
		}
	}
}

// TestAnIndexFileAnswersAsTheDatabaseDoes runs a random history, writes the index at times, and holds
// a start by way of the file, which may be several changes old, to one without.
func TestAnIndexFileAnswersAsTheDatabaseDoes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := history{t: t, d: d, random: rand.New(rand.NewPCG(7, 7))}
		path := filepath.Join(t.TempDir(), "test.index")
		for i := range 14 {
			deed := h.deed()
			c := indexed(d, path)
			sameAnswers(t, "after "+deed, everything(t, c), everything(t, newCoverage(d)))
			if c.ReadsAnew() > 0 && i > 3 {
				t.Errorf("after %s everything was read in spite of the index", deed)
			}
			if i%3 == 0 {
				written(t, d, path)
			}
		}
	})
}

func TestAnIndexThatIsWrongIsNotUsed(t *testing.T) {
	d := dbtest.SQLite(t)
	loadDemo(t, d, 60)
	folder := t.TempDir()
	path := filepath.Join(folder, "test.index")
	written(t, d, path)
	right, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := everything(t, newCoverage(d))
	reads := func(name string, anew int, file []byte, c *coverage.Coverage) {
		t.Helper()
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		if sameAnswers(t, name, everything(t, c), want); c.ReadsAnew() != anew {
			t.Errorf("%s: everything was read %d times, want %d", name, c.ReadsAnew(), anew)
		}
	}
	reads("as written", 0, right, indexed(d, path))
	reads("cut short", 1, right[:len(right)-9], indexed(d, path))
	reads("empty", 1, nil, indexed(d, path))
	reads("of another form", 1, append([]byte("x"), right...), indexed(d, path))
	for _, at := range []int{20, len(right) / 3, len(right) / 2, len(right) - 2} {
		changed := slices.Clone(right)
		changed[at] ^= 4
		reads("with one bit turned", 1, changed, indexed(d, path))
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("files are left behind: %v, %v", left, err)
	}
	other := indexed(d, path)
	other.Paragraphs = other.Paragraphs[:1]
	plain := newCoverage(d)
	plain.Paragraphs = other.Paragraphs
	sameAnswers(t, "with other paragraphs", everything(t, other), everything(t, plain))
	if other.ReadsAnew() != 1 {
		t.Error("an index of other paragraphs was used")
	}
}

// TestNothingOfAnIndexThatIsRefusedStays changes bytes of a file and makes its sums right, so that it is
// refused in the middle of what all blocks share, if it is.
func TestNothingOfAnIndexThatIsRefusedStays(t *testing.T) {
	d := dbtest.SQLite(t)
	loadDemo(t, d, 60)
	path := filepath.Join(t.TempDir(), "test.index")
	written(t, d, path)
	right, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := everything(t, newCoverage(d))
	refused := 0
	for at := 100; at < len(right)/4; at += len(right) / 250 {
		changed := slices.Clone(right)
		changed[at] ^= 0x80
		if err := os.WriteFile(path, coverage.Resummed(changed), 0o600); err != nil {
			t.Fatal(err)
		}
		c := indexed(d, path)
		if _, err := c.Refresh(context.Background()); err != nil {
			t.Fatal(err)
		}
		if c.ReadsAnew() == 1 {
			refused++
			sameAnswers(t, "refused", everything(t, c), want)
		}
	}
	if refused < 5 {
		t.Errorf("%d of the files were refused", refused)
	}
}

func TestAnIndexOfAnotherDatabaseIsNotUsed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.index")
	first, second := dbtest.SQLite(t), dbtest.SQLite(t)
	loadDemo(t, first, 60)
	written(t, first, path)
	importText(t, second, "one.xml", document(line("C2")))
	c := indexed(second, path)
	if sameAnswers(t, "another database", everything(t, c), everything(t, newCoverage(second))); c.ReadsAnew() != 1 {
		t.Error("the index of another database was used")
	}
}

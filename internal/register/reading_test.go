package register_test

import (
	"context"
	"fmt"
	"io"
	"math/rand"
	"reflect"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

// forgetReadings takes away what is remembered of how activities were read, so that all are read again.
func forgetReadings(t *testing.T, d *db.DB) {
	t.Helper()
	ctx := context.Background()
	err := d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM reading`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// remembered counts the activities that readers see of which it is known how they were read.
func remembered(t *testing.T, d *db.DB) int {
	return count(t, d, `SELECT COUNT(*) FROM current c JOIN reading r ON r.version = c.version`)
}

// anyFile makes a file of a publisher of the kinds of activity that matter to an import:
// identifiers that occur again, parents and children, faults of every kind, records to refuse.
func anyFile(random *rand.Rand, reporter string) string {
	var b strings.Builder
	for range random.Intn(9) + 1 {
		if random.Intn(3) == 0 {
			b.WriteString("<!-- lines move -->\n\n")
		}
		name := func() string { return reporter + "-" + string(rune('A'+random.Intn(5))) }
		a := activity{id: name(), reporter: reporter, title: []string{"one", "two"}[random.Intn(2)], hierarchy: random.Intn(2) + 1}
		switch random.Intn(8) {
		case 0:
			a.extra = fmt.Sprintf(`<related-activity ref="%s" type="%d"/>`, name(), random.Intn(3)+1)
		case 1:
			a.extra = `<tag vocabulary="2" code="99"/><colour/>`
		case 2:
			a.extra = `<transaction><transaction-type code="3"/><transaction-date iso-date="2024-13-01"/><value value-date="2024-01-01">10.005</value><provider-org provider-activity-id="` + name() + `"/></transaction>`
		case 3:
			a.id = ""
		case 4:
			a.updated = "2024-0" + string(rune('1'+random.Intn(9))) + "-01"
		}
		text := a.xml()
		if random.Intn(4) == 0 {
			text = strings.TrimSuffix(text, "\n") // the next one begins on the same line
		}
		b.WriteString(text)
	}
	return root(b.String())
}

// A register that remembers what it read and one that reads everything again hold the same and
// say the same.
func TestRememberedReadingIsReading(t *testing.T) {
	quick, slow := dbtest.SQLite(t), dbtest.SQLite(t)
	random := rand.New(rand.NewSource(1))
	repeated := 0
	for round := range 60 {
		source := register.Source{File: fmt.Sprintf("agency-%d.xml", round%3), Partial: random.Intn(5) == 0}
		reporter := "ZZ-TEST-1"
		text := anyFile(random, reporter)
		for range random.Intn(3) + 1 {
			forgetReadings(t, slow)
			a, b := load(t, open(quick), source, text), loadOnce(t, open(slow), source, text)
			repeated += a.Unchanged
			a.ID, b.ID = 0, 0
			if !reflect.DeepEqual(a, b) {
				t.Fatalf("round %d: remembered\n%+v\nread\n%+v\n%s", round, a, b, text)
			}
			if x, y := state(t, quick), state(t, slow); x != y {
				t.Fatalf("round %d: remembered\n%s\nread\n%s\n%s", round, x, y, text)
			}
			if x, y := allFindings(t, quick), allFindings(t, slow); x != y {
				t.Fatalf("round %d: remembered\n%s\nread\n%s\n%s", round, x, y, text)
			}
		}
	}
	for _, d := range []*db.DB{quick, slow} {
		sound(t, d)
	}
	if repeated < 100 {
		t.Errorf("only %d activities came again unchanged: nothing was tried", repeated)
	}
}

// loadOnce takes in a file that can be read only once.
func loadOnce(t *testing.T, r *register.Register, source register.Source, text string) ledger.Import {
	t.Helper()
	account, err := r.ImportIATI(context.Background(), operator, source, io.MultiReader(strings.NewReader(text)), register.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return account
}

// allFindings gives the findings of the newest import.
func allFindings(t *testing.T, d *db.DB) string {
	t.Helper()
	findings, err := ledger.Findings(context.Background(), d, int64(count(t, d, `SELECT MAX(id) FROM import`)), 0, 10000)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(findings)
}

func TestOtherBytesOfAnUnchangedActivityAreRemembered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		text := iatiFile(activity{id: "A"}, activity{id: "B"})
		load(t, r, src, text)
		imprint := func() string {
			return fmt.Sprint(count(t, d, `SELECT COUNT(*) FROM reading`), stateOf(t, d, `SELECT imprint FROM reading ORDER BY version LIMIT 1`))
		}
		first := imprint()
		moved := strings.ReplaceAll(text, "\n<title>", "\n\n<title>")
		if got := load(t, r, src, moved); got.Unchanged != 2 || imprint() == first || remembered(t, d) != 2 {
			t.Errorf("after re-indenting: %+v, %s", got.Counts, imprint())
		}
		second := imprint()
		if got := load(t, r, src, moved+" "); got.Unchanged != 2 || imprint() != second {
			t.Errorf("the same bytes: %+v, remembered %s, want %s", got.Counts, imprint(), second)
		}
	})
}

func stateOf(t *testing.T, d *db.DB, query string) string {
	t.Helper()
	var b []byte
	if err := d.QueryRow(context.Background(), query).Scan(&b); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", b)
}

// What the root lends to its activities counts as theirs.
func TestAnotherRootIsReadAgain(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	text := iatiFile(activity{id: "A", extra: `<transaction><transaction-type code="3"/><transaction-date iso-date="2024-01-01"/><value value-date="2024-01-01">10</value></transaction>`})
	text = strings.Replace(text, ` default-currency="USD"`, "", 1)
	load(t, r, src, text)
	other := strings.Replace(text, `version="2.03"`, `version="2.03" default-currency="EUR"`, 1)
	if got := load(t, r, src, other); got.Changed != 1 {
		t.Errorf("with another currency at the root: %+v, want changed", got.Counts)
	}
	if got := load(t, r, src, strings.Replace(other, `<iati-activities`, `<iati-activities generated-datetime="2026-02-01T00:00:00Z"`, 1)); got.Unchanged != 1 {
		t.Errorf("generated at another time: %+v, want unchanged", got.Counts)
	}
}

// The same file again repeats its account without being read, unless something happened since that
// the account could tell of.
func TestTheSameFileAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, ctx := open(d), context.Background()
		text := iatiFile(activity{id: "A", extra: `<tag vocabulary="2" code="99"/>`}, activity{id: ""}, activity{id: "B"}, activity{id: "B"})
		first := load(t, r, src, text)
		findings := allFindings(t, d)
		progressed := false
		again := func() ledger.Import {
			t.Helper()
			progressed = false
			account, err := r.ImportIATI(ctx, operator, src, strings.NewReader(text), register.ImportOptions{Progress: func(register.Progress) { progressed = true }})
			if err != nil {
				t.Fatal(err)
			}
			return account
		}
		got := again()
		if want := (ledger.Counts{Read: 4, Unchanged: 3, Refused: 1}); got.Counts != want || progressed || got.Seq <= first.Seq || got.SHA256 != first.SHA256 || got.Total != first.Total {
			t.Errorf("again: %+v (read %v), want %+v and the file not read", got, progressed, want)
		}
		if said := allFindings(t, d); said != findings {
			t.Errorf("the findings of the same file are\n%s\nwere\n%s", said, findings)
		}
		if kept, err := r.RefusedOf(ctx, got.ID, 10); err != nil || len(kept) != 1 || len(kept[0].Bytes) == 0 {
			t.Errorf("refused records %+v, %v", kept, err)
		}
		other := load(t, r, register.Source{File: "other.xml"}, iatiFile(activity{id: "A"}))
		if again(); !progressed || !strings.Contains(allFindings(t, d), "other.xml") {
			t.Errorf("after another source brought the same identifier the file was not read (%v), or does not say it: %s", progressed, allFindings(t, d))
		}
		if again(); progressed {
			t.Error("once more: the file was read, and nothing had happened")
		}
		if _, err := r.Undo(ctx, operator, other.ID); err != nil {
			t.Fatal(err)
		}
		if again(); !progressed || strings.Contains(allFindings(t, d), "other.xml") {
			t.Errorf("after the other one was undone the file was not read (%v), or speaks of it still", progressed)
		}
		sound(t, d)
	})
}

// sound fails when a check of the register or of its accounts finds an error.
func sound(t *testing.T, d *db.DB) {
	t.Helper()
	for _, c := range append(open(d).Checks(true), ledger.Checks()...) {
		if found, err := c.Run(context.Background(), d, 10); err != nil || c.Severity == resolute.SeverityError && found.Count > 0 {
			t.Errorf("check %s: %+v, %v", c.Name, found, err)
		}
	}
}

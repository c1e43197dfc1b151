package register_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

// derived reports what is not as its document gives it.
func derived(t *testing.T, r *register.Register, d *db.DB) {
	t.Helper()
	for _, check := range r.Checks(true) {
		if check.Name != "projection-derived" {
			continue
		}
		if found, err := check.Find(context.Background(), d, 5); err != nil || found.Count != 0 {
			t.Errorf("%d activities are not as their documents give them, %v: %v", found.Count, err, found.Records)
		}
	}
}

// TestRowsOfOneIdentifierStayRowsInAnyOrder: what an export gives of rows with one identifier comes back in
// another order and changes nothing.
func TestRowsOfOneIdentifierStayRowsInAnyOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		loadCSV(t, r, "id,reporter,title_en\nW,Agency <ZZ-1>,First\nW,Agency <ZZ-1>,Second\n")
		file, _ := given(t, r, register.Giving{})
		before, first, _ := strings.Cut(file, "<iati-activity")
		first, second, _ := strings.Cut(first, "<iati-activity")
		second, end, found := strings.Cut(second, "</iati-activities>")
		if !found {
			t.Fatal(file)
		}
		swapped := before + "<iati-activity" + second + "<iati-activity" + first + "</iati-activities>" + end
		for _, file := range []string{swapped, file, swapped + "\n", swapped + "\n\n"} {
			unchanged(t, d, load(t, r, ownWork, file))
			derived(t, r, d)
		}
		if n := count(t, d, `SELECT COUNT(*) FROM doc WHERE form = 'iati'`); n != 0 {
			t.Errorf("%d documents are IATI, want rows", n)
		}
	})
}

// TestARowThatIsGivenTwiceIsARowOnce: the second record that says what a row says is an activity of its own,
// as its own bytes give it.
func TestARowThatIsGivenTwiceIsARowOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		loadCSV(t, r, "id,reporter,title_en\nW,Agency <ZZ-1>,First\n")
		file, _ := given(t, r, register.Giving{})
		start, end := strings.Index(file, "<iati-activity "), strings.Index(file, "</iati-activities>")
		twice := file[:end] + file[start:end] + file[end:]
		if account := load(t, r, ownWork, twice); account.Unchanged != 1 || account.New != 1 {
			t.Errorf("%+v", account.Counts)
		}
		derived(t, r, d)
		unchanged(t, d, load(t, r, ownWork, twice+"\n"))
		if n := count(t, d, `SELECT COUNT(*) FROM doc WHERE form = 'iati'`); n != 1 {
			t.Errorf("%d documents are IATI, want one", n)
		}
	})
}

// TestManyRowsOfOneIdentifierAreKnownAgainInTime: each is compared with what is given of all, which is made
// once. Made for each record it took minutes.
func TestManyRowsOfOneIdentifierAreKnownAgainInTime(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	var table strings.Builder
	table.WriteString("id,reporter,title_en\n")
	for n := range 2000 {
		fmt.Fprintf(&table, "W,Agency <ZZ-1>,Title %d\n", n)
	}
	loadCSV(t, r, table.String())
	file, _ := given(t, r, register.Giving{})
	begun := time.Now()
	unchanged(t, d, load(t, r, ownWork, file))
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
}

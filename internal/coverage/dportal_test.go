package coverage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
	"resolute/internal/register/dportal"
)

// rivals report four identifiers twice: second-hand what is newer, older or its own, and in letters beyond ASCII.
var rivals = []string{
	told{"QQ-1", "ZZ-A", "2020-01-01T00:00:00Z", nil}.xml(), secondHand(told{"QQ-1", "ZZ-B", "2024-01-01T00:00:00Z", nil}),
	told{"QQ-2", "ZZ-B", "2020-01-01T00:00:00Z", nil}.xml(), secondHand(told{"QQ-2", "ZZ-A", "2019-01-01T00:00:00Z", nil}),
	told{"ZZ-B-9", "ZZ-A", "2020-01-01T00:00:00Z", nil}.xml(), secondHand(told{"ZZ-B-9", "ZZ-B", "2020-01-01T00:00:00Z", nil}),
	told{"éé-1", "éé", "2020-01-01T00:00:00Z", nil}.xml(), told{"éé-1", "AA", "2021-01-01T00:00:00Z", nil}.xml(),
}

func secondHand(a told) string {
	return strings.Replace(a.xml(), ` type="40"`, ` type="40" secondary-reporter="1"`, 1)
}

// Questions as d-portal has them give one activity of each identifier: the one that counts by the default
// rule, whatever the order of imports and whoever reports it.
func TestQuestionsOfDPortalGiveWhatCountsOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, _ *db.DB) {
		store := dbtest.SQLite
		if strings.HasSuffix(t.Name(), "PostgreSQL") {
			store = dbtest.Postgres
		}
		for try := range 10 {
			r := rand.New(rand.NewPCG(uint64(try), 7))
			files := web(r)
			for i := range files { // what differs by capitals alone is told apart there
				files[i] = strings.ReplaceAll(files[i], "zz-b-1", "ZZ-B-1")
			}
			for _, rival := range rivals { // beside the first file, of which others are taken away below
				i := 1 + r.IntN(len(files)-1)
				files[i] = strings.Replace(files[i], `<iati-activity `, rival+`<iati-activity `, 1)
			}
			d := store(t)
			for _, i := range r.Perm(len(files)) {
				importText(t, d, fmt.Sprintf("file-%d.xml", i), files[i])
			}
			first, _, _ := strings.Cut(files[0], "</iati-activity>")
			importText(t, d, "file-0.xml", first+"</iati-activity></iati-activities>") // others its source no longer holds
			list, err := newCoverage(d).Activities(context.Background(), coverage.ListQuery{Limit: 1000})
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, a := range list.Items {
				want = append(want, a.Identifier+" "+a.Key)
			}
			slices.Sort(want)
			if got := keysOfDPortal(t, d); !slices.Equal(got, want) {
				t.Errorf("try %d: given\n%s\nwant\n%s", try, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	})
}

// What stands for an identifier is found in one look at its reports, however many there are and whoever
// reports it: comparing each with all the others took over a minute.
func TestManyReportsOfOneIdentifierAreComparedOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const reports = 4000
		var all []told
		for i := range reports {
			at := time.Date(2020, 1, 1, 0, i, 0, 0, time.UTC).Format(time.RFC3339)
			all = append(all, told{"QQ-1", "ZZ-A", at, nil}, told{"QQ-2", fmt.Sprintf("ZZ-%d", i), at, nil})
		}
		importText(t, d, "many.xml", file(all...))
		began := time.Now()
		got := keysOfDPortal(t, d)
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("two questions took %v, want less than 10 seconds", took)
		}
		newest := []string{"QQ-1 " + register.Key("ZZ-A", "QQ-1", "many.xml", reports), "QQ-2 " + register.Key(fmt.Sprintf("ZZ-%d", reports-1), "QQ-2", "many.xml", 1)}
		if !slices.Equal(got, newest) {
			t.Errorf("given %v, want %v", got, newest)
		}
	})
}

// keysOfDPortal gives identifiers and keys of all that questions give, and makes sure that rows and
// activities are as many.
func keysOfDPortal(t *testing.T, d *db.DB) (keys []string) {
	t.Helper()
	q, err := dportal.Parse(url.Values{"select": {"aid"}, "limit": {"-1"}})
	if err != nil {
		t.Fatal(err)
	}
	var identifiers []string
	err = dportal.Run(context.Background(), d, q, func(values []any) error {
		identifiers = append(identifiers, fmt.Sprint(values[0]))
		return nil
	})
	if err == nil {
		err = dportal.EachKey(context.Background(), d, q, func(key string) error {
			keys = append(keys, identifiers[len(keys)]+" "+key)
			return nil
		})
	}
	if err != nil || len(identifiers) != len(keys) || len(slices.Compact(identifiers)) != len(keys) {
		t.Fatalf("%d rows and %d activities, %v", len(identifiers), len(keys), err)
	}
	return keys
}

package coverage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register/dportal"
)

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

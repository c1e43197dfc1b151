package generate_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db/dbtest"
	"resolute/internal/demo/generate"
	"resolute/internal/framework"
	"resolute/internal/iati"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

func TestARegisterFindsWhatIsTrueOfTheFiles(t *testing.T) {
	for _, o := range []generate.Options{
		{Activities: 2000, Seed: 4, Profile: generate.Real, Faults: true, Workers: 2},
		{Activities: 1000, Seed: 5, Profile: generate.Real, Workers: 2},
		{Activities: 1000, Seed: 6, Profile: generate.Light, Workers: 2},
	} {
		t.Run(fmt.Sprintf("%s, faults %v", o.Profile, o.Faults), func(t *testing.T) {
			dir, truth := made(t, o)
			d := dbtest.SQLite(t)
			r := &register.Register{DB: d, Now: time.Now}
			read, refused := 0, []string{}
			for _, account := range imported(t, r, dir) {
				read += account.Read
				truth.Refused -= account.Refused
				if account.State == ledger.Refused {
					refused = append(refused, account.File)
				}
			}
			if read != truth.Activities || truth.Refused != 0 {
				t.Errorf("read %d activities, want %d; %d more should have been refused", read, truth.Activities, truth.Refused)
			}
			if !slices.Equal(refused, truth.FilesRefused) {
				t.Errorf("refused %v, want %v", refused, truth.FilesRefused)
			}
			c := &coverage.Coverage{DB: d, Frameworks: &framework.Framework{DB: d, Now: time.Now}}
			for _, f := range truth.Rules {
				places(t, r, c, f)
				listed(t, c, f)
				for _, view := range []string{coverage.ByCountry, coverage.ByLine, coverage.ByTarget} {
					compare(t, c, f, view)
				}
			}
		})
	}
}

// places holds the places of the activities that a rule counts against the truth.
func places(t *testing.T, r *register.Register, c *coverage.Coverage, want generate.Figures) {
	t.Helper()
	got := generate.Places{Exactness: map[string]int{}, Reach: map[string]int{}, Class: map[string]int{}}
	query := coverage.ListQuery{Filter: coverage.Filter{Rule: string(want.Rule)}}
	err := c.EachActivity(context.Background(), query, func(s coverage.Summary) error {
		page, err := r.Activity(context.Background(), s.Key)
		count(&got, page.Document)
		return err
	})
	if err != nil || !reflect.DeepEqual(got, want.Places) {
		t.Errorf("%s: places %+v, want %+v (%v)", want.Rule, got, want.Places, err)
	}
}

// listed holds the list of locations, made of stored rows, against the truth.
func listed(t *testing.T, c *coverage.Coverage, want generate.Figures) {
	t.Helper()
	query := coverage.ListQuery{Filter: coverage.Filter{Rule: string(want.Rule)}}
	got, mapped := generate.Places{Exactness: map[string]int{}, Reach: map[string]int{}, Class: map[string]int{}}, map[string]bool{}
	stating := map[string]bool{}
	err := c.EachLocation(context.Background(), query, func(l coverage.Located) error {
		got.Locations++
		got.Exactness[l.Exactness]++
		got.Reach[l.Reach]++
		got.Class[l.Class]++
		stating[l.Activity.Key] = true
		if l.Point != nil {
			got.Points++
			mapped[l.Activity.Key] = true
		}
		return nil
	})
	got.Activities, got.Mapped = len(stating), len(mapped)
	if err != nil || !reflect.DeepEqual(got, want.Places) {
		t.Errorf("%s: listed %+v, want %+v (%v)", want.Rule, got, want.Places, err)
	}
	list, err := c.Locations(context.Background(), query)
	if err != nil || list.Total != want.Places.Locations || list.Activities != want.Places.Activities || list.Activities+list.Without != want.Activities {
		t.Errorf("%s: counted %d locations of %d activities, %d without, want %+v (%v)", want.Rule, list.Total, list.Activities, list.Without, want.Places, err)
	}
}

// count adds the places of an activity.
func count(p *generate.Places, a iati.Activity) {
	points := 0
	for _, l := range a.Locations {
		if l.Point.OK {
			points++
		}
		p.Exactness[l.Exactness]++
		p.Reach[l.Reach]++
		p.Class[l.Class]++
	}
	p.Locations += len(a.Locations)
	p.Points += points
	if len(a.Locations) > 0 {
		p.Activities++
	}
	if points > 0 {
		p.Mapped++
	}
}

// imported takes the files of a folder in, in the order of their names.
func imported(t *testing.T, r *register.Register, dir string) (accounts []ledger.Import) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.xml"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d files (%v)", len(paths), err)
	}
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		account, err := r.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: filepath.Base(path)}, f, register.ImportOptions{})
		if err = errors.Join(err, f.Close()); err != nil && resolute.CodeOf(err) != resolute.Invalid {
			t.Fatal(err)
		}
		accounts = append(accounts, account)
	}
	return accounts
}

// compare holds the rows of a view against the truth, both ways.
func compare(t *testing.T, c *coverage.Coverage, want generate.Figures, view string) {
	t.Helper()
	table, err := c.Table(context.Background(), coverage.Query{By: view, Filter: coverage.Filter{Rule: string(want.Rule)}})
	if err != nil {
		t.Fatal(err)
	}
	if table.Total.Activities != want.Activities {
		t.Errorf("%s by %s: %d activities, want %d", want.Rule, view, table.Total.Activities, want.Activities)
	}
	truth := map[generate.Figure]resolute.Cents{}
	for _, f := range want.Rows {
		if f.View == view || f.View == "" {
			truth[generate.Figure{Row: f.Row, Figure: f.Figure, Currency: f.Currency}] = resolute.Cents(f.Cents)
		}
	}
	table.Unlinked.ID, table.Total.ID = "unlinked", "total"
	for _, row := range append(table.Rows, table.Unlinked, table.Total) {
		for name, sums := range map[string]map[string]resolute.Cents{"commitments": row.Commitments, "spent": row.Spent, "incoming": row.Incoming, "incoming_commitments": row.IncomingCommitments} {
			for currency, cents := range sums {
				at := generate.Figure{Row: row.ID, Figure: name, Currency: currency}
				if cents != truth[at] {
					t.Errorf("%s by %s, %s, %s in %s: %s, want %s", want.Rule, view, row.ID, name, currency, cents, truth[at])
				}
				delete(truth, at)
			}
		}
	}
	for at, cents := range truth {
		t.Errorf("%s by %s, %s, %s in %s: nothing, want %s", want.Rule, view, at.Row, at.Figure, at.Currency, cents)
	}
}

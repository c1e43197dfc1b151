package directory_test

import (
	"context"
	"fmt"
	"testing"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/directory"
)

func TestRememberedCandidatesFollowWhatIsDecidedAndImported(t *testing.T) {
	ctx, by := context.Background(), resolute.Operator()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ensure(t, d, nil,
			directory.Party{Ref: "XM-DAC-99041", Name: "Agency of bridges"}, directory.Party{Ref: "99041", Name: "Agency of bridges"},
			directory.Party{Ref: "GB-1", Name: "Office one"}, directory.Party{Ref: "GB-GOV-1", Name: "Office uno"},
			directory.Party{Name: "office one"})
		r := &directory.Remembered{Directory: directoryOf(d)}
		told := func() string {
			t.Helper()
			f, err := r.Candidates(ctx)
			if err != nil {
				t.Fatal(err)
			}
			anew, err := r.Directory.Candidates(ctx)
			if err != nil || fmt.Sprint(f.Candidates) != fmt.Sprint(anew) {
				t.Fatalf("remembered %v\nanew %v, %v", f.Candidates, anew, err)
			}
			text := ""
			for _, c := range f.Candidates {
				text += c.Reason + " "
			}
			return text
		}
		if got := told(); got != "old-list missing-list same-name same-name " {
			t.Fatalf("got %q", got)
		}
		f, _ := r.Candidates(ctx)
		office := f.Candidates[3]
		if again, found := f.Candidate(office.ID); !found || again.Value != "office one" || len(f.Of(office.Organisations[0].ID)) != 2 || len(f.Of(0)) != 0 {
			t.Errorf("by ID %v: %+v, of an organisation %v", found, again, f.Of(office.Organisations[0].ID))
		}
		if has := f.Searched("uno"); !has(0) || has(1) {
			t.Error("uno is looked for in vain")
		}
		apart := must(t)(r.Dismiss(ctx, by, office.Keys(), "one town each"))
		if got := told(); got != "old-list missing-list same-name " {
			t.Errorf("dismissed: %q", got)
		}
		if _, err := r.Merge(ctx, by, "ref:XM-DAC-99041", "ref:99041", "one"); err != nil {
			t.Fatal(err)
		}
		if got := told(); got != "old-list " {
			t.Errorf("merged: %q", got)
		}
		ensure(t, d, nil, directory.Party{Ref: "XX-NEW-1", Name: "Office ONE"})
		if err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := audit.Record(ctx, tx, audit.Change{Actor: by.ID, Verb: "import", Object: "import/2"})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if got := told(); got != "old-list same-name " {
			t.Errorf("one more of the name: %q, want the three together", got)
		}
		if _, err := r.Undo(ctx, by, apart.ID, "they are one"); err != nil {
			t.Fatal(err)
		}
		if got := told(); got != "old-list same-name " {
			t.Errorf("undone: %q", got)
		}
	})
}

package directory_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/directory"
)

func TestCandidatesSayWhy(t *testing.T) {
	ctx := context.Background()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ensure(t, d, nil,
			directory.Party{Ref: "XM-DAC-99041", Name: "Agency of bridges"}, directory.Party{Ref: "XM DAC 99041", Name: "Bridges, the agency"},
			directory.Party{Ref: "99041", Name: "AGENCY of bridges"},
			directory.Party{Ref: "GB-1", Name: "Office one"}, directory.Party{Ref: "GB-GOV-1", Name: "Office uno"},
			directory.Party{Ref: "XX-BANK-1", Name: "Bank of the river", Names: resolute.Text{resolute.English: "Bank of the river", resolute.French: "Banque du fleuve"}},
			directory.Party{Name: "banque du  fleuve"},
			directory.Party{Ref: "XX-TWO-1", Name: "School of law"}, directory.Party{Ref: "xx-two-1", Name: "Water board"},
			directory.Party{Ref: "XX-TWO-2", Name: "Ministry of ports"}, directory.Party{Ref: "XX-TWO-2", Name: "MOP"})
		dir := directoryOf(d)
		told := func() (lines []string) {
			list, err := dir.Candidates(ctx)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range list {
				line := c.Reason + " " + c.Value
				for _, o := range c.Organisations {
					line += " " + o.Key
				}
				lines = append(lines, line)
			}
			return lines
		}
		want := []string{
			"same-identifier XMDAC99041 ref:XM-DAC-99041 ref:XM DAC 99041",
			"old-list GB 1 ref:GB-1 ref:GB-GOV-1",
			"missing-list 99041 ref:XM-DAC-99041 ref:99041",
			"other-name banque du fleuve ref:XX-BANK-1 name:banque du fleuve",
			"same-name agency of bridges ref:XM-DAC-99041 ref:99041",
			"several-names XX-TWO-1 ref:XX-TWO-1",
		}
		if got := told(); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
		must(t)(dir.Merge(ctx, resolute.Operator(), "ref:XM-DAC-99041", "ref:99041", "one"))
		must(t)(dir.Split(ctx, resolute.Operator(), "ref:GB-1", "ref:GB-GOV-1", "two"))
		if got := told(); fmt.Sprint(got) != fmt.Sprint([]string{want[0], want[3], want[5]}) {
			t.Errorf("decided: got %q, want those that are left", got)
		}
	})
}

// TestCandidatesOfManyAreFoundInBoundedTime has 160,000 organisations, a third of which have one name.
func TestCandidatesOfManyAreFoundInBoundedTime(t *testing.T) {
	if testing.Short() {
		t.Skip("needs 160,000 organisations")
	}
	d := dbtest.SQLite(t)
	var parties []directory.Party
	for i := range 160_000 {
		p := directory.Party{Ref: fmt.Sprintf("XX-REG-%06d", i), Name: fmt.Sprintf("Office number %d", i)}
		if i%3 == 0 {
			p.Name = "Government"
		}
		parties = append(parties, p)
	}
	ensure(t, d, nil, parties...)
	begin := time.Now()
	list, err := directoryOf(d).Candidates(context.Background())
	if err != nil || len(list) != 1 || len(list[0].Organisations) != 53_334 {
		t.Fatalf("%d candidates, %v; want the one name", len(list), err)
	}
	if took := time.Since(begin); took > 30*time.Second {
		t.Errorf("took %s", took)
	} else {
		t.Logf("took %s", took)
	}
}

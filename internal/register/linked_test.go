package register_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

const flow = `<transaction><transaction-type code="3"/><transaction-date iso-date="2024-01-01"/><value value-date="2024-01-01">10</value>
<provider-org provider-activity-id="%s"/><receiver-org receiver-activity-id="%s"/></transaction>`

// unknownOf lists what the findings of an import say of named activities: "LINE PATH REF".
func unknownOf(t *testing.T, d *db.DB, id int64) []string {
	t.Helper()
	findings, err := ledger.Findings(context.Background(), d, id, 0, 10000)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, f := range findings {
		if f.Rule == register.FindingLinkedUnknown {
			if f.Severity != resolute.SeverityNote {
				t.Errorf("%+v is no note", f)
			}
			list = append(list, fmt.Sprintf("%d %s %s %s", f.Line, f.Record, f.Path, f.Found))
		}
	}
	return list
}

// nowhere counts what the check finds.
func nowhere(t *testing.T, d *db.DB) db.Found {
	t.Helper()
	for _, c := range open(d).Checks(false) {
		if c.Name == register.FindingLinkedUnknown {
			found, err := c.Run(context.Background(), d, 100)
			if err != nil {
				t.Fatal(err)
			}
			return found
		}
	}
	t.Fatal("there is no such check")
	return db.Found{}
}

func TestNamedActivitiesThatNobodyHasAreTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		text := iatiFile(
			activity{id: "A", extra: fmt.Sprintf(flow, "B", " OUTSIDE-1 ") + "\n" + `<related-activity ref="LATER" type="3"/><related-activity ref="A" type="3"/>`},
			activity{id: "B", extra: fmt.Sprintf(flow, "OUTSIDE-1", "OUTSIDE-2")},
			activity{id: "LATER", extra: `<related-activity ref="OUTSIDE-3" type="1"/>`})
		first := load(t, r, src, text)
		want := []string{"11 A transaction/receiver-org/@receiver-activity-id OUTSIDE-1", "23 B transaction/receiver-org/@receiver-activity-id OUTSIDE-2",
			"34 LATER related-activity/@ref OUTSIDE-3"}
		if got := unknownOf(t, d, first.ID); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("told\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if found := nowhere(t, d); found.Count != 4 || len(found.Records) != 4 {
			t.Errorf("the check finds %+v, want four mentions", found)
		}
		other := load(t, r, register.Source{File: "other.xml"}, iatiFile(activity{id: "OUTSIDE-1", reporter: "ZZ-TEST-2"}, activity{id: "OUTSIDE-3", reporter: "ZZ-TEST-2", extra: fmt.Sprintf(flow, "A", "A")}))
		if got := unknownOf(t, d, other.ID); len(got) != 0 {
			t.Errorf("what the register holds is told as unknown: %v", got)
		}
		again := load(t, r, src, text)
		if got := unknownOf(t, d, again.ID); strings.Join(got, "\n") != want[1] {
			t.Errorf("after the other file came in, told %v, want only %s", got, want[1])
		}
		if found := nowhere(t, d); found.Count != 1 || !strings.Contains(found.Records[0].Detail, "B names OUTSIDE-2") {
			t.Errorf("the check finds %+v", found)
		}
	})
}

// A list that nobody reads to its end is bounded, and says what it leaves out.
func TestMassesOfFindingsAreBounded(t *testing.T) {
	d := dbtest.SQLite(t)
	var list []activity
	for i := range 130 {
		list = append(list, activity{id: fmt.Sprintf("A-%d", i), extra: fmt.Sprintf(`<colour/><related-activity ref="OUTSIDE-%d" type="1"/>`, i)})
	}
	account := load(t, open(d), src, iatiFile(list...))
	findings, err := ledger.Findings(context.Background(), d, account.ID, 0, 10000)
	if err != nil {
		t.Fatal(err)
	}
	rules, notes := map[string]int{}, ""
	for _, f := range findings {
		if rules[f.Rule]++; f.Rule == register.FindingUntold {
			notes += f.Message + "\n"
		}
	}
	if rules["schema-element-unknown"] != 100 || rules[register.FindingLinkedUnknown] != 100 {
		t.Errorf("listed %v, want 100 of each kind", rules)
	}
	for _, want := range []string{"30 more findings schema-element-unknown about iati-activities/iati-activity/colour, from line", "30 more activities that nobody here has are named"} {
		if !strings.Contains(notes, want) {
			t.Errorf("the notes\n%s\ndo not say %q", notes, want)
		}
	}
	if account.Total.Warning+account.Total.Note+account.Total.Error != len(findings) {
		t.Errorf("the account counts %+v, and lists %d", account.Total, len(findings))
	}
}

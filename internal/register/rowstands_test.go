package register_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

// tried previews a table and takes it in under the name of a source; both must say the same.
func tried(t *testing.T, r *register.Register, src register.Source, text string) (ledger.Import, []string) {
	t.Helper()
	p, err := r.PreviewTable(context.Background(), operator, src, strings.NewReader(text), register.PreviewOptions{})
	if err != nil {
		t.Fatal(err)
	}
	account := takeIn(t, r, src, []byte(text))
	if p.Account.Counts != account.Counts || p.Account.Total != account.Total {
		t.Errorf("previewed %+v %+v, taken in %+v %+v", p.Account.Counts, p.Account.Total, account.Counts, account.Total)
	}
	findings, err := ledger.Findings(context.Background(), r.DB, account.ID, 0, 20)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, f := range findings {
		told = append(told, strings.TrimSpace(f.Rule+" "+f.Path))
	}
	return account, told
}

func TestATableUnderTheNameOfAnIATISourceDoesNotChangeIt(t *testing.T) {
	for name, table := range map[string]struct{ text, told string }{
		"another title":             {"id,reporter,title_en\nZZ-1,<ZZ-TEST-1>,Another\n", "activity-not-own B2"},
		"a title more":              {"id,title_fr\nZZ-1,Un\n", "activity-not-own B2"},
		"lines alone":               {"activity,role,partner\nZZ-1,funding,F\n", "activity-not-own A2"},
		"one of two, without a key": {"id,title_fr\nZZ-2,Un\n", "activity-not-own B2"},
	} {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			r := open(d)
			load(t, r, register.Source{File: "a.xml", Name: "agency"}, iatiFile(activity{id: "ZZ-1"}, activity{id: "ZZ-2"}, activity{id: "ZZ-2", title: "Again"}))
			before := seenActivities(t, d)
			account, told := tried(t, r, register.Source{File: "b.csv", Name: "agency"}, table.text)
			if account.Counts.Refused != 1 || !slices.Contains(told, table.told) || seenActivities(t, d) != before {
				t.Errorf("%s: %+v, told %q, want %q and nothing moved", name, account.Counts, told, table.told)
			}
		})
	}
}

func TestARowThatCouldBeAnyOfSeveralIsRefused(t *testing.T) {
	const two = "id,reporter,title_en,title_fr,actual_start\nV1,<A>,One,Un,2024-01-01\nV1,<A>,Two,Deux,2024-01-01\n"
	for name, c := range map[string]struct {
		before, text    string
		refused, change int
		titles          string
	}{
		"a cell that the table no longer has": {two, "id,reporter,title_en,actual_start\nV1,<A>,One!,2024-01-01\nV1,<A>,Two,2024-01-01\n", 1, 0, "One/Un Two/Deux"},
		"all is said":                         {two, strings.Replace(two, "One", "One!", 1), 0, 1, "One!/Un Two/Deux"},
		"two organisations":                   {"id,reporter,title_en\nV1,<A>,One\nV1,<B>,Two\n", "id,title_fr\nV1,Un\n", 1, 0, "One/ Two/"},
		"one of two organisations is named":   {"id,reporter,title_en\nV1,<A>,One\nV1,<B>,Two\n", "id,reporter,title_fr\nV1,<A>,Un\nV1,<B>,Deux\n", 0, 2, "One/Un Two/Deux"},
		"lines alone":                         {two, "activity,role,partner\nV1,funding,F\n", 1, 0, "One/Un Two/Deux"},
		"lines alone, of two that are equal":  {"id,title_en\nV1,One\nV1,One\n", "activity,role,partner\nV1,funding,F\n", 1, 0, "One/ One/"},
	} {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			r := open(d)
			loadCSV(t, r, c.before)
			account, told := tried(t, r, ownWork, c.text)
			var titles []string
			for _, g := range giveAll(t, r, func(register.GivenRowsState) {}) {
				titles = append(titles, g.Cells["title_en"]+"/"+g.Cells["title_fr"])
			}
			slices.Sort(titles)
			if account.Counts.Refused != c.refused || account.Changed != c.change || account.New+account.Absent != 0 || strings.Join(titles, " ") != c.titles {
				t.Errorf("%s: %+v, titles %q, want %d refused, %d changed, %q", name, account.Counts, titles, c.refused, c.change, c.titles)
			}
			if c.refused > 0 && !slices.Contains(told, "activity-ambiguous A2") {
				t.Errorf("%s: told %q", name, told)
			}
		})
	}
}

func TestLinesThatEraseAndLinesThatSayNothing(t *testing.T) {
	const header = "activity,type,day,currency,value\n"
	for name, c := range map[string]struct {
		lines string
		money string
		told  bool
	}{
		"nothing but the activity": {"W1,,,,\n", "[5 6]", true},
		"nothing, and a line":      {"W1,,,,\nW1,disbursement,2024-05-01,USD,9\n", "[9]", true},
		"erased":                   {"W1,-,-,-,-\n", "[]", false},
		"erased and given":         {"W1,-,-,-,-\nW1,disbursement,2024-05-01,USD,9\n", "[9]", false},
		"given and erased":         {"W1,disbursement,2024-01-01,USD,5\nW1,-,-,-,-\n", "[5]", false},
	} {
		r := open(dbtest.SQLite(t))
		loadCSV(t, r, "id,title_en,actual_start,partners\nW1,One,2024-01-01,funding: F\n")
		loadCSV(t, r, header+"W1,disbursement,2024-01-01,USD,5\nW1,disbursement,2024-02-01,USD,6\n")
		_, told := tried(t, r, ownWork, header+c.lines)
		p, err := r.Activity(context.Background(), register.Key("", "W1", "own-work.csv", 1))
		if err != nil {
			t.Fatal(err)
		}
		money := []string{}
		for _, m := range p.Transactions {
			money = append(money, m.Original)
		}
		if fmt.Sprint(money) != c.money || slices.Contains(told, "line-empty") != c.told {
			t.Errorf("%s: transactions %v, told %q; want %s", name, money, told, c.money)
		}
		tried(t, r, ownWork, "activity,role,partner\nW1,,\n")
		if p, err = r.Activity(context.Background(), p.Key); err != nil || len(p.Participants) != 1 {
			t.Errorf("%s: an empty line took the partners: %v, %v", name, p.Participants, err)
		}
	}
}

func TestATagNamesActionLinesByEitherName(t *testing.T) {
	r := open(dbtest.SQLite(t))
	loadCSV(t, r, "id,title_en,actual_start\nW1,One,2024-01-01\n")
	loadCSV(t, r, "activity,scheme,code\nW1,action-line,C2\nW1,wsis-action-line,C5\n")
	for _, code := range []string{"C2", "C5"} {
		if got := tagOf(t, r, register.Key("", "W1", "own-work.csv", 1), lineScheme, code); got.Basis != register.Stated {
			t.Errorf("%s is %+v, want stated", code, got)
		}
	}
}

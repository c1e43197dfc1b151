package demo_test

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/demo"
	"resolute/internal/framework"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
	"resolute/internal/register"
)

// loaded is a store with a demonstration, and its register.
func loaded(t *testing.T, o demo.Options) (*db.DB, *register.Register) {
	t.Helper()
	d := dbtest.SQLite(t)
	r := &register.Register{DB: d, Now: time.Now}
	if err := demo.Load(context.Background(), r, o); err != nil {
		t.Fatal(err)
	}
	return d, r
}

func answers(d *db.DB) *coverage.Coverage {
	c := &coverage.Coverage{DB: d, Frameworks: &framework.Framework{DB: d, Now: time.Now}}
	for _, a := range mandate.Aliases() {
		c.Paragraphs = append(c.Paragraphs, coverage.Paragraph{ID: a.Alias, Parent: a.Parent, Thread: a.Thread, Addressee: a.Addressee, Title: a.Wording})
	}
	return c
}

func table(t *testing.T, c *coverage.Coverage, q coverage.Query) coverage.Table {
	t.Helper()
	answer, err := c.Table(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// leaves counts the operative leaves by state, and the gaps that occur.
func leaves(table coverage.Table) (states map[string]int, gaps map[string]bool) {
	states, gaps = map[string]int{}, map[string]bool{}
	for i, a := range mandate.Aliases() {
		if a.Leaf() {
			states[table.Rows[i].State]++
		}
		for _, gap := range table.Rows[i].Gaps {
			gaps[gap] = true
		}
	}
	return states, gaps
}

func TestFourHundredActivitiesShowEveryStateAndGapOfAParagraph(t *testing.T) {
	for _, seed := range []uint64{1, 2, 3} {
		d, _ := loaded(t, demo.Options{Activities: 400, Seed: seed})
		c := answers(d)
		states, gaps := leaves(table(t, c, coverage.Query{By: coverage.ByProvision}))
		if states[coverage.Answered] < 20 || states[coverage.Partly] < 12 || states[coverage.Proposed] < 3 || states[coverage.Nothing] < 4 {
			t.Errorf("seed %d: states %v", seed, states)
		}
		for _, gap := range []string{coverage.NoEvidence, coverage.NoResult, coverage.NoMoney, coverage.OneOrganisation, coverage.Stale} {
			if !gaps[gap] {
				t.Errorf("seed %d: no paragraph has the gap %s", seed, gap)
			}
		}
		states, _ = leaves(table(t, c, coverage.Query{By: coverage.ByProvision, Period: resolute.Period{From: "2010-01-01", To: "2012-12-31"}}))
		if states[coverage.NoReport] < 20 {
			t.Errorf("seed %d: states before the demonstration began: %v", seed, states)
		}
	}
}

func TestEveryKindOfPageHasContent(t *testing.T) {
	d, r := loaded(t, demo.Options{Activities: 400, Seed: 1})
	c := answers(d)
	for _, by := range coverage.Views {
		for _, row := range table(t, c, coverage.Query{By: by}).Rows {
			if by == coverage.ByLine || by == coverage.ByITURegion {
				if row.State != coverage.Answered {
					t.Errorf("%s %s is %s", by, row.ID, row.State)
				}
			}
		}
		if !slices.ContainsFunc(table(t, c, coverage.Query{By: by}).Rows, func(r coverage.Row) bool { return r.State == coverage.Answered }) {
			t.Errorf("by %s no row is answered", by)
		}
	}
	kinds, states := map[string]bool{}, map[ledger.State]bool{}
	changed, absent := 0, 0
	for _, account := range accounts(t, d) {
		kinds[account.Kind], states[account.State] = true, true
		changed, absent = changed+account.Changed, absent+account.Absent
	}
	if !kinds["iati"] || !kinds["activities"] || !kinds["resolution"] || !states[ledger.Refused] || changed == 0 || absent == 0 {
		t.Errorf("accounts of kinds %v and states %v, %d changed, %d absent", kinds, states, changed, absent)
	}
	verdicts := map[register.Verdict]bool{}
	decisions, err := r.Decisions(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range decisions {
		verdicts[one.Verdict] = true
	}
	if len(verdicts) != 4 {
		t.Errorf("verdicts %v, want all four", verdicts)
	}
}

func accounts(t *testing.T, d *db.DB) []ledger.Import {
	t.Helper()
	list, err := ledger.List(context.Background(), d, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestDecisionsAreAboutWhatIsThere(t *testing.T) {
	_, r := loaded(t, demo.Options{Activities: 20, Seed: 1})
	links := func(identifier, alias string) register.ReviewedLink {
		page, err := r.Activity(context.Background(), register.Key("ZZ-DEMO-100", identifier, "demonstration-own-work.csv", 1))
		if err != nil {
			t.Fatal(err)
		}
		paragraph, _ := mandate.Resolve(alias)
		i := slices.IndexFunc(page.Links, func(l register.ReviewedLink) bool { return l.Thread == paragraph.Thread })
		if i < 0 {
			t.Fatalf("%s has no link to %s", identifier, alias)
		}
		return page.Links[i]
	}
	for _, c := range []struct {
		identifier, alias string
		basis             register.Basis
		review            register.Review
	}{
		{"OWN-07", "F1.ii", register.Derived, register.Confirmed},
		{"OWN-02", "R7", register.Derived, register.Refused},
		{"OWN-18", "R1", register.Set, register.Confirmed},
		{"OWN-07", "F2", register.Derived, register.Open},
	} {
		if l := links(c.identifier, c.alias); l.Basis != c.basis || l.Review != c.review {
			t.Errorf("%s to %s is %s and %s, want %s and %s", c.identifier, c.alias, l.Basis, l.Review, c.basis, c.review)
		}
	}
}

func TestTheFaultsOfTheFilesAreFound(t *testing.T) {
	d, _ := loaded(t, demo.Options{Activities: 400, Seed: 1})
	found := map[string]bool{}
	severities := map[resolute.Severity]bool{}
	for _, account := range accounts(t, d) {
		list, err := ledger.Findings(context.Background(), d, account.ID, 0, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range list {
			found[f.Rule], severities[f.Severity] = true, true
		}
	}
	for _, rule := range []string{"percentage-sum", "activity-undated", "identifier-missing", "value-rounded", "value-invalid", "vocabulary-uri-missing", "unknown-code",
		"duplicate-identifier", "date-invalid", "currency-missing", "transaction-date-missing", "transaction-type-missing"} {
		if !found[rule] {
			t.Errorf("no file shows %s", rule)
		}
	}
	if len(severities) != 3 {
		t.Errorf("severities %v, want all three", severities)
	}
}

func TestTheWrittenFileComesInAgainUnchanged(t *testing.T) {
	o := demo.Options{Activities: 200, Seed: 4}
	_, r := loaded(t, o)
	account, err := r.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "demonstration.xml"}, bytes.NewReader(write(t, o)), register.ImportOptions{})
	if err != nil || account.New != 0 || account.Changed != 0 || account.Absent != 0 || account.Unchanged == 0 {
		t.Errorf("again: %d new, %d changed, %d absent, %d unchanged, %v", account.New, account.Changed, account.Absent, account.Unchanged, err)
	}
}

func TestTheWordingHasEveryParagraphAndSaysWhatItIs(t *testing.T) {
	d, r := loaded(t, demo.Options{Activities: 1, Seed: 1})
	text, err := (&mandate.Mandate{DB: d, Now: r.Now}).Read(context.Background(), mandate.BuiltIn(), 0)
	if err != nil || text == nil {
		t.Fatalf("no wording, %v", err)
	}
	threads := map[string]bool{}
	for _, w := range text.Provisions {
		threads[w.Thread] = true
	}
	for _, a := range mandate.Aliases() {
		if !threads[a.Thread] {
			t.Errorf("%s has no wording", a.Alias)
		}
	}
	if !strings.Contains(text.Label, "Demonstration") || !strings.HasPrefix(text.Title, "Demonstration wording, not the adopted text") {
		t.Errorf("label %q and title %q do not say that the text is a demonstration", text.Label, text.Title)
	}
}

func TestASecondResolutionHasCoverageAndGaps(t *testing.T) {
	ctx := context.Background()
	d, r := loaded(t, demo.Options{Activities: 400, Seed: 1})
	m := &mandate.Mandate{DB: d, Now: r.Now}
	text, err := m.Read(ctx, demo.Second, 0)
	if err != nil || text == nil || !strings.Contains(text.Label, "Demonstration") || !strings.HasPrefix(text.Title, "Demonstration wording, not the text of any conference") {
		t.Fatalf("the second resolution does not say that it is a demonstration: %+v, %v", text, err)
	}
	paragraphs, err := m.Paragraphs(ctx, demo.Second)
	if err != nil {
		t.Fatal(err)
	}
	on, err := answers(d).Of(ctx, paragraphs)
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]int{}
	for _, row := range table(t, on, coverage.Query{By: coverage.ByProvision}).Rows {
		states[row.State]++
	}
	if states[coverage.Answered] == 0 || states[coverage.Partly] == 0 || states[coverage.Nothing] == 0 {
		t.Errorf("states of its paragraphs: %v", states)
	}
	if faults := mandate.Lint(mandate.Parse(text.Body)); len(faults) > 0 {
		t.Errorf("lint finds %v", faults)
	}
}

func TestTheWordingHasThePlantedFaults(t *testing.T) {
	text, err := os.ReadFile("data/wording.txt")
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, f := range mandate.Lint(mandate.Parse(string(text))) {
		rules = append(rules, f.Rule)
	}
	if want := []string{"citation-older-than-known", "letter-repeated", "citation-of-followed-instrument"}; !slices.Equal(rules, want) {
		t.Errorf("lint finds %v, want %v", rules, want)
	}
}

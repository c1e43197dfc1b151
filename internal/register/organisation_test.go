package register_test

import (
	"context"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/iati"
	"resolute/internal/iatitest"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

// organisationFile writes a file of organisations, each given by identifier and total budget.
func organisationFile(pairs ...string) string {
	var b strings.Builder
	b.WriteString(`<iati-organisations version="2.03">`)
	for i := 0; i < len(pairs); i += 2 {
		identifier := `<organisation-identifier>` + pairs[i] + `</organisation-identifier>`
		if pairs[i] == "" {
			identifier = ""
		}
		b.WriteString(`<iati-organisation default-currency="USD">` + identifier + `<name><narrative xml:lang="en">Name of ` + pairs[i] + `</narrative></name>
<reporting-org ref="XM-P-1" type="40"><narrative xml:lang="en">Publisher</narrative></reporting-org>
<total-budget><period-start iso-date="2025-01-01"/><period-end iso-date="2025-12-31"/><value value-date="2025-01-01">` + pairs[i+1] + `</value></total-budget></iati-organisation>`)
	}
	return b.String() + `</iati-organisations>`
}

// counts are new, changed, unchanged, absent and refused of an account.
func counts(a ledger.Import) [5]int {
	return [5]int{a.New, a.Changed, a.Unchanged, a.Absent, a.Refused}
}

// budgetOf is what readers see as the first budget of an organisation.
func budgetOf(t *testing.T, r *register.Register, party string, seq int64) string {
	t.Helper()
	s, ok, err := r.StatementOf(context.Background(), party, seq)
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		return "nothing"
	}
	return s.Says.Money[0].Value.Cents.String()
}

func noFault(t *testing.T, r *register.Register) {
	t.Helper()
	for _, c := range r.Checks(true) {
		if !strings.HasPrefix(c.Name, "organisation-") && !strings.HasPrefix(c.Name, "import-") {
			continue
		}
		found, err := c.Run(context.Background(), r.DB, 5)
		if err != nil || found.Count > 0 {
			t.Errorf("check %s: %+v, %v", c.Name, found, err)
		}
	}
}

func TestAFileOfOrganisationsIsKeptInVersions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, src := open(d), register.Source{File: "org.xml"}
		steps := []struct {
			name, file string
			want       [5]int
			one, two   string
		}{
			{"two are new, one is refused", organisationFile("XM-P-1", "100", "", "7", "XM-P-2", "200"), [5]int{2, 0, 0, 0, 1}, "100.00", "200.00"},
			{"the same again", organisationFile("XM-P-1", "100", "XM-P-2", "200"), [5]int{0, 0, 2, 0, 0}, "100.00", "200.00"},
			{"one changes, one is gone", organisationFile("XM-P-1", "150"), [5]int{0, 1, 0, 1, 0}, "150.00", "nothing"},
			{"it comes back", organisationFile("XM-P-1", "150", "XM-P-2", "200"), [5]int{0, 0, 2, 0, 0}, "150.00", "200.00"},
		}
		var last ledger.Import
		var before int64
		for _, s := range steps {
			before = last.Seq
			last = load(t, r, src, s.file)
			if got := counts(last); got != s.want || last.Kind != "organisations" {
				t.Errorf("%s: %s %v, want %v", s.name, last.Kind, got, s.want)
			}
			if one, two := budgetOf(t, r, "ref:XM-P-1", 0), budgetOf(t, r, "ref:XM-P-2", 0); one != s.one || two != s.two {
				t.Errorf("%s: %s and %s, want %s and %s", s.name, one, two, s.one, s.two)
			}
			noFault(t, r)
		}
		if got := budgetOf(t, r, "ref:XM-P-2", before); got != "nothing" {
			t.Errorf("before the last import: %s", got)
		}
		if _, err := r.Undo(context.Background(), resolute.Operator(), last.ID); err != nil {
			t.Fatal(err)
		}
		if got := budgetOf(t, r, "ref:XM-P-2", 0); got != "nothing" {
			t.Errorf("after undoing: %s", got)
		}
		if got := budgetOf(t, r, "ref:XM-P-2", last.Seq); got != "200.00" {
			t.Errorf("before it was undone: %s", got)
		}
		noFault(t, r)
	})
}

func TestAPreviewOfOrganisationsStoresNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, src := open(d), register.Source{File: "org.xml"}
		load(t, r, src, organisationFile("XM-P-1", "100", "XM-P-2", "1"))
		var deeds []string
		p, err := r.PreviewIATI(context.Background(), resolute.Operator(), src, strings.NewReader(organisationFile("XM-P-1", "300", "XM-P-3", "1", "", "2")),
			register.PreviewOptions{Findings: 10, Change: func(c register.Change) error {
				deeds = append(deeds, c.Deed+" "+c.Identifier)
				return nil
			}})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(deeds, ", "); counts(p.Account) != [5]int{1, 1, 0, 1, 1} || got != "changed XM-P-1, new XM-P-3, refused , absent XM-P-2" {
			t.Errorf("%v: %s", counts(p.Account), got)
		}
		if got := budgetOf(t, r, "ref:XM-P-1", 0); got != "100.00" {
			t.Errorf("it stored %s", got)
		}
	})
}

func TestAFileOfOrganisationsIsRefusedWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		load(t, r, register.Source{File: "org.xml"}, organisationFile("XM-P-1", "100"))
		whole := organisationFile("XM-P-1", "900")
		for name, text := range map[string]string{
			"cut off":         whole[:len(whole)-30],
			"other publisher": strings.ReplaceAll(whole, `ref="XM-P-1"`, `ref="XM-Q-9"`),
		} {
			account, err := r.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "org.xml"}, strings.NewReader(text), register.ImportOptions{})
			if resolute.CodeOf(err) != resolute.Invalid || account.State != ledger.Refused || account.Kind != "iati" && account.Kind != "organisations" {
				t.Errorf("%s: %+v, %v", name, account, err)
			}
			if got := budgetOf(t, r, "ref:XM-P-1", 0); got != "100.00" {
				t.Errorf("%s: it shows %s", name, got)
			}
		}
		noFault(t, r)
	})
}

func TestEqualIdentifiersInOneFileAreAllKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, src := open(d), register.Source{File: "org.xml"}
		first := load(t, r, src, organisationFile("XM-P-1", "1", "XM-P-1", "2"))
		turned := load(t, r, src, organisationFile("XM-P-1", "2", "XM-P-1", "1"))
		if counts(first) != [5]int{2, 0, 0, 0, 0} || counts(turned) != [5]int{0, 0, 2, 0, 0} {
			t.Errorf("%v, then in another order %v", counts(first), counts(turned))
		}
		if s, _, err := r.StatementOf(context.Background(), "ref:XM-P-1", 0); err != nil || s.Others != 1 {
			t.Errorf("beside the one shown: %d, %v", s.Others, err)
		}
	})
}

func TestFaultsAgainstTheSchemaOfOrganisationsAreTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		account := load(t, r, register.Source{File: "org.xml"}, strings.Replace(organisationFile("XM-P-1", "1"), "<name>", "<stray/><name>", 1))
		if account.Total != (resolute.FindingsTotal{Warning: 1}) {
			t.Errorf("told %+v", account.Total)
		}
		var roots int
		if err := d.QueryRow(context.Background(), `SELECT COUNT(*) FROM organisation WHERE key = 'ref:XM-P-1' AND name = 'Name of XM-P-1' AND type = '40'`).Scan(&roots); err != nil || roots != 1 {
			t.Errorf("the directory knows it %d times, %v", roots, err)
		}
	})
}

func TestSampleFilesOfOrganisationsComeIn(t *testing.T) {
	path := samples(t, filepath.Join("iati", "real", "iom-organisation-2.03.xml"))
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		load(t, r, register.Source{File: "iom.xml"}, file(t, path))
		s, ok, err := r.StatementOf(context.Background(), "ref:XM-DAC-47066", 0)
		if err != nil || !ok || s.Says.Money[0].Kind != iati.TotalBudget || s.Says.Money[0].Value.Cents.String() != "1034132000.00" || len(s.Says.Money[0].Lines) == 0 {
			t.Errorf("%v %v %+v", ok, err, s.Says)
		}
	})
}

// Given back and taken in again nothing changes, and what is given back then is the same.
func TestOrganisationsComeBackAsTheyWereGiven(t *testing.T) {
	paths := []string{filepath.Join("..", "iati", "testdata", "organisations.xml"), filepath.Join("..", "iati", "testdata", "organisations1.xml")}
	if more, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "samples", "iati", "real", "*organisation*.xml")); more != nil {
		paths = append(paths, more...)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		for _, path := range paths {
			name := filepath.Base(path)
			before := load(t, r, register.Source{File: name}, file(t, path))
			var reporter string
			err := r.GiveOrganisations(context.Background(), register.OrganisationGiving{Order: register.BySource}, func(register.GivenState) error { return nil }, func(g register.Given) error {
				if g.Source == name {
					reporter = g.Reporter
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			once := organisationsOf(t, r, reporter)
			again := load(t, r, register.Source{File: name}, once)
			if again.Unchanged != before.New || again.Changed+again.New+again.Absent+again.Refused != 0 {
				t.Errorf("%s: taken in again %+v", name, again.Counts)
			}
			if twice := organisationsOf(t, r, reporter); generatedAt.ReplaceAllString(twice, "") != generatedAt.ReplaceAllString(once, "") {
				t.Errorf("%s: given back again it differs", name)
			}
			iatitest.ValidOrganisations(t, map[string][]byte{name: []byte(once)})
		}
		publishers, err := r.OrganisationPublishers(context.Background())
		if err != nil || len(publishers) < 2 || !slices.ContainsFunc(publishers, func(p register.OrganisationPublisher) bool {
			return p.Address() == "iati/organisations/GB-EXAMPLE-9.xml"
		}) {
			t.Errorf("publishers %+v, %v", publishers, err)
		}
	})
}

var generatedAt = regexp.MustCompile(` generated-datetime="[^"]*"`)

func organisationsOf(t *testing.T, r *register.Register, reporter string) string {
	t.Helper()
	var b strings.Builder
	if err := r.WriteOrganisations(context.Background(), &b, reporter); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatIsStatedIsToldByPeriod(t *testing.T) {
	r := open(dbtest.SQLite(t))
	load(t, r, register.Source{File: "o.xml"}, file(t, filepath.Join("..", "iati", "testdata", "organisations.xml")))
	s, _, err := r.StatementOf(context.Background(), "ref:XM-EXAMPLE-1", 0)
	if err != nil {
		t.Fatal(err)
	}
	chf := func(cents resolute.Cents) []register.StatedAmount {
		return []register.StatedAmount{{Currency: "CHF", Cents: cents}}
	}
	want := []register.StatedPeriod{
		{From: "2026-01-01", To: "2026-12-31", Budgets: chf(0)},
		{From: "2025-01-01", To: "2025-12-31", Budgets: chf(125000050), ToOrganisations: []register.StatedAmount{{Currency: "USD", Cents: -1000}}, ToRegions: chf(30000), ToCountries: chf(40000)},
		{From: "2024-01-01", To: "2024-12-31", Spent: chf(99000000)},
	}
	if got := s.Periods(); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got := s.Recipients(); len(got) != 3 || got[0].Code != "KE" || got[2].Of != "organisation" {
		t.Errorf("recipients %+v", got)
	}
}

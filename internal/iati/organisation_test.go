package iati_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/iati"
	"resolute/internal/iatitest"
)

// organisations reads a file of organisations.
func organisations(t testing.TB, file []byte) (list []iati.Organisation, told []resolute.Finding) {
	t.Helper()
	eachElement(t, file, func(root iati.Root, el *iati.Element) {
		o, findings := iati.DecodeOrganisation(root, el)
		list, told = append(list, o), append(told, findings...)
	})
	return list, told
}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAnOrganisationIsReadWithAllItsMoney(t *testing.T) {
	list, told := organisations(t, fixture(t, "organisations.xml"))
	if len(list) != 2 {
		t.Fatalf("%d organisations", len(list))
	}
	o := list[0]
	if o.Identifier != "XM-EXAMPLE-1" || o.Name["fr"] != "Office des réseaux" || o.DefaultCurrency != "CHF" || o.LastUpdated != "2025-01-10T08:00:00Z" || o.Reporter.Type != "40" || o.IdentifierLine != 4 {
		t.Errorf("got %+v", o)
	}
	type line struct {
		kind, status, from, to, recipient, currency, cents string
		lines                                              int
	}
	var got []line
	for _, m := range o.Money {
		got = append(got, line{m.Kind, m.Status, m.From, m.To, m.Recipient.Code, m.Value.Currency, m.Value.Cents.String(), len(m.Lines)})
	}
	want := []line{
		{iati.TotalBudget, "2", "2025-01-01", "2025-12-31", "", "CHF", "1250000.50", 2},
		{iati.TotalBudget, "1", "2026-01-01", "2026-12-31", "", "CHF", "0.00", 0},
		{iati.RecipientOrg, "1", "2025-01-01", "2025-12-31", "XM-EXAMPLE-2", "USD", "-10.00", 0},
		{iati.RecipientRegion, "1", "2025-01-01", "2025-12-31", "298", "CHF", "300.00", 0},
		{iati.RecipientCountry, "1", "2025-01-01", "2025-12-31", "KE", "CHF", "400.00", 0},
		{iati.TotalExpenditure, "", "2024-01-01", "2024-12-31", "", "CHF", "990000.00", 1},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%v\nwant\n%v", got, want)
	}
	lines := o.Money[0].Lines
	if lines[0].Ref != "A" || lines[0].Name["fr"] != "Formation" || lines[0].Value.Currency != "EUR" || lines[1].Value.Exact || lines[1].Value.Cents.String() != "500000.50" {
		t.Errorf("lines: %+v", lines)
	}
	if d := o.Documents[0]; d.Title["en"] != "Annual report" || d.Day != "2025-01-05" || d.Categories[0] != "B01" {
		t.Errorf("document: %+v", d)
	}
	if !list[1].Reporter.Secondary || list[1].Name["ar"] == "" || list[1].Money != nil {
		t.Errorf("got %+v", list[1])
	}
	if got := brief(told); len(got) != 1 || !strings.Contains(got[0], "value-rounded") {
		t.Errorf("told: %v", got)
	}
}

func TestFaultsOfAnOrganisationAreTold(t *testing.T) {
	for _, c := range []struct{ name, inside, want string }{
		{"no identifier", `<name/>`, "identifier-missing"},
		{"money without value", `<organisation-identifier>A</organisation-identifier><total-budget><period-start iso-date="2020-01-01"/></total-budget>`, "value-invalid"},
		{"a day that is none", `<organisation-identifier>A</organisation-identifier><total-expenditure><period-start iso-date="2020-13-01"/><value currency="USD">1</value></total-expenditure>`, "date-invalid"},
		{"money without currency", `<organisation-identifier>A</organisation-identifier><total-budget><value>1</value></total-budget>`, "currency-missing"},
		{"a status that is none", `<organisation-identifier>A</organisation-identifier><total-budget status="7"><value currency="USD">1</value></total-budget>`, "unknown-code"},
	} {
		_, told := organisations(t, []byte(`<iati-organisations version="2.03"><iati-organisation>`+c.inside+`</iati-organisation></iati-organisations>`))
		if len(told) != 1 || told[0].Rule != c.want {
			t.Errorf("%s: told %v, want %s", c.name, told, c.want)
		}
	}
}

func TestOrganisationsOfTheFirstGenerationAreBroughtToTheThird(t *testing.T) {
	file := fixture(t, "organisations1.xml")
	list, told := organisations(t, file)
	if len(list) != 1 || len(told) != 2 || told[0].Rule != "value-rounded" || told[1].Rule != iati.FindingKept || told[1].Found != "iati-organisation/document-link/category/text" {
		t.Fatalf("%d organisations; told %v", len(list), told)
	}
	o := list[0]
	if o.Identifier != "GB-EXAMPLE-9" || o.Name["en"] != "Ministry of Post" || o.Name["fr"] != "Ministère de la Poste" || o.Reporter.Type != "10" || o.IdentifierLine != 7 {
		t.Errorf("got %+v", o)
	}
	if len(o.Money) != 3 || o.Money[0].From != "2013-04-01" || o.Money[0].To != "2014-03-31" || o.Money[1].Recipient.Name["en"] != "Letters for All" || o.Money[2].Recipient.Code != "RW" {
		t.Errorf("money: %+v", o.Money)
	}
	if d := o.Documents; len(d) != 1 || !slices.Equal(d[0].Languages, []string{"en"}) {
		t.Errorf("documents: %+v", d)
	}
	eachElement(t, file, func(root iati.Root, el *iati.Element) {
		is, _ := root.Upgrade(el)
		if faults := iati.NewJudge(iati.Root{Kind: iati.Organisations, Version: "2.03"}).Element(is); len(faults) > 0 {
			t.Errorf("not valid as 2.03: %v\n%s", faults, is.Raw)
		}
	})
}

// What is given back is valid by the official schema where it was, and says the same.
func TestOrganisationsAreGivenBackAsTheyCameIn(t *testing.T) {
	files := map[string][]byte{"organisations.xml": fixture(t, "organisations.xml"), "organisations1.xml": fixture(t, "organisations1.xml")}
	if folder := optionalSamples(); folder != "" {
		for _, name := range []string{"iom-organisation-2.03.xml", "organisation-standard-example-annotated.xml"} {
			files[name] = unzipped(t, filepath.Join(folder, "real", name))
		}
		passing, _ := filepath.Glob(filepath.Join(folder, "suites", "ssot-*", "organisation-tests", "should-pass", "*.xml"))
		for _, path := range passing {
			file := unzipped(t, path)
			if _, err := iati.NewReader(bytes.NewReader(file), iati.Options{}); err == nil { // the schema takes any word for a version
				files[strings.TrimPrefix(path, folder)] = file
			}
		}
	}
	given := map[string][]byte{}
	for name, file := range files {
		var out bytes.Buffer
		w := iati.NewWriter(&out, iati.Root{Kind: iati.Organisations})
		valid := true
		eachElement(t, file, func(root iati.Root, el *iati.Element) {
			raw, told := root.Standalone(el)
			valid = valid && !slices.ContainsFunc(told, func(f resolute.Finding) bool { return f.Rule == "export-not-valid" })
			if err := w.WriteElement(raw); err != nil {
				t.Fatal(err)
			}
			then, _ := iati.DecodeOrganisation(root, el)
			now, _ := iati.DecodeOrganisation(iati.Root{Kind: iati.Organisations, Version: "2.03"}, &iati.Element{Raw: raw, Line: 1, Column: 1})
			if then.Identifier != now.Identifier || !reflect.DeepEqual(then.Name, now.Name) || len(then.Money) != len(now.Money) || len(then.Documents) != len(now.Documents) {
				t.Errorf("%s:%d: given back, it reads otherwise", name, el.Line)
			}
			if root.Canonical(el) != (iati.Root{Kind: iati.Organisations, Version: "2.03"}).Canonical(&iati.Element{Raw: raw}) {
				t.Errorf("%s:%d: given back, it is another one: %v\n%s", name, el.Line, told, raw)
			}
		})
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if valid {
			given[name] = out.Bytes()
		}
	}
	iatitest.ValidOrganisations(t, given)
	if given["organisations.xml"] == nil || given["organisations1.xml"] == nil {
		t.Error("what was valid is not given back as valid")
	}
}

// optionalSamples is the folder of sample files; empty where there is none.
func optionalSamples() string {
	folder := filepath.Join("..", "..", "..", "shared", "samples", "iati")
	if _, err := os.Stat(folder); err != nil {
		return ""
	}
	return folder
}

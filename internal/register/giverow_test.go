package register_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/iati"
	"resolute/internal/iatitest"
	"resolute/internal/register"
)

// ofAgency is a file that says of what type the reporting organisation of the tables below is.
func ofAgency() string {
	return strings.Replace(iatiFile(activity{id: "ZZ-9-1", reporter: "ZZ-9"}), `<participating-org role="4">`, `<participating-org role="1" ref="ZZ-1" type="10"/><participating-org role="4">`, 1)
}

// manyWholes is own work with documents and with concepts of several frameworks, some with shares.
const manyWholes = "id,reporter,title_en,description_en,status,actual_start,countries,partners,documents,action_lines,goals,targets,groups,paragraphs,indicators\n" +
	"ZZ-1-A,Agency <ZZ-1>,A,D,implementation,2024-01-01,KE,implementing: P,https://a.example/r.pdf 2024-02-01|https://a.example/page|https://a.example/x.unheard,C2:60|C6:40,9|17,9.c,women:50|youth:50,R11.ii,17.6.1\n" +
	"ZZ-1-B,Agency <ZZ-1>,B,D,implementation,2024-01-01,KE,implementing: P,,C2|C6,9,9.c,,R11.ii|M5,17.6.1|17.8.1\n" +
	"ZZ-1-C,Agency <ZZ-1>,C,D,implementation,2024-01-01,KE,implementing: P,,C2,9:50|17:50,,,,\n" +
	"ZZ-1-D,Agency <ZZ-1>,D,D,implementation,2024-01-01,KE,implementing: P,,C2:60|C6,9,,,,\n"

// TestOwnWorkOfTablesIsWholeAsIATI holds for what an export writes of own work: documents go with it,
// the file is valid, no rule about the sums of shares is broken but where the table breaks it, and
// what is taken in elsewhere says the same.
func TestOwnWorkOfTablesIsWholeAsIATI(t *testing.T) {
	here := open(dbtest.SQLite(t))
	load(t, here, register.Source{File: "other.xml"}, ofAgency())
	loadCSV(t, here, manyWholes)
	file, findings := given(t, here, register.Giving{Plain: true})
	if len(findings) > 0 {
		t.Errorf("%+v", findings)
	}
	iatitest.Valid(t, map[string][]byte{"own.xml": []byte(file)})
	var told []string
	verdict, err := iati.Check(strings.NewReader(file), iati.Checking{Now: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)}, func(f iati.Fault) {
		if strings.HasPrefix(f.Record, "ZZ-1-") && (strings.HasPrefix(f.Rule, "2.") || strings.HasPrefix(f.Path, "iati-activities/iati-activity/document-link")) {
			told = append(told, f.Record+" "+f.Rule)
		}
	})
	if err != nil || !verdict.Valid {
		t.Errorf("not valid: %v", err)
	}
	if want := []string{"ZZ-1-D 2.1.4"}; !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
	for _, want := range []string{
		`<document-link format="application/pdf" url="https://a.example/r.pdf">`, `<document-link format="text/html" url="https://a.example/page">`,
		`<document-link format="application/octet-stream" url="https://a.example/x.unheard">`, `<category code="A12"/>`, `<document-date iso-date="2024-02-01"/>`,
		`<sector vocabulary="98" vocabulary-uri="https://resolute.example/scheme/inclusion-group" code="women" percentage="50">`,
		`<tag vocabulary="2" code="17"/>`, `<tag vocabulary="99" vocabulary-uri="https://resolute.example/scheme/sdg-indicator" code="17.8.1">`,
		`<narrative>Information and communication infrastructure</narrative>`,
	} {
		if !strings.Contains(file, want) {
			t.Errorf("%s is not in\n%s", want, file)
		}
	}
	elsewhere := open(dbtest.SQLite(t))
	load(t, elsewhere, register.Source{File: "own.xml"}, file)
	for _, id := range []string{"ZZ-1-A", "ZZ-1-B", "ZZ-1-C", "ZZ-1-D"} {
		got, want := saidOf(t, elsewhere, "own.xml", id), saidOf(t, here, ownWork.File, id)
		if got != want || want == "" {
			t.Errorf("%s: said\n%s\nwant\n%s", id, got, want)
		}
	}
	if again, _ := given(t, elsewhere, register.Giving{Plain: true}); again != file {
		t.Errorf("given again\n%s\nwant\n%s", again, file)
	}
	if account := load(t, elsewhere, register.Source{File: "own.xml"}, file); account.Unchanged != account.Read {
		t.Errorf("%+v", account.Counts)
	}
}

// saidOf prints concepts, paragraphs and evidence of an activity, whatever says them.
func saidOf(t *testing.T, r *register.Register, source, id string) string {
	t.Helper()
	a, err := r.Activity(context.Background(), register.Key("ZZ-1", id, source, 1))
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, tag := range a.Tags {
		said = append(said, fmt.Sprint(tag.Scheme, " ", tag.Code, " ", tag.Share, " ", tag.Basis))
	}
	for _, link := range a.Links {
		said = append(said, fmt.Sprint(link.Thread, " ", link.Share, " ", link.Basis))
	}
	for _, e := range a.Evidence {
		said = append(said, fmt.Sprint(e))
	}
	slices.Sort(said)
	return strings.Join(said, "\n")
}

// TestOwnWorkOfTablesIsKnownAgainAsIATI: what was exported comes in again under the name of its source and
// changes nothing, nor does the table behind it; what was changed meanwhile is changed.
func TestOwnWorkOfTablesIsKnownAgainAsIATI(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		load(t, r, register.Source{File: "other.xml"}, ofAgency())
		loadCSV(t, r, manyWholes)
		other := register.Key("ZZ-9", "ZZ-9-1", "other.xml", 1)
		file, _ := given(t, r, register.Giving{Wanted: func(key string) bool { return key != other }})
		unchanged(t, d, load(t, r, ownWork, file))
		unchanged(t, d, load(t, r, ownWork, strings.Replace(file, "<iati-activities ", "<iati-activities  ", 1)))
		unchanged(t, d, loadCSV(t, r, manyWholes))
		if account := load(t, r, ownWork, strings.Replace(file, "<narrative>B</narrative>", "<narrative>Bee</narrative>", 1)); account.Changed != 1 || account.Unchanged != 3 {
			t.Errorf("%+v", account.Counts)
		}
	})
}

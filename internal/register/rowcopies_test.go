package register_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/register"
)

// copyXML is an activity whose partners, places and money are of this copy alone.
func copyXML(reporter, id string, partners []string, value int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<iati-activity><iati-identifier>%s</iati-identifier><reporting-org ref="%s" type="10"><narrative>R</narrative></reporting-org><title><narrative>T %s</narrative></title>`, id, reporter, id)
	for _, p := range partners {
		fmt.Fprintf(&b, `<participating-org role="4" type="22"><narrative>%s</narrative></participating-org>`, p)
	}
	b.WriteString(`<activity-status code="2"/><activity-date type="2" iso-date="2024-01-01"/><recipient-country code="KE"/>`)
	if value > 0 {
		fmt.Fprintf(&b, `<transaction><transaction-type code="3"/><transaction-date iso-date="2024-02-01"/><value currency="USD" value-date="2024-02-01">%d</value></transaction>`, value)
	}
	return b.String() + `</iati-activity>`
}

// TestAWorkbookOfSeveralCopiesComesBackWithoutChanges holds however often an identifier stands: in several
// sources, several times in one, under several organisations, as IATI and as own work.
func TestAWorkbookOfSeveralCopiesComesBackWithoutChanges(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	random := rand.New(rand.NewPCG(5, 7))
	one := func(options ...string) string { return options[random.IntN(len(options))] }
	for range 25 {
		for _, source := range []string{"a.xml", "b.xml"} {
			var b strings.Builder
			for range 1 + random.IntN(4) {
				var partners []string
				for range random.IntN(4) {
					partners = append(partners, one("P", "Q", "R"))
				}
				b.WriteString(copyXML("XM-DAC-1", one("A", "B", "C"), partners, random.IntN(3)))
			}
			if random.IntN(2) == 0 {
				b.WriteString(copyXML("XM-DAC-2", "A", []string{"Z"}, 7))
			}
			_, err := r.ImportIATI(context.Background(), operator, register.Source{File: source}, strings.NewReader(`<iati-activities version="2.03">`+b.String()+`</iati-activities>`), register.ImportOptions{})
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, source := range []string{"own.csv", "own2.csv"} {
			own := "id,reporter,title_en,partners\n" + source + ",,Own,\n"
			for range random.IntN(4) {
				own += one("A", "D") + "," + one("", "<XM-DAC-1>") + ",Own," + one("", "funding: F", "funding: G") + "\n"
			}
			takeIn(t, r, register.Source{File: source}, []byte(own))
		}
		before := seenActivities(t, d)
		book := asWorkbook(t, r)
		unchanged(t, d, takeIn(t, r, register.Source{File: "export.xlsx"}, book))
		for _, source := range []string{"own.csv", "own2.csv"} {
			unchanged(t, d, takeIn(t, r, register.Source{File: "export.xlsx", Name: source, Partial: true}, book))
		}
		if seenActivities(t, d) != before {
			t.Fatal("the register moved")
		}
	}
}

// TestAChangeGoesToTheCopyOfItsKey takes in what a person changed of one of two rows of an identifier.
func TestAChangeGoesToTheCopyOfItsKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(d)
		takeIn(t, r, register.Source{File: "own.csv"}, []byte("id,reporter,title_en,partners\nA,<XM-1>,One,funding: F\nA,<XM-1>,Two,funding: G\n"))
		keys := map[string]string{}
		given := giveAll(t, r, func(s register.GivenRowsState) {
			if !s.Keyed {
				t.Error("an identifier stands twice, and the tables have no keys")
			}
		})
		for _, g := range given {
			keys[g.Cells["title_en"]] = g.Cells[register.ColumnKey]
		}
		lines := []byte("activity,key,role,partner\nA," + keys["Two"] + ",funding,H\n")
		account := takeIn(t, r, register.Source{File: "lines.csv", Name: "own.csv", Partial: true}, lines)
		if account.Changed != 1 || account.New != 0 {
			t.Fatalf("%+v, want one changed", account.Counts)
		}
		got := map[string]string{}
		for _, g := range giveAll(t, r, func(register.GivenRowsState) {}) {
			got[g.Cells["title_en"]] = g.Cells["partners"] + g.Cells[register.ColumnKey]
			for _, l := range g.Lines[register.TablePartners] {
				got[g.Cells["title_en"]] = l["partner"] + l[register.ColumnKey]
			}
		}
		want := map[string]string{"One": "funding: F" + keys["One"], "Two": "H" + keys["Two"]}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

// TestKeysAreSaidOnlyWhereTheyTellApart keeps the usual workbook as the template is.
func TestKeysAreSaidOnlyWhereTheyTellApart(t *testing.T) {
	r := open(dbtest.SQLite(t))
	takeIn(t, r, register.Source{File: "own.csv"}, []byte("id,title_en\nA,One\nB,Two\n"))
	once := giveAll(t, r, func(s register.GivenRowsState) {
		if s.Keyed {
			t.Error("every identifier stands once, and the tables have keys")
		}
	})
	takeIn(t, r, register.Source{File: "other.csv"}, []byte("id,title_en\nA,Other\n"))
	for _, g := range append(once, giveAll(t, r, func(register.GivenRowsState) {})...) {
		key := g.Cells[register.ColumnKey]
		if key != "" && g.Cells["id"] == "B" {
			t.Errorf("B stands once and has the key %s", key)
		}
	}
}

func giveAll(t *testing.T, r *register.Register, begin func(register.GivenRowsState)) (given []register.GivenRow) {
	t.Helper()
	err := r.GiveRows(context.Background(), register.Giving{}, func(s register.GivenRowsState) error {
		begin(s)
		return nil
	}, func(g register.GivenRow) error {
		given = append(given, g)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return given
}

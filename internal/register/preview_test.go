package register_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

// fatal is what testing.T and rapid.T have in common.
type fatal interface {
	Fatal(...any)
	Helper()
}

// everything writes down every row of every table of a SQLite database.
func everything(t fatal, d *db.DB) string {
	t.Helper()
	var tables []string
	collect(t, d, `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`, func(cells []any) { tables = append(tables, fmt.Sprint(cells[0])) })
	if !slices.Contains(tables, "change") || !slices.Contains(tables, "staging") {
		t.Fatal("tables are missing", tables)
	}
	var b strings.Builder
	for _, table := range tables {
		collect(t, d, `SELECT * FROM `+table, func(cells []any) { fmt.Fprintln(&b, table, cells) })
	}
	return b.String()
}

func collect(t fatal, d *db.DB, query string, take func([]any)) {
	t.Helper()
	rows, err := d.Query(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		cells, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		take(cells)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// foreseen previews a file and gives the changes with it.
func foreseen(t fatal, r *register.Register, src register.Source, text string) (register.Preview, []register.Change) {
	t.Helper()
	var changes []register.Change
	p, err := r.PreviewIATI(context.Background(), operator, src, strings.NewReader(text), register.PreviewOptions{Findings: math.MaxInt32,
		Change: func(c register.Change) error {
			changes = append(changes, c)
			return nil
		}})
	if err != nil {
		t.Fatal(err)
	}
	return p, changes
}

// TestAPreviewIsWhatTheImportThenDoes holds for any two files of a source, with identifiers that
// stand several times and records that are refused: the account, the findings, and what happens to
// each activity. Nothing is stored by it.
func TestAPreviewIsWhatTheImportThenDoes(t *testing.T) {
	d := dbtest.SQLite(t)
	r, n := open(d), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		draw := func(label string) string {
			list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) activity {
				return activity{id: rapid.SampledFrom([]string{"A", "B", "C", ""}).Draw(t, "id"), reporter: fmt.Sprint("ZZ-TEST-", n),
					title: rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "title"), updated: rapid.SampledFrom([]string{"", "2024-01-01"}).Draw(t, "updated")}
			}), 1, 6).Draw(t, label)
			return iatiFile(append(list, activity{id: "LAST", reporter: fmt.Sprint("ZZ-TEST-", n)})...)
		}
		src := register.Source{File: fmt.Sprint("file-", n, ".xml"), Partial: rapid.Bool().Draw(t, "partial")}
		for step := range 3 {
			text := draw(fmt.Sprint("file ", step))
			before := ""
			if n%10 == 1 { // every time would take longer than all else
				before = everything(t, d)
			}
			p, changes := foreseen(t, r, src, text)
			if before != "" && everything(t, d) != before {
				t.Fatal("a preview stored something")
			}
			done, err := r.ImportIATI(context.Background(), operator, src, strings.NewReader(text), register.ImportOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if p.Account.Counts != done.Counts || p.Account.Total != done.Total || p.Account.SHA256 != done.SHA256 || p.Account.State != done.State {
				t.Fatalf("foreseen %+v, done %+v", p.Account, done)
			}
			findings, err := ledger.Findings(context.Background(), d, done.ID, 0, math.MaxInt32)
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(findings) != fmt.Sprint(p.Findings) {
				t.Fatalf("findings foreseen\n%v\ntold\n%v", p.Findings, findings)
			}
			checkDeeds(t, d, done, changes)
		}
	})
}

// checkDeeds holds changes against the entries of the import.
func checkDeeds(t *rapid.T, d *db.DB, done ledger.Import, changes []register.Change) {
	var told, entered []string
	for _, c := range changes {
		if c.Deed == register.DeedChanged && len(c.Fields) == 0 {
			t.Fatalf("%s changed, and no field of it did", c.Identifier)
		}
		if slices.Contains([]string{"new", "changed", "absent"}, c.Deed) {
			told = append(told, c.Deed+" "+c.Key)
		}
	}
	collect(t, d, fmt.Sprintf(`SELECT deed, key FROM import_entry WHERE import = %d AND deed IN ('new', 'changed', 'absent')`, done.ID), func(cells []any) {
		entered = append(entered, fmt.Sprint(cells[0], " ", cells[1]))
	})
	slices.Sort(told)
	slices.Sort(entered)
	if !slices.Equal(told, entered) {
		t.Fatalf("told %v, entered %v", told, entered)
	}
}

func TestAPreviewNamesFieldsByWhatTheyAreAbout(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	src := register.Source{File: "a.xml"}
	money := func(amount, day string) string {
		return `<transaction><transaction-type code="3"/><transaction-date iso-date="` + day + `"/><value value-date="` + day + `">` + amount + `</value></transaction>`
	}
	load(t, r, src, iatiFile(activity{id: "A", title: "old", extra: money("600", "2024-01-05") + money("7.50", "2024-02-05") + `<contact-info><email>a@example.org</email></contact-info>`}, activity{id: "GONE"}))
	_, changes := foreseen(t, r, src, iatiFile(activity{id: "A", title: "new", extra: money("7.50", "2024-02-05") + money("1,600", "2024-01-05") + money("1", "2024-03-01") + `<contact-info><email>b@example.org</email></contact-info>`}))
	want := []register.FieldChange{
		{Field: "title", Of: "en", Before: "old", After: "new"},
		{Field: "transaction.value", Of: "disbursement 2024-01-05", Before: "600 USD", After: "1,600 USD"},
		{Field: "transaction", Of: "disbursement 2024-03-01", After: "disbursement · 2024-03-01 · 1 USD · 2024-03-01"},
		{Field: "element", Of: "contact-info", Before: "<contact-info><email>a@example.org</email></contact-info>", After: "<contact-info><email>b@example.org</email></contact-info>"},
	}
	if len(changes) != 2 || !slices.Equal(changes[0].Fields, want) || changes[1].Deed != register.DeedAbsent || changes[1].Identifier != "GONE" {
		t.Errorf("got %+v", changes)
	}
}

func TestAPreviewOfARefusedFileStoresNothing(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	before := everything(t, d)
	p, err := r.PreviewIATI(context.Background(), operator, register.Source{File: "a.xml"}, strings.NewReader("<iati-activities version=\"2.03\"><iati-activity>"), register.PreviewOptions{Findings: 10})
	if err == nil || p.Account.State != ledger.Refused || len(p.Findings) != 1 {
		t.Errorf("error %v, account %+v, findings %v", err, p.Account, p.Findings)
	}
	if everything(t, d) != before {
		t.Error("a preview stored something")
	}
}

func TestAPreviewOfATableNamesCells(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	loadCSV(t, r, "id,title_en,actual_start,amounts\nW1,One,2024-01-01,commitment 2024-01-01 USD 5\n")
	var changes []register.Change
	p, err := r.PreviewTable(context.Background(), operator, ownWork, strings.NewReader("id,title_en,actual_start,amounts\nW1,One,2024-01-01,commitment 2024-01-01 USD 6\n,no id,,\n"),
		register.PreviewOptions{Change: func(c register.Change) error {
			changes = append(changes, c)
			return nil
		}})
	if err != nil || p.Account.Changed != 1 || p.Account.Refused != 1 {
		t.Fatalf("error %v, account %+v", err, p.Account)
	}
	want := []register.FieldChange{{Field: "transaction.value", Of: "commitment 2024-01-01", Before: "5 USD", After: "6 USD"}}
	if !slices.Equal(changes[0].Fields, want) || changes[0].Path != "A2" || changes[1].Path != "A3" || changes[1].Deed != register.DeedRefused {
		t.Errorf("got %+v", changes)
	}
}

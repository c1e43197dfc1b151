package register_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/register"
)

// TestADayMayCarryATime as date cells do that show only the day.
func TestADayMayCarryATime(t *testing.T) {
	r := open(dbtest.SQLite(t))
	account := loadCSV(t, r, "id,reporter,title_en,actual_start,actual_end,updated\nW1,<A>,One,2024-03-01T14:24:00,2024-03-02Tuesday,2024-06-30T23:59:59\n")
	p, err := r.Activity(context.Background(), register.Key("A", "W1", "own-work.csv", 1))
	if err != nil {
		t.Fatal(err)
	}
	if p.ActualStart != "2024-03-01" || p.ActualEnd != "" || p.Updated != "2024-06-30T00:00:00Z" {
		t.Errorf("from %q to %q, updated %q; want the days without their times, and no day where there is no time", p.ActualStart, p.ActualEnd, p.Updated)
	}
	if account.Total.Warning+account.Total.Error+account.Total.Note != 1 {
		t.Errorf("findings %+v, want one", account.Total)
	}
}

// bookSheet is a sheet of a workbook that is built by hand.
type bookSheet struct{ name, state, part string }

// bookOf builds a workbook.
func bookOf(t *testing.T, sheets ...bookSheet) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	write := func(name, text string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var names, relations strings.Builder
	for i, s := range sheets {
		fmt.Fprintf(&names, `<sheet name="%s" state="%s" r:id="r%d"/>`, s.name, s.state, i)
		fmt.Fprintf(&relations, `<Relationship Id="r%d" Target="worksheets/sheet%d.xml"/>`, i, i)
		write(fmt.Sprintf("xl/worksheets/sheet%d.xml", i), s.part)
	}
	write("xl/workbook.xml", `<workbook xmlns:r="r"><sheets>`+names.String()+`</sheets></workbook>`)
	write("xl/_rels/workbook.xml.rels", `<Relationships>`+relations.String()+`</Relationships>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sheetOf is a visible sheet with the cells of CSV that quotes nothing; = begins a formula.
func sheetOf(name, csv string) bookSheet {
	var rows strings.Builder
	for _, line := range strings.Split(csv, "\n") {
		rows.WriteString("<row>")
		for _, cell := range strings.Split(line, ",") {
			if formula, ok := strings.CutPrefix(cell, "="); ok {
				rows.WriteString("<c><f>" + formula + "</f><v>1</v></c>")
			} else {
				rows.WriteString(`<c t="inlineStr"><is><t>` + cell + `</t></is></c>`)
			}
		}
		rows.WriteString("</row>")
	}
	return bookSheet{name, "visible", "<worksheet><sheetData>" + rows.String() + "</sheetData></worksheet>"}
}

func TestSheetsThatAreNoTablesAreToldAndLeft(t *testing.T) {
	activities := sheetOf("Activities", "id,title_en,actual_start\nW1,One,2024-01-01")
	money := "activity,type,day,currency,value\nW1,disbursement,2024-01-01,USD,5"
	hidden := sheetOf("Transactions", money)
	hidden.state = "hidden"
	other := sheetOf("Old notes", "a,b")
	other.state = "hidden"
	for name, c := range map[string]struct {
		sheets  []bookSheet
		refused string // rule and cell; empty: taken in
		told    string // sheets
		money   int
	}{
		"a formula in the first row":            {[]bookSheet{activities, sheetOf("Summary", "Total,=SUM(A1)")}, "", "Summary", 0},
		"a name twice in the first row":         {[]bookSheet{activities, sheetOf("Summary", "Total,Total")}, "", "Summary", 0},
		"a chart":                               {[]bookSheet{{"Chart", "", "<chartsheet/>"}, activities}, "", "Chart", 0},
		"a broken file":                         {[]bookSheet{activities, {"Summary", "", "<worksheet><sheetData>"}}, "sheet-workbook ", "", 0},
		"a table without anything":              {[]bookSheet{activities, {"Transactions", "", "<worksheet><sheetData/></worksheet>"}}, "", "Transactions", 0},
		"a table whose header is broken":        {[]bookSheet{sheetOf("Activities", "id,title_en,title_en\nW1,One,Two"), sheetOf("Transactions", money)}, "sheet-header Activities!C1", "", 0},
		"a formula in a header":                 {[]bookSheet{activities, sheetOf("Transactions (2)", "activity,=A1")}, "sheet-formula Transactions (2)!B1", "", 0},
		"no table but a broken one":             {[]bookSheet{sheetOf("Sheet1", "id,title_en,title_en\nW1,One,Two")}, "sheet-header Sheet1!C1", "", 0},
		"a table on a hidden sheet":             {[]bookSheet{activities, hidden, other}, "", "Transactions", 0},
		"lines with a number of their own":      {[]bookSheet{activities, sheetOf("Transactions", "id,"+strings.ReplaceAll(money, "W1", "7,W1"))}, "", "", 1},
		"lines on a sheet of another name":      {[]bookSheet{activities, sheetOf("Sheet2", "id,"+strings.ReplaceAll(money, "W1", "7,W1"))}, "", "", 1},
		"activities with a column of that name": {[]bookSheet{sheetOf("Sheet1", "id,activity,title_en,actual_start\nW1,fair,One,2024-01-01"), sheetOf("Transactions", money)}, "", "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := open(dbtest.SQLite(t))
			account, err := r.ImportTable(context.Background(), operator, register.Source{File: "own.xlsx"}, bytes.NewReader(bookOf(t, c.sheets...)), register.ImportOptions{})
			if err != nil && resolute.CodeOf(err) != resolute.Invalid {
				t.Fatal(err)
			}
			findings, err := ledger.Findings(context.Background(), r.DB, account.ID, 0, 20)
			if err != nil {
				t.Fatal(err)
			}
			if account.State == ledger.Refused {
				if got := findings[0].Rule + " " + findings[0].Path; got != c.refused {
					t.Errorf("refused for %q, want %q", got, c.refused)
				}
				return
			}
			var told []string
			for _, f := range findings {
				if f.Rule == "unknown-sheet" {
					told = append(told, f.Found)
				}
			}
			p, err := r.Activity(context.Background(), register.Key("", "W1", "own.xlsx", 1))
			if err != nil || c.refused != "" || strings.Join(told, ", ") != c.told || len(p.Transactions) != c.money || account.New != 1 {
				t.Errorf("taken in with %q told, %d transactions, %+v, %v; want %q and %d", told, len(p.Transactions), account.Counts, err, c.told, c.money)
			}
		})
	}
}

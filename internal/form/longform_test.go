package form_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/form"
	"resolute/internal/ledger"
	"resolute/internal/register"
	"resolute/internal/sheet"
	"resolute/internal/wording"
)

// exported writes all activities as a workbook of sheets of ten rows.
func exported(t *testing.T, r *register.Register, lang resolute.Lang) []byte {
	t.Helper()
	var out bytes.Buffer
	w := form.NewWriter(&out, lang, catalogue(t, r))
	w.Rows = 10
	err := r.GiveRows(context.Background(), register.Giving{}, w.Begin, w.Take)
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rewritten gives a workbook with other cells, by their addresses, and other names of sheets.
func rewritten(t *testing.T, raw []byte, cells, names map[string]string) []byte {
	t.Helper()
	from, err := sheet.OpenWorkbook(bytes.NewReader(raw), int64(len(raw)), "export.xlsx", sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	book := sheet.NewBook(&out)
	for _, name := range from.Sheets {
		table, end, err := from.Table(name)
		if err != nil {
			t.Fatal(err)
		}
		f := sheet.Form{Name: name}
		if other := names[name]; other != "" {
			f.Name = other
		}
		for _, column := range table.Names {
			f.Columns = append(f.Columns, sheet.BookColumn{Name: column})
		}
		to, err := book.Sheet(f)
		if err != nil {
			t.Fatal(err)
		}
		for {
			row, err := table.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			texts := make([]string, len(row.Cells))
			for i, c := range row.Cells {
				texts[i] = c.Text
				if other, ok := cells[c.Address]; ok {
					texts[i] = other
				}
			}
			if err := to.Write(texts...); err != nil {
				t.Fatal(err)
			}
		}
		if err := end(); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// longOwnWork is a register of 25 activities with one amount and two partners each.
func longOwnWork(t *testing.T, d *db.DB) *register.Register {
	t.Helper()
	r := &register.Register{DB: d, Now: func() time.Time { return time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) }}
	activities, partners, amounts := "id,reporter,title_en,actual_start\n", "activity,role,partner\n", "activity,type,day,currency,value\n"
	for n := range 25 {
		activities += fmt.Sprintf("W%02d,Agency <A>,Work %d,2024-01-01\n", n, n)
		partners += fmt.Sprintf("W%02d,funding,F\nW%02d,implementing,I\n", n, n)
		amounts += fmt.Sprintf("W%02d,disbursement,2024-01-01,USD,%d\n", n, n+1)
	}
	for _, table := range []string{activities, partners, amounts} {
		if account := takenIn(t, r, table); account.Counts.Refused > 0 {
			t.Fatalf("%+v", account.Counts)
		}
	}
	return r
}

// foresee gives what taking a workbook in would change: cell and field.
func foresee(t *testing.T, r *register.Register, raw []byte) (register.Preview, []string, error) {
	t.Helper()
	var changes []string
	p, err := r.PreviewTable(context.Background(), resolute.Operator(), register.Source{File: "export.xlsx", Name: "own-work.csv"}, bytes.NewReader(raw),
		register.PreviewOptions{Findings: 100, ImportOptions: register.ImportOptions{Words: form.Words()}, Change: func(c register.Change) error {
			for _, f := range c.Fields {
				changes = append(changes, fmt.Sprintf("%s %s %s: %s > %s", c.Path, c.Identifier, f.Field, f.Before, f.After))
			}
			if len(c.Fields) == 0 && c.Deed != register.DeedUnchanged {
				changes = append(changes, c.Path+" "+c.Deed+" "+c.Rule)
			}
			return nil
		}})
	return p, changes, err
}

// TestALongWorkbookComesBackWithoutChanges in every language, and cells that a person changes on a further
// sheet are told with their addresses.
func TestALongWorkbookComesBackWithoutChanges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := longOwnWork(t, d)
		for _, lang := range resolute.Langs {
			raw, third := exported(t, r, lang), wording.For(lang).T("form.table.activities")+" (3)"
			book, err := sheet.OpenWorkbook(bytes.NewReader(raw), int64(len(raw)), "export.xlsx", sheet.Limits{})
			if err != nil || !slices.Contains(book.Sheets, third) || !slices.Contains(book.Sheets, wording.For(lang).T("form.table.partners")+" (6)") {
				t.Fatalf("%s: sheets %q, %v", lang, book.Sheets, err)
			}
			p, changes, err := foresee(t, r, raw)
			if err != nil || len(changes) > 0 || p.Account.Unchanged != 25 || p.Account.Read != 25 || p.Account.Partial || p.Account.Total != (resolute.FindingsTotal{}) {
				t.Errorf("%s: %v, %q, %+v, %+v", lang, err, changes, p.Account.Counts, p.Findings)
			}
			_, changes, err = foresee(t, r, rewritten(t, raw, map[string]string{third + "!C3": "Other work", wording.For(lang).T("form.table.transactions") + " (2)!F2": "1000"}, nil))
			want := []string{third + "!A3 W19 title: Work 19 > Other work"}
			if err != nil || len(changes) < 2 || !slices.Contains(changes, want[0]) || !strings.Contains(strings.Join(changes, "\n"), "W09 transaction") || len(changes) > 3 {
				t.Errorf("%s: %v, changes %q, want %q and an amount of W09", lang, err, changes, want)
			}
			p, _, err = foresee(t, r, rewritten(t, raw, map[string]string{third + "!D2": "sometime"}, nil))
			if err != nil || len(p.Findings) == 0 || p.Findings[0].Path != third+"!D2" {
				t.Errorf("%s: findings %+v, %v; want one about %s!D2", lang, p.Findings, err, third)
			}
		}
	})
}

// TestCodesStayAsTheyAreTyped in templates and exports: a target 17.10 must not become 17.1, which is another.
func TestCodesStayAsTheyAreTyped(t *testing.T) {
	r := longOwnWork(t, dbtest.SQLite(t))
	var template bytes.Buffer
	if err := form.Template(&template, register.Tables, resolute.French, catalogue(t, r)); err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{"template": template.Bytes(), "export": exported(t, r, resolute.French)} {
		all := partsOf(t, raw)
		styles := regexp.MustCompile(`<cellXfs[^>]*>(.*)</cellXfs>`).FindStringSubmatch(all["xl/styles.xml"])
		formats := regexp.MustCompile(`<xf numFmtId="(\d+)"`).FindAllStringSubmatch(styles[1], -1)
		sheet1 := all["xl/worksheets/sheet1.xml"]
		columns := regexp.MustCompile(`<col min="\d+"[^>]*>`).FindAllString(sheet1, -1)
		for i, column := range regexp.MustCompile(`<c r="[A-Z]+1" [^>]*><is><t[^>]*>([^<]*)<`).FindAllStringSubmatch(sheet1, -1) {
			style := regexp.MustCompile(` style="(\d+)"`).FindStringSubmatch(columns[i])
			kept := false
			if style != nil {
				n, _ := strconv.Atoi(style[1])
				kept = formats[n][1] == "49" // text, ECMA-376 part 1, 18.8.30
			}
			free := strings.HasPrefix(column[1], "Titre") || strings.HasPrefix(column[1], "Description") || sheetDays[column[1]]
			if kept == free {
				t.Errorf("%s: what is typed into %s stays: %t", name, column[1], kept)
			}
		}
		if cell := regexp.MustCompile(`<c r="A2"[^>]*>`).FindString(sheet1); !strings.Contains(cell, ` s="3"`) {
			t.Errorf("%s: the cell %s", name, cell)
		}
	}
}

// sheetDays are the columns of days in French.
var sheetDays = func() map[string]bool {
	days := map[string]bool{}
	for _, column := range []string{"planned_start", "actual_start", "planned_end", "actual_end", "updated"} {
		days[wording.For(resolute.French).T("form.column."+column)] = true
	}
	return days
}()

// TestASheetOfActivitiesThatIsACopyRefusesTheFile as one of another name does: its activities would count twice.
func TestASheetOfActivitiesThatIsACopyRefusesTheFile(t *testing.T) {
	r := longOwnWork(t, dbtest.SQLite(t))
	raw := exported(t, r, resolute.French)
	for name, c := range map[string]struct {
		cells, names map[string]string
		want         string
	}{
		"one activity again":   {map[string]string{"Activités (3)!A2": "W00"}, nil, "sheet-repeated Activités (3)!A2"},
		"a name of its own":    {nil, map[string]string{"Activités (2)": "Brouillon"}, "sheet-header "},
		"another organisation": {map[string]string{"Activités (3)!A2": "W00", "Activités (3)!B2": "<B>"}, nil, ""},
	} {
		p, _, err := foresee(t, r, rewritten(t, raw, c.cells, c.names))
		got := ""
		if p.Account.State == ledger.Refused {
			got = p.Findings[0].Rule + " " + p.Findings[0].Path
		} else if err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("%s: refused for %q, want %q", name, got, c.want)
		}
	}
}

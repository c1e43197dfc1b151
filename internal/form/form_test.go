package form_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db/dbtest"
	"resolute/internal/form"
	"resolute/internal/framework"
	"resolute/internal/ledger"
	"resolute/internal/register"
	"resolute/internal/sheet"
	"resolute/internal/wording"
)

func catalogue(t *testing.T, r *register.Register) *framework.Catalogue {
	t.Helper()
	c, err := (&framework.Framework{DB: r.DB, Now: r.Now}).Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestNoWordMeansTwoColumns holds over all languages together: a header may be in any of them.
func TestNoWordMeansTwoColumns(t *testing.T) {
	meant := map[string]string{}
	for _, lang := range resolute.Langs {
		for _, table := range register.Tables {
			for _, column := range table.Columns {
				if column == "title_en" || column == "title_fr" || column == "description_en" {
					column = column[:len(column)-3]
				}
				word := sheet.Key(wording.For(lang).T("form.column." + column))
				if have := meant[word]; have != "" && have != column {
					t.Errorf("%s: %q is %s and %s", lang, word, have, column)
				}
				meant[word] = column
			}
		}
	}
	for _, table := range register.Tables {
		for _, column := range table.Columns {
			if have := meant[column]; have != "" && have != column {
				t.Errorf("the name of column %s is a word for %s", column, have)
			}
		}
	}
}

// TestAFilledTemplateIsReadInEveryLanguage takes templates in, with the example made real.
func TestAFilledTemplateIsReadInEveryLanguage(t *testing.T) {
	for _, lang := range resolute.Langs {
		t.Run(string(lang), func(t *testing.T) {
			r := &register.Register{DB: dbtest.SQLite(t), Now: func() time.Time { return time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) }}
			var empty bytes.Buffer
			if err := form.Template(&empty, register.Tables, lang, catalogue(t, r)); err != nil {
				t.Fatal(err)
			}
			take := func(raw []byte) (register.Preview, error) {
				return r.PreviewTable(context.Background(), resolute.Operator(), register.Source{File: "f.xlsx"}, bytes.NewReader(raw),
					register.PreviewOptions{Findings: 100, ImportOptions: register.ImportOptions{Words: form.Words()}})
			}
			readsIn(t, lang, empty.Bytes())
			p, err := take(empty.Bytes())
			if err != nil || p.Account.Read != 0 || p.Account.Total != (resolute.FindingsTotal{Note: 1}) {
				t.Fatalf("the template as it is: %v, %+v, %v", err, p.Account.Counts, p.Findings)
			}
			var filled bytes.Buffer
			w := form.NewWriter(&filled, lang, catalogue(t, r))
			row := register.GivenRow{Cells: map[string]string{}, Lines: map[string][]map[string]string{}}
			for _, table := range register.Tables {
				cells := map[string]string{}
				for column, text := range register.Example(table.Name) {
					cells[column] = text
				}
				if table.Name == register.TableActivities {
					cells["title_en"] = "Work"
					cells["id"], cells["amounts"], cells["budgets"], cells["partners"], cells["countries"] = "W-1", "", "", "", ""
					row.Cells = cells
					continue
				}
				cells["activity"] = "W-1"
				row.Lines[table.Name] = []map[string]string{cells}
			}
			if err := w.Begin(register.GivenRowsState{Text: []string{"en", "fr"}}); err != nil {
				t.Fatal(err)
			}
			if err := w.Take(row); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			p, err = take(filled.Bytes())
			if err != nil || p.Account.New != 1 || p.Account.Transactions != 1 {
				t.Fatalf("filled: %v, %+v, %v", err, p.Account.Counts, p.Findings)
			}
			for _, f := range p.Findings {
				if f.Rule != "percentage-sum" {
					t.Errorf("%s %s: %s", f.Path, f.Rule, f.Message)
				}
			}
		})
	}
}

// TestATableToFillInIsThatOfTheWorkbook in columns and example, and the example is no activity until it
// is given another identifier.
func TestATableToFillInIsThatOfTheWorkbook(t *testing.T) {
	for _, lang := range resolute.Langs {
		t.Run(string(lang), func(t *testing.T) {
			written := map[string]string{}
			for _, table := range register.Tables {
				var b strings.Builder
				if err := form.TemplateCSV(&b, table, lang); err != nil {
					t.Fatal(err)
				}
				written[table.Name] = b.String()
			}
			say, texts := wording.For(lang), map[string][]string{register.TableActivities: {"title", "description"},
				register.TableTransactions: {"payment"}, register.TableResults: {"result", "indicator"}}
			for table, names := range texts {
				for _, name := range names {
					if text := say.T("form.example." + name); !strings.Contains(written[table], text) {
						t.Errorf("%s do not say %q:\n%s", table, text, written[table])
					}
				}
			}
			activities := written[register.TableActivities]
			for _, column := range []string{"title_en", "description_en", "title_" + string(lang), "description_" + string(lang)} {
				if header, _, _ := strings.Cut(activities, "\n"); !strings.Contains(","+header+",", ","+column+",") {
					t.Errorf("no column %s in %s", column, header)
				}
			}
			r := &register.Register{DB: dbtest.SQLite(t), Now: time.Now}
			for _, table := range register.Tables {
				account := takenIn(t, r, written[table.Name])
				if account.Read != 0 || account.Total != (resolute.FindingsTotal{Note: 1}) {
					t.Errorf("%s as they are: %+v, findings %+v", table.Name, account.Counts, account.Total)
				}
			}
			account := takenIn(t, r, strings.ReplaceAll(activities, "EXAMPLE-1", "W-1"))
			if account.New != 1 || account.Total != (resolute.FindingsTotal{}) || account.Kind != "activities" || account.Transactions != 2 {
				t.Errorf("made real: %+v, findings %+v", account.Counts, account.Total)
			}
		})
	}
}

func takenIn(t *testing.T, r *register.Register, table string) ledger.Import {
	t.Helper()
	account, err := r.ImportTable(context.Background(), resolute.Operator(), register.Source{File: "own-work.csv"}, strings.NewReader(table), register.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return account
}

// partsOf unpacks a workbook.
func partsOf(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range archive.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(in)
		if err := errors.Join(err, in.Close()); err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(body)
	}
	return parts
}

// readsIn looks at a template as a person of its language does: direction, names, notes, example and lists.
func readsIn(t *testing.T, lang resolute.Lang, raw []byte) {
	t.Helper()
	parts := partsOf(t, raw)
	say, first := wording.For(lang), parts["xl/worksheets/sheet1.xml"]
	if strings.Contains(first, `rightToLeft="1"`) != (lang == resolute.Arabic) {
		t.Errorf("the first sheet begins %.300s", first)
	}
	if !strings.Contains(parts["xl/workbook.xml"], `name="`+say.T("form.table.activities")+`"`) {
		t.Errorf("the sheets are %s", parts["xl/workbook.xml"])
	}
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")
	for _, key := range []string{"form.column.id", "form.column.kind", "form.column.countries", "form.note.id", "form.note.day", "form.example.title", "form.example.description"} {
		if text := say.T(key); !strings.Contains(first, text) && !strings.Contains(first, escaped.Replace(text)) {
			t.Errorf("the first sheet does not say %s: %q", key, text)
		}
	}
	if text := say.T("form.example.payment"); !strings.Contains(parts["xl/worksheets/sheet2.xml"], text) {
		t.Errorf("the second sheet does not say %q", text)
	}
	if !regexp.MustCompile(`<dataValidation type="list"[^>]*sqref="[DE]2:[DE]\d+"><formula1>lists!\$A\$1:\$A\$9<`).MatchString(first) {
		t.Error("kinds are not chosen from a list")
	}
}

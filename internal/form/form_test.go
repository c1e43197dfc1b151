package form_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"resolute"
	"resolute/internal/db/dbtest"
	"resolute/internal/form"
	"resolute/internal/framework"
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

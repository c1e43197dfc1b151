package register_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/register"
	"resolute/internal/sheet"
)

// asWorkbook writes all activities as a workbook.
func asWorkbook(t fatal, r *register.Register) []byte {
	t.Helper()
	var out bytes.Buffer
	book := sheet.NewBook(&out)
	sheets, columns := map[string]*sheet.BookSheet{}, map[string][]string{}
	err := r.GiveRows(context.Background(), register.Giving{}, func(s register.GivenRowsState) error {
		for _, table := range register.Tables {
			form := sheet.Form{Name: table.Name}
			columns[table.Name] = s.Columns(table)
			for _, c := range columns[table.Name] {
				kind := sheet.Text
				if register.Number(c) {
					kind = sheet.Number
				}
				form.Columns = append(form.Columns, sheet.BookColumn{Name: c, Kind: kind})
			}
			var err error
			if sheets[table.Name], err = book.Sheet(form); err != nil {
				return err
			}
		}
		return nil
	}, func(g register.GivenRow) error {
		write := func(table string, cells map[string]string) error {
			var row []string
			for _, c := range columns[table] {
				row = append(row, cells[c])
			}
			return sheets[table].Write(row...)
		}
		if err := write(register.TableActivities, g.Cells); err != nil {
			return err
		}
		for table, lines := range g.Lines {
			for _, l := range lines {
				if err := write(table, l); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func takeIn(t fatal, r *register.Register, src register.Source, raw []byte) ledger.Import {
	t.Helper()
	account, err := r.ImportTable(context.Background(), operator, src, bytes.NewReader(raw), register.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return account
}

// unchanged fails unless an import changed nothing.
func unchanged(t fatal, d *db.DB, account ledger.Import) {
	t.Helper()
	if account.New+account.Changed+account.Counts.Refused+account.Absent == 0 && account.Unchanged == account.Read && account.Read > 0 {
		return
	}
	findings, _ := ledger.Findings(context.Background(), d, account.ID, 0, 10)
	var b strings.Builder
	for _, f := range findings {
		b.WriteString("\n" + f.Path + " " + f.Message)
	}
	t.Fatal("changed something: ", account.Counts, b.String())
}

// TestAWorkbookComesBackWithoutChanges holds for real activities that came as IATI: they are all known
// again, and none is taken for own work.
func TestAWorkbookComesBackWithoutChanges(t *testing.T) {
	dir := samples(t, "iati/real")
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".xml") {
			continue
		}
		if info, err := f.Info(); err != nil || info.Size() > 400_000 {
			continue
		}
		d := dbtest.SQLite(t)
		r := open(d)
		account, err := r.ImportIATI(context.Background(), operator, register.Source{File: f.Name()}, strings.NewReader(file(t, filepath.Join(dir, f.Name()))), register.ImportOptions{})
		if err != nil || account.New == 0 || account.Kind != "iati" {
			continue // refused whole
		}
		n++
		t.Run(f.Name(), func(t *testing.T) {
			before := seenActivities(t, d)
			unchanged(t, d, takeIn(t, r, register.Source{File: "export.xlsx"}, asWorkbook(t, r)))
			if seenActivities(t, d) != before {
				t.Error("the register moved")
			}
		})
	}
	if n < 3 {
		t.Fatalf("only %d files were tried", n)
	}
}

func seenActivities(t fatal, d *db.DB) string {
	var b strings.Builder
	collect(t, d, `SELECT key, version, counts, absent FROM current ORDER BY key`, func(cells []any) {
		for _, c := range cells {
			b.WriteString(strings.TrimSpace(strings.Join([]string{" ", toText(c)}, "")))
			b.WriteByte(' ')
		}
	})
	return b.String()
}

// TestOwnWorkComesBackWithoutChanges holds for any table of own work, taken in again under the name of its
// source as under another, as often as one likes.
func TestOwnWorkComesBackWithoutChanges(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	rapid.Check(t, func(t *rapid.T) {
		cell := func(options ...string) string { return rapid.SampledFrom(append(options, "")).Draw(t, "cell") }
		var b bytes.Buffer
		w, err := sheet.NewWriter(&b, sheet.Column{Name: "id"}, sheet.Column{Name: "title_en"}, sheet.Column{Name: "actual_start"}, sheet.Column{Name: "amounts"}, sheet.Column{Name: "countries"}, sheet.Column{Name: "note"})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"A", "B", "C", "=D"}), 1, 4, rapid.ID[string]).Draw(t, "ids") {
			if err := w.Write(id, cell("One", "=1+1", "'=x", "-"), cell("2024-01-01", "not a day"), cell("commitment 2024-01-01 USD 5.50", "nonsense"), cell("KE:60|UG:40", "XX"), cell("kept")); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		takeIn(t, r, register.Source{File: "own.csv"}, b.Bytes())
		book := asWorkbook(t, r)
		unchanged(t, d, takeIn(t, r, register.Source{File: "other.xlsx", Partial: true}, book))
		unchanged(t, d, takeIn(t, r, register.Source{File: "x.xlsx", Name: "own.csv", Partial: true}, book))
		unchanged(t, d, takeIn(t, r, register.Source{File: "own.csv", Partial: true}, b.Bytes()))
	})
}

// TestTextsComeBackWithoutChanges holds for any signs that a table of own work may come with: breaks of
// lines of every kind, signs that are none, and what spreadsheets would run. They go in as CSV and
// come back as CSV and as a workbook.
func TestTextsComeBackWithoutChanges(t *testing.T) {
	d := dbtest.SQLite(t)
	r := open(d)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) string {
			pieces := []string{"a", "b c", "\r\n", "\r", "\n", "\t", " ", "\u00a0", "\ufffd", "\ufffe", "\uffff", "\ufeff", "\u0085", "\u2028", "\U0001F300", "=", "-", "'", "\"", ";", "_x000D_", "<&>", "ه"}
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "pieces"), "")
		})
		write := func(columns []string, rows ...[]string) []byte {
			var b bytes.Buffer
			b.WriteString(strings.Join(columns, ",") + "\n")
			for _, row := range rows { // as any program may: not by our own writer
				quoted := make([]string, len(row))
				for i, cell := range row {
					quoted[i] = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
				}
				b.WriteString(strings.Join(quoted, ",") + "\r\n")
			}
			return b.Bytes()
		}
		own := register.Source{File: "own.csv", Partial: true}
		id := rapid.SampledFrom([]string{"W", "W\r1", "W\r\n1", "=W\ufffd", "W _x000D_"}).Draw(t, "id")
		takeIn(t, r, own, write([]string{"id", "title_en", "description_fr", "partners", "note"}, []string{id, text.Draw(t, "title"), text.Draw(t, "text"), text.Draw(t, "partners"), text.Draw(t, "note")}))
		lines := write([]string{"activity", "reference", "description", "provider", "value"}, []string{id, text.Draw(t, "reference"), text.Draw(t, "line"), text.Draw(t, "provider"), "5"},
			[]string{id, text.Draw(t, "reference"), text.Draw(t, "line"), "", "7"})
		takeIn(t, r, own, lines)
		unchanged(t, d, takeIn(t, r, register.Source{File: "export.xlsx", Name: "own.csv", Partial: true}, asWorkbook(t, r)))
		for _, table := range register.Tables[:2] {
			var b bytes.Buffer
			err := asTable(&b, r, table)
			if err != nil {
				t.Fatal(err)
			}
			unchanged(t, d, takeIn(t, r, own, b.Bytes()))
		}
	})
}

// asTable writes one table of all activities as CSV.
func asTable(out *bytes.Buffer, r *register.Register, table register.Table) error {
	var w *sheet.Writer
	var columns []string
	write := func(cells map[string]string) error {
		row := make([]string, len(columns))
		for i, c := range columns {
			row[i] = cells[c]
		}
		return w.Write(row...)
	}
	err := r.GiveRows(context.Background(), register.Giving{}, func(s register.GivenRowsState) (err error) {
		columns = s.Columns(table)
		list := make([]sheet.Column, len(columns))
		for i, c := range columns {
			list[i].Name = c
		}
		w, err = sheet.NewWriter(out, list...)
		return err
	}, func(g register.GivenRow) error {
		if table.Name == register.TableActivities {
			return write(g.Cells)
		}
		for _, l := range g.Lines[table.Name] {
			if err := write(l); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

func toText(v any) string { return fmt.Sprint(v) }

// Package form is the workbook of own work as people see it: the tables of the register under the names
// that a language has for them, as templates to fill in and as exports.
package form

import (
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/register"
	"resolute/internal/sheet"
	"resolute/internal/wording"
)

// Words gives the names of tables and columns in all languages, as sheet.Key, for what is read.
func Words() map[string]string {
	words := map[string]string{}
	for _, lang := range resolute.Langs {
		say := wording.For(lang)
		words[sheet.Key(say.T("form.column."+register.ColumnKey))] = register.ColumnKey
		for _, t := range register.Tables {
			words[sheet.Key(say.T("form.table."+t.Name))] = t.Name
			for _, column := range t.Columns {
				name, _ := languageOf(column)
				words[sheet.Key(say.T("form.column."+name))] = name
			}
		}
	}
	return words
}

// languageOf parts title_fr into title and fr; other columns have no language.
func languageOf(column string) (name, lang string) {
	for _, text := range []string{"title", "description"} {
		if rest, ok := strings.CutPrefix(column, text+"_"); ok {
			return text, rest
		}
	}
	return column, ""
}

// notes names the sentence that explains a column; columns that need none are not listed.
var notes = map[string]string{
	"id": "id", "activity": "activity", register.ColumnKey: "key", "reporter": "party", "partner": "party", "provider": "party", "receiver": "party",
	"day": "day", "from": "day", "to": "day", "planned_start": "day", "actual_start": "day", "planned_end": "day", "actual_end": "day", "updated": "day",
	"countries": "several", "regions": "several", "action_lines": "several", "goals": "several", "targets": "several", "indicators": "several",
	"groups": "several", "paragraphs": "several", "documents": "several", "value": "value",
}

// wide are columns of long texts.
var wide = map[string]int{"title": 40, "description": 50, "reporter": 32, "partner": 32, "provider": 28, "receiver": 28, "id": 24, "activity": 24, register.ColumnKey: 20, "result": 32, "indicator": 32}

// columnsOf dresses columns for a sheet.
func columnsOf(columns []string, say *wording.Printer) []sheet.BookColumn {
	var list []sheet.BookColumn
	for _, column := range columns {
		name, lang := languageOf(column)
		c := sheet.BookColumn{Name: say.T("form.column." + name), Width: wide[name]}
		if lang != "" {
			c.Name += " " + strings.ReplaceAll(lang, "_", "-")
		}
		switch {
		case register.Number(column):
			c.Kind = sheet.Number
		case notes[name] != "day" && lang == "": // a day that is typed may become a date cell, which is read
			c.Kind = sheet.Code
		}
		if note := notes[name]; note != "" {
			c.Note = say.T("form.note." + note)
		}
		if register.Choices[column] != nil || schemes[column] != "" {
			c.Choice = column
		}
		list = append(list, c)
	}
	return list
}

// schemes are the columns whose cells are codes of a framework.
var schemes = map[string]string{"kind": framework.Kind, "sector": framework.Sector, "level": framework.Level, "action_lines": framework.ActionLine,
	"goals": framework.Goal, "targets": framework.Target, "indicators": framework.Indicator, "groups": framework.InclusionGroup}

// lists adds what the columns of tables are chosen from.
func lists(b *sheet.Book, tables []register.Table, c *framework.Catalogue) {
	seen := map[string]bool{}
	for _, t := range tables {
		for _, column := range t.Columns {
			values := register.Choices[column]
			if scheme := schemes[column]; scheme != "" {
				for _, concept := range c.Concepts(scheme) {
					values = append(values, concept.Code)
				}
			}
			if column == "countries" {
				for _, country := range c.Countries() {
					values = append(values, country.ISO2)
				}
			}
			if len(values) > 0 && !seen[column] {
				seen[column] = true
				b.List(sheet.Choice{Name: column, Values: values})
			}
		}
	}
}

// Template writes empty tables to fill in, each with an example that is not taken in.
func Template(w io.Writer, tables []register.Table, lang resolute.Lang, c *framework.Catalogue) error {
	say, b := wording.For(lang), sheet.NewBook(w)
	lists(b, tables, c)
	for _, t := range tables {
		columns := t.ColumnsWith(templateLanguages(lang))
		s, err := b.Sheet(sheet.Form{Name: say.T("form.table." + t.Name), RightToLeft: lang == resolute.Arabic, Columns: columnsOf(columns, say)})
		if err == nil {
			err = s.Write(cellsOf(columns, example(t, say))...)
		}
		if err != nil {
			return errors.Join(err, b.Close())
		}
	}
	return b.Close()
}

// exampleTexts are the cells of examples that are words, under what the catalogues call them.
var exampleTexts = map[string]map[string]string{
	register.TableTransactions: {"description": "payment"},
	register.TableResults:      {"result": "result", "indicator": "indicator"},
}

// example is the row that shows the form of each cell, with its texts in the language of the template;
// title and description stand in English too.
func example(t register.Table, say *wording.Printer) map[string]string {
	cells := maps.Clone(register.Example(t.Name))
	for column, text := range exampleTexts[t.Name] {
		cells[column] = say.T("form.example." + text)
	}
	if t.Name == register.TableActivities {
		for _, lang := range templateLanguages(say.Lang) {
			words := wording.For(resolute.Lang(lang))
			cells["title_"+lang], cells["description_"+lang] = words.T("form.example.title"), words.T("form.example.description")
		}
	}
	return cells
}

// templateLanguages are English and the language of the template.
func templateLanguages(lang resolute.Lang) []string {
	if lang == resolute.English {
		return []string{"en"}
	}
	return []string{string(lang), "en"}
}

func cellsOf(columns []string, cells map[string]string) []string {
	row := make([]string, len(columns))
	for i, column := range columns {
		row[i] = cells[column]
	}
	return row
}

// Writer writes activities as a workbook: give its methods to register.GiveRows.
type Writer struct {
	Rows    int // of a sheet at most, its header included; default: as many as a spreadsheet holds
	book    *sheet.Book
	lang    resolute.Lang
	sheets  map[string]*sheet.BookSheet
	columns map[string][]string
	N       int // activities written
}

// NewWriter begins a workbook in a language. Close must be called in any case.
func NewWriter(w io.Writer, lang resolute.Lang, c *framework.Catalogue) *Writer {
	b := sheet.NewBook(w)
	lists(b, register.Tables, c)
	return &Writer{Rows: b.Rows, book: b, lang: lang, sheets: map[string]*sheet.BookSheet{}, columns: map[string][]string{}}
}

// Begin writes the headers.
func (w *Writer) Begin(state register.GivenRowsState) error {
	say := wording.For(w.lang)
	w.book.Rows = w.Rows
	for _, t := range register.Tables {
		columns := state.Columns(t)
		s, err := w.book.Sheet(sheet.Form{Name: say.T("form.table." + t.Name), RightToLeft: w.lang == resolute.Arabic, Columns: columnsOf(columns, say)})
		if err != nil {
			return err
		}
		w.sheets[t.Name], w.columns[t.Name] = s, columns
	}
	return nil
}

// Take writes one activity.
func (w *Writer) Take(g register.GivenRow) error {
	w.N++
	if err := w.sheets[register.TableActivities].Write(cellsOf(w.columns[register.TableActivities], g.Cells)...); err != nil {
		return err
	}
	for _, t := range register.Tables[1:] {
		for _, l := range g.Lines[t.Name] {
			if err := w.sheets[t.Name].Write(cellsOf(w.columns[t.Name], l)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// Close writes the workbook.
func (w *Writer) Close() error { return w.book.Close() }

// Table writes one table as CSV: give its methods to register.GiveRows.
type Table struct {
	out     io.Writer
	table   register.Table
	columns []string
	csv     *sheet.Writer
	N       int // activities read
}

// NewTable begins a table as CSV; the names of its columns are the same in every language.
func NewTable(w io.Writer, t register.Table) *Table { return &Table{out: w, table: t} }

// Begin writes the header.
func (t *Table) Begin(state register.GivenRowsState) (err error) {
	t.columns = state.Columns(t.table)
	t.csv, err = csvWriter(t.out, t.columns)
	return err
}

func csvWriter(w io.Writer, columns []string) (*sheet.Writer, error) {
	list := make([]sheet.Column, len(columns))
	for i, column := range columns {
		list[i].Name = column
		if register.Number(column) {
			list[i].Kind = sheet.Number
		}
	}
	return sheet.NewWriter(w, list...)
}

// Take writes what the table says of one activity.
func (t *Table) Take(g register.GivenRow) error {
	t.N++
	rows := g.Lines[t.table.Name]
	if t.table.Name == register.TableActivities {
		rows = []map[string]string{g.Cells}
	}
	for _, cells := range rows {
		if err := t.csv.Write(cellsOf(t.columns, cells)...); err != nil {
			return err
		}
	}
	return nil
}

// Close writes what is held back.
func (t *Table) Close() error {
	if t.csv == nil {
		return nil
	}
	return t.csv.Flush()
}

// TemplateCSV writes one table to fill in as CSV, with the columns and the example that Template gives
// it; the names of columns are the same in every language.
func TemplateCSV(w io.Writer, t register.Table, lang resolute.Lang) error {
	columns := t.ColumnsWith(templateLanguages(lang))
	out, err := csvWriter(w, columns)
	if err != nil {
		return err
	}
	return errors.Join(out.Write(cellsOf(columns, example(t, wording.For(lang)))...), out.Flush())
}

// Named finds the tables of a name; all is every one.
func Named(name string) []register.Table {
	if name == "all" {
		return register.Tables
	}
	i := slices.IndexFunc(register.Tables, func(t register.Table) bool { return t.Name == name })
	if i < 0 {
		return nil
	}
	return register.Tables[i : i+1]
}

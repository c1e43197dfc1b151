package register

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/sheet"
)

// openSheets reads the sheets of lines and opens that of activities. A sheet that is none of the tables
// is told and left, and so is a table that people do not see.
func (b *bookRows) openSheets(w *sheet.Workbook) error {
	for _, name := range w.Hidden {
		if _, known := tableOf(b.tableName(name)); known {
			b.skip(name, "is hidden")
		}
	}
	for _, name := range w.Sheets {
		if err := b.openSheet(w, name); err != nil {
			return err
		}
	}
	return nil
}

func (b *bookRows) openSheet(w *sheet.Workbook, name string) error {
	t, end, err := w.Table(name)
	var refusal *sheet.Refusal
	if errors.As(err, &refusal) && b.mayLeave(name, refusal.Finding) {
		b.skip(name, foreignSheet)
		if b.left == nil && refusal.Finding.Path != "" {
			b.left = refusal
		}
		return nil
	}
	if err != nil {
		return err
	}
	if err := b.take(t, b.tableName(name)); err != nil {
		return errors.Join(err, end())
	}
	if t == b.main.table {
		b.main.end, b.main.open = end, b.opened(w)
		return nil
	}
	return end() // at once: there may be many sheets
}

// mayLeave tells whether the file can be read without a sheet whose header cannot: one that is empty, or
// one under no name of a table. What is broken as a file is refused.
func (b *bookRows) mayLeave(name string, f resolute.Finding) bool {
	if f.Rule == "sheet-header" && f.Path == "" {
		return true
	}
	_, ours := tableOf(b.tableName(name))
	return !ours && f.Rule != "sheet-workbook"
}

const foreignSheet = "is none of the tables"

func (b *bookRows) skip(name, why string) {
	b.findings = append(b.findings, resolute.Finding{Rule: "unknown-sheet", Severity: resolute.SeverityNote, Line: 1, Found: name,
		Expected: "a sheet of the template", Message: fmt.Sprintf("sheet %q %s: not read", name, why)})
}

// tableName is the name of the table that a sheet bears: transactions for "Transactions (2)".
func (b *bookRows) tableName(written string) string {
	return b.word(baseOf(written))
}

// opened opens a sheet whose header was read before.
func (b *bookRows) opened(w *sheet.Workbook) func(name string) (*sheet.Table, func() error, error) {
	return func(name string) (*sheet.Table, func() error, error) {
		t, end, err := w.Table(name)
		if err == nil {
			t.Rename(b.word)
		}
		return t, end, err
	}
}

// word gives the name of a table or column that a person wrote.
func (b *bookRows) word(written string) string {
	key := sheet.Key(written)
	if name, ok := b.words[key]; ok {
		return name
	}
	for name, column := range b.words {
		if rest, ok := strings.CutPrefix(key, name+"_"); ok && (column == "title" || column == "description") {
			return column + "_" + rest // the title in a language
		}
	}
	return key
}

// take takes a table: of activities it is to be read later, of lines all are read.
func (b *bookRows) take(t *sheet.Table, name string) error {
	t.Rename(b.word)
	table, known := tableOf(name)
	if !known || name == TableActivities && !t.Has("id") || t.Has("id") && !t.Has("activity") {
		table, known = guessTable(t.Keys)
	}
	switch {
	case !known && t.Sheet != "":
		b.skip(t.Sheet, foreignSheet)
		return nil
	case !known:
		return noTable(strings.Join(t.Names, ", "))
	}
	b.unknownColumns(t, table)
	if table.Name == TableActivities {
		return b.main.add(t)
	}
	return b.readLines(t, table)
}

func (b *bookRows) unknownColumns(t *sheet.Table, table Table) {
	for i, key := range t.Keys {
		if key == ColumnKey || slices.Contains(table.Columns, key) || table.Name == TableActivities && knownColumn(key) {
			continue
		}
		message := "column %q is kept with each row and means nothing here"
		if table.Name != TableActivities {
			message = "column %q means nothing here"
		}
		b.findings = append(b.findings, resolute.Finding{Rule: "unknown-column", Severity: resolute.SeverityWarning, Line: 1, Path: t.Address(i, 1), Found: t.Names[i],
			Expected: "a column of the template", Message: fmt.Sprintf(message, t.Names[i])})
	}
}

package mandate_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
)

// Where real texts and tables of facts lie. Tests that need them say so when they are absent.
const (
	resolutions = "../../../shared/samples/resolutions"
	mandatesUN  = "../../../shared/samples/mandates-un"
	facts       = "../../../shared/reference"
)

// rowsIn reads a table of dir without its head: tabs or commas by the ending of its name. what
// says what is not tried when the table is absent.
func rowsIn(t testing.TB, dir, name, what string) (head []string, rows [][]string) {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Skip(what + " not tried: " + filepath.Join(dir, name) + " is absent")
	}
	defer func() { _ = file.Close() }()
	r := csv.NewReader(file)
	r.FieldsPerRecord = -1
	if filepath.Ext(name) == ".tsv" {
		r.Comma, r.LazyQuotes = '\t', true
	}
	rows, err = r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[0], rows[1:]
}

// cellsIn is rowsIn with each row by the names of its columns.
func cellsIn(t testing.TB, dir, name, what string) []map[string]string {
	t.Helper()
	head, rows := rowsIn(t, dir, name, what)
	list := make([]map[string]string, len(rows))
	for i, row := range rows {
		list[i] = map[string]string{}
		for j, column := range head {
			list[i][column] = row[j]
		}
	}
	return list
}

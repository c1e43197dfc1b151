package framework

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strings"

	"resolute"
)

//go:embed data/*.csv data/names/*.csv data/reasons/*.csv
var files embed.FS

// table is an embedded table. Its faults are faults of the program, so reading one panics:
// the tests of this package read every table.
type table struct {
	name   string
	header []string
	column map[string]int
	rows   [][]string
}

// record is one row of a table with its columns by name.
type record struct {
	t     *table
	cells []string
}

// tablesIn lists the files of a folder by name.
func tablesIn(folder string) []string {
	list, err := fs.Glob(files, folder+"/*.csv")
	if err != nil || len(list) == 0 {
		panic(fmt.Sprintf("embedded tables in %s: %d, %v", folder, len(list), err))
	}
	return list
}

func readTable(name string) *table {
	text, err := files.ReadFile("data/" + name + ".csv")
	if err != nil {
		panic(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(rows) < 2 {
		panic(fmt.Sprintf("embedded table %s: %d rows, %v", name, len(rows), err))
	}
	t := &table{name: name, header: rows[0], rows: rows[1:], column: make(map[string]int, len(rows[0]))}
	for i, title := range rows[0] {
		t.column[title] = i
	}
	return t
}

// each calls fn for every row in the order of the file; n counts from 1.
func (t *table) each(fn func(n int, r record)) {
	for i, cells := range t.rows {
		fn(i+1, record{t, cells})
	}
}

func (r record) get(column string) string {
	i, ok := r.t.column[column]
	if !ok {
		panic("embedded table " + r.t.name + " has no column " + column)
	}
	return r.cells[i]
}

// list splits a cell that holds a list joined with "|"; an empty cell is an empty list.
func (r record) list(column string) []string { return splitList(r.get(column)) }

func (r record) flag(column string) bool { return r.get(column) == "1" }

// attributes gathers the filled cells of the named columns.
func (r record) attributes(columns ...string) map[string]string {
	found := map[string]string{}
	for _, c := range columns {
		if v := r.get(c); v != "" {
			found[c] = v
		}
	}
	return found
}

// text gathers prefix_ar ... prefix_zh.
func (r record) text(prefix string) resolute.Text {
	found := resolute.Text{}
	for _, l := range resolute.Langs {
		if v := r.get(prefix + string(l)); v != "" {
			found[l] = v
		}
	}
	return found
}

func splitList(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "|")
}

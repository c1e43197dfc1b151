package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"resolute/internal/sheet"
)

// column is one column of a list: its name in CSV, its heading for people (empty: not shown to
// them) and what stands in it.
type column[T any] struct {
	name, heading string
	of            func(T) any
}

// formats are those that every list is written in.
var formats = []string{"text", "json", "jsonl", "csv"}

// printList writes a list: aligned columns for people, one named object, one object a line, or
// CSV. A list of nothing is an empty list, never null.
func printList[T any](a *app, otherwise, name string, list []T, columns []column[T]) error {
	if list == nil {
		list = []T{}
	}
	switch a.formatOr(otherwise) {
	case "json":
		return printJSON(a.Out, map[string]any{name: list})
	case "jsonl":
		return printLines(a.Out, list)
	case "csv":
		return printCSV(a.Out, list, columns)
	}
	return printTable(a.Out, func(line func(...any)) {
		var cells []any
		for _, c := range columns {
			if c.heading != "" {
				cells = append(cells, c.heading)
			}
		}
		line(cells...)
		for _, item := range list {
			cells = cells[:0]
			for _, c := range columns {
				if c.heading != "" {
					cells = append(cells, cellForPeople(c.of(item)))
				}
			}
			line(cells...)
		}
	})
}

// cellForPeople is a cell on one line; a figure that knows a short form is in that.
func cellForPeople(v any) string {
	if figure, ok := v.(interface{ Short() string }); ok {
		return figure.Short()
	}
	return strings.Join(strings.Fields(fmt.Sprint(v)), " ")
}

// printCSV writes one row for each item, behind the names of the columns.
func printCSV[T any](out io.Writer, list []T, columns []column[T]) error {
	header := make([]sheet.Column, len(columns))
	for i, c := range columns {
		header[i] = sheet.Column{Name: c.name, Kind: sheet.Number} // text that is no number is guarded all the same
	}
	w, err := sheet.NewWriter(out, header...)
	if err != nil {
		return err
	}
	for _, item := range list {
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = fmt.Sprint(c.of(item))
		}
		if err := w.Write(cells...); err != nil {
			return err
		}
	}
	return w.Flush()
}

// printOne writes the one thing that a command gives: a sentence for people, or an object.
func printOne(a *app, otherwise string, thing any, sentence string) error {
	switch a.formatOr(otherwise) {
	case "text":
		return printText(a.Out, "%s\n", sentence)
	case "jsonl":
		return printLines(a.Out, []any{thing})
	}
	return printJSON(a.Out, thing)
}

// printTable writes aligned columns for people.
func printTable(w io.Writer, rows func(line func(cells ...any))) error {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	rows(func(cells ...any) {
		for i, c := range cells {
			if i > 0 {
				_, _ = fmt.Fprint(t, "\t") // the writer buffers; Flush reports what failed
			}
			_, _ = fmt.Fprint(t, c)
		}
		_, _ = fmt.Fprintln(t)
	})
	return t.Flush()
}

package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"resolute"
)

// formatOr gives the asked format, else the command's own.
func (a *app) formatOr(otherwise string) string {
	if a.format == "" {
		return otherwise
	}
	return a.format
}

// wrongFormat is the answer to a format that a command does not write.
func (a *app) wrongFormat(want string) error {
	return usage("this command does not write %q: want %s", a.format, want)
}

// printJSON writes one indented object, without escaping HTML signs in texts.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(v)
}

// printLines writes one object a line.
func printLines[T any](w io.Writer, list []T) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, v := range list {
		if err := e.Encode(v); err != nil {
			return err
		}
	}
	return nil
}

// printText writes one formatted line for people.
func printText(w io.Writer, format string, args ...any) error {
	_, err := fmt.Fprintf(w, format, args...)
	return err
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

// printFinding writes one finding as a line that names file, place, what was found and wanted.
func printFinding(w io.Writer, f resolute.Finding) error {
	place := f.File
	if f.Line > 0 {
		place += fmt.Sprintf(":%d", f.Line)
		if f.Column > 0 {
			place += fmt.Sprintf(":%d", f.Column)
		}
	}
	if f.Path != "" {
		place += " " + f.Path
	}
	record := ""
	if f.Record != "" {
		record = f.Record + ": "
	}
	_, err := fmt.Fprintf(w, "%s: %s %s: %s%s\n", place, f.Severity, f.Rule, record, f.Message)
	return err
}

// printList writes a list as one named object, or one object a line.
func printList[T any](a *app, name string, list []T) error {
	switch a.formatOr("json") {
	case "json":
		return printJSON(a.Out, map[string]any{name: list})
	case "jsonl":
		return printLines(a.Out, list)
	}
	return a.wrongFormat("json or jsonl")
}

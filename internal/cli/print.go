package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"resolute"
)

// formatOr gives the asked format, else the command's own.
func (a *app) formatOr(otherwise string) string {
	if a.format == "" {
		return otherwise
	}
	return a.format
}

// wants asks before any work whether the command writes the asked format.
func (a *app) wants(formats ...string) error {
	if a.format == "" || slices.Contains(formats, a.format) {
		return nil
	}
	return usage("this command does not write %q: want %s", a.format, strings.Join(formats, " or "))
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

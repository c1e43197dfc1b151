package web

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"

	"resolute/internal/coverage"
	"resolute/internal/ledger"
)

type importsPage struct {
	*shell
	Imports []ImportLine
	Older   string // the imports before these
	Newest  string
}

// ImportLine is one import of the list. Glyph names the sign of its state, Kind what it brought.
type ImportLine struct {
	ledger.Import
	Href, When, Glyph, Kind string
}

// importGlyphs are the signs of the states of an import, after those of a row.
var importGlyphs = map[ledger.State]string{ledger.Done: glyphs[coverage.Answered], ledger.Refused: glyphs[coverage.Nothing], ledger.Undone: glyphs[coverage.NoReport]}

// shownImports is how many imports a page lists.
const shownImports = 100

func (s *Site) imports(ctx context.Context, r *request) (answer, error) {
	limit := shownImports
	if r.format != "" {
		limit = 1_000_000
	}
	before, err := strconv.ParseInt(r.values.Get("page"), 10, 64)
	if err != nil || before < 0 {
		before = 0
	}
	list, err := ledger.List(ctx, s.DB, before, limit)
	if err != nil {
		return answer{}, err
	}
	p := importsPage{shell: s.shell(r, "imports.title")}
	for _, i := range list {
		p.Imports = append(p.Imports, p.importLine(i))
	}
	if len(list) == limit && list[limit-1].ID > 1 {
		p.Older = p.With("page", strconv.FormatInt(list[limit-1].ID, 10))
	}
	if before > 0 {
		p.Newest = p.With("page", "")
	}
	if list == nil {
		list = []ledger.Import{}
	}
	return answer{template: "imports", page: p, data: map[string]any{"imports": list}, csv: importsCSV(list)}, nil
}

// Tasks are what to do first in an empty installation.
func (importsPage) Tasks() []Task { return homePage{}.Tasks() }

// Spot is a place in a file; of a table no column is known.
func (s *shell) Spot(line, column int) string {
	if column == 0 {
		return s.T("import.at_line", "line", line)
	}
	return s.T("import.at", "line", line, "column", column)
}

func (s *shell) importLine(i ledger.Import) ImportLine {
	line := ImportLine{Import: i, Href: s.URL("/import/" + strconv.FormatInt(i.ID, 10)), When: s.Date(i.At), Glyph: importGlyphs[i.State], Kind: i.Kind}
	if s.Has("import.kind." + i.Kind) {
		line.Kind = s.T("import.kind." + i.Kind)
	}
	return line
}

func importsCSV(list []ledger.Import) func(io.Writer) error {
	return func(w io.Writer) error {
		rows := [][]string{{"id", "state", "kind", "file", "source", "sha256", "read", "new", "changed", "unchanged", "refused", "absent", "transactions", "rounded", "errors", "warnings", "notes"}}
		for _, i := range list {
			row := []string{strconv.FormatInt(i.ID, 10), string(i.State), i.Kind, guarded(i.File), guarded(i.Source), i.SHA256}
			for _, n := range []int{i.Read, i.New, i.Changed, i.Unchanged, i.Counts.Refused, i.Absent, i.Transactions, i.Rounded, i.Total.Error, i.Total.Warning, i.Total.Note} {
				row = append(row, strconv.Itoa(n))
			}
			rows = append(rows, row)
		}
		return csv.NewWriter(w).WriteAll(rows)
	}
}

package measure

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/sheet"
)

// openTable reads the header of a CSV file that must have the columns.
func openTable(r io.Reader, file string, columns []string) (*sheet.Table, error) {
	table, err := sheet.Read(r, file, sheet.Limits{})
	if err != nil {
		return nil, err
	}
	missing := slices.DeleteFunc(slices.Clone(columns), func(name string) bool { return table.Has(sheet.Key(name)) })
	if len(missing) > 0 {
		return nil, &sheet.Refusal{Finding: resolute.Finding{Rule: "column-missing", Severity: resolute.SeverityError, File: file, Line: 1,
			Found: strings.Join(table.Names, ", "), Expected: strings.Join(missing, ", "),
			Message: fmt.Sprintf("the file has no column %s", strings.Join(missing, ", "))}}
	}
	return table, nil
}

package register

import (
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"strings"

	"resolute"
	"resolute/internal/iati"
	"resolute/internal/sheet"
)

// mainTable is the table of activities: a CSV file, or the sheets of a workbook on which it stands, one
// after the other. Only one of them is open at a time.
type mainTable struct {
	table *sheet.Table // that is being read; nil: there is none
	end   func() error // of the table; nil for CSV
	open  func(name string) (*sheet.Table, func() error, error)
	more  []string // sheets on which it goes on

	seed maphash.Seed
	seen map[uint64]bool // what stands on the sheets before; nil: there are none
	here []uint64        // what stands on this one
}

// baseOf is the name of a sheet without the number that tells it from others: Transactions of
// "Transactions (2)".
func baseOf(name string) string {
	base, _, _ := strings.Cut(name, " (")
	return base
}

// add adds a sheet: the first, or one of its name on which the table goes on.
func (m *mainTable) add(t *sheet.Table) error {
	switch {
	case m.table == nil:
		m.table, m.seed = t, maphash.MakeSeed()
	case sheet.Key(baseOf(t.Sheet)) == sheet.Key(baseOf(m.table.Sheet)):
		m.more = append(m.more, t.Sheet)
	default:
		return &iati.RefusedError{Finding: resolute.Finding{Rule: "sheet-header", Severity: resolute.SeverityError, Line: 1, Found: t.Sheet,
			Expected: fmt.Sprintf("one table of activities, or a sheet %q", baseOf(m.table.Sheet)+" (2)"),
			Message:  fmt.Sprintf("the workbook has two tables of activities, on the sheets %q and %q; write them below each other, or name the second for the first", m.table.Sheet, t.Sheet)}}
	}
	return nil
}

// next gives the next row; io.EOF after the last of the last sheet.
func (m *mainTable) next() (sheet.Row, error) {
	for m.table != nil {
		row, err := m.table.Next()
		if !errors.Is(err, io.EOF) || len(m.more) == 0 {
			return row, err
		}
		if err := m.goOn(); err != nil {
			return sheet.Row{}, err
		}
	}
	return sheet.Row{}, io.EOF
}

// goOn opens the next sheet.
func (m *mainTable) goOn() error {
	if m.seen == nil {
		m.seen = map[uint64]bool{}
	}
	for _, sum := range m.here {
		m.seen[sum] = true
	}
	m.here = nil
	if err := m.close(); err != nil {
		return err
	}
	name := m.more[0]
	m.more = m.more[1:]
	table, end, err := m.open(name)
	if err != nil {
		return err
	}
	m.table, m.end = table, end
	return nil
}

// once refuses a file in which an activity of one sheet stands on a further one again: that is a copy which
// somebody kept, and would count twice.
func (m *mainTable) once(r tableRow) error {
	id := r.row.Cells["id"]
	if id == "" || m.seen == nil && len(m.more) == 0 {
		return nil
	}
	sum := maphash.String(m.seed, id+"\x00"+r.key+"\x00"+r.row.Cells["reporter"])
	if m.seen[sum] {
		return &iati.RefusedError{Finding: resolute.Finding{Rule: "sheet-repeated", Severity: resolute.SeverityError, Record: id, Line: r.row.Line, Path: r.address("id"), Found: id,
			Expected: "each activity on one sheet", Message: fmt.Sprintf("activity %q of sheet %q stands on a sheet before it; is this a copy? give it a name of its own, or take it out", id, m.table.Sheet)}}
	}
	if len(m.more) > 0 {
		m.here = append(m.here, sum)
	}
	return nil
}

func (m *mainTable) close() error {
	if m.end == nil {
		return nil
	}
	end := m.end
	m.end = nil
	return end()
}

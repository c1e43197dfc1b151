package mandate

import (
	"context"
	"fmt"
	"strings"
)

// Comparable lists the texts that one of an instrument can be compared with, the newest first: its
// own revisions, and the texts of the same body that bear the same title. An assembly that takes
// its resolution up again each year gives it a new number. Texts that mix two revisions stand last.
func (m *Mandate) Comparable(ctx context.Context, instrument string) ([]Revision, error) {
	rows, err := m.DB.Query(ctx, `SELECT `+revisionColumns+` FROM revision r WHERE (r.instrument = $1
		OR r.title <> '' AND r.title IN (SELECT title FROM revision WHERE instrument = $1 AND`+seen+`)) AND`+seen+`ORDER BY r.mixed, r.day DESC, r.id DESC`, instrument)
	if err != nil {
		return nil, fmt.Errorf("list texts comparable with %s: %w", instrument, err)
	}
	defer func() { _ = rows.Close() }()
	body, _, _ := strings.Cut(instrument, "/")
	var list []Revision
	known := map[string]bool{}
	for rows.Next() {
		r, err := scanRevision(rows)
		if err != nil {
			return nil, err
		}
		edition := r.Instrument + " " + r.Label + " " + r.Day
		if other, _, _ := strings.Cut(r.Instrument, "/"); other == body && !known[edition] {
			list = append(list, r)
		}
		known[edition] = true
	}
	return list, rows.Err()
}

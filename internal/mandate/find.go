package mandate

import (
	"context"
	"fmt"
	"strings"

	"resolute/internal/search"
)

// Found is one provision that answers a search, with the short name of its thread where it has one.
type Found struct {
	Wording
	Alias string
}

// Find looks for the words typed in the provisions of all texts that are in force, at most limit
// of them in the order of instruments and texts, and counts all.
func (m *Mandate) Find(ctx context.Context, typed string, limit int) (list []Found, total int, err error) {
	q := search.ParseQuery(typed)
	if q.Empty() {
		return nil, 0, nil
	}
	rows, err := m.DB.Query(ctx, `SELECT p.words, r.instrument, r.label, `+wordingColumns+`
		FROM provision p JOIN revision r ON r.id = p.revision WHERE`+inForce+`ORDER BY r.instrument, p.n`)
	if err != nil {
		return nil, 0, fmt.Errorf("search provisions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var words string
		var r Revision
		w, err := scanWording(prefixed{rows, []any{&words, &r.Instrument, &r.Label}})
		if err != nil {
			return nil, 0, err
		}
		if !q.Match(words) {
			continue
		}
		if total++; total <= limit {
			w.Revision = r
			alias, _ := Resolve(w.Thread)
			list = append(list, Found{w, alias.Alias})
		}
	}
	return list, total, rows.Err()
}

// prefixed scans more columns before those of its reader.
type prefixed struct {
	row   interface{ Scan(...any) error }
	first []any
}

func (p prefixed) Scan(dest ...any) error { return p.row.Scan(append(p.first, dest...)...) }

// FindParagraphs looks for the words typed in our own wording of the built-in mandate, in any
// language, and in the short names.
func FindParagraphs(typed string) []Alias {
	q := search.ParseQuery(typed)
	if q.Empty() {
		return nil
	}
	var list []Alias
	for _, a := range Aliases() {
		texts := []string{a.Alias}
		for _, t := range a.Wording {
			texts = append(texts, t)
		}
		if strings.EqualFold(a.Alias, strings.TrimSpace(typed)) || q.Match(search.Padded(search.Index(texts...)...)) {
			list = append(list, a)
		}
	}
	return list
}

// FindInstruments looks for the words typed in the names and numbers of the known instruments.
func FindInstruments(typed string) []Instrument {
	q := search.ParseQuery(typed)
	if q.Empty() {
		return nil
	}
	var list []Instrument
	for _, i := range Instruments() {
		texts := []string{i.Kind + " " + i.Number + " " + i.Key}
		for _, title := range i.Title {
			texts = append(texts, title)
		}
		if strings.EqualFold(i.Key, strings.TrimSpace(typed)) || q.Match(search.Padded(search.Index(texts...)...)) {
			list = append(list, i)
		}
	}
	return list
}

// CitedBy lists the provisions of the texts in force that cite an instrument, in the order of
// instruments and texts, at most limit.
func (m *Mandate) CitedBy(ctx context.Context, instrument string, limit int) ([]Wording, error) {
	rows, err := m.DB.Query(ctx, `SELECT DISTINCT r.instrument, r.label, p.n, `+wordingColumns+`
		FROM citation c JOIN revision r ON r.id = c.revision JOIN provision p ON p.revision = c.revision AND p.thread = c.thread
		WHERE c.key = $1 AND`+inForce+`ORDER BY r.instrument, p.n LIMIT $2`, instrument, limit)
	if err != nil {
		return nil, fmt.Errorf("list citers of %s: %w", instrument, err)
	}
	defer func() { _ = rows.Close() }()
	var list []Wording
	for rows.Next() {
		var r Revision
		var n int64
		w, err := scanWording(prefixed{rows, []any{&r.Instrument, &r.Label, &n}})
		if err != nil {
			return nil, err
		}
		w.Revision = r
		list = append(list, w)
	}
	return list, rows.Err()
}

// citedCounts counts the citing provisions of the texts in force by instrument.
func (m *Mandate) citedCounts(ctx context.Context) (map[string]int, error) {
	rows, err := m.DB.Query(ctx, `SELECT c.key, count(DISTINCT c.thread) FROM citation c JOIN revision r ON r.id = c.revision WHERE`+inForce+`GROUP BY c.key ORDER BY c.key`)
	if err != nil {
		return nil, fmt.Errorf("count citers: %w", err)
	}
	defer func() { _ = rows.Close() }()
	counts := map[string]int{}
	for rows.Next() {
		var key string
		var n int
		if err := rows.Scan(&key, &n); err != nil {
			return nil, err
		}
		counts[key] = n
	}
	return counts, rows.Err()
}

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
	shelf, err := m.shelf(ctx)
	if err != nil {
		return nil, 0, err
	}
	var hits []place
	for i := range shelf {
		if s := &shelf[i]; q.Match(s.words) { // else none of its provisions has them all
			hits = append(hits, s.hits(q)...)
		}
	}
	list, err = m.foundAt(ctx, hits[:min(limit, len(hits))])
	return list, len(hits), err
}

// hits are the provisions that have all words of a query.
func (s *Shelved) hits(q search.Query) (list []place) {
	for i, p := range s.places {
		if i > 0 && q.Match(s.words[s.places[i-1].end:p.end]) {
			list = append(list, p)
		}
	}
	return list
}

// foundAt reads provisions in the order of their places.
func (m *Mandate) foundAt(ctx context.Context, places []place) ([]Found, error) {
	if len(places) == 0 {
		return nil, nil
	}
	var values []string
	var args []any
	at := map[place]int{}
	for i, p := range places {
		values = append(values, fmt.Sprintf("(CAST($%d AS BIGINT), CAST($%d AS BIGINT))", 2*i+1, 2*i+2))
		args = append(args, p.revision, p.n)
		at[place{p.revision, p.n, 0}] = i
	}
	rows, err := m.DB.Query(ctx, `SELECT p.revision, p.n, r.instrument, r.label, `+wordingColumns+`
		FROM provision p JOIN revision r ON r.id = p.revision WHERE (p.revision, p.n) IN (VALUES `+strings.Join(values, ", ")+`) ORDER BY p.revision, p.n`, args...)
	if err != nil {
		return nil, fmt.Errorf("read provisions that were found: %w", err)
	}
	defer func() { _ = rows.Close() }()
	list := make([]Found, len(places))
	for rows.Next() {
		var p place
		var r Revision
		w, err := scanWording(prefixed{rows, []any{&p.revision, &p.n, &r.Instrument, &r.Label}})
		if err != nil {
			return nil, err
		}
		w.Revision = r
		alias, _ := Resolve(w.Thread)
		list[at[p]] = Found{w, alias.Alias}
	}
	return list, rows.Err()
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

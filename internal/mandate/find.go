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
	revisions, err := m.Revisions(ctx, "")
	if err != nil {
		return nil, 0, err
	}
	before := ""
	for _, r := range revisions {
		if r.Instrument == before {
			continue // not in force
		}
		before = r.Instrument
		found, err := m.findIn(ctx, r, q)
		if err != nil {
			return nil, 0, err
		}
		total += len(found)
		list = append(list, found[:min(len(found), max(0, limit-len(list)))]...)
	}
	return list, total, nil
}

func (m *Mandate) findIn(ctx context.Context, r Revision, q search.Query) ([]Found, error) {
	rows, err := m.DB.Query(ctx, `SELECT words, thread, parent, heading, operative, mark, line, text, part, level, addressees, provisional
		FROM provision WHERE revision = $1 ORDER BY n`, r.ID)
	if err != nil {
		return nil, fmt.Errorf("search provisions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Found
	for rows.Next() {
		var words string
		w, err := scanWording(prefixed{rows, &words})
		if err != nil {
			return nil, err
		}
		if !q.Match(words) {
			continue
		}
		w.Revision = r
		alias, _ := Resolve(w.Thread)
		list = append(list, Found{w, alias.Alias})
	}
	return list, rows.Err()
}

// prefixed scans one more column before those of its reader.
type prefixed struct {
	row   interface{ Scan(...any) error }
	first any
}

func (p prefixed) Scan(dest ...any) error { return p.row.Scan(append([]any{p.first}, dest...)...) }

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
		name := i.Kind + " " + i.Number + " " + i.Title + " " + i.Key
		if strings.EqualFold(i.Key, strings.TrimSpace(typed)) || q.Match(search.Padded(search.Tokens(name)...)) {
			list = append(list, i)
		}
	}
	return list
}

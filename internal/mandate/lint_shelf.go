package mandate

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/db"
)

// heldFindings tells what is wrong with the citations of a text, held against the texts of other
// instruments, as of a day.
func heldFindings(ctx context.Context, q db.Queryer, r Revision, day string, own []Wording, cites [][]Citation) ([]resolute.Finding, error) {
	cited := map[string]bool{} // by key; true: a paragraph of it is named
	for _, list := range cites {
		for _, c := range list {
			for _, t := range c.Targets {
				if t.Key != "" && t.Key != selfKey && t.Key != r.Instrument {
					cited[t.Key] = cited[t.Key] || len(citedParts(t.Part)) > 0
				}
			}
		}
	}
	if len(cited) == 0 || day == "" {
		return nil, nil
	}
	held, err := heldTexts(ctx, q, cited)
	if err != nil || len(held) == 0 {
		return nil, err
	}
	a := among{r.Instrument, day, day == r.Day, func(key string) []heldText { return held[key] }}
	return a.findings(own, cites), nil
}

// heldTexts reads the editions held of instruments, the oldest first and each in its newest text, with
// the provisions of those of which a paragraph is named.
func heldTexts(ctx context.Context, q db.Queryer, cited map[string]bool) (map[string][]heldText, error) {
	keys, marks := listed(cited)
	rows, err := q.Query(ctx, `SELECT id, instrument, label, day, substr(body, 1, 4000) FROM revision WHERE mixed = 0 AND instrument IN (`+marks+`) AND`+seen+`ORDER BY instrument, day, id`, keys...)
	if err != nil {
		return nil, fmt.Errorf("read texts that are cited: %w", err)
	}
	defer func() { _ = rows.Close() }()
	held := map[string][]heldText{}
	ids := map[int64]*heldText{}
	for rows.Next() {
		var id int64
		var h heldText
		var head string
		if err := rows.Scan(&id, &h.key, &h.label, &h.day, &head); err != nil {
			return nil, err
		}
		h.lang = languageOf(head)
		list := held[h.key]
		if n := len(list); n > 0 && list[n-1].label == h.label && list[n-1].day == h.day {
			list = list[:n-1] // an earlier import of the same edition
		}
		h.id = id
		held[h.key] = append(list, h)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for key, list := range held {
		for i := range list {
			if cited[key] {
				ids[list[i].id] = &list[i]
			}
		}
	}
	return held, readHeld(ctx, q, ids)
}

// readHeld reads the provisions of texts.
func readHeld(ctx context.Context, q db.Queryer, texts map[int64]*heldText) error {
	if len(texts) == 0 {
		return nil
	}
	ids, marks := listed(texts)
	rows, err := q.Query(ctx, `SELECT p.revision, `+wordingColumns+` FROM provision p WHERE p.revision IN (`+marks+`) ORDER BY p.revision, p.n`, ids...)
	if err != nil {
		return fmt.Errorf("read provisions that are cited: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var revision int64
		w, err := scanWording(prefixed{rows, []any{&revision}})
		if err != nil {
			return err
		}
		texts[revision].own = append(texts[revision].own, w)
	}
	return rows.Err()
}

// listed gives the keys of a map as arguments, and their places in a query.
func listed[K comparable, V any](m map[K]V) (args []any, marks string) {
	var places []string
	for key := range m {
		args = append(args, key)
		places = append(places, fmt.Sprintf("$%d", len(args)))
	}
	return args, strings.Join(places, ", ")
}

// withHeld adds what the texts held of other instruments show; it is found anew when a text moved.
func (m *Mandate) withHeld(ctx context.Context, r *Reading) (*Reading, error) {
	state, err := readTextsState(ctx, m.DB)
	if err != nil || r.heldAt == state {
		return r, err
	}
	found, err := heldFindings(ctx, m.DB, r.Revision, r.Day, r.Provisions, r.citationsInOrder())
	if err != nil {
		return nil, err
	}
	with := *r
	with.heldAt = state
	if with.Findings = r.alone; len(found) > 0 {
		with.Findings = sortFindings(append(slices.Clone(r.alone), withMarks(found, r.document().Lines)...))
	}
	m.readings.put(&with)
	return &with, nil
}

package directory

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/db"
)

// Name is a name that an organisation was given.
type Name struct {
	Key    string        `json:"key"` // of the organisation that it was given to
	Text   string        `json:"name"`
	Lang   resolute.Lang `json:"lang"`   // empty: not known
	Import int64         `json:"import"` // that gave it first
}

// spelling is one name of one party.
type spelling struct {
	organisation int64
	name, lang   string
}

// spellings are the names of a party, without blanks that say nothing. A reference in the place of
// a name is none.
func (p Party) spellings(id int64) []spelling {
	var list []spelling
	add := func(name, lang string) {
		if name = plain(name); name != "" && name != plain(p.Ref) {
			list = append(list, spelling{id, name, lang})
		}
	}
	for lang, name := range p.Names {
		add(name, string(lang))
	}
	if !slices.ContainsFunc(list, func(s spelling) bool { return s.name == plain(p.Name) }) {
		add(p.Name, "")
	}
	slices.SortFunc(list, func(a, b spelling) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.lang, b.lang)) })
	return list
}

func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

// note is the entry of a cache that says that a name is stored. No party has such a key.
func (s spelling) note() string {
	return fmt.Sprintf("spelled\x00%d\x00%s\x00%s", s.organisation, s.lang, s.name)
}

// enterNames stores the names of parties that are not stored yet, and notes them in ids. known is
// the cache of the caller.
func enterNames(ctx context.Context, tx *db.Tx, importID int64, parties []Party, known, ids map[string]int64) error {
	var fresh []spelling
	for _, p := range parties {
		key := p.Key()
		id := cmp.Or(ids[key], known[key])
		if key == "" || id == 0 {
			continue
		}
		for _, s := range p.spellings(id) {
			if note := s.note(); known[note] == 0 && ids[note] == 0 {
				ids[note] = id
				fresh = append(fresh, s)
			}
		}
	}
	stored, err := storedNames(ctx, tx, fresh)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, s := range fresh {
		if !stored[s] {
			rows = append(rows, []any{s.organisation, s.name, s.lang, importID})
		}
	}
	return tx.Bulk(ctx, "organisation_name", []string{"organisation", "name", "lang", "import"}, rows)
}

// storedNames gives the names that the organisations of some have already.
func storedNames(ctx context.Context, q db.Queryer, of []spelling) (map[spelling]bool, error) {
	ids := map[int64]bool{}
	for _, s := range of {
		ids[s.organisation] = true
	}
	stored := map[spelling]bool{}
	err := eachName(ctx, q, ids, func(n Name, id int64) { stored[spelling{id, n.Text, string(n.Lang)}] = true })
	return stored, err
}

// eachName reads the names of some organisations in order; without ids those of all.
func eachName(ctx context.Context, q db.Queryer, ids map[int64]bool, take func(Name, int64)) error {
	list := make([]any, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	slices.SortFunc(list, func(a, b any) int { return cmp.Compare(a.(int64), b.(int64)) })
	const from = `SELECT o.key, n.name, n.lang, n.import, n.organisation FROM organisation_name n JOIN organisation o ON o.id = n.organisation`
	const order = ` ORDER BY n.organisation, n.import, n.name, n.lang`
	if ids == nil {
		return scanNames(ctx, q, from+order, nil, take)
	}
	for some := range slices.Chunk(list, lookup) {
		if err := scanNames(ctx, q, from+` WHERE n.organisation IN `+places(len(some))+order, some, take); err != nil {
			return err
		}
	}
	return nil
}

func scanNames(ctx context.Context, q db.Queryer, query string, args []any, take func(Name, int64)) error {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("read names of organisations: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var n Name
		var id int64
		if err := rows.Scan(&n.Key, &n.Text, &n.Lang, &n.Import, &id); err != nil {
			return err
		}
		take(n, id)
	}
	return rows.Err()
}

// namesOf reads the names that the organisations of keys were given, in the order of the keys. Those that
// were split off are of what they became.
func (u *Unions) namesOf(ctx context.Context, q db.Queryer, keys []string) ([]Name, error) {
	known, err := byKeys(ctx, q, u.wholes(keys))
	if err != nil {
		return nil, err
	}
	ids := map[int64]bool{}
	for _, o := range known {
		ids[o.ID] = true
	}
	var list []Name
	err = eachName(ctx, q, ids, func(n Name, _ int64) {
		if n.Key = u.named(n.Key, n.Text); slices.Contains(keys, n.Key) {
			list = append(list, n)
		}
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b Name) int { return slices.Index(keys, a.Key) - slices.Index(keys, b.Key) })
	return list, nil
}

package directory

import (
	"context"
	"fmt"
	"strings"

	"resolute"
	"resolute/internal/db"
)

// lookup is how many keys one statement asks for.
const lookup = 200

// Ensure gives the ids of parties by Party.Key, and enters those that are not known yet; the
// first spelling stands, and every name is kept beside it. Parties without a key are left out. known is
// the caller's cache of earlier answers, which stays valid only if its transactions were committed.
// Answers hold notes of the names too, which are for that cache.
func Ensure(ctx context.Context, tx *db.Tx, by resolute.Actor, importID int64, parties []Party, known map[string]int64) (map[string]int64, error) {
	fresh := map[string]Party{}
	var keys []string
	for _, p := range parties {
		key := p.Key()
		if key == "" || known[key] != 0 {
			continue
		}
		if _, seen := fresh[key]; !seen {
			fresh[key] = p
			keys = append(keys, key)
		}
	}
	ids, err := find(ctx, tx, keys)
	if err != nil {
		return nil, err
	}
	for _, key := range keys { // in the order of the file, so that ids are the same on every run
		if ids[key] != 0 {
			continue
		}
		if ids[key], err = enter(ctx, tx, by, importID, key, fresh[key]); err != nil {
			return nil, err
		}
	}
	return ids, enterNames(ctx, tx, importID, parties, known, ids)
}

func enter(ctx context.Context, tx *db.Tx, by resolute.Actor, importID int64, key string, p Party) (int64, error) {
	var id int64
	err := tx.QueryRow(ctx, `INSERT INTO organisation (key, ref, name, type, owner, state, import) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id`,
		key, strings.Join(strings.Fields(p.Ref), " "), strings.Join(strings.Fields(p.Name), " "), p.Type, by.ID, string(resolute.Approved), importID).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("enter organisation %s: %w", key, err)
	}
	return id, nil
}

func find(ctx context.Context, q db.Queryer, keys []string) (map[string]int64, error) {
	ids := make(map[string]int64, len(keys))
	for len(keys) > 0 {
		n := min(lookup, len(keys))
		if err := findSome(ctx, q, keys[:n], ids); err != nil {
			return nil, err
		}
		keys = keys[n:]
	}
	return ids, nil
}

func findSome(ctx context.Context, q db.Queryer, keys []string, ids map[string]int64) error {
	args, marks := marked(keys)
	rows, err := q.Query(ctx, `SELECT key, id FROM organisation WHERE key IN `+marks, args...)
	if err != nil {
		return fmt.Errorf("look up organisations: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key string
		var id int64
		if err := rows.Scan(&key, &id); err != nil {
			return err
		}
		ids[key] = id
	}
	return rows.Err()
}

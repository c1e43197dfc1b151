package coverage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"resolute/internal/audit"
	"resolute/internal/db"
)

// patchShare and patchLeast bound what is patched: when more than one activity of so many moved,
// and more than the least number, everything is read anew, which is then faster.
const (
	patchShare = 4
	patchLeast = 500
	chunk      = 200 // keys one statement asks for
)

// errReadAnew says that the old state cannot be patched.
var errReadAnew = errors.New("too much moved to be patched")

// patch makes the facts of the newest change from older ones: it reads what moved since and
// shares the rest. It returns errReadAnew when too much moved, or when the log is not the
// continuation of the older one.
func (old *facts) patch(ctx context.Context, d *db.DB, b *book) (*facts, error) {
	f := &facts{}
	err := d.View(ctx, func(q db.Queryer) error {
		keys, err := old.moved(ctx, q)
		if err != nil {
			return err
		}
		rulings, err := f.readState(ctx, q)
		if err != nil {
			return err
		}
		f.keep(old, keys)
		for list := range slices.Chunk(sorted(keys), chunk) {
			pointers, err := readPointers(ctx, q, present, keyed(list), list...)
			if err != nil {
				return err
			}
			part, err := readBatch(ctx, q, pointers, b, rulings)
			if err != nil {
				return err
			}
			f.activities, f.lives = append(f.activities, part.activities...), append(f.lives, part.lives...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("follow the log from change %d: %w", old.head.Seq, err)
	}
	slices.SortFunc(f.activities, func(x, y activity) int { return cmp.Compare(x.version, y.version) })
	f.count()
	return f, nil
}

// keep takes over what did not move.
func (f *facts) keep(old *facts, moved map[string]bool) {
	f.activities = make([]activity, 0, len(old.activities)+len(moved))
	for i := range old.activities {
		if !moved[old.activities[i].key] {
			f.activities = append(f.activities, old.activities[i])
		}
	}
	for _, l := range old.lives {
		if !moved[l.key] {
			f.lives = append(f.lives, l)
		}
	}
}

// moved gives the keys whose activity may answer otherwise than before: those whose pointer
// moved, those that an undone import took away, and those that a decision reaches.
func (old *facts) moved(ctx context.Context, q db.Queryer) (map[string]bool, error) {
	if err := old.continues(ctx, q); err != nil {
		return nil, err
	}
	keys := map[string]bool{}
	for _, query := range []string{
		`SELECT key FROM current WHERE seq > $1`,
		`SELECT e.key FROM import i JOIN import_entry e ON e.import = i.id WHERE i.undo_seq > $1`,
		`SELECT key FROM decision WHERE seq > $1 AND key <> ''`,
		`SELECT a.key FROM tag x JOIN activity a ON a.version = x.version WHERE x.rule IN (SELECT rule FROM decision WHERE seq > $1 AND key = '')`,
		`SELECT a.key FROM mandate_link x JOIN activity a ON a.version = x.version WHERE x.rule IN (SELECT rule FROM decision WHERE seq > $1 AND key = '')`,
	} {
		if err := addKeys(ctx, q, keys, query, old.head.Seq); err != nil {
			return nil, err
		}
		if len(keys) > max(patchLeast, len(old.activities)/patchShare) {
			return nil, errReadAnew
		}
	}
	return keys, nil
}

// continues fails when the change that the old facts stand on is not in the log any more, as
// after a restore.
func (old *facts) continues(ctx context.Context, q db.Queryer) error {
	if old.head == (audit.Head{}) {
		return errReadAnew
	}
	var hash string
	err := q.QueryRow(ctx, `SELECT head FROM change WHERE seq = $1`, old.head.Seq).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) || err == nil && hash != old.head.Hash {
		return errReadAnew
	}
	return err
}

func addKeys(ctx context.Context, q db.Queryer, keys map[string]bool, query string, args ...any) error {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return err
		}
		keys[key] = true
	}
	return rows.Err()
}

// keyed is the condition that pointers have one of some keys.
func keyed(keys []any) string {
	marks := make([]string, len(keys))
	for i := range keys {
		marks[i] = fmt.Sprintf("$%d", i+1)
	}
	return `WHERE c.key IN (` + strings.Join(marks, ", ") + `)`
}

// sorted lists keys in order, as arguments.
func sorted(keys map[string]bool) []any {
	list := make([]any, 0, len(keys))
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		list = append(list, key)
	}
	return list
}

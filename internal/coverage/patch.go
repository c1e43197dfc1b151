package coverage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/framework"
	"resolute/internal/register"
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
		if err := f.reach(ctx, q, old, keys); err != nil {
			return err
		}
		f.keep(old, keys)
		return f.readKeys(ctx, q, b, rulings, keys, present)
	})
	if err != nil {
		return nil, fmt.Errorf("follow the log from change %d: %w", old.head.Seq, err)
	}
	return f, nil
}

// readKeys reads the activities of some keys as a selection shows them, beside those that f holds.
func (f *facts) readKeys(ctx context.Context, q db.Queryer, b *book, rulings *register.Rulings, keys map[string]bool, of selection) error {
	var read []*packer
	var lives []life
	for list := range slices.Chunk(sorted(keys), chunk) {
		pointers, err := readPointers(ctx, q, of.within("key IN "+marks(list)), "WHERE c.key IN "+marks(list), list...)
		if err != nil {
			return err
		}
		part, err := readBatch(ctx, q, pointers, b, rulings, f.united.parts)
		if err != nil {
			return err
		}
		read, lives = append(read, f.pack(part.activities)), append(lives, part.lives...)
	}
	f.stock, f.lives = f.with(read), append(f.lives, lives...)
	if len(keys) > 0 {
		f.count(b)
		return nil
	}
	f.unite(b) // what counts is what counted before
	f.tell(b)
	return nil
}

// keep takes over what did not move.
func (f *facts) keep(old *facts, moved map[string]bool) {
	f.stock = old.without(moved)
	if maps.Equal(f.names, old.names) {
		f.naming.Do(func() { f.parties = old.partyLists() })
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
	since := span{old.head.Seq, math.MaxInt64}
	return since.keys(ctx, q, max(patchLeast, old.stock.count()/patchShare),
		`SELECT key FROM current WHERE seq > $1 AND seq <= $2`,
		`SELECT e.key FROM import i JOIN import_entry e ON e.import = i.id WHERE i.undo_seq > $1 AND i.undo_seq <= $2`)
}

// span is the changes after one up to another.
type span struct{ after, to int64 }

// keys gives the keys that queries find within the span, and those that its decisions reach. More
// than a limit is errReadAnew.
func (s span) keys(ctx context.Context, q db.Queryer, limit int, queries ...string) (map[string]bool, error) {
	keys, rules := map[string]bool{}, map[string]bool{}
	if err := addKeys(ctx, q, rules, `SELECT rule FROM decision WHERE seq > $1 AND seq <= $2 AND key = ''`, s.after, s.to); err != nil {
		return nil, err
	}
	queries = append(queries, `SELECT key FROM decision WHERE seq > $1 AND seq <= $2 AND key <> ''`)
	if len(rules) > 0 { // else the tables of links are read for nothing
		const among = ` x JOIN activity a ON a.version = x.version WHERE x.rule IN (SELECT rule FROM decision WHERE seq > $1 AND seq <= $2 AND key = '')`
		queries = append(queries, `SELECT a.key FROM tag`+among, `SELECT a.key FROM mandate_link`+among)
		if rules[register.MatrixRule] { // what it proposes follows from action lines
			queries = append(queries, `SELECT a.key FROM tag x JOIN activity a ON a.version = x.version WHERE x.scheme = '`+framework.ActionLine+`' AND CAST($1 AS BIGINT) < CAST($2 AS BIGINT)`)
		}
	}
	for _, query := range queries {
		if err := addKeys(ctx, q, keys, query, s.after, s.to); err != nil {
			return nil, err
		}
		if len(keys) > limit {
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

// marks are the places of arguments in a statement.
func marks(args []any) string {
	list := make([]string, len(args))
	for i := range args {
		list[i] = fmt.Sprintf("$%d", i+1)
	}
	return "(" + strings.Join(list, ", ") + ")"
}

// sorted lists keys in order, as arguments.
func sorted(keys map[string]bool) []any {
	list := make([]any, 0, len(keys))
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		list = append(list, key)
	}
	return list
}

package register

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"resolute/internal/db"
	"resolute/internal/ledger"
)

// ahead is where the pointers will stand when an import is published, or undone. It is laid down in
// short transactions before that one which everybody waits for, and nobody sees it until then.
type ahead struct {
	id        int64 // of the import
	undo      bool
	contested contested

	movedAny int64 // last change of the activities of any source that it knows of
	rows     int64 // laid down
	few      bool  // none of them before: they are prepared, laid down, moved and kept in one transaction
}

// fewEntries is how many entries an import has at most that are prepared, and whose pointers are laid
// down, in the transaction that publishes it: it is held for a tenth of a second then. In parts they
// would take a seventh longer.
const fewEntries = 1000

var aheadColumns = []string{"import", "key", "version", "counts", "absent", "lowest"}

// absentAfter is what an entry e of an import says about a pointer's absence.
const absentAfter = "CASE WHEN e.deed = 'absent' THEN e.import ELSE 0 END"

// mark is under which number the rows lie.
func (a *ahead) mark() int64 {
	if a.undo {
		return -a.id
	}
	return a.id
}

// know compares the last change of any source with that which a knows of: another source may have
// brought the same identifiers since.
func (a *ahead) know(movedAny int64) (news bool) {
	if movedAny == a.movedAny {
		return false
	}
	a.contested, a.movedAny = contested{many: true}, movedAny
	return true
}

// lay lays down what will stand.
func (a *ahead) lay(ctx context.Context, d *db.DB) error {
	movedAny, err := ledger.Moved(ctx, d, "")
	if err != nil {
		return err
	}
	a.know(movedAny)
	if err := d.Write(ctx, func(tx *db.Tx) error { return a.forget(ctx, tx) }); err != nil {
		return err
	}
	if err := a.layElected(ctx, d); err != nil {
		return fmt.Errorf("elect counting activities: %w", err)
	}
	err = eachStretch(ctx, d, "import_entry", a.id, func(after, last string) error {
		return d.Write(ctx, func(tx *db.Tx) error { return a.layEntries(ctx, tx, ` AND e.key > $2 AND e.key <= $3`, after, last) })
	})
	if err != nil {
		return err
	}
	a.rows, err = a.count(ctx, d)
	return err
}

// layElected lays down those whose flag changes. They are read beside the writing, which others come
// in between.
func (a *ahead) layElected(ctx context.Context, d *db.DB) error {
	var some [][]any
	put := func() error {
		err := d.Write(ctx, func(tx *db.Tx) error { return tx.Bulk(ctx, "pointer_ahead", aheadColumns, some) })
		some = some[:0]
		time.Sleep(db.Pause)
		return err
	}
	err := a.elect(func(query string, args []any) error {
		return each(ctx, d, query, func(rows *sql.Rows) error {
			var key string
			var version, counts, absent, lowest int64
			if err := rows.Scan(&key, &version, &counts, &absent, &lowest); err != nil {
				return err
			}
			if some = append(some, []any{a.mark(), key, version, counts, absent, lowest}); len(some) < entryBatch {
				return nil
			}
			return put()
		}, args...)
	})
	if err == nil && len(some) > 0 {
		err = put()
	}
	return err
}

// layEntries lays down what the entries that meet a condition move, but for the elected.
func (a *ahead) layEntries(ctx context.Context, tx *db.Tx, condition string, args ...any) error {
	columns, from := `e.after_version, COALESCE(c.counts, 1), `+absentAfter+`, e.lowest`, ``
	if a.undo { // of what was new nothing stands then
		columns = `e.before_version, CASE WHEN e.deed = 'new' THEN 0 ELSE c.counts END, e.before_absent,
			CASE WHEN e.flipped = 1 THEN 1 - e.lowest ELSE COALESCE(b.lowest, 0) END`
		from = ` LEFT JOIN activity b ON b.version = e.before_version`
	}
	_, err := tx.Exec(ctx, `INSERT INTO pointer_ahead (import, key, version, counts, absent, lowest)
		SELECT `+fmt.Sprint(a.mark())+`, e.key, `+columns+` FROM import_entry e LEFT JOIN current c ON c.key = e.key`+from+`
		WHERE e.import = $1`+condition+` ON CONFLICT (import, key) DO NOTHING`, append([]any{a.id}, args...)...)
	if err != nil {
		return fmt.Errorf("lay down the pointers of import %d: %w", a.id, err)
	}
	return nil
}

func (a *ahead) count(ctx context.Context, q db.Queryer) (n int64, err error) {
	if err = q.QueryRow(ctx, `SELECT COUNT(*) FROM pointer_ahead WHERE import = $1`, a.mark()).Scan(&n); err != nil {
		err = fmt.Errorf("count the pointers of import %d: %w", a.id, err)
	}
	return n, err
}

// apply moves the pointers as it was laid down. When that may no longer be what follows from where they
// stand, it is laid down anew, in the transaction.
func (a ahead) apply(ctx context.Context, tx *db.Tx, seq int64) error {
	movedAny, err := ledger.Moved(ctx, tx, "")
	if err != nil {
		return err
	}
	rows, err := a.count(ctx, tx)
	if err != nil {
		return err
	}
	if a.know(movedAny) || a.few || rows != a.rows {
		if err := a.again(ctx, tx); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `INSERT INTO current (key, version, counts, absent, seq)
		SELECT key, version, counts, absent, $2 FROM pointer_ahead WHERE import = $1 AND version > 0
		ON CONFLICT (key) DO UPDATE SET version = excluded.version, counts = excluded.counts, absent = excluded.absent, seq = excluded.seq`, a.mark(), seq)
	if err == nil && a.undo {
		_, err = tx.Exec(ctx, `DELETE FROM current WHERE key IN (SELECT key FROM pointer_ahead WHERE import = $1 AND version = 0)`, a.mark())
	}
	if err != nil {
		return fmt.Errorf("move pointers of import %d: %w", a.id, err)
	}
	_, err = tx.Exec(ctx, `UPDATE activity SET lowest = 1 - lowest WHERE version IN (SELECT after_version FROM import_entry WHERE import = $1 AND flipped = 1)`, a.id)
	if err != nil {
		return fmt.Errorf("turn the levels of import %d: %w", a.id, err)
	}
	if a.few {
		return errors.Join(a.keepSome(ctx, tx, seq, ``), a.leave(ctx, tx))
	}
	return nil
}

// again lays everything down within a transaction.
func (a *ahead) again(ctx context.Context, tx *db.Tx) error {
	if a.undo {
		if err := unmoved(ctx, tx, a.id); err != nil {
			return err
		}
	}
	if err := a.forget(ctx, tx); err != nil {
		return err
	}
	err := a.elect(func(query string, args []any) error {
		_, err := tx.Exec(ctx, `INSERT INTO pointer_ahead (import, key, version, counts, absent, lowest)
			SELECT `+fmt.Sprint(a.mark())+`, key, version, elected, absent, lowest FROM (`+query+`) AS o`, args...)
		return err
	})
	if err != nil {
		return fmt.Errorf("elect counting activities: %w", err)
	}
	return a.layEntries(ctx, tx, ``)
}

// forget empties what was laid down.
func (a *ahead) forget(ctx context.Context, tx *db.Tx) error {
	if _, err := tx.Exec(ctx, `DELETE FROM pointer_ahead WHERE import = $1`, a.mark()); err != nil {
		return fmt.Errorf("forget the pointers of import %d: %w", a.id, err)
	}
	return nil
}

// eachStretch calls do with the bounds of stretches of keys of an import in a table: above the first,
// up to the last. Others may write in between.
func eachStretch(ctx context.Context, d *db.DB, table string, mark int64, do func(after, last string) error) error {
	for after, last, n := "", "", entryBatch; n == entryBatch; after = last {
		err := d.QueryRow(ctx, `SELECT COUNT(*), COALESCE(MAX(key), '') FROM (SELECT key FROM `+table+` WHERE import = $1 AND key > $2 ORDER BY key LIMIT $3) AS stretch`,
			mark, after, int64(entryBatch)).Scan(&n, &last)
		if err != nil || n == 0 {
			return err
		}
		if err := do(after, last); err != nil {
			return err
		}
		time.Sleep(db.Pause)
	}
	return nil
}

package register

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"resolute"
	"resolute/internal/db"
)

// keep puts the pointers that were moved where those of all changes lie, in short transactions, and says
// that nobody works on them any more. What is left when it fails is read where it lies, and kept by a
// Sweep.
func (a ahead) keep(ctx context.Context, d *db.DB, seq int64) error {
	if a.few { // done
		return nil
	}
	err := eachStretch(ctx, d, "pointer_ahead", a.mark(), func(after, last string) error {
		return d.Write(ctx, func(tx *db.Tx) error {
			return a.keepSome(ctx, tx, seq, ` AND key > $2 AND key <= $3`, after, last)
		})
	})
	if err != nil {
		return err
	}
	return d.Write(ctx, func(tx *db.Tx) error { return a.leave(ctx, tx) })
}

// keepSome keeps those whose keys meet a condition.
func (a ahead) keepSome(ctx context.Context, tx *db.Tx, seq int64, condition string, args ...any) error {
	args = append([]any{a.mark()}, args...)
	_, err := tx.Exec(ctx, `INSERT INTO moved (key, seq, version, counts, absent, lowest)
		SELECT key, `+fmt.Sprint(seq)+`, version, counts, absent, lowest FROM pointer_ahead WHERE import = $1`+condition, args...)
	if err == nil {
		_, err = tx.Exec(ctx, `DELETE FROM pointer_ahead WHERE import = $1`+condition, args...)
	}
	if err != nil {
		return fmt.Errorf("remember the pointers of change %d: %w", seq, err)
	}
	return nil
}

// drop takes away what was laid down and will not happen.
func (a ahead) drop(ctx context.Context, d *db.DB) error {
	return d.Write(context.WithoutCancel(ctx), func(tx *db.Tx) error { return errors.Join(a.forget(ctx, tx), a.leave(ctx, tx)) })
}

// claim says that this process lays down what an undoing will do. It returns Conflict when another does.
func (a ahead) claim(ctx context.Context, r *Register) error {
	return r.DB.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Serialize(ctx); err != nil {
			return err
		}
		undone, dead, err := r.abandoned(ctx, tx, a.mark())
		if err != nil {
			return err
		}
		if undone && !dead {
			return &resolute.Error{Code: resolute.Conflict, Field: "import", Message: fmt.Sprintf("import %d is being undone just now", a.id)}
		}
		if err := a.leave(ctx, tx); err != nil {
			return err
		}
		return takeUp(ctx, tx, a.mark(), r.Now().UnixMilli())
	})
}

// leave says that nobody works on it any more.
func (a ahead) leave(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM staging WHERE import = $1`, a.mark())
	return err
}

// settleAhead ends what processes that are gone had laid down: what was published, or undone, is kept,
// and what was not is dropped.
func (r *Register) settleAhead(ctx context.Context) error {
	type work struct {
		ahead
		seq, pid, beat int64
		host           string
	}
	var list []work
	err := each(ctx, r.DB, `SELECT m.import, CASE WHEN m.import > 0 THEN i.seq ELSE i.undo_seq END, COALESCE(s.host, ''), COALESCE(s.pid, 0), COALESCE(s.beat, 0)
		FROM (SELECT import FROM staging UNION SELECT DISTINCT import FROM pointer_ahead) m
		JOIN import i ON i.id = ABS(m.import) LEFT JOIN staging s ON s.import = m.import WHERE m.import < 0 OR i.seq > 0`, func(rows *sql.Rows) error {
		var w work
		err := rows.Scan(&w.id, &w.seq, &w.host, &w.pid, &w.beat)
		if w.id < 0 {
			w.id, w.undo = -w.id, true
		}
		list = append(list, w)
		return err
	})
	if err != nil {
		return err
	}
	for _, w := range list {
		dead, err := r.gone(w.host, w.pid, w.beat)
		if err != nil {
			return err
		}
		switch {
		case !dead:
		case w.seq > 0:
			err = w.keep(ctx, r.DB, w.seq)
		default:
			err = w.drop(ctx, r.DB)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

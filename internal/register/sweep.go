package register

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"resolute/internal/db"
	"resolute/internal/ledger"
)

// silence is how long an importer may go without a batch before it is taken for dead, even
// when a process of its number lives. An importer that was taken for dead stores nothing.
const silence = 15 * time.Minute

// Sweep removes what imports left that no process finished: their accounts and all they
// staged. An import that runs now, here or on another machine, is left alone. It returns how
// many it removed. What others left to do that were published, it does.
func (r *Register) Sweep(ctx context.Context) (int, error) {
	if err := r.settleAhead(ctx); err != nil {
		return 0, err
	}
	ids, err := ledger.StagedIDs(ctx, r.DB)
	if err != nil {
		return 0, err
	}
	swept := 0
	for _, id := range ids {
		mine, dead, err := r.abandoned(ctx, r.DB, id)
		if err != nil {
			return swept, err
		}
		if !mine || !dead {
			continue
		}
		if err := dropStaged(ctx, r.DB, id); err != nil {
			return swept, err
		}
		swept++
	}
	return swept, nil
}

// abandoned tells whether work under a number is one of this room, and whether nobody does it any more.
func (r *Register) abandoned(ctx context.Context, q db.Queryer, id int64) (mine, dead bool, err error) {
	var host string
	var pid, last int64
	err = q.QueryRow(ctx, `SELECT host, pid, beat FROM staging WHERE import = $1`, id).Scan(&host, &pid, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return false, false, nil
	}
	if err != nil {
		return false, false, fmt.Errorf("read who fills import %d: %w", id, err)
	}
	dead, err = r.gone(host, pid, last)
	return true, dead, err
}

// gone tells whether the process that fills an import is dead or was silent for too long.
func (r *Register) gone(host string, pid, last int64) (bool, error) {
	if r.Now().Sub(time.UnixMilli(last)) > silence {
		return true, nil
	}
	here, err := os.Hostname()
	if err != nil {
		return false, fmt.Errorf("name of this machine: %w", err)
	}
	return host == here && !running(int(pid)), nil
}

// running tells whether a process of this machine lives.
func running(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, os.ErrPermission)
}

// dropVersions is how many staged activities one transaction removes, so that the write lock
// is never held for long.
const dropVersions = 1000

// dropStaged removes a staged import with all that hangs on it. First its process is taken
// off, so that an importer that still lives stops at its next batch.
func dropStaged(ctx context.Context, d *db.DB, id int64) error {
	err := d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE staging SET host = '', pid = 0, beat = 0 WHERE import = $1`, id)
		return err
	})
	if err == nil { // by versions it is read from end to end: once
		err = d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM kin WHERE version IN (SELECT version FROM activity WHERE import = $1)`, id)
			return err
		})
	}
	for left := int64(1); err == nil && left > 0; {
		err = d.Write(ctx, func(tx *db.Tx) (err error) {
			left, err = dropSome(ctx, tx, id)
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("drop staged import %d: %w", id, err)
	}
	return d.Write(ctx, func(tx *db.Tx) error {
		for _, statement := range []string{
			`DELETE FROM import_entry WHERE import IN (SELECT id FROM import WHERE id = $1 AND state = 'staged')`,
			`DELETE FROM pointer_ahead WHERE import IN (SELECT id FROM import WHERE id = $1 AND state = 'staged')`,
			`DELETE FROM staging WHERE import = $1`,
		} {
			if _, err := tx.Exec(ctx, statement, id); err != nil {
				return fmt.Errorf("drop staged import %d: %w", id, err)
			}
		}
		return ledger.Drop(ctx, tx, id)
	})
}

func dropSome(ctx context.Context, tx *db.Tx, id int64) (int64, error) {
	var last, n int64
	err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(version), 0), COUNT(*) FROM
		(SELECT version FROM activity WHERE import = $1 ORDER BY version LIMIT $2) AS few`, id, int64(dropVersions)).Scan(&last, &n)
	if err != nil || n == 0 {
		return 0, err
	}
	for _, statement := range []string{
		`DELETE FROM import_entry WHERE import = $1 AND key IN (SELECT key FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM pointer_ahead WHERE import = $1 AND key IN (SELECT key FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM doc WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM title WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM words WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM tag WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM mandate_link WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM txn WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM counterpart WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM budget WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM participant WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM place WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM location WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM unlocated WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM unrelated WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM evidence WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM reading WHERE version IN (SELECT version FROM activity WHERE import = $1 AND version <= $2)`,
		`DELETE FROM activity WHERE import = $1 AND version <= $2`,
	} {
		if _, err := tx.Exec(ctx, statement, id, last); err != nil {
			return 0, err
		}
	}
	return n, nil
}

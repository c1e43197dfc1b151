package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// Undo takes an import back: every pointer returns to where it stood before. It returns
// Conflict unless the import is the newest of its source, NotFound for an unknown one, and
// Invalid for one that changed nothing here. What it stored stays, unseen, for the record.
func (r *Register) Undo(ctx context.Context, by resolute.Actor, id int64) (ledger.Import, error) {
	now := r.Now()
	if err := by.Can(resolute.Import, resolute.Object{Kind: "import", ID: fmt.Sprint(id)}, now.Format(time.DateOnly)); err != nil {
		return ledger.Import{}, err
	}
	account, err := undoable(ctx, r.DB, id)
	if err != nil {
		return ledger.Import{}, err
	}
	if account.Kind == KindOrganisations { // what readers see of organisations follows the accounts
		return r.undo(ctx, by, id, now, func(context.Context, *db.Tx, int64) error { return nil })
	}
	after := ahead{id: id, undo: true, contested: contested{many: true}}
	if err := after.claim(ctx, r); err != nil {
		return ledger.Import{}, err
	}
	if err = after.lay(ctx, r.DB); err == nil {
		err = unmoved(ctx, r.DB, id)
	}
	if err == nil {
		account, err = r.undo(ctx, by, id, now, after.apply)
	}
	if err != nil {
		return ledger.Import{}, errors.Join(err, after.drop(ctx, r.DB))
	}
	_ = after.keep(context.WithoutCancel(ctx), r.DB, account.UndoSeq) // it is undone; a Sweep keeps what this left
	return account, nil
}

// undo undoes an import in one transaction; move moves the pointers.
func (r *Register) undo(ctx context.Context, by resolute.Actor, id int64, now time.Time, move func(ctx context.Context, tx *db.Tx, seq int64) error) (account ledger.Import, err error) {
	err = r.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if err = tx.Serialize(ctx); err != nil {
			return err
		}
		if account, err = undoable(ctx, tx, id); err != nil {
			return err
		}
		seq, err := audit.Record(ctx, tx, audit.Change{At: now.UnixMilli(), Actor: by.ID, Verb: "undo", Object: fmt.Sprintf("import/%d", id),
			About: map[string]any{"new": account.New, "changed": account.Changed, "absent": account.Absent}})
		if err != nil {
			return err
		}
		if err := move(ctx, tx, seq); err != nil {
			return err
		}
		account.State, account.UndoSeq = ledger.Undone, seq
		return ledger.Undo(ctx, tx, id, seq)
	})
	return account, err
}

func undoable(ctx context.Context, q db.Queryer, id int64) (ledger.Import, error) {
	return ledger.Undoable(ctx, q, id, KindIATI, KindActivities, KindOrganisations)
}

// unmoved fails when a pointer does not stand where an import left it.
func unmoved(ctx context.Context, q db.Queryer, id int64) error {
	var moved int64
	err := q.QueryRow(ctx, `SELECT COUNT(*) FROM import_entry e LEFT JOIN current c ON c.key = e.key
		WHERE e.import = $1 AND (c.key IS NULL OR c.version <> e.after_version)`, id).Scan(&moved)
	if err == nil && moved > 0 {
		err = &resolute.Error{Code: resolute.Conflict, Field: "import", Message: fmt.Sprintf("%d activities of import %d were changed since", moved, id)}
	}
	return err
}

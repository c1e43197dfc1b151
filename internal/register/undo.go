package register

import (
	"context"
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
	var account ledger.Import
	err := r.DB.Write(ctx, func(tx *db.Tx) (err error) {
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
		if account.Kind != kindOrganisations { // what readers see of organisations follows the accounts
			if err := restorePointers(ctx, tx, id, seq); err != nil {
				return err
			}
		}
		account.State, account.UndoSeq = ledger.Undone, seq
		return ledger.Undo(ctx, tx, id, seq)
	})
	return account, err
}

func undoable(ctx context.Context, tx *db.Tx, id int64) (ledger.Import, error) {
	account, err := ledger.Undoable(ctx, tx, id, kindIATI, kindActivities, kindOrganisations)
	if err != nil {
		return account, err
	}
	var moved int64
	err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM import_entry e LEFT JOIN current c ON c.key = e.key
		WHERE e.import = $1 AND (c.key IS NULL OR c.version <> e.after_version)`, id).Scan(&moved)
	if err == nil && moved > 0 {
		err = &resolute.Error{Code: resolute.Conflict, Field: "import", Message: fmt.Sprintf("%d activities of import %d were changed since", moved, id)}
	}
	return account, err
}

func restorePointers(ctx context.Context, tx *db.Tx, id, seq int64) error {
	for _, s := range []struct {
		text string
		args []any
	}{
		{`DELETE FROM current WHERE key IN (SELECT key FROM import_entry WHERE import = $1 AND deed = 'new')`, []any{id}},
		{`UPDATE current SET version = e.before_version, absent = e.before_absent, seq = $2 FROM import_entry e
			WHERE e.import = $1 AND e.deed <> 'new' AND e.key = current.key`, []any{id, seq}},
		{`UPDATE activity SET lowest = 1 - lowest WHERE version IN (SELECT after_version FROM import_entry WHERE import = $1 AND flipped = 1)`, []any{id}},
	} {
		if _, err := tx.Exec(ctx, s.text, s.args...); err != nil {
			return fmt.Errorf("restore pointers of import %d: %w", id, err)
		}
	}
	if _, err := (contested{many: true}).elect(ctx, tx, id, seq); err != nil {
		return err
	}
	if err := rememberGone(ctx, tx, id, seq); err != nil {
		return err
	}
	return remember(ctx, tx, seq)
}

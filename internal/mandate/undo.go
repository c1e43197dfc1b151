package mandate

import (
	"context"
	"fmt"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// Undo takes the import of a text back: the text before it is what readers see again. What it
// stored stays, unseen, for the record. It returns Conflict unless the import is the newest of
// its file name, NotFound for an unknown one, and Invalid for one of another kind or state.
func (m *Mandate) Undo(ctx context.Context, by resolute.Actor, id int64) (ledger.Import, error) {
	now := m.Now()
	if err := by.Can(resolute.Import, resolute.Object{Kind: "import", ID: fmt.Sprint(id)}, now.Format(time.DateOnly)); err != nil {
		return ledger.Import{}, err
	}
	var account ledger.Import
	err := m.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if err = tx.Serialize(ctx); err != nil {
			return err
		}
		if account, err = ledger.Undoable(ctx, tx, id, ImportKind); err != nil {
			return err
		}
		seq, err := audit.Record(ctx, tx, audit.Change{At: now.UnixMilli(), Actor: by.ID, Verb: "undo", Object: fmt.Sprintf("import/%d", id),
			About: map[string]any{"kind": ImportKind}})
		if err != nil {
			return err
		}
		if _, err = tx.Exec(ctx, `UPDATE revision SET undo_seq = $1 WHERE import = $2`, seq, id); err != nil {
			return fmt.Errorf("take back the text of import %d: %w", id, err)
		}
		account.State, account.UndoSeq = ledger.Undone, seq
		return ledger.Undo(ctx, tx, id, seq)
	})
	return account, err
}

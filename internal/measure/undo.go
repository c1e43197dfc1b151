package measure

import (
	"context"
	"fmt"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
	"resolute/internal/ledger"
)

// Undo takes an import of statistics back: its series are again what they were before. It returns
// Conflict unless the import is the newest of its source and no later one was merged with what it
// stored, NotFound for an unknown one, and Invalid for one of another kind. What it stored stays,
// unseen, for the record.
func (m *Measure) Undo(ctx context.Context, by resolute.Actor, id int64) (ledger.Import, error) {
	now := m.Now()
	if err := by.Can(resolute.Import, resolute.Object{Kind: "import", ID: fmt.Sprint(id)}, now.Format(time.DateOnly)); err != nil {
		return ledger.Import{}, err
	}
	var account ledger.Import
	err := m.DB.Write(ctx, func(tx *db.Tx) (err error) {
		if err = tx.Serialize(ctx); err != nil {
			return err
		}
		if account, err = ledger.Undoable(ctx, tx, id, kindStats); err != nil {
			return err
		}
		var later int64
		err = tx.QueryRow(ctx, `SELECT COALESCE(MAX(o.import), 0) FROM series_version v JOIN series_version o ON o.series = v.series
			JOIN import i ON i.id = o.import WHERE v.import = $1 AND i.state = 'done' AND i.seq > $2`, id, account.Seq).Scan(&later)
		if err != nil {
			return err
		}
		if later != 0 {
			return &resolute.Error{Code: resolute.Conflict, Field: "import", Message: fmt.Sprintf("import %d was merged with what import %d stored: undo that one first", later, id)}
		}
		seq, err := audit.Record(ctx, tx, audit.Change{At: now.UnixMilli(), Actor: by.ID, Verb: "undo", Object: fmt.Sprintf("import/%d", id),
			About: map[string]any{"kind": kindStats, "new": account.New, "changed": account.Changed}})
		if err != nil {
			return err
		}
		account.State, account.UndoSeq = ledger.Undone, seq
		if err := ledger.Undo(ctx, tx, id, seq); err != nil {
			return err
		}
		states, err := statesOf(ctx, tx, id, seq)
		if err != nil {
			return err
		}
		return keepStates(ctx, tx, seq, states)
	})
	return account, err
}

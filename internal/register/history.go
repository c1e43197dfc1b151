package register

import (
	"context"
	"fmt"
	"strings"

	"resolute/internal/db"
)

// remember notes where the pointers stand that a change moved, so that its data version can be
// shown again. Call it last in the change's transaction.
func remember(ctx context.Context, tx *db.Tx, seq int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO moved (key, seq, version, counts, absent, lowest)
		SELECT c.key, c.seq, c.version, c.counts, c.absent, a.lowest FROM current c JOIN activity a ON a.version = c.version WHERE c.seq = $1`, seq)
	if err != nil {
		return fmt.Errorf("remember pointers of change %d: %w", seq, err)
	}
	return nil
}

// rememberEntries is remember for an import: what its entries moved, and the elected, which may be
// of other sources. It reads no activity, so that it is short.
func rememberEntries(ctx context.Context, tx *db.Tx, id, seq int64, elected []string) error {
	_, err := tx.Exec(ctx, `INSERT INTO moved (key, seq, version, counts, absent, lowest)
		SELECT c.key, c.seq, c.version, c.counts, c.absent, e.lowest FROM import_entry e JOIN current c ON c.key = e.key WHERE e.import = $1`, id)
	if err != nil {
		return fmt.Errorf("remember pointers of import %d: %w", id, err)
	}
	return inPieces(elected, lookupIDs, func(some []string) error {
		args, marks := []any{id, seq}, make([]string, len(some))
		for i, key := range some {
			args, marks[i] = append(args, key), fmt.Sprintf("$%d", i+3)
		}
		_, err := tx.Exec(ctx, `INSERT INTO moved (key, seq, version, counts, absent, lowest)
			SELECT c.key, c.seq, c.version, c.counts, c.absent, a.lowest FROM current c JOIN activity a ON a.version = c.version
			WHERE c.key IN (`+strings.Join(marks, ", ")+`) AND c.seq = $2 AND NOT EXISTS (SELECT 1 FROM import_entry e WHERE e.import = $1 AND e.key = c.key)`, args...)
		if err != nil {
			return fmt.Errorf("remember pointers of change %d: %w", seq, err)
		}
		return nil
	})
}

// rememberGone notes which activities an undone import takes away with it.
func rememberGone(ctx context.Context, tx *db.Tx, id, seq int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO moved (key, seq, version, counts, absent, lowest)
		SELECT key, $2, 0, 0, 0, 0 FROM import_entry WHERE import = $1 AND deed = 'new'`, id, seq)
	if err != nil {
		return fmt.Errorf("remember what the undoing of import %d took away: %w", id, err)
	}
	return nil
}

// beginHistory notes that a change wrote rows in place that older versions stand on: none before
// it can be shown any more.
func beginHistory(ctx context.Context, tx *db.Tx, seq int64) error {
	if _, err := tx.Exec(ctx, `UPDATE moved SET seq = $1 WHERE key = ''`, seq); err != nil {
		return fmt.Errorf("begin the history of pointers with change %d: %w", seq, err)
	}
	return nil
}

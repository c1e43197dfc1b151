package register

import (
	"context"
	"fmt"

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

// beginHistory notes that a change wrote rows in place that older versions stand on: none before
// it can be shown any more.
func beginHistory(ctx context.Context, tx *db.Tx, seq int64) error {
	if _, err := tx.Exec(ctx, `UPDATE moved SET seq = $1 WHERE key = ''`, seq); err != nil {
		return fmt.Errorf("begin the history of pointers with change %d: %w", seq, err)
	}
	return nil
}

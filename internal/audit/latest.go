package audit

import (
	"context"
	"fmt"

	"resolute/internal/db"
)

// Latest lists the newest changes up to seq, at most limit of them, newest first.
func Latest(ctx context.Context, q db.Queryer, seq int64, limit int) ([]Change, error) {
	rows, err := q.Query(ctx, `SELECT body FROM change WHERE seq <= $1 ORDER BY seq DESC LIMIT $2`, seq, limit)
	if err != nil {
		return nil, fmt.Errorf("read newest changes: %w", err)
	}
	return bodies(rows)
}

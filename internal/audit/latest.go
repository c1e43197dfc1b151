package audit

import (
	"context"
	"encoding/json"
	"fmt"

	"resolute/internal/db"
)

// Latest lists the newest changes up to seq, at most limit of them, newest first.
func Latest(ctx context.Context, q db.Queryer, seq int64, limit int) ([]Change, error) {
	rows, err := q.Query(ctx, `SELECT body FROM change WHERE seq <= $1 ORDER BY seq DESC LIMIT $2`, seq, limit)
	if err != nil {
		return nil, fmt.Errorf("read newest changes: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var changes []Change
	for rows.Next() {
		var body string
		var c Change
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(body), &c); err != nil {
			return nil, fmt.Errorf("read change: %w", err)
		}
		changes = append(changes, c)
	}
	return changes, rows.Err()
}

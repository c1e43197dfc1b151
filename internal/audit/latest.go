package audit

import (
	"context"
	"encoding/json"
	"fmt"

	"resolute/internal/db"
)

// Latest lists the newest changes, at most limit of them, newest first.
func Latest(ctx context.Context, q db.Queryer, limit int) ([]Change, error) {
	rows, err := q.Query(ctx, `SELECT body FROM change ORDER BY seq DESC LIMIT $1`, limit)
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

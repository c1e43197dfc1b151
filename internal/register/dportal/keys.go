package dportal

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"resolute/internal/db"
)

// EachKey gives the keys of the activities that a question meets, by their identifiers, cut as it
// asks; what it selects and groups counts only by the tables that it needs. It stops at the first
// error of give.
func EachKey(ctx context.Context, d db.Queryer, q Query, give func(key string) error) error {
	var b strings.Builder
	b.WriteString("SELECT a.key" + elected)
	for _, t := range tables {
		if t.join != "" && slices.Contains(q.from, t.name) {
			b.WriteString(" " + t.join)
		}
	}
	where, args := q.where()
	b.WriteString(" WHERE" + electedOnly + where + " GROUP BY a.key, a.iati_id ORDER BY a.iati_id, a.key" + q.cut())
	rows, err := d.Query(ctx, b.String(), args...)
	if err != nil {
		return fmt.Errorf("find activities by a question of d-portal: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return err
		}
		if err := give(key); err != nil {
			return err
		}
	}
	return rows.Err()
}

package audit

import (
	"context"
	"fmt"

	"resolute/internal/db"
)

// Latest lists the newest changes up to seq, at most limit of them, newest first, without those of some verbs.
func Latest(ctx context.Context, q db.Queryer, seq int64, limit int, without ...string) ([]Change, error) {
	args, marks := []any{seq, limit, ""}, "$3" // no entry is without a verb
	for _, verb := range without {
		args = append(args, verb)
		marks += fmt.Sprintf(", $%d", len(args))
	}
	rows, err := q.Query(ctx, `SELECT body FROM change WHERE seq <= $1 AND verb NOT IN (`+marks+`) ORDER BY seq DESC LIMIT $2`, args...)
	if err != nil {
		return nil, fmt.Errorf("read newest changes: %w", err)
	}
	return bodies(rows)
}

package register

import (
	"context"
	"fmt"
)

// Names tells whether any activity that is seen, or any decision, names a paragraph of an instrument.
func (r *Register) Names(ctx context.Context, instrument string) (bool, error) {
	from := instrument + "#"
	var n int64
	err := r.DB.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM (SELECT 1 AS one FROM mandate_link l JOIN current c ON c.version = l.version WHERE substr(l.thread, 1, $1) = $2 LIMIT 1) links)
		+ (SELECT COUNT(*) FROM (SELECT 1 AS one FROM decision d WHERE d.scheme = $3 AND substr(d.code, 1, $1) = $2 LIMIT 1) decisions)`, int64(len(from)), from, ThreadScheme).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look for links to %s: %w", instrument, err)
	}
	return n > 0, nil
}

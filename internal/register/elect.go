package register

import (
	"context"
	"fmt"
	"strings"

	"resolute/internal/db"
)

// mostContested is how many contested identifiers an import keeps apart; with more, all that it
// touched are looked at.
const mostContested = 5000

// contested are the identifiers of an import that several activities have, here or elsewhere, so
// that it has to be decided which of them counts. An activity that stands alone counts since it was
// entered.
type contested struct {
	list []name
	many bool // any that the import touched may be contested
}

// name is an identifier with its reporting organisation.
type name struct{ reporter, identifier string }

func (c *contested) add(n name) {
	if c.many {
		return
	}
	if c.list = append(c.list, n); len(c.list) > mostContested {
		c.list, c.many = nil, true
	}
}

// addGone adds those that are gone from their source and stand elsewhere.
func (c *contested) addGone(ctx context.Context, q db.Queryer, id int64) error {
	if c.many {
		return nil
	}
	rows, err := q.Query(ctx, `SELECT DISTINCT a.reporter, a.iati_id`+amongSeveral+`AND e.deed = 'absent'`, id)
	if err != nil {
		return fmt.Errorf("look for what is gone from import %d and stands elsewhere: %w", id, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var n name
		if err := rows.Scan(&n.reporter, &n.identifier); err != nil {
			return err
		}
		c.add(n)
	}
	return rows.Err()
}

// amongSeveral reads what an import touched of identifiers that several activities have.
const amongSeveral = ` FROM import_entry e JOIN activity a ON a.version = e.after_version
	JOIN activity b ON b.iati_id = a.iati_id AND b.reporter = a.reporter AND b.key <> a.key
	JOIN current c ON c.key = b.key AND c.version = b.version
	WHERE e.import = $1 `

// elect lets one of the activities of one reporting organisation and identifier count: the newest by
// its own date, then of the latest import, then the later in its file. Those that are gone from their
// source come last. It gives the keys of those that count now and did not, or the other way round.
func (c contested) elect(ctx context.Context, tx *db.Tx, id, seq int64) (keys []string, err error) {
	if c.many {
		return electAmong(ctx, tx, `SELECT DISTINCT a.reporter, a.iati_id`+amongSeveral, seq, id)
	}
	err = inPieces(c.list, lookupIDs, func(some []name) error {
		args, marks := make([]any, 0, 2*len(some)), make([]string, len(some))
		for i, n := range some {
			marks[i] = fmt.Sprintf("(CAST($%d AS TEXT), CAST($%d AS TEXT))", len(args)+1, len(args)+2)
			args = append(args, n.reporter, n.identifier)
		}
		elected, err := electAmong(ctx, tx, `VALUES `+strings.Join(marks, ", "), seq, args...)
		keys = append(keys, elected...)
		return err
	})
	return keys, err
}

// electAmong elects among the names that a query gives.
func electAmong(ctx context.Context, tx *db.Tx, names string, seq int64, args ...any) (keys []string, err error) {
	rows, err := tx.Query(ctx, `WITH touched (reporter, iati_id) AS (`+names+`), held AS (
			SELECT c.key, ROW_NUMBER() OVER (PARTITION BY a.reporter, a.iati_id
				ORDER BY CASE WHEN c.absent = 0 THEN 0 ELSE 1 END, a.updated DESC, a.import DESC, a.line DESC, c.key) AS place
			FROM (SELECT DISTINCT reporter, iati_id FROM touched) t JOIN activity a ON a.iati_id = t.iati_id AND a.reporter = t.reporter
			JOIN current c ON c.key = a.key AND c.version = a.version
		)
		UPDATE current SET counts = CASE WHEN held.place = 1 THEN 1 ELSE 0 END, seq = `+fmt.Sprint(seq)+`
		FROM held WHERE held.key = current.key AND current.counts <> CASE WHEN held.place = 1 THEN 1 ELSE 0 END RETURNING current.key`, args...)
	if err != nil {
		return nil, fmt.Errorf("elect counting activities: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, rows.Err()
}

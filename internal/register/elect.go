package register

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
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
	names map[name]bool
	many  bool // any that the import touched may be contested
}

// name is an identifier with its reporting organisation.
type name struct{ reporter, identifier string }

func (c *contested) add(n name) {
	if c.many {
		return
	}
	if c.names == nil {
		c.names = map[name]bool{}
	}
	if c.names[n] = true; len(c.names) > mostContested {
		c.names, c.many = nil, true
	}
}

// addGone adds those that are gone from their source and stand elsewhere.
func (c *contested) addGone(ctx context.Context, q db.Queryer, id int64) error {
	if c.many {
		return nil
	}
	return each(ctx, q, `SELECT DISTINCT a.reporter, a.iati_id`+amongSeveral+` AND e.deed = 'absent'`, func(rows *sql.Rows) error {
		var n name
		if err := rows.Scan(&n.reporter, &n.identifier); err != nil {
			return err
		}
		c.add(n)
		return nil
	}, id)
}

// amongSeveral reads what import $1 touched of identifiers that several activities have or had. The
// first other is enough, of which LIMIT leaves no engine in doubt: tens of thousands may have one
// identifier.
const amongSeveral = ` FROM import_entry e JOIN activity a ON a.version = e.after_version
	WHERE e.import = $1 AND (SELECT b.key FROM activity b WHERE b.iati_id = a.iati_id AND b.reporter = a.reporter AND b.key <> a.key LIMIT 1) IS NOT NULL`

// elect calls do with queries for what will change about which activities count, no activity in two
// of them, and their arguments. One of the activities of one reporting organisation and identifier
// counts: the newest by its own date, then of the latest import, then the later in its file. Those
// that are gone from their source come last, before them those that are reported second-hand.
func (a *ahead) elect(do func(query string, args []any) error) error {
	if a.contested.many {
		return do(a.elected(`SELECT DISTINCT a.reporter, a.iati_id`+amongSeveral), []any{a.id})
	}
	names := slices.SortedFunc(maps.Keys(a.contested.names), func(a, b name) int {
		return cmp.Or(strings.Compare(a.identifier, b.identifier), strings.Compare(a.reporter, b.reporter))
	})
	return inPieces(names, lookupIDs, func(some []name) error {
		args, marks := []any{a.id}, make([]string, len(some))
		for i, n := range some {
			marks[i] = fmt.Sprintf("(CAST($%d AS TEXT), CAST($%d AS TEXT))", len(args)+1, len(args)+2)
			args = append(args, n.reporter, n.identifier)
		}
		return do(a.elected(`VALUES `+strings.Join(marks, ", ")), args)
	})
}

// elected is the query for what will change among the names that another one gives.
func (a *ahead) elected(names string) string {
	version, absent := "e.after_version", absentAfter
	if a.undo {
		version, absent = "e.before_version", "e.before_absent" // of what was new: 0, which no activity has
	}
	return `WITH touched (reporter, iati_id) AS (` + names + `), stood AS (
			SELECT a.key, a.version, a.reporter, a.iati_id, a.secondary, a.updated, a.import, COALESCE(c.counts, 1) AS counts,
				CASE WHEN e.key IS NULL THEN c.absent ELSE ` + absent + ` END AS absent,
				CASE WHEN e.flipped = 1 THEN 1 - a.lowest ELSE a.lowest END AS lowest
			FROM touched t JOIN activity a ON a.iati_id = t.iati_id AND a.reporter = t.reporter
			LEFT JOIN import_entry e ON e.import = $1 AND e.key = a.key
			LEFT JOIN current c ON c.key = a.key
			WHERE a.version = CASE WHEN e.key IS NULL THEN c.version ELSE ` + version + ` END
		), held AS (
			SELECT key, version, counts, absent, lowest, CASE WHEN ROW_NUMBER() OVER (PARTITION BY reporter, iati_id
				ORDER BY CASE WHEN absent = 0 THEN 0 ELSE 1 END, secondary, updated DESC, import DESC, version DESC) = 1 THEN 1 ELSE 0 END AS elected
			FROM stood
		)
		SELECT key, version, elected, absent, lowest FROM held WHERE counts <> elected ORDER BY key`
}

package register

import (
	"context"
	"fmt"
	"slices"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/mandate"
)

// linkChecks are about where tags, links and decisions lead.
func (r *Register) linkChecks() []db.Check {
	const (
		over = `FROM (SELECT version, txn, scheme, SUM(share) AS total FROM tag WHERE share >= 0 AND basis = 'stated' AND scheme <> 'dac-sector' GROUP BY version, txn, scheme
				UNION ALL SELECT version, 0, 'thread', SUM(share) FROM mandate_link WHERE share >= 0 AND basis = 'stated' GROUP BY version
				UNION ALL SELECT version, txn, kind || vocabulary, SUM(share) FROM place WHERE share >= 0 GROUP BY version, txn, kind || vocabulary
			) AS s JOIN current c ON c.version = s.version WHERE s.total > 1000000`
	)
	return []db.Check{{
		Name: "share-over-100", Severity: resolute.SeverityWarning,
		Why:     "stated percentages above 100 give a row more than there is; figures scale them down",
		Do:      "tell the reporting organisation; the finding percentage-sum of the import names the line",
		Count:   `SELECT COUNT(*) ` + over,
		Records: `SELECT c.key, s.scheme || CASE WHEN s.txn > 0 THEN ' of transaction ' || CAST(s.txn AS TEXT) ELSE '' END || ': ' || CAST(s.total AS TEXT) || ' millionths' ` + over + ` ORDER BY c.key, s.txn, s.scheme LIMIT $1`,
	}, {
		Name: "tag-unknown-concept", Severity: resolute.SeverityError,
		Why:  "a tag that leads to no concept counts in no row",
		Do:   "resolute tag derive reads every activity again by the frameworks as they are now",
		Find: r.unknownConcepts,
	}, {
		Name: "link-unknown-thread", Severity: resolute.SeverityError,
		Why:  "a link to a paragraph that does not exist is evidence that nobody finds",
		Do:   "resolute tag derive; a thread of an imported text: import the text again",
		Find: unknownThreads,
	}, {
		Name: "decision-idle", Severity: resolute.SeverityWarning,
		Why:  "what a person decided should meet something; an idle decision often means a changed key or rule",
		Do:   "decide again on the activity's new key, or withdraw the decision: resolute tag withdraw",
		Find: r.idleDecisions,
	}}
}

// pairs reads the distinct pairs that readers see, with how many activities have each.
func pairs(ctx context.Context, q db.Queryer, query string) (list []pair, err error) {
	rows, err := q.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var p pair
		if err := rows.Scan(&p.scheme, &p.code, &p.activities); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

type pair struct {
	scheme, code string
	activities   int
}

func (r *Register) unknownConcepts(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
	var found db.Found
	book, err := r.rulebook(ctx)
	if err != nil {
		return found, err
	}
	list, err := pairs(ctx, q, `SELECT t.scheme, t.code, COUNT(DISTINCT t.version) FROM tag t JOIN current c ON c.version = t.version
		WHERE t.scheme <> 'dac-sector' GROUP BY t.scheme, t.code ORDER BY t.scheme, t.code`)
	for _, p := range list {
		if _, ok := book.spell(p.scheme, p.code); !ok {
			found.Add(limit, p.scheme+" "+p.code, fmt.Sprintf("no such concept; tagged in %d activities", p.activities))
		}
	}
	return found, err
}

func unknownThreads(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
	var found db.Found
	list, err := pairs(ctx, q, `SELECT '', l.thread, COUNT(DISTINCT l.version) FROM mandate_link l JOIN current c ON c.version = l.version
		WHERE l.thread NOT IN (SELECT thread FROM provision) GROUP BY l.thread ORDER BY l.thread`)
	for _, p := range list {
		if _, ok := mandate.Resolve(p.code); !ok {
			found.Add(limit, p.code, fmt.Sprintf("no such paragraph; linked from %d activities", p.activities))
		}
	}
	return found, err
}

// idleDecisions lists the decisions in force that meet no activity, or no link of their rule.
func (r *Register) idleDecisions(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
	var found db.Found
	matrix, err := r.matrix(ctx)
	if err != nil {
		return found, err
	}
	decisions, err := Decisions(ctx, q)
	if err != nil {
		return found, err
	}
	for _, d := range inForce(decisions) {
		var n int64
		switch {
		case d.Rule == MatrixRule:
			n, err = proposedByMatrix(ctx, q, matrix, d)
		case d.Key != "":
			err = q.QueryRow(ctx, `SELECT COUNT(*) FROM current WHERE key = $1`, d.Key).Scan(&n)
		default:
			err = q.QueryRow(ctx, `SELECT COUNT(*) FROM (
					SELECT version, rule, scheme, code FROM tag UNION ALL SELECT version, rule, 'thread', thread FROM mandate_link
				) AS t JOIN current c ON c.version = t.version JOIN activity a ON a.version = t.version
				WHERE t.rule = $1 AND ($2 = '' OR t.scheme = $2) AND ($3 = '' OR t.code = $3) AND ($4 = '' OR a.reporter = $4)
				AND ($5 = '' OR EXISTS (SELECT 1 FROM place p WHERE p.version = t.version AND p.kind = 'country' AND p.code = $5))`,
				d.Rule, d.Scheme, d.Code, d.Reporter, d.Country).Scan(&n)
		}
		if err != nil {
			return found, err
		}
		if n == 0 {
			found.Add(limit, fmt.Sprintf("decision/%d", d.ID), fmt.Sprintf("%s %s %s %s%s meets nothing", d.Verdict, d.Scheme, d.Code, d.Key, d.Rule))
		}
	}
	return found, nil
}

// proposedByMatrix counts the action lines of activities within the reach of a decision that the matrix
// joins with what it is about, where that is not tagged for another reason.
func proposedByMatrix(ctx context.Context, q db.Queryer, m Matrix, d Decision) (n int64, err error) {
	args, lines := []any{d.Reporter, d.Country, d.Scheme, d.Code, sectorRules + "%"}, ""
	for line, cells := range m {
		if slices.ContainsFunc(cells, func(c cell) bool {
			return (d.Scheme == "" || d.Scheme == c.scheme) && (d.Code == "" || d.Code == c.code)
		}) {
			args = append(args, line)
			lines += fmt.Sprintf(", $%d", len(args))
		}
	}
	if lines == "" {
		return 0, nil
	}
	err = q.QueryRow(ctx, `SELECT COUNT(*) FROM tag t JOIN current c ON c.version = t.version JOIN activity a ON a.version = t.version
		WHERE t.scheme = 'wsis-action-line' AND t.code IN (`+lines[2:]+`) AND ($1 = '' OR a.reporter = $1)
		AND ($2 = '' OR EXISTS (SELECT 1 FROM place p WHERE p.version = t.version AND p.kind = 'country' AND p.code = $2))
		AND NOT EXISTS (SELECT 1 FROM tag o WHERE o.version = t.version AND o.txn = t.txn AND o.scheme = $3 AND o.code = $4)
		AND (t.basis = 'stated' OR t.rule LIKE $5 AND NOT EXISTS (SELECT 1 FROM tag s WHERE s.version = t.version AND s.txn = t.txn AND s.scheme = t.scheme AND s.basis = 'stated'))`,
		args...).Scan(&n)
	return n, err
}

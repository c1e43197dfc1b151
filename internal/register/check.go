package register

import (
	"context"
	"fmt"

	"resolute"
	"resolute/internal/db"
)

// Checks are the integrity checks of activities. Those that read documents take a stretch of
// them, another one with each data version; every says to read all.
func (r *Register) Checks(every bool) []db.Check {
	list := append(importChecks(r), pointerChecks()...)
	list = append(list, r.documentChecks(every)...)
	list = append(list, r.linkChecks()...)
	return append(append(list, gapChecks()...), organisationChecks()...)
}

// importChecks are about imports and what they say of themselves.
func importChecks(r *Register) []db.Check {
	const (
		unowned   = `FROM import WHERE state = 'staged' AND kind <> 'stats' AND id NOT IN (SELECT import FROM staging)`
		unlogged  = `FROM import WHERE (state <> 'staged' AND seq NOT IN (SELECT seq FROM change)) OR (state = 'undone' AND undo_seq NOT IN (SELECT seq FROM change))`
		different = `FROM import i WHERE i.state IN ('done', 'undone') AND i.kind IN ('iati', 'activities') AND (
			i.new_n <> (SELECT COUNT(*) FROM import_entry e WHERE e.import = i.id AND e.deed = 'new')
			OR i.changed_n <> (SELECT COUNT(*) FROM import_entry e WHERE e.import = i.id AND e.deed = 'changed')
			OR i.absent_n <> (SELECT COUNT(*) FROM import_entry e WHERE e.import = i.id AND e.deed = 'absent'))`
	)
	return []db.Check{{
		Name: "import-abandoned", Severity: resolute.SeverityWarning,
		Why:  "an import that no process fills any more takes room and is shown to nobody",
		Do:   "nothing: the next command that writes sweeps it away; then import the file again",
		Find: r.abandonedImports,
	}, {
		Name: "import-unowned", Severity: resolute.SeverityError,
		Why:     "an open import without a process behind it is never swept and never published",
		Do:      "import the file again, and tell the makers of the program",
		Count:   `SELECT COUNT(*) ` + unowned,
		Records: `SELECT 'import/' || CAST(id AS TEXT), file ` + unowned + ` ORDER BY id LIMIT $1`,
	}, {
		Name: "import-unlogged", Severity: resolute.SeverityError,
		Why:     "every import, refusal and undoing leaves a change in the log, in the same transaction",
		Do:      "compare with a backup: the log or the account was written past the program",
		Count:   `SELECT COUNT(*) ` + unlogged,
		Records: `SELECT 'import/' || CAST(id AS TEXT), state || ' by change ' || CAST(seq AS TEXT) || ', undone by ' || CAST(undo_seq AS TEXT) ` + unlogged + ` ORDER BY id LIMIT $1`,
	}, {
		Name: "import-entries", Severity: resolute.SeverityError,
		Why:     "what an account counts as new, changed and absent must be what the import did; undoing it follows these entries",
		Do:      "do not undo this import; import the file again",
		Count:   `SELECT COUNT(*) ` + different,
		Records: `SELECT 'import/' || CAST(i.id AS TEXT), i.file || ': new ' || CAST(i.new_n AS TEXT) || ', changed ' || CAST(i.changed_n AS TEXT) || ', absent ' || CAST(i.absent_n AS TEXT) ` + different + ` ORDER BY i.id LIMIT $1`,
	}}
}

// abandonedImports lists the staged imports that a sweep would take away.
func (r *Register) abandonedImports(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
	var found db.Found
	type filler struct {
		id, pid, beat int64
		host          string
	}
	var fillers []filler
	rows, err := q.Query(ctx, `SELECT s.import, s.host, s.pid, s.beat FROM staging s JOIN import i ON i.id = s.import WHERE i.state = 'staged' ORDER BY s.import`)
	if err != nil {
		return found, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var f filler
		if err := rows.Scan(&f.id, &f.host, &f.pid, &f.beat); err != nil {
			return found, err
		}
		fillers = append(fillers, f)
	}
	for _, f := range fillers {
		dead, err := r.gone(f.host, f.pid, f.beat)
		if err != nil {
			return found, err
		}
		if dead {
			found.Add(limit, fmt.Sprintf("import/%d", f.id), fmt.Sprintf("process %d of %s is gone or silent", f.pid, f.host))
		}
	}
	return found, rows.Err()
}

// pointerChecks are about what readers see, and the rows behind it.
func pointerChecks() []db.Check {
	const (
		lost = `FROM current c LEFT JOIN activity a ON a.version = c.version LEFT JOIN import i ON i.id = a.import
			WHERE a.version IS NULL OR a.key <> c.key OR i.id IS NULL OR i.state <> 'done'`
		bare    = `FROM activity a WHERE a.version NOT IN (SELECT version FROM doc) OR a.version NOT IN (SELECT version FROM words)`
		elected = `FROM current c JOIN activity a ON a.version = c.version GROUP BY a.reporter, a.iati_id HAVING SUM(c.counts) <> 1`
		astray  = `FROM participant WHERE organisation NOT IN (SELECT id FROM organisation)`
		differs = `FROM history m JOIN (SELECT key, MAX(seq) AS seq FROM history WHERE key <> '' GROUP BY key) n ON n.key = m.key AND n.seq = m.seq
			LEFT JOIN current c ON c.key = m.key LEFT JOIN activity a ON a.version = c.version
			WHERE m.version <> COALESCE(c.version, 0) OR c.key IS NOT NULL AND (m.counts <> c.counts OR m.absent <> c.absent OR m.lowest <> a.lowest)`
	)
	return []db.Check{{
		Name: "pointer-lost", Severity: resolute.SeverityError,
		Why:     "what readers see must be a version of that activity, of a finished import",
		Do:      "undo the newest import of the source and import the file again",
		Count:   `SELECT COUNT(*) ` + lost,
		Records: `SELECT c.key, 'points at version ' || CAST(c.version AS TEXT) || CASE WHEN a.version IS NULL THEN ', which does not exist' WHEN a.key <> c.key THEN ', which is of another activity' ELSE ', whose import is not finished' END ` + lost + ` ORDER BY c.key LIMIT $1`,
	}, {
		Name: "document-missing", Severity: resolute.SeverityError,
		Why:     "the received document is the truth; without it nothing can be shown in full or derived again",
		Do:      "import the file again with --source NEW, then undo the old import",
		Count:   `SELECT COUNT(*) ` + bare,
		Records: `SELECT a.key, 'version ' || CAST(a.version AS TEXT) || ' has no document or no words' ` + bare + ` ORDER BY a.version LIMIT $1`,
	}, {
		Name: "projection-orphan", Severity: resolute.SeverityError,
		Why:     "rows of no version count nowhere and take room",
		Do:      "tell the makers of the program: only a fault in it leaves them",
		Count:   `SELECT COUNT(*) FROM (` + orphans() + `) AS o`,
		Records: `SELECT 'version/' || CAST(version AS TEXT), detail FROM (` + orphans() + `) AS o ORDER BY version, detail LIMIT $1`,
	}, {
		Name: "one-counts", Severity: resolute.SeverityError,
		Why:     "of the activities with one reporting organisation and identifier exactly one counts, else money is counted twice or not at all",
		Do:      "import the newest file of the source again",
		Count:   `SELECT COUNT(*) FROM (SELECT a.iati_id ` + elected + `) AS g`,
		Records: `SELECT a.iati_id, CAST(SUM(c.counts) AS TEXT) || ' of ' || CAST(COUNT(*) AS TEXT) || ' count, reporter ' || a.reporter ` + elected + ` ORDER BY a.iati_id, a.reporter LIMIT $1`,
	}, {
		Name: "history-differs", Severity: resolute.SeverityError,
		Why:     "past data versions are shown from the history of pointers, whose newest rows must be what readers see",
		Do:      "tell the makers of the program, and do not cite past versions: they may be wrong",
		Count:   `SELECT COUNT(*) ` + differs,
		Records: `SELECT m.key, 'change ' || CAST(m.seq AS TEXT) || ' left version ' || CAST(m.version AS TEXT) || ', readers see ' || CAST(COALESCE(c.version, 0) AS TEXT) ` + differs + ` ORDER BY m.key LIMIT $1`,
	}, {
		Name: "participant-unknown", Severity: resolute.SeverityError,
		Why:     "a participant without its organisation is missing from every list of partners",
		Do:      "undo the import and import the file again",
		Count:   `SELECT COUNT(*) ` + astray,
		Records: `SELECT 'version/' || CAST(version AS TEXT), name || ': organisation ' || CAST(organisation AS TEXT) || ' does not exist' ` + astray + ` ORDER BY version, n LIMIT $1`,
	}}
}

// orphans reads the rows of versions that do not exist.
func orphans() string {
	text := ""
	for i, table := range []string{"doc", "title", "words", "tag", "mandate_link", "txn", "counterpart", "budget", "participant", "place", "location", "unlocated", "evidence", "reading", "kin", "unrelated"} {
		if i > 0 {
			text += " UNION ALL "
		}
		text += `SELECT version, '` + table + `' AS detail FROM ` + table + ` WHERE version NOT IN (SELECT version FROM activity)`
	}
	return text
}

package ledger

import (
	"resolute"
	"resolute/internal/db"
)

// Checks are the integrity checks of the accounts.
func Checks() []db.Check {
	return []db.Check{{
		Name: "import-sum", Severity: resolute.SeverityError,
		Why:     "an account must say of every record what came of it: read = new + changed + unchanged + refused",
		Do:      "undo the import and import the file again",
		Count:   `SELECT COUNT(*) FROM import WHERE state <> 'staged' AND read_n <> new_n + changed_n + unchanged_n + refused_n`,
		Records: importNumbers(`state <> 'staged' AND read_n <> new_n + changed_n + unchanged_n + refused_n`),
	}, {
		Name: "import-findings", Severity: resolute.SeverityError,
		Why:     "the totals of an account must be those of the findings that are kept with it",
		Do:      "undo the import and import the file again",
		Count:   `SELECT COUNT(*) FROM import WHERE ` + findingsDiffer,
		Records: importNumbers(findingsDiffer),
	}, {
		Name: "import-refused", Severity: resolute.SeverityError,
		Why:     "the bytes of every refused record are kept, so that nothing received is lost",
		Do:      "import the file again under the same source: the refused records come with it",
		Count:   `SELECT COUNT(*) FROM import WHERE ` + refusedDiffer,
		Records: importNumbers(refusedDiffer),
	}, {
		Name: "ledger-orphan", Severity: resolute.SeverityError,
		Why: "findings and refused records of no import are shown to nobody",
		Do:  "tell the makers of the program: only a fault in it leaves them",
		Count: `SELECT (SELECT COUNT(*) FROM import_finding WHERE import NOT IN (SELECT id FROM import))
			+ (SELECT COUNT(*) FROM import_refused WHERE import NOT IN (SELECT id FROM import))`,
		Records: `SELECT 'import/' || CAST(import AS TEXT), detail FROM (
				SELECT import, n, 'finding ' || rule AS detail FROM import_finding WHERE import NOT IN (SELECT id FROM import)
				UNION ALL SELECT import, n, 'refused record in line ' || CAST(line AS TEXT) FROM import_refused WHERE import NOT IN (SELECT id FROM import)
			) AS o ORDER BY import, detail, n LIMIT $1`,
	}}
}

const (
	findingsDiffer = `state <> 'staged' AND errors + warnings + notes <> (SELECT COUNT(*) FROM import_finding f WHERE f.import = import.id)`
	refusedDiffer  = `state <> 'staged' AND refused_n <> (SELECT COUNT(*) FROM import_refused r WHERE r.import = import.id)`
)

// importNumbers names the accounts for which a condition holds, with their numbers.
func importNumbers(condition string) string {
	return `SELECT 'import/' || CAST(id AS TEXT), file || ': read ' || CAST(read_n AS TEXT) || ', new ' || CAST(new_n AS TEXT) || ', changed ' || CAST(changed_n AS TEXT)
		|| ', unchanged ' || CAST(unchanged_n AS TEXT) || ', refused ' || CAST(refused_n AS TEXT) || ', findings ' || CAST(errors + warnings + notes AS TEXT)
		FROM import WHERE ` + condition + ` ORDER BY id LIMIT $1`
}

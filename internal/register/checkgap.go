package register

import (
	"resolute"
	"resolute/internal/db"
)

// gapChecks are about what counted activities leave unsaid. They weigh nothing: publishers are
// free to say less, and figures show it.
func gapChecks() []db.Check {
	gap := func(name, why, do, condition string) db.Check {
		from := `FROM current c JOIN activity a ON a.version = c.version WHERE c.counts = 1 AND c.absent = 0 AND ` + condition
		return db.Check{Name: name, Severity: resolute.SeverityNote, Why: why, Do: do, Count: `SELECT COUNT(*) ` + from,
			Records: `SELECT c.key, a.iati_id || ' of ' || a.reporter_name ` + from + ` ORDER BY c.key LIMIT $1`}
	}
	without := func(table string) string {
		return `NOT EXISTS (SELECT 1 FROM ` + table + ` x WHERE x.version = c.version)`
	}
	const idle = `FROM organisation WHERE id NOT IN (SELECT organisation FROM participant) AND key NOT IN (SELECT party FROM organisation_record) AND key NOT LIKE 'part:%'`
	return []db.Check{
		gap("activity-undated", "an activity without a date is counted in every period", "ask the reporting organisation for a start", `a.dated = 0`),
		gap("activity-placeless", "an activity without a place answers for no country and no region", "ask the reporting organisation for countries", without("place")),
		gap("activity-unlinked", "an activity without tag and paragraph answers for nothing", "set a tag: resolute tag set", without("tag")+` AND `+without("mandate_link")),
		gap("activity-moneyless", "an activity without transaction shows no money", "ask the reporting organisation for commitments and disbursements", without("txn")),
		gap("activity-levelless", "an activity without level is missing when asked for national, regional or global work", "ask the reporting organisation for the scope", `a.level = ''`),
		{Name: "organisation-idle", Severity: resolute.SeverityNote,
			Why:     "an organisation that takes part in nothing was named by an import that was refused or undone",
			Do:      "nothing; it stays so that its number is never given again",
			Count:   `SELECT COUNT(*) ` + idle,
			Records: `SELECT 'organisation/' || CAST(id AS TEXT), key ` + idle + ` ORDER BY id LIMIT $1`},
	}
}

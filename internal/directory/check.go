package directory

import (
	"resolute"
	"resolute/internal/db"
)

// Checks are the integrity checks of organisations.
func Checks() []db.Check {
	return []db.Check{{
		Name: "organisation-nameless", Severity: resolute.SeverityError,
		Why:   "an organisation is known by its reference, else by its name; one without both cannot be found again",
		Do:    "tell the makers of the program: only a fault in it enters one",
		Count: `SELECT COUNT(*) FROM organisation WHERE ref = '' AND name = ''`,
		Records: `SELECT 'organisation/' || CAST(id AS TEXT), 'key ' || key FROM organisation
			WHERE ref = '' AND name = '' ORDER BY id LIMIT $1`,
	}}
}

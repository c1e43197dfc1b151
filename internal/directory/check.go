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
	}, {
		Name: "organisation-decided-unknown", Severity: resolute.SeverityWarning,
		Why:     "a decision about an organisation that no import named says nothing until one does",
		Do:      "import the data that named it, or undo the decision",
		Count:   `SELECT COUNT(*) FROM ` + unmet,
		Records: `SELECT 'organisation_decision/' || CAST(id AS TEXT), verb || ' ' || key || ' ' || other FROM ` + unmet + ` ORDER BY id LIMIT $1`,
	}, {
		Name: "organisation-merged-twice", Severity: resolute.SeverityError,
		Why:     "an organisation counts as one other at most, never as itself",
		Do:      "undo all but one of these decisions",
		Count:   `SELECT COUNT(*) FROM ` + twice,
		Records: `SELECT 'organisation_decision/' || CAST(id AS TEXT), 'merge ' || key || ' into ' || other FROM ` + twice + ` ORDER BY id LIMIT $1`,
	}}
}

// Decisions that check finds: those that stand about a key that is not there, and merges into itself or
// of one that an earlier merge, with no split between them, sent elsewhere.
const (
	unmet = `organisation_decision WHERE undo_seq = 0 AND (key NOT IN (SELECT key FROM organisation) OR other <> '' AND other NOT IN (SELECT key FROM organisation))`
	twice = `organisation_decision WHERE undo_seq = 0 AND verb = 'merge' AND (key = other OR EXISTS (SELECT 1 FROM organisation_decision e
		WHERE e.undo_seq = 0 AND e.verb = 'merge' AND e.key = organisation_decision.key AND e.id < organisation_decision.id
		AND NOT EXISTS (SELECT 1 FROM organisation_decision s WHERE s.undo_seq = 0 AND s.verb = 'split' AND s.key = e.key AND s.other = e.other AND s.id > e.id AND s.id < organisation_decision.id)))`
)

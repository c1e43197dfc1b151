package framework

import (
	"context"

	"resolute"
	"resolute/internal/db"
)

// Checks are the integrity checks of imported frameworks. The built-in ones are checked when
// the program is built.
func Checks() []db.Check {
	return []db.Check{{
		Name: "mapping-hanging", Severity: resolute.SeverityWarning,
		Why:  "a mapping whose end is gone links nothing: the rules that follow it fall silent",
		Do:   "import the framework again with both ends, or without the mapping",
		Find: hangingMappings,
	}, {
		Name: "framework-orphan", Severity: resolute.SeverityError,
		Why: "concepts and mappings belong to a version of their scheme",
		Do:  "import the framework again",
		Count: `SELECT (SELECT COUNT(*) FROM concept WHERE version NOT IN (SELECT version FROM concept_scheme))
			+ (SELECT COUNT(*) FROM mapping WHERE version NOT IN (SELECT version FROM concept_scheme))`,
		Records: `SELECT record, detail FROM (
				SELECT code AS record, 'concept of version ' || CAST(version AS TEXT) AS detail FROM concept WHERE version NOT IN (SELECT version FROM concept_scheme)
				UNION ALL SELECT from_scheme || ' ' || from_code, 'mapping of version ' || CAST(version AS TEXT) FROM mapping WHERE version NOT IN (SELECT version FROM concept_scheme)
			) AS o ORDER BY detail, record LIMIT $1`,
	}}
}

func hangingMappings(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
	var found db.Found
	current, err := readCurrent(ctx, q)
	if err != nil {
		return found, err
	}
	_, lost := join(current)
	for _, m := range lost {
		found.Add(limit, m.FromScheme+" "+m.From, "maps to "+m.ToScheme+" "+m.To+": one end is gone")
	}
	return found, nil
}

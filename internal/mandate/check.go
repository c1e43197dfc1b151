package mandate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"resolute"
	"resolute/internal/db"
)

// Checks are the integrity checks of texts.
func Checks() []db.Check {
	return []db.Check{{
		Name: "revision-text", Severity: resolute.SeverityError,
		Why:  "a text is kept as it was received; its hash tells whether it still is",
		Do:   "import the text again from its source",
		Find: alteredTexts,
	}, {
		Name: "revision-empty", Severity: resolute.SeverityError,
		Why:     "a text without provisions answers for no paragraph",
		Do:      "import the text again",
		Count:   `SELECT COUNT(*) FROM revision WHERE id NOT IN (SELECT revision FROM provision)`,
		Records: `SELECT 'revision/' || CAST(id AS TEXT), instrument || ' ' || label FROM revision WHERE id NOT IN (SELECT revision FROM provision) ORDER BY id LIMIT $1`,
	}, {
		Name: "provision-orphan", Severity: resolute.SeverityError,
		Why:     "a provision belongs to a text",
		Do:      "import the text again",
		Count:   `SELECT COUNT(*) FROM provision WHERE revision NOT IN (SELECT id FROM revision)`,
		Records: `SELECT thread, 'provision of revision ' || CAST(revision AS TEXT) FROM provision WHERE revision NOT IN (SELECT id FROM revision) ORDER BY revision, n LIMIT $1`,
	}, {
		Name: "citation-orphan", Severity: resolute.SeverityError,
		Why:     "a citation stands in a provision",
		Do:      "import the text again",
		Count:   `SELECT COUNT(*) FROM citation c WHERE NOT EXISTS (SELECT 1 FROM provision p WHERE p.revision = c.revision AND p.thread = c.thread)`,
		Records: `SELECT c.thread, 'cites ' || c.id FROM citation c WHERE NOT EXISTS (SELECT 1 FROM provision p WHERE p.revision = c.revision AND p.thread = c.thread) ORDER BY c.revision, c.n LIMIT $1`,
	}}
}

func alteredTexts(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
	var found db.Found
	rows, err := q.Query(ctx, `SELECT instrument, label, sha256, body FROM revision ORDER BY id`)
	if err != nil {
		return found, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var instrument, label, hash, body string
		if err := rows.Scan(&instrument, &label, &hash, &body); err != nil {
			return found, err
		}
		if sum := sha256.Sum256([]byte(body)); hex.EncodeToString(sum[:]) != hash {
			found.Add(limit, instrument, label+": the text is not the one that was received")
		}
	}
	return found, rows.Err()
}

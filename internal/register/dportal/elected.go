package dportal

// elected joins what readers see, one activity of each identifier: the one that counts by the default rule
// of figures (docs/explanation/figures.md, "One activity for each identifier"), but that identifiers
// are told apart by their capitals, as d-portal does. The key says nothing new; by it databases need not
// begin at the pointers, so that a page or one identifier does not cost a look at all.
const elected = ` FROM activity a JOIN current c ON c.key = a.key AND c.version = a.version AND c.absent = 0`

// electedOnly leaves aside what another activity of its identifier stands before.
const electedOnly = ` a.state = 'approved' AND NOT EXISTS (SELECT 1 FROM activity y JOIN current z ON z.key = y.key AND z.version = y.version AND z.absent = 0
	WHERE y.iati_id = a.iati_id AND y.version <> a.version AND y.state = 'approved' AND (` + ownedByY + ` > ` + ownedByA + ` OR ` + ownedByY + ` = ` + ownedByA + `
		AND (y.updated > a.updated OR y.updated = a.updated AND (y.reporter < a.reporter OR y.reporter = a.reporter
			AND (y.source > a.source OR y.source = a.source AND y.version > a.version)))))`

// How much of an identifier is the reference of the organisation that reports it.
const (
	ownedByY = `CASE WHEN y.reporter <> '' AND SUBSTR(UPPER(y.iati_id) || '-', 1, LENGTH(y.reporter) + 1) = y.reporter || '-' THEN LENGTH(y.reporter) ELSE 0 END`
	ownedByA = `CASE WHEN a.reporter <> '' AND SUBSTR(UPPER(a.iati_id) || '-', 1, LENGTH(a.reporter) + 1) = a.reporter || '-' THEN LENGTH(a.reporter) ELSE 0 END`
)

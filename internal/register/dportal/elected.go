package dportal

// elected joins what readers see, one activity of each identifier: the one that counts by the default rule
// of figures (docs/explanation/figures.md, "One activity for each identifier"), but that identifiers
// are told apart by their capitals, as d-portal does, and that one reported second-hand stands where no
// other does. The key says nothing new; by it databases need not begin at the pointers, so that a page or
// one identifier does not cost a look at all.
const elected = ` FROM activity a JOIN current c ON c.key = a.key AND c.version = a.version AND c.absent = 0`

// electedOnly leaves aside what another activity of its identifier stands before. What has few rivals is
// compared with them. Of an identifier with many each would be compared with all the others, so those
// identifiers are settled once, all together, when the first of them is met.
const electedOnly = ` a.state = 'approved' AND CASE
	WHEN NOT EXISTS (SELECT 1 FROM activity y WHERE y.iati_id = a.iati_id AND y.version <> a.version) THEN TRUE
	WHEN (SELECT y.version FROM activity y WHERE y.iati_id = a.iati_id LIMIT 1 OFFSET ` + few + `) IS NULL
		THEN a.version = (SELECT y.version` + rivals + ` AND y.iati_id = a.iati_id ORDER BY ` + precedence + ` LIMIT 1)
	ELSE a.version IN (SELECT r.version FROM (SELECT y.version, ROW_NUMBER() OVER (PARTITION BY y.iati_id ORDER BY ` + precedence + `) AS place` + rivals + `
		AND y.iati_id IN (SELECT x.iati_id FROM activity x GROUP BY x.iati_id HAVING COUNT(*) > ` + few + `)) r WHERE r.place = 1) END`

const (
	// few is how many versions of one identifier are compared anew for each of them.
	few = `32`

	rivals = ` FROM activity y JOIN current z ON z.key = y.key AND z.version = y.version AND z.absent = 0 WHERE y.state = 'approved'`

	precedence = `y.secondary, ` + owned + ` DESC, y.updated DESC, y.reporter COLLATE "C", y.source COLLATE "C" DESC, y.version DESC`

	// owned is how much of an identifier is the reference of the organisation that reports it.
	owned = `CASE WHEN y.reporter <> '' AND SUBSTR(UPPER(y.iati_id) || '-', 1, LENGTH(y.reporter) + 1) = y.reporter || '-' THEN LENGTH(y.reporter) ELSE 0 END`
)

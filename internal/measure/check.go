package measure

import (
	"context"
	"fmt"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/db"
)

// Checks are the integrity checks of statistics.
func (m *Measure) Checks() []db.Check {
	const (
		unowned = `FROM import WHERE state = 'staged' AND kind = 'stats' AND id NOT IN (SELECT import FROM measure_staging)`
		orphan  = `FROM series_version v WHERE v.series NOT IN (SELECT id FROM series) OR v.import NOT IN (SELECT id FROM import)`
	)
	return []db.Check{{
		Name: "stats-unowned", Severity: resolute.SeverityError,
		Why:     "an open import of statistics without a process behind it is never swept and never published",
		Do:      "import the file again, and tell the makers of the program",
		Count:   `SELECT COUNT(*) ` + unowned,
		Records: `SELECT 'import/' || CAST(id AS TEXT), file ` + unowned + ` ORDER BY id LIMIT $1`,
	}, {
		Name: "stats-abandoned", Severity: resolute.SeverityWarning,
		Why:  "an import of statistics that no process fills any more takes room and is shown to nobody",
		Do:   "nothing: the next command that writes sweeps it away; then import the file again",
		Find: m.abandoned,
	}, {
		Name: "series-orphan", Severity: resolute.SeverityError,
		Why:     "observations of no series or of no import are never shown and take room",
		Do:      "tell the makers of the program: only a fault in it leaves them",
		Count:   `SELECT COUNT(*) ` + orphan,
		Records: `SELECT 'series/' || CAST(v.series AS TEXT), 'version of import ' || CAST(v.import AS TEXT) ` + orphan + ` ORDER BY v.series, v.import LIMIT $1`,
	}, {
		Name: "series-damaged", Severity: resolute.SeverityError,
		Why:  "the stored observations of a series must be readable, in order of periods without repeats, and as many as its row says",
		Do:   "undo the import and import the file again",
		Find: damaged,
	}, {
		Name: "indicator-state", Severity: resolute.SeverityError,
		Why:  "the list of indicators says of each how many areas, series and observations are held, and must say what the series say",
		Do:   "tell the makers of the program: only a fault in it makes them differ",
		Find: misstated,
	}}
}

// abandoned lists the staged imports that a sweep would take away.
func (m *Measure) abandoned(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
	var found db.Found
	list, err := fillers(ctx, q)
	if err != nil {
		return found, err
	}
	for _, f := range list {
		dead, err := m.gone(f)
		if err != nil {
			return found, err
		}
		if dead {
			found.Add(limit, fmt.Sprintf("import/%d", f.id), fmt.Sprintf("process %d of %s is gone or silent", f.pid, f.host))
		}
	}
	return found, nil
}

// damaged reads every version.
func damaged(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
	var found db.Found
	rows, err := q.Query(ctx, `SELECT series, import, n, latest, body FROM series_version ORDER BY series, import`)
	if err != nil {
		return found, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var series, id, n int64
		var newest string
		var body []byte
		if err := rows.Scan(&series, &id, &n, &newest, &body); err != nil {
			return found, err
		}
		if fault := faultOf(body, int(n), newest); fault != "" {
			found.Add(limit, fmt.Sprintf("series/%d", series), fmt.Sprintf("version of import %d: %s", id, fault))
		}
	}
	return found, rows.Err()
}

func faultOf(body []byte, n int, newest string) string {
	list, err := unpack(body)
	switch {
	case err != nil:
		return err.Error()
	case len(list) != n:
		return fmt.Sprintf("holds %d observations, its row says %d", len(list), n)
	case latest(list) != newest:
		return fmt.Sprintf("newest period %q, its row says %q", latest(list), newest)
	}
	for i, o := range list {
		if len(o.Period) < 4 || i > 0 && list[i-1].Period >= o.Period {
			return fmt.Sprintf("period %q stands out of order", o.Period)
		}
	}
	return ""
}

// misstated lists the indicators whose series say something else than what is kept of them.
func misstated(ctx context.Context, q db.Queryer, limit int) (db.Found, error) {
	var found db.Found
	head, err := audit.Newest(ctx, q)
	if err != nil {
		return found, err
	}
	kept, known, err := heldAt(ctx, q, head.Seq)
	if err != nil {
		return found, err
	}
	walked, err := walkedAt(ctx, q, head.Seq)
	if err != nil || !known {
		return found, err
	}
	said := map[IndicatorKey]indicatorState{}
	for _, s := range kept {
		said[s.IndicatorKey] = s
	}
	for _, s := range walked {
		if said[s.IndicatorKey] != s {
			found.Add(limit, "indicator/"+s.Dataflow+"/"+s.Code, fmt.Sprintf("%d areas, %d series, %d observations, newest %q; kept of it: %d, %d, %d, %q",
				s.areas, s.series, s.observations, s.latest, said[s.IndicatorKey].areas, said[s.IndicatorKey].series, said[s.IndicatorKey].observations, said[s.IndicatorKey].latest))
		}
		delete(said, s.IndicatorKey)
	}
	for _, s := range kept {
		if _, left := said[s.IndicatorKey]; left {
			found.Add(limit, "indicator/"+s.Dataflow+"/"+s.Code, "nothing is held of it, and something is kept")
		}
	}
	return found, nil
}

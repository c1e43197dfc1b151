package measure

import (
	"context"
	"fmt"

	"resolute/internal/audit"
	"resolute/internal/db"
)

// indicatorState is what is held of an indicator; without series it is nothing.
type indicatorState struct {
	IndicatorKey
	areas, series, observations int
	latest                      string // newest period with a value; empty: none
}

func (s *indicatorState) columns() []any {
	return []any{&s.Dataflow, &s.Code, &s.areas, &s.series, &s.observations, &s.latest}
}

// statesOf reads what is held of the indicators that an import touches, up to a change. While the
// import is not published yet it counts as the newest; one that was undone does not count.
func statesOf(ctx context.Context, q db.Queryer, id, seq int64) ([]indicatorState, error) {
	const (
		seen  = `(v.import = $1 AND i.seq = 0 OR i.seq > 0 AND i.seq <= $2 AND (i.state = 'done' OR i.state = 'undone' AND i.undo_seq > $2))`
		later = `SELECT 1 FROM series_version w JOIN import j ON j.id = w.import WHERE w.series = s.id AND w.import <> v.import
			AND (w.import = $1 AND j.seq = 0 OR i.seq > 0 AND j.seq > i.seq AND j.seq <= $2 AND (j.state = 'done' OR j.state = 'undone' AND j.undo_seq > $2))`
	)
	held, err := readStates(ctx, q, `WITH touched AS (SELECT DISTINCT s.dataflow, s.indicator FROM series_version v JOIN series s ON s.id = v.series WHERE v.import = $1)
		SELECT s.dataflow, s.indicator, COUNT(DISTINCT s.area), COUNT(*), CAST(SUM(v.n) AS BIGINT), MAX(v.latest)
		FROM touched t JOIN series s ON s.dataflow = t.dataflow AND s.indicator = t.indicator JOIN series_version v ON v.series = s.id JOIN import i ON i.id = v.import
		WHERE v.n > 0 AND `+seen+` AND NOT EXISTS (`+later+`) GROUP BY s.dataflow, s.indicator ORDER BY s.dataflow, s.indicator`, id, seq)
	if err != nil {
		return nil, err
	}
	there := map[IndicatorKey]bool{}
	for _, s := range held {
		there[s.IndicatorKey] = true
	}
	touched, err := readStates(ctx, q, `SELECT DISTINCT s.dataflow, s.indicator, 0, 0, 0, '' FROM series_version v JOIN series s ON s.id = v.series WHERE v.import = $1 ORDER BY s.dataflow, s.indicator`, id)
	for _, s := range touched {
		if !there[s.IndicatorKey] {
			held = append(held, s)
		}
	}
	return held, err
}

func readStates(ctx context.Context, q db.Queryer, query string, args ...any) (list []indicatorState, err error) {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read what is held of indicators: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var s indicatorState
		if err := rows.Scan(s.columns()...); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

// keepStates writes what is held from a change on.
func keepStates(ctx context.Context, tx *db.Tx, seq int64, list []indicatorState) error {
	rows := make([][]any, len(list))
	for n, s := range list {
		rows[n] = []any{s.Dataflow, s.Code, seq, int64(s.areas), int64(s.series), int64(s.observations), s.latest}
	}
	return tx.Bulk(ctx, "indicator_state", []string{"dataflow", "indicator", "seq", "areas", "series", "observations", "latest"}, rows)
}

// foresee reckons what will be held when the import is published, before it is: nobody has to wait for
// it then. It looks at what stood when the import began.
func (i *intake) foresee(ctx context.Context) (states []indicatorState, err error) {
	err = i.measure.DB.View(ctx, func(q db.Queryer) error {
		states, err = statesOf(ctx, q, i.account.ID, i.base)
		return err
	})
	return states, err
}

// current gives what was foreseen, reckoned anew when statistics changed since the import began. It must
// run where no other import can be published.
func (i *intake) current(ctx context.Context, tx *db.Tx, foreseen []indicatorState) ([]indicatorState, error) {
	head, err := audit.Newest(ctx, tx)
	if err != nil {
		return nil, err
	}
	change, err := lastChange(ctx, tx, head.Seq)
	if err != nil || change <= i.base {
		return foreseen, err
	}
	return statesOf(ctx, tx, i.account.ID, head.Seq)
}

// heldAt lists what is held as of a change of statistics. known is false of a change before the first
// of which states were kept: then the series must tell.
func heldAt(ctx context.Context, q db.Queryer, change int64) (list []indicatorState, known bool, err error) {
	var first int64
	if err := q.QueryRow(ctx, `SELECT COALESCE(MIN(seq), 0) FROM indicator_state`).Scan(&first); err != nil {
		return nil, false, err
	}
	if change < first {
		return nil, false, nil
	}
	list, err = readStates(ctx, q, `SELECT x.dataflow, x.indicator, x.areas, x.series, x.observations, x.latest FROM indicator_state x
		WHERE x.seq <= $1 AND x.series > 0 AND NOT EXISTS (SELECT 1 FROM indicator_state y WHERE y.dataflow = x.dataflow AND y.indicator = x.indicator AND y.seq > x.seq AND y.seq <= $1)
		ORDER BY x.dataflow, x.indicator`, change)
	return list, true, err
}

// walkedAt lists what is held as of a change by walking through all series.
func walkedAt(ctx context.Context, q db.Queryer, change int64) ([]indicatorState, error) {
	return readStates(ctx, q, `SELECT s.dataflow, s.indicator, COUNT(DISTINCT s.area), COUNT(*), CAST(SUM(v.n) AS BIGINT), MAX(v.latest)`+newest("")+
		` GROUP BY s.dataflow, s.indicator ORDER BY s.dataflow, s.indicator`, change)
}

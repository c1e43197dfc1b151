package measure

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"resolute/internal/db"
)

// seriesHistory is a series with all of its versions that readers saw, oldest first.
type seriesHistory struct {
	Series
	versions []seriesVersion
	moments  map[int64]time.Time // of the changes that published or took back a version
}

// seriesVersion is what readers saw from one change on until another took it back (0: none did).
type seriesVersion struct {
	seq, undone  int64
	observations []Observation
}

// at gives the observations that readers saw at a change.
func (h *seriesHistory) at(seq int64) []Observation {
	for _, v := range slices.Backward(h.versions) {
		if v.seq <= seq && (v.undone == 0 || v.undone > seq) {
			return v.observations
		}
	}
	return nil
}

// eachHistory hands the series that changed between two changes to take, with all of their versions up
// to the later one.
func eachHistory(ctx context.Context, q db.Queryer, narrow narrowed, since, until int64, take func(*seriesHistory) error) error {
	from := "$" + strconv.Itoa(len(narrow.args)+2)
	rows, err := q.Query(ctx, `SELECT s.id, s.dataflow, s.indicator, s.area, s.area_name, s.dims, v.body, i.seq, c.at, COALESCE(u.seq, 0), COALESCE(u.at, 0)
		FROM series s JOIN series_version v ON v.series = s.id JOIN import i ON i.id = v.import JOIN change c ON c.seq = i.seq
		LEFT JOIN change u ON u.seq = i.undo_seq AND i.state = 'undone'
		WHERE i.seq > 0 AND i.seq <= $1 AND i.state IN ('done', 'undone') `+narrow.condition+`
		AND EXISTS (SELECT 1 FROM series_version w JOIN import k ON k.id = w.import WHERE w.series = s.id AND (k.seq > `+from+` AND k.seq <= $1 OR k.undo_seq > `+from+` AND k.undo_seq <= $1))
		ORDER BY s.dataflow, s.indicator, s.area, LENGTH(s.dims), s.dims, s.id, i.seq`, append(append([]any{until}, narrow.args...), since)...)
	if err != nil {
		return fmt.Errorf("read versions of series: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var h *seriesHistory
	for rows.Next() {
		var s Series
		var v seriesVersion
		var body []byte
		var published, undone int64
		if err := rows.Scan(&s.ID, &s.Dataflow, &s.Indicator, &s.Area, &s.AreaName, &s.DimsText, &body, &v.seq, &published, &v.undone, &undone); err != nil {
			return err
		}
		if h == nil || h.ID != s.ID {
			if h != nil {
				if err := take(h); err != nil {
					return err
				}
			}
			s.Dims = dimsOf(s.DimsText)
			h = &seriesHistory{Series: s, moments: map[int64]time.Time{}}
		}
		if v.observations, err = unpack(body); err != nil {
			return fmt.Errorf("series %d: %w", s.ID, err)
		}
		h.versions = append(h.versions, v)
		h.moments[v.seq] = time.UnixMilli(published)
		if v.undone > 0 {
			h.moments[v.undone] = time.UnixMilli(undone)
		}
	}
	if err := rows.Err(); err != nil || h == nil {
		return err
	}
	return take(h)
}

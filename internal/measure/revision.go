package measure

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"resolute/internal/db"
)

// Revision is what one change did to the values of an indicator: an import that published some, or that
// was taken back.
type Revision struct {
	Seq     int64 // of the change; what was known before it is known as of Seq-1
	At      time.Time
	Import  int64
	File    string // of the import, and its source
	Source  string
	Undone  bool // the import was taken back by this change
	New     int
	Changed int
	Removed int
	Values  []RevisedValue // by area and period
}

// RevisedValue is one observation before and after a change: its decimal or words as received, its flag
// and its source. A zero Before is of a new observation, a zero After of one that was removed.
type RevisedValue struct {
	Area, AreaName string
	Period         string
	Before, After  *Observation
}

// Revisions gives what changed in one breakdown of an indicator, newest first, up to a change; 0 is now.
// areas (codes of the source) limit it; none is all.
func (m *Measure) Revisions(ctx context.Context, key IndicatorKey, dims map[string]string, areas []string, at int64) ([]Revision, error) {
	found := map[int64]*Revision{}
	err := m.DB.View(ctx, func(q db.Queryer) error {
		seq, err := upTo(ctx, q, at)
		if err != nil {
			return err
		}
		if err := eachRevising(ctx, q, key, seq, found); err != nil {
			return err
		}
		return eachHistory(ctx, q, narrowing(key.Dataflow, []string{key.Code}, areas), 0, seq, func(h *seriesHistory) error {
			if sameDims(h.Dims, dims) {
				h.revise(found, seq)
			}
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read revisions of %s: %w", key.Code, err)
	}
	maps.DeleteFunc(found, func(_ int64, r *Revision) bool { return len(r.Values) == 0 })
	list := make([]Revision, 0, len(found))
	for _, seq := range slices.Backward(slices.Sorted(maps.Keys(found))) {
		list = append(list, *found[seq])
	}
	return list, nil
}

// eachRevising reads the changes that published versions of an indicator or took them back.
func eachRevising(ctx context.Context, q db.Queryer, key IndicatorKey, until int64, found map[int64]*Revision) error {
	rows, err := q.Query(ctx, `SELECT i.id, i.file, i.source, i.seq, CASE WHEN i.state = 'undone' THEN i.undo_seq ELSE 0 END FROM import i
		WHERE i.seq > 0 AND i.seq <= $1 AND i.state IN ('done', 'undone')
		AND EXISTS (SELECT 1 FROM series s JOIN series_version v ON v.series = s.id WHERE v.import = i.id AND s.dataflow = $2 AND s.indicator = $3)`, until, key.Dataflow, key.Code)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var r Revision
		var undone int64
		if err := rows.Scan(&r.Import, &r.File, &r.Source, &r.Seq, &undone); err != nil {
			return err
		}
		published := r
		found[r.Seq] = &published
		if undone > 0 && undone <= until {
			r.Seq, r.Undone = undone, true
			found[undone] = &r
		}
	}
	return rows.Err()
}

// revise adds what the changes did to one series.
func (h *seriesHistory) revise(found map[int64]*Revision, until int64) {
	var before []Observation
	for _, seq := range slices.Sorted(maps.Keys(h.moments)) {
		r := found[seq]
		if r == nil || seq > until {
			continue
		}
		now := h.at(seq)
		r.At = h.moments[seq]
		r.compare(&h.Series, before, now)
		before = now
	}
}

// compare adds the differences between two states of a series, both in order of periods.
func (r *Revision) compare(s *Series, before, now []Observation) {
	add := func(was, is *Observation) {
		v := RevisedValue{Area: s.Area, AreaName: s.AreaName, Before: was, After: is}
		switch {
		case was == nil:
			v.Period = is.Period
			r.New++
		case is == nil:
			v.Period = was.Period
			r.Removed++
		default:
			v.Period = is.Period
			r.Changed++
		}
		r.Values = append(r.Values, v)
	}
	for len(before) > 0 || len(now) > 0 {
		switch {
		case len(before) == 0 || len(now) > 0 && now[0].Period < before[0].Period:
			add(nil, &now[0])
			now = now[1:]
		case len(now) == 0 || before[0].Period < now[0].Period:
			add(&before[0], nil)
			before = before[1:]
		default:
			if !before[0].same(now[0]) {
				add(&before[0], &now[0])
			}
			before, now = before[1:], now[1:]
		}
	}
}

package measure

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"resolute/internal/db"
	"resolute/internal/measure/dataquery"
)

// holding is what some series of a dataflow hold: the codes of each dimension, from when to when, and
// how many they are.
type holding struct {
	codes                []map[string]bool // in the order of the dimensions
	areas                map[string]string // names of areas by their codes, as sources print them
	first, last          time.Time         // days
	words                bool              // some values are words
	series, observations int
}

func newHolding(dimensions int) *holding {
	h := &holding{areas: map[string]string{}}
	for range dimensions {
		h.codes = append(h.codes, map[string]bool{})
	}
	return h
}

// add counts the key of a series.
func (h *holding) add(codes []string, areaName string) {
	for i, code := range codes {
		h.codes[i][code] = true
	}
	if areaName != "" && h.areas[codes[1]] == "" {
		h.areas[codes[1]] = areaName
	}
	h.series++
}

// when widens the time to that of a period, which is the same for many observations.
func (h *holding) when(period string, known map[string][2]time.Time) {
	days, met := known[period]
	if !met {
		first, last, ok := dataquery.Days(period)
		if ok {
			days = [2]time.Time{first, last}
		}
		known[strings.Clone(period)] = days
	}
	h.span(days[0], days[1])
}

func (h *holding) span(first, last time.Time) {
	if first.IsZero() {
		return
	}
	if h.first.IsZero() || first.Before(h.first) {
		h.first = first
	}
	if last.After(h.last) {
		h.last = last
	}
}

// sorted gives the codes of a dimension in order.
func (h *holding) sorted(dimension int) []string { return slices.Sorted(maps.Keys(h.codes[dimension])) }

// holdings gives what each dataflow holds at a sequence, reckoned from all series once for each state.
// It is shared: nobody may write to it.
func (m *Measure) holdings(ctx context.Context, seq int64) (all map[string]*holding, err error) {
	err = m.DB.View(ctx, func(q db.Queryer) error {
		change, err := lastChange(ctx, q, seq)
		if err != nil {
			return err
		}
		all, err = m.held.at(change, func() (map[string]*holding, error) { return m.takeStock(ctx, q, seq) })
		return err
	})
	return all, err
}

// takeStock walks through all series.
func (m *Measure) takeStock(ctx context.Context, q db.Queryer, seq int64) (map[string]*holding, error) {
	tables, err := listTables(ctx, q, seq)
	if err != nil {
		return nil, err
	}
	flows, all := map[string]*Flow{}, map[string]*holding{}
	for _, f := range flowsOf(tables, nil) {
		flows[f.Name], all[f.Name] = f, newHolding(len(f.Dimensions))
	}
	known := map[string][2]time.Time{}
	err = eachBody(ctx, q, seq, narrowed{}, func(s *Series, body []byte) error {
		h := all[s.Dataflow]
		h.add(flows[s.Dataflow].codes(s), s.AreaName)
		return h.skim(body, known)
	})
	return all, err
}

// skim counts the packed observations of a series.
func (h *holding) skim(body []byte, known map[string][2]time.Time) error {
	return skim(body, func(period string, words bool) { h.observe(period, words, known) })
}

// observe counts an observation.
func (h *holding) observe(period string, words bool, known map[string][2]time.Time) {
	h.observations++
	h.words = h.words || words
	h.when(period, known)
}

// eachBody gives the series that readers see at a sequence, their observations packed.
func eachBody(ctx context.Context, q db.Queryer, seq int64, n narrowed, take func(*Series, []byte) error) error {
	rows, err := q.Query(ctx, `SELECT s.id, s.dataflow, s.indicator, s.area, s.area_name, s.dims, v.import, v.body`+newest(n.condition)+
		` ORDER BY s.dataflow, s.indicator, s.area, LENGTH(s.dims), s.dims`, append([]any{seq}, n.args...)...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var s Series
	for rows.Next() {
		var body []byte
		before := s.DimsText
		if err := rows.Scan(&s.ID, &s.Dataflow, &s.Indicator, &s.Area, &s.AreaName, &s.DimsText, &s.Import, &body); err != nil {
			return err
		}
		if s.Dims == nil || s.DimsText != before {
			s.Dims = dimsOf(s.DimsText)
		}
		if err := take(&s, body); err != nil {
			return fmt.Errorf("series %d: %w", s.ID, err)
		}
	}
	return rows.Err()
}

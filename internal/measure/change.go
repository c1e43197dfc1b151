package measure

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"resolute/internal/db"
	"resolute/internal/sdmx"
)

// changed collects what changed in a dataflow since a change: with the history a part or two for each
// change in between, else one or two in all. It ends soon behind left observations.
func (a *Answer) changed(ctx context.Context, flow, left int) ([]part, error) {
	f := a.Flows[flow]
	stated, removed, moments := map[int64]*part{}, map[int64]*part{}, map[int64]time.Time{}
	n := 0
	add := func(to map[int64]*part, at int64, action sdmx.Action, rows []row) {
		if len(rows) == 0 {
			return
		}
		if to[at] == nil {
			to[at] = &part{flow: flow, action: action}
		}
		to[at].rows = append(to[at].rows, rows...)
		n += len(rows)
	}
	err := a.eachHistory(ctx, f, func(h *seriesHistory) error {
		maps.Copy(moments, h.moments)
		before := h.at(a.from.Since)
		for _, point := range a.points(h) {
			now := h.at(point)
			news, gone := a.differences(f, &h.Series, before, now)
			add(stated, point, a.stating(), news)
			add(removed, point, sdmx.Delete, gone)
			before = now
		}
		if n > left {
			return errEnough
		}
		return nil
	})
	return a.inOrder(stated, removed, moments), unlessEnough(err)
}

// points are the changes at which the states of a series are looked at.
func (a *Answer) points(h *seriesHistory) []int64 {
	if !a.from.Query.History {
		return []int64{a.seq}
	}
	var list []int64
	for seq := range h.moments {
		if seq > a.from.Since && seq <= a.seq {
			list = append(list, seq)
		}
	}
	slices.Sort(list)
	return list
}

// inOrder gives the parts in the order of the changes. With the history they say when they held: from
// their change to the next.
func (a *Answer) inOrder(stated, removed map[int64]*part, moments map[int64]time.Time) (list []part) {
	all := maps.Clone(moments)
	maps.DeleteFunc(all, func(seq int64, _ time.Time) bool { return stated[seq] == nil && removed[seq] == nil })
	points := slices.Sorted(maps.Keys(all))
	if !a.from.Query.History {
		points = []int64{a.seq}
	}
	for i, seq := range points {
		for _, p := range []*part{stated[seq], removed[seq]} {
			if p == nil {
				continue
			}
			if a.from.Query.History {
				p.begin = moments[seq]
				if i+1 < len(points) {
					p.end = moments[points[i+1]]
				}
			}
			list = append(list, *p)
		}
	}
	return list
}

// differences gives the observations that are new or other, and those that are gone.
func (a *Answer) differences(f *Flow, s *Series, before, now []Observation) (news, gone []row) {
	held := map[string]*Observation{}
	for i := range before {
		held[before[i].Period] = &before[i]
	}
	q := a.from.Query
	for i := range now {
		o := &now[i]
		was := held[o.Period]
		delete(held, o.Period)
		if (was == nil || !was.same(*o)) && f.holds(s, o, q) {
			news = append(news, row{s, o})
		}
	}
	for i := range before {
		if o := &before[i]; held[o.Period] != nil && f.holds(s, o, q) {
			gone = append(gone, row{s, o})
		}
	}
	return ends(news, q), ends(gone, q)
}

// eachHistory gives the series of a dataflow that a selection chooses and that changed since its change.
func (a *Answer) eachHistory(ctx context.Context, f *Flow, take func(*seriesHistory) error) error {
	narrow, nothing := a.from.narrow(f)
	if nothing {
		return nil
	}
	return a.measure.DB.View(ctx, func(q db.Queryer) error {
		return eachHistory(ctx, q, narrow, a.from.Since, a.seq, func(h *seriesHistory) error {
			if !a.from.wants(f, &h.Series) {
				return nil
			}
			return take(h)
		})
	})
}

// unlessEnough takes away the error that ends a walk early.
func unlessEnough(err error) error {
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

package measure

import (
	"cmp"
	"context"
	"slices"
	"time"

	"resolute/internal/measure/dataquery"
	"resolute/internal/sdmx"
)

// MostGathered is how many observations an answer may have that is gathered before it is written: of
// changes, or in an order of its own.
const MostGathered = 250_000

// part is a data set that is gathered before it is written.
type part struct {
	flow       int
	action     sdmx.Action
	begin, end time.Time // when its observations held; zero: not told
	rows       []row
}

// row is an observation of a part.
type row struct {
	series      *Series
	observation *Observation
}

// Gathered tells whether the answer is gathered before it is written.
func (s Selection) Gathered() bool { return s.Changes || len(s.Query.Sort) > 0 }

// gather collects the answer: what changed, or what is there, in the order that is asked for. More than
// MostGathered observations are counted as one more than that, and not kept.
func (a *Answer) gather(ctx context.Context) error {
	left := MostGathered
	for i := range a.Flows {
		var parts []part
		var err error
		if a.from.Changes {
			parts, err = a.changed(ctx, i, left)
		} else {
			parts, err = a.there(ctx, i, left)
		}
		if err != nil {
			return err
		}
		for _, p := range parts {
			left -= len(p.rows)
		}
		if left < 0 {
			a.Observations = MostGathered + 1
			return nil
		}
		a.parts = append(a.parts, parts...)
	}
	for _, p := range a.parts {
		a.order(p)
	}
	a.cut()
	for _, p := range a.parts {
		f := a.Flows[p.flow]
		f.attributes = f.bear(p, a.from.Query.Attributes)
	}
	return nil
}

// there collects what is there of a dataflow, up to one more than left.
func (a *Answer) there(ctx context.Context, flow, left int) ([]part, error) {
	p := part{flow: flow, action: a.stating()}
	err := a.each(ctx, flow, func(s *Series, o *Observation) error {
		if len(p.rows) > left {
			return errEnough
		}
		p.rows = append(p.rows, row{s, o})
		return nil
	})
	if len(p.rows) == 0 {
		return nil, unlessEnough(err)
	}
	return []part{p}, unlessEnough(err)
}

// order sorts a part by the components that are asked for.
func (a *Answer) order(p part) {
	f := a.Flows[p.flow]
	keys := a.from.Query.Order(f.Dimensions)
	slices.SortStableFunc(p.rows, func(x, y row) int {
		for _, k := range keys {
			order := dataquery.Compare(k.Component, f.component(k.Component, x), f.component(k.Component, y))
			if k.Descending {
				order = -order
			}
			if order != 0 {
				return order
			}
		}
		return 0
	})
}

// component gives the text of a component of an observation.
func (f *Flow) component(id string, r row) string {
	switch id {
	case timeDimension:
		return r.observation.Period
	case valueMeasure:
		return r.observation.Value
	case indicatorDimension:
		return r.series.Indicator
	case areaDimension:
		return r.series.Area
	}
	if slices.Contains(f.Dimensions, id) {
		return cmp.Or(r.series.Dims[id], notApplicable)
	}
	return f.attribute(id, r.series, r.observation)
}

// cut leaves what offset and limit take, and counts it.
func (a *Answer) cut() {
	skip, left := a.from.Query.Offset, a.from.Query.Limit
	if left == 0 {
		left = MostGathered
	}
	for i := range a.parts {
		p := &a.parts[i]
		n := min(skip, len(p.rows))
		skip -= n
		p.rows = p.rows[n:]
		p.rows = p.rows[:min(left, len(p.rows))]
		left -= len(p.rows)
		a.Observations += len(p.rows)
	}
	a.parts = slices.DeleteFunc(a.parts, func(p part) bool { return len(p.rows) == 0 })
}

// bear gives the attributes that the dataflow is known to have, and those that a part has.
func (f *Flow) bear(p part, wanted dataquery.Columns) (list []string) {
	for _, id := range attributes {
		has := func(r row) bool { return p.action != sdmx.Delete && f.attribute(id, r.series, r.observation) != "" }
		if slices.Contains(f.attributes, id) || wanted.Takes(id) && slices.ContainsFunc(p.rows, has) {
			list = append(list, id)
		}
	}
	return list
}

// Deletes tells whether the answer tells of observations that were taken away.
func (a *Answer) Deletes() bool {
	return slices.ContainsFunc(a.parts, func(p part) bool { return p.action == sdmx.Delete })
}

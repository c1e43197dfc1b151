package measure

import (
	"context"
	"errors"

	"resolute"
	"resolute/internal/framework"
	"resolute/internal/measure/columns"
)

// Columns builds the columns of a dataflow (empty: of all) as of a change; 0 is now. Values in words
// and those that are missing are left out.
func (m *Measure) Columns(ctx context.Context, dataflow string, at int64) (*columns.Columns, error) {
	var b columns.Builder
	known, err := m.Catalogue(ctx, at)
	if err != nil {
		return nil, err
	}
	err = m.EachSeries(ctx, dataflow, at, func(s Series) error {
		concept, _ := known.Of(s.Dataflow, s.Indicator, s.DimsText)
		for _, p := range s.points(concept.OverTime).Points {
			if err := b.Add(s.Dataflow, s.Indicator, s.DimsText, s.Area, p.Year, p.Value, p.Estimated); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return b.Build(), nil
}

// Refusal is an indicator that has no figures of groups, and why.
type Refusal struct {
	IndicatorKey
	Dims   string `json:"dims"`
	Reason string `json:"reason"`
}

// All are the figures of many indicators.
type All struct {
	Groups
	Refused []Refusal `json:"refused"`
}

// GroupAll is OfGroups for every indicator of columns, in their order. weights gives what areas are
// weighed by, for each indicator; nil: always those of the question.
func GroupAll(c *columns.Columns, catalogue *framework.Catalogue, q GroupQuery, weights func(Frame) *Frame) (All, error) {
	out, g := All{Groups: Groups{Figures: []GroupFigure{}, Warnings: []string{}}, Refused: []Refusal{}}, newGrouper(catalogue)
	for _, k := range c.Keys() {
		f := frameOf(c, k)
		f.Concepts = q.Concepts
		of := q
		if q.Weights == nil && weights != nil {
			of.Weights = weights(f)
		}
		groups, err := g.of(f, of)
		var refused *resolute.Error
		if errors.As(err, &refused) && refused.Code == resolute.Invalid {
			out.Refused = append(out.Refused, Refusal{IndicatorKey{k.Dataflow, k.Indicator}, k.Dims, refused.Message})
			continue
		}
		if err != nil {
			return All{}, err
		}
		out.Figures, out.Warnings = append(out.Figures, groups.Figures...), append(out.Warnings, groups.Warnings...)
	}
	return out, nil
}

// frameOf gives one indicator of columns.
func frameOf(c *columns.Columns, k columns.Key) Frame {
	f := Frame{Dataflow: k.Dataflow, Indicator: k.Indicator, Dims: dimsOf(k.Dims)}
	c.Each(k, func(v columns.Value) {
		if n := len(f.Areas); n == 0 || f.Areas[n-1].Area != v.Area {
			f.Areas = append(f.Areas, AreaSeries{Area: v.Area})
		}
		a := &f.Areas[len(f.Areas)-1]
		a.Points = append(a.Points, Point{Year: v.Year, Value: v.Value, Estimated: v.Estimated})
	})
	return f
}

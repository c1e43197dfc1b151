package measure

import (
	"context"

	"resolute/internal/framework"
)

// WeightsOf gives what the areas of an indicator are weighed by: the best of its weights that is
// held, as of a change; 0 is now. It is nil where none is held, or none makes sense. It is shared:
// nobody may write to it.
func (m *Measure) WeightsOf(ctx context.Context, f Frame, at int64) (*Frame, error) {
	c, known := f.Concept()
	if !known {
		return nil, nil
	}
	held, dims, err := m.Held(ctx, c.Weights, at)
	if err != nil || len(held) == 0 {
		return nil, err
	}
	x, err := m.Experience(ctx, held[0].IndicatorKey, dims[0], at) // which keeps the frame
	if err != nil || len(x.frame.Areas) == 0 {
		return nil, err
	}
	return &x.frame, nil
}

// Groups is OfGroups for an indicator that is held, weighed by what WeightsOf gives unless the
// question brings weights.
func (m *Measure) Groups(ctx context.Context, f Frame, c *framework.Catalogue, q GroupQuery, at int64) (g Groups, err error) {
	if q.Weights == nil {
		if q.Weights, err = m.WeightsOf(ctx, f, at); err != nil {
			return Groups{}, err
		}
	}
	return OfGroups(f, c, q)
}

// GroupAll is GroupAll of all that is held in a dataflow (empty: in any), each indicator weighed by
// what WeightsOf gives for it.
func (m *Measure) GroupAll(ctx context.Context, dataflow string, c *framework.Catalogue, q GroupQuery, at int64) (All, error) {
	columns, err := m.Columns(ctx, dataflow, at)
	if err != nil {
		return All{}, err
	}
	if q.Concepts, err = m.Catalogue(ctx, at); err != nil {
		return All{}, err
	}
	known, failed := map[string]*Frame{}, error(nil)
	all, err := GroupAll(columns, c, q, func(f Frame) *Frame {
		concept, there := f.Concept()
		if !there || len(concept.Weights) == 0 || failed != nil {
			return nil
		}
		w, read := known[concept.Weights[0]]
		if !read {
			w, failed = m.WeightsOf(ctx, f, at)
			known[concept.Weights[0]] = w
		}
		return w
	})
	if failed != nil {
		return All{}, failed
	}
	return all, err
}

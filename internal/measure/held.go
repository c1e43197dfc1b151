package measure

import (
	"context"
	"strings"
)

// Held finds the indicators that are held for concepts, the first dataflow of each, in the order of
// the concepts asked for.
func (m *Measure) Held(ctx context.Context, ids []string, at int64) (list []Indicator, dims []map[string]string, err error) {
	all, err := m.Indicators(ctx, at)
	if err != nil {
		return nil, nil, err
	}
	catalogue, err := m.Catalogue(ctx, at)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range ids {
		concept, known := catalogue.Concept(id)
		if !known {
			continue
		}
		for _, held := range all {
			if c := concept.in(held.Dataflow); strings.EqualFold(c.code, held.Code) {
				list, dims = append(list, held), append(dims, dimsOf(c.dims))
				break
			}
		}
	}
	return list, dims, nil
}

package measure

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/db"
)

// Figure is the newest value of one indicator in one area.
type Figure struct {
	IndicatorKey
	Concept   string        // empty: the indicator has none
	Called    resolute.Text // what the concept is called
	Name      string        // as the source prints it
	Unit      string
	Area      string // code of the source
	Period    string
	Value     string // decimal text
	Estimated bool
}

// Figures gives the newest value of every indicator in an area, by whichever of its codes a source
// prints, as of a change; 0 is now. Breakdowns are left out unless they have a concept of their own,
// and so are words. Those with a concept come first, in the order of the concepts.
func (m *Measure) Figures(ctx context.Context, codes []string, at int64) (list []Figure, err error) {
	var catalogue *Catalogue
	err = m.DB.View(ctx, func(q db.Queryer) error {
		seq, err := upTo(ctx, q, at)
		if err != nil {
			return err
		}
		if catalogue, err = m.catalogueOf(ctx, q, seq); err != nil {
			return err
		}
		texts, err := m.texts(ctx, q, seq)
		if err != nil {
			return err
		}
		marks, args := make([]string, len(codes)), make([]any, len(codes))
		for i, code := range codes {
			marks[i], args[i] = fmt.Sprintf("$%d", i+2), code
		}
		return eachSeries(ctx, q, seq, "AND s.area IN ("+strings.Join(marks, ", ")+")", args, func(s Series) error {
			concept, known := catalogue.Of(s.Dataflow, s.Indicator, s.DimsText)
			if !known && len(s.Dims) > 0 {
				return nil
			}
			for _, o := range slices.Backward(s.Observations) {
				if o.Value == "" || o.Words {
					continue
				}
				t := texts[IndicatorKey{s.Dataflow, s.Indicator}]
				list = append(list, Figure{IndicatorKey{s.Dataflow, s.Indicator}, concept.ID, concept.Name, t.name, t.unit, s.Area, o.Period, o.Value, estimated(o.Status, o.Nature)})
				break
			}
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read figures of %s: %w", strings.Join(codes, ", "), err)
	}
	place := func(f Figure) int {
		if i, known := catalogue.ids[f.Concept]; known {
			return i
		}
		return len(catalogue.list)
	}
	slices.SortStableFunc(list, func(a, b Figure) int { return place(a) - place(b) })
	return list, nil
}

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

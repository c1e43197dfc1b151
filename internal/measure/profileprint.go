package measure

import (
	"context"
	"fmt"
	"slices"

	"resolute/internal/db"
)

// print adds what the sources of a country's newest figures say of them. No other series are read.
func (m *Measure) print(ctx context.Context, p *Profile, at int64) error {
	asked := map[IndicatorKey][]*ProfileFigure{}
	codes, areas := map[string][]string{}, map[string][]string{} // by table
	for i := range p.Figures {
		f := &p.Figures[i]
		if asked[f.IndicatorKey] == nil {
			codes[f.Dataflow] = append(codes[f.Dataflow], f.Code)
		}
		if !slices.Contains(areas[f.Dataflow], f.area) {
			areas[f.Dataflow] = append(areas[f.Dataflow], f.area)
		}
		asked[f.IndicatorKey] = append(asked[f.IndicatorKey], f)
	}
	return m.DB.View(ctx, func(q db.Queryer) error {
		seq, err := upTo(ctx, q, at)
		if err != nil {
			return err
		}
		for flow, indicators := range codes {
			n := narrowing(flow, indicators, areas[flow])
			err := eachSeries(ctx, q, seq, n.condition, n.args, func(s Series) error {
				for _, f := range asked[IndicatorKey{s.Dataflow, s.Indicator}] {
					f.print(s)
				}
				return nil
			})
			if err != nil {
				return fmt.Errorf("read figures of %s: %w", p.Area, err)
			}
		}
		return nil
	})
}

// print takes the newest value of the series that the figure was made from.
func (f *ProfileFigure) print(s Series) {
	if s.DimsText != f.Dims || s.Area != f.area {
		return
	}
	if points := s.points(f.overTime).Points; len(points) > 0 {
		newest := points[len(points)-1]
		f.Printed = &ProfilePrinted{s.Area, newest.Period, newest.Text, newest.Status, newest.Source, newest.Note}
	}
}

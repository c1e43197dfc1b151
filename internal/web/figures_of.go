package web

import (
	"cmp"
	"context"
	"encoding/json"
	"strconv"

	"resolute"
	"resolute/internal/measure"
	"resolute/internal/measure/dispersion"
)

// FigureLine is one figure about the world beside the activities of a paragraph: the middle of all
// economies.
type FigureLine struct {
	Name  string // of the concept in the page's language, else as the source prints it
	Own   bool   // Name is in the page's language
	Href  string
	Value string
	Unit  string
	Year  string
	Rests string // on how many economies
}

// called gives the name of a concept in the page's language, or the words of the source.
func (s *shell) called(name resolute.Text, otherwise string) (string, bool) {
	if own := name[s.Lang]; own != "" {
		return own, true
	}
	return otherwise, false
}

// evidencing gives the figures that evidence a paragraph: of each indicator that is held the middle of
// all economies in the last full year.
func (s *Site) evidencing(ctx context.Context, r *request, p *shell, alias string) (lines []FigureLine, err error) {
	known, err := s.Measure.Catalogue(ctx, r.head.Seq)
	if err != nil {
		return nil, err
	}
	concepts := known.Evidence(alias)
	if len(concepts) == 0 {
		return nil, nil
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	for _, concept := range concepts {
		held, dims, err := s.Measure.Held(ctx, []string{concept}, r.head.Seq)
		if err != nil {
			return nil, err
		}
		for i, indicator := range held {
			frame, err := s.Measure.Frame(ctx, indicator.IndicatorKey, dims[i], r.head.Seq)
			if err != nil {
				return nil, err
			}
			year := frame.LastFullYear()
			var values []float64
			for _, a := range frame.Areas {
				if point, ok := a.At(year); ok && measure.Economy(catalogue, a.Area) {
					values = append(values, point.Value)
				}
			}
			if len(values) == 0 {
				continue
			}
			where := ""
			if len(dims[i]) > 0 {
				text, err := json.Marshal(dims[i])
				if err != nil {
					return nil, err
				}
				where = string(text)
			}
			line := FigureLine{Href: p.URL(indicatorPath(indicator.IndicatorKey), "where", where), Value: figureIn(p, indicator.Unit, dispersion.Percentile(values, 50)), Unit: indicator.Unit, Year: strconv.Itoa(year),
				Rests: p.T("figures.rests", "n", len(values))}
			what, _ := known.Concept(concept)
			line.Name, line.Own = p.called(what.Name, cmp.Or(indicator.Name, indicator.Code))
			lines = append(lines, line)
		}
	}
	return lines, nil
}

package web

import (
	"context"
	"io"
	"strconv"
	"strings"

	"resolute/internal/measure"
	"resolute/internal/search"
	"resolute/internal/sheet"
)

// HeldIndicator is one indicator of the list.
type HeldIndicator struct {
	measure.Indicator
	Href string
}

type indicatorsPage struct {
	*shell
	Pages
	Indicators []HeldIndicator
	Total      int // held, whatever was searched for
	Query      string
	Hidden     []Pair
	Clear      string
	World      string // the profile of the world; empty: no indicator that profiles know is held
}

// shownIndicators is how many indicators one page lists; the file has all.
const shownIndicators = 100

// indicators lists what is held.
func (s *Site) indicators(ctx context.Context, r *request) (answer, error) {
	all, err := s.Measure.Indicators(ctx, r.head.Seq)
	if err != nil {
		return answer{}, err
	}
	p := indicatorsPage{shell: s.shell(r, "indicators.title"), Total: len(all), Query: r.values.Get("q"), Hidden: nil}
	p.Hidden, p.Clear = p.carriedBeside("q"), p.With("q", "")
	list := []measure.Indicator{}
	query := search.ParseQuery(p.Query)
	for _, i := range all {
		if query.Match(search.Padded(search.Index(i.Name, i.Code, i.Dataflow, i.Description)...)) {
			list = append(list, i)
		}
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	profiles, err := s.profiles(ctx, p.shell, catalogue)
	if err != nil {
		return answer{}, err
	}
	p.World = profiles(byWorld, measure.World)
	shown := p.cut(p.shell, len(list), shownIndicators)
	for _, i := range list[shown.from:shown.to] {
		p.Indicators = append(p.Indicators, HeldIndicator{i, p.URL(indicatorPath(i.IndicatorKey))})
	}
	return answer{template: "indicators", page: p, data: map[string]any{"total": len(all), "indicators": list}, csv: func(w io.Writer) error { return writeIndicators(w, list) }}, nil
}

// indicatorPath is the address of an indicator: its table and its code.
func indicatorPath(k measure.IndicatorKey) string { return "/indicator/" + k.Dataflow + "/" + k.Code }

// indicatorOf reads what indicatorPath wrote. A code may hold a stroke, a table's name may not.
func indicatorOf(id string) measure.IndicatorKey {
	dataflow, code, _ := strings.Cut(id, "/")
	return measure.IndicatorKey{Dataflow: dataflow, Code: code}
}

func writeIndicators(to io.Writer, list []measure.Indicator) error {
	var columns []sheet.Column
	for _, name := range strings.Fields("dataflow indicator name unit parent areas series observations latest") {
		columns = append(columns, sheet.Column{Name: name})
	}
	w, err := sheet.NewWriter(to, columns...)
	if err != nil {
		return err
	}
	for _, i := range list {
		if err := w.Write(i.Dataflow, i.Code, i.Name, i.Unit, i.Parent, strconv.Itoa(i.Areas), strconv.Itoa(i.Series), strconv.Itoa(i.Observations), i.Latest); err != nil {
			return err
		}
	}
	return w.Flush()
}

package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"resolute"
	"resolute/internal/measure"
)

// The views of an indicator; the first is the default.
var indicatorViews = []string{"chart", "map", "ranking", "table", "divide", "revisions"}

type indicatorPage struct {
	*shell
	About   measure.Indicator
	View    string
	Tabs    []Link
	Breaks  []Choice // dimensions that take the indicator apart
	Choices []Choice
	Chips   []Link
	Clear   string
	Hidden  []Pair
	Lead    string
	Percent bool
	Words   bool // its values are words: nothing is drawn or reckoned
	Parent  *Link
	Own     bool // the heading is in the page's language, not what the source prints

	Compared  []ComparedLine
	Year      string // of the comparison
	Chart     *IndicatorChart
	Forecast  *ForecastPart
	Map       *IndicatorMap
	Ranking   []RankLine
	Years     []string
	Table     []AreaValues
	Divide    *DividePart
	Revisions *RevisionsPart
	Known     IndicatorAbout
	Formulas  []Link // of what the view shows; Code is the formula
	Files     IndicatorFiles
}

// indicator shows one indicator: chart, map, ranking, table, divide or what was revised, each with its
// own address.
func (s *Site) indicator(ctx context.Context, r *request) (answer, error) {
	key := indicatorOf(r.http.PathValue("id"))
	about, found, err := s.aboutIndicator(ctx, r, key)
	if err != nil {
		return answer{}, err
	}
	if !found {
		return answer{}, s.missing(r.http)
	}
	series, err := s.Measure.Series(ctx, key, r.head.Seq)
	if err != nil {
		return answer{}, err
	}
	p := &indicatorPage{shell: s.shell(r, "nav.indicators"), About: about, View: r.oneOf("view", indicatorViews), Percent: about.Unit == "%"}
	p.Heading = cmp.Or(about.Name, about.Code)
	dims := p.breakdowns(series)
	frame, err := s.Measure.FrameOf(ctx, key, series, dims, r.head.Seq)
	if err != nil {
		return answer{}, err
	}
	p.call(frame)
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	v := viewOf(p.shell, frame, catalogue)
	v.experience = func(ofGroups bool) (*measure.Experience, error) {
		x, err := s.Measure.Experience(ctx, key, dims, r.head.Seq)
		if err != nil || !ofGroups {
			return x, err
		}
		return s.Measure.OfGroups(ctx, x, catalogue, r.head.Seq)
	}
	if err := s.readCompared(ctx, r, p, v); err != nil {
		return answer{}, err
	}
	p.fill(v, series)
	if err := s.fillView(ctx, r, p, v); err != nil {
		return answer{}, err
	}
	p.Year, p.Known, p.Formulas, p.Files = strconv.Itoa(v.year), p.about(v), p.formulas(v), p.files(v)
	if err := s.withWeights(ctx, r, p, v); err != nil {
		return answer{}, err
	}
	p.Notices = r.notices
	return p.answer(v), nil
}

// call gives the indicator its name in the page's language, where the catalogue of indicators knows one. In
// English, in which sources name theirs, the source's words stay.
func (p *indicatorPage) call(frame measure.Frame) {
	if c, known := frame.Concept(); known && p.Lang != resolute.English {
		p.Heading, p.Own = p.called(c.Name, p.Heading)
	}
}

func (s *Site) aboutIndicator(ctx context.Context, r *request, key measure.IndicatorKey) (measure.Indicator, bool, error) {
	list, err := s.Measure.Indicators(ctx, r.head.Seq)
	if err != nil {
		return measure.Indicator{}, false, err
	}
	i := slices.IndexFunc(list, func(i measure.Indicator) bool { return i.IndicatorKey == key })
	if i < 0 {
		return measure.Indicator{}, false, nil
	}
	return list[i], true, nil
}

// breakdowns offers the dimensions that take the indicator apart and gives those that are chosen;
// without a choice the figures that state none.
func (p *indicatorPage) breakdowns(series []measure.Series) map[string]string {
	var offered []string
	dims := map[string]map[string]string{}
	for _, one := range series {
		if _, known := dims[one.DimsText]; !known {
			dims[one.DimsText] = one.Dims
			offered = append(offered, one.DimsText)
		}
	}
	slices.SortFunc(offered, func(a, b string) int { return cmp.Or(cmp.Compare(len(dims[a]), len(dims[b])), cmp.Compare(a, b)) })
	chosen := p.request.oneOf("where", offered)
	if len(offered) > 1 {
		c := Choice{Name: "where", Label: p.T("indicator.breakdown")}
		for _, text := range offered {
			c.Options = append(c.Options, Option{Value: text, Text: p.dims(dims[text]), Chosen: text == chosen})
		}
		p.Breaks = append(p.Breaks, c)
	}
	return dims[chosen]
}

// dims writes dimensions for people: SEX F, AGE 15-24.
func (p *indicatorPage) dims(dims map[string]string) string {
	if len(dims) == 0 {
		return p.T("indicator.whole")
	}
	var parts []string
	for name, value := range dims {
		parts = append(parts, strings.ReplaceAll(name, "_", " ")+" "+value)
	}
	slices.Sort(parts)
	return strings.Join(parts, p.Comma())
}

func (s *Site) fillView(ctx context.Context, r *request, p *indicatorPage, v *frameView) (err error) {
	if p.About.Parent != "" {
		p.Parent = &Link{Href: p.URL(indicatorPath(measure.IndicatorKey{Dataflow: p.About.Dataflow, Code: p.About.Parent})), Text: p.About.Parent}
	}
	if p.View == "revisions" {
		p.Revisions, err = s.revisions(ctx, r, p, v)
		return err
	}
	if p.Words {
		return nil
	}
	switch p.View {
	case "map":
		p.Map = p.worldMap(v)
	case "ranking":
		p.Ranking, p.Compared = p.ranking(v), p.comparison(v)
	case "table":
		p.fillTable(v)
		p.Compared = p.comparison(v)
	case "divide":
		p.Divide, err = s.divide(ctx, r, p, v)
	default:
		if p.Forecast, err = p.forecast(v); err != nil {
			return err
		}
		p.Chart, p.Compared = p.chart(v), p.comparison(v)
	}
	return err
}

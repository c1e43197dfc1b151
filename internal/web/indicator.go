package web

import (
	"cmp"
	"context"
	"encoding/json"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/framework"
	"resolute/internal/measure"
)

// The views of an indicator; the first is the default.
var indicatorViews = []string{"chart", "map", "ranking", "table", "divide"}

// mostCompared is how many areas a chart shows at once.
const mostCompared = 6

type indicatorPage struct {
	*shell
	About     measure.Indicator
	View      string
	Tabs      []Link
	Breaks    []Choice // dimensions that take the indicator apart
	Choices   []Choice
	Chips     []Link
	Clear     string
	Hidden    []Pair
	Lead      string
	Percent   bool
	Direction string // whether more or less is better; empty: the catalogue of indicators does not say
	Words     bool   // its values are words: nothing is drawn or reckoned

	Chart   *IndicatorChart
	Map     *IndicatorMap
	Ranking []RankLine
	Years   []string
	Table   []AreaValues
	Divide  *DividePart
	Sources []string
	Notes   []string
	Parent  *Link
	Whole   string // the plain form of everything held of it
}

// frameView is what the parts of the page are made from.
type frameView struct {
	*shell
	frame     measure.Frame
	catalogue *framework.Catalogue
	chosen    []measure.AreaSeries
	way       int // 1: more is better, -1: less is better, 0: the catalogue of indicators does not say
	first     int // year
	last      int
	year      int // that the map and the ranking show

	experience func() (*measure.Experience, error) // of the frame, for what is expected
}

// indicator shows one indicator: chart, map, ranking, table or divide, each with its own address.
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
	p := indicatorPage{shell: s.shell(r, "nav.indicators"), About: about, View: r.oneOf("view", indicatorViews)}
	p.Heading = cmp.Or(about.Name, about.Code)
	dims := p.breakdowns(series)
	frame, err := s.Measure.FrameOf(ctx, key, series, dims, r.head.Seq)
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	v := viewOf(p.shell, frame, catalogue)
	p.Percent = about.Unit == "%"
	v.experience = func() (*measure.Experience, error) { return s.Measure.Experience(ctx, key, dims, r.head.Seq) }
	p.fill(v, series)
	if err := p.fillView(v); err != nil {
		return answer{}, err
	}
	return answer{template: "indicator", page: p, data: p.data(v), csv: v.csv}, nil
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

func viewOf(p *shell, frame measure.Frame, c *framework.Catalogue) *frameView {
	v := &frameView{shell: p, frame: frame, catalogue: c}
	for _, a := range frame.Areas {
		for _, point := range a.Points {
			if v.first == 0 || point.Year < v.first {
				v.first = point.Year
			}
			v.last = max(v.last, point.Year)
		}
	}
	if from, err := strconv.Atoi(yearOf(p.request.period.From)); err == nil {
		v.first = max(v.first, from)
	}
	if to, err := strconv.Atoi(yearOf(p.request.period.To)); err == nil {
		v.last = min(v.last, to)
	}
	for i, a := range v.frame.Areas {
		v.frame.Areas[i].Points = slices.DeleteFunc(slices.Clone(a.Points), func(point measure.Point) bool { return point.Year < v.first || point.Year > v.last })
	}
	for _, code := range p.request.values["area"] {
		if a, ok := v.areaOf(code); ok && len(v.chosen) < mostCompared {
			v.chosen = append(v.chosen, a)
		}
	}
	if c, known := v.frame.Concept(); known {
		v.way = c.Direction
	}
	v.year = v.frame.LastFullYear()
	if year, err := strconv.Atoi(p.request.values.Get("year")); err == nil && year >= v.first && year <= v.last {
		v.year = year
	}
	return v
}

// areaOf finds the series of a country, whichever of its codes the source prints.
func (v *frameView) areaOf(iso2 string) (measure.AreaSeries, bool) {
	country, known := v.catalogue.Country(iso2)
	for _, a := range v.frame.Areas {
		if a.Area == iso2 || known && (a.Area == country.ISO3 || a.Area == country.ISO2 || a.Area == country.M49) {
			return a, true
		}
	}
	return measure.AreaSeries{}, false
}

// name gives an area its name in the page's language; a code that is not in the list of countries
// keeps the name that the source prints.
func (v *frameView) name(a measure.AreaSeries) Passage {
	if country, ok := v.catalogue.Country(a.Area); ok {
		return v.In(country.Name)
	}
	if a.Area == measure.NoArea {
		return Passage{Text: v.T("indicator.no_area")}
	}
	return Passage{Text: cmp.Or(a.Name, a.Area)}
}

// iso2 is the code of a country in our addresses; empty for what is none.
func (v *frameView) iso2(a measure.AreaSeries) string {
	country, _ := v.catalogue.Country(a.Area)
	return country.ISO2
}

// figure writes a value with no more digits than it deserves: one decimal of a percentage, none of
// counts above a thousand, else as printed up to three.
func (v *frameView) figure(value float64) string {
	return figureIn(v.shell, v.frame.Unit, value)
}

func figureIn(p *shell, unit string, value float64) string {
	switch {
	case unit == "%":
		return p.Decimal(value, 1)
	case value >= 1000 || value <= -1000:
		return p.Decimal(value, 0)
	}
	return p.Decimal(value, 2)
}

// fill fills what every view shows.
func (p *indicatorPage) fill(v *frameView, series []measure.Series) {
	for _, view := range indicatorViews {
		p.Tabs = append(p.Tabs, Link{Href: p.With("view", strings.TrimPrefix(view, "chart")), Text: p.T("indicator.view." + view), Current: view == p.View})
	}
	values, estimates, economies := 0, 0, 0
	for _, a := range v.frame.Areas {
		if len(a.Points) > 0 && measure.Economy(v.catalogue, a.Area) {
			economies++
		}
		for _, point := range a.Points {
			values++
			if point.Estimated {
				estimates++
			}
		}
	}
	p.Words = !slices.ContainsFunc(series, holdsNumbers)
	p.Lead = p.T("indicator.lead", "n", economies, "from", strconv.Itoa(v.first), "to", strconv.Itoa(v.last), "values", values, "estimates", estimates)
	if values == 0 {
		p.Lead = p.T("absent.no_data")
	}
	switch v.way {
	case 1:
		p.Direction = p.T("indicator.more_better")
	case -1:
		p.Direction = p.T("indicator.less_better")
	}
	p.Sources, p.Notes = sourcesOf(v.frame)
	if p.About.Parent != "" {
		p.Parent = &Link{Href: p.URL(indicatorPath(measure.IndicatorKey{Dataflow: p.About.Dataflow, Code: p.About.Parent})), Text: p.About.Parent}
	}
	p.Choices = append(slices.Clone(p.Breaks), p.areaChoice(v))
	if p.View == "map" || p.View == "ranking" {
		p.Choices = append(slices.Clone(p.Breaks), p.yearChoice(v))
	}
	p.Hidden = p.carriedBeside("where", "year")
	for _, a := range v.chosen {
		code := v.iso2(a)
		p.Chips = append(p.Chips, Link{Href: p.Toggle("area", code), Text: v.name(a).Text, Code: "area"})
	}
	p.Clear = p.With("area", "")
}

// holdsNumbers tells whether a series has something that can be drawn, in whatever years.
func holdsNumbers(s measure.Series) bool {
	return slices.ContainsFunc(s.Observations, func(o measure.Observation) bool { return !o.Words && o.Value != "" })
}

// sourcesOf lists whose figures these are, and what is noted with them, most frequent first.
func sourcesOf(f measure.Frame) (sources, notes []string) {
	bySource, byNote := map[string]int{}, map[string]int{}
	for _, a := range f.Areas {
		for _, p := range a.Points {
			bySource[p.Source]++
			byNote[p.Note]++
		}
	}
	return frequent(bySource), frequent(byNote)
}

// mostNotes is how many sources and notes a page lists.
const mostNotes = 8

func frequent(counts map[string]int) []string {
	delete(counts, "")
	list := make([]string, 0, len(counts))
	for text := range counts {
		list = append(list, text)
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	return list[:min(len(list), mostNotes)]
}

func (p *indicatorPage) areaChoice(v *frameView) Choice {
	c := Choice{Name: "area", Label: p.T("indicator.add_area"), All: p.T("indicator.no_more")}
	for _, a := range v.frame.Areas {
		code := v.iso2(a)
		if code != "" && len(a.Points) > 0 && !slices.Contains(p.request.values["area"], code) {
			c.Options = append(c.Options, Option{Value: code, Text: v.name(a).Text})
		}
	}
	order := p.Order()
	slices.SortFunc(c.Options, func(a, b Option) int { return order(a.Text, b.Text) })
	return c
}

func (p *indicatorPage) yearChoice(v *frameView) Choice {
	c := Choice{Name: "year", Label: p.T("indicator.year")}
	for year := v.last; year >= v.first && year > 0; year-- {
		c.Options = append(c.Options, Option{Value: strconv.Itoa(year), Text: strconv.Itoa(year), Chosen: year == v.year})
	}
	return c
}

func (p *indicatorPage) fillView(v *frameView) (err error) {
	if p.Words {
		return nil
	}
	switch p.View {
	case "map":
		p.Map = p.worldMap(v)
	case "ranking":
		p.Ranking = p.ranking(v)
	case "table":
		p.fillTable(v)
	case "divide":
		p.Divide, err = p.divide(v)
	default:
		p.Chart, err = p.chart(v)
	}
	return err
}

// IndicatorChart is the chart of lines with its words.
type IndicatorChart struct {
	SVG       template.HTML
	Estimates bool
	Ahead     bool
	Gaps      bool
	Forecast  *ForecastPart
	Middle    bool // it shows the middle of all economies
}

// jsonValue is a value as data.
type jsonValue struct {
	Period string          `json:"period"`
	Value  json.RawMessage `json:"value"` // the decimal as it was received
	Status string          `json:"status"`
	Source string          `json:"source"`
	Note   string          `json:"note"`
}

type jsonArea struct {
	Area   string      `json:"area"` // code of the source
	ISO2   string      `json:"iso2"`
	Name   string      `json:"name"` // as the source prints it
	Values []jsonValue `json:"values"`
}

// data is what the page shows, as data: all areas, or those chosen.
func (p *indicatorPage) data(v *frameView) any {
	areas := []jsonArea{}
	for _, a := range v.shown() {
		one := jsonArea{Area: a.Area, ISO2: v.iso2(a), Name: a.Name, Values: []jsonValue{}}
		for _, point := range a.Points {
			one.Values = append(one.Values, jsonValue{point.Period, json.RawMessage(decimalJSON(point.Text)), point.Status, point.Source, point.Note})
		}
		areas = append(areas, one)
	}
	return map[string]any{"indicator": p.About, "data_version": p.request.head.Seq, "areas": areas}
}

// decimalJSON writes a decimal as JSON wants it: without a leading plus, zeros or a bare point.
func decimalJSON(text string) string {
	if json.Valid([]byte(text)) {
		return text
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "null"
	}
	return strconv.FormatFloat(value, 'f', -1, 64)
}

// shown are the areas chosen, else all.
func (v *frameView) shown() []measure.AreaSeries {
	if len(v.chosen) > 0 {
		return v.chosen
	}
	return v.frame.Areas
}

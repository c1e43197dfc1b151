package web

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"resolute"
	"resolute/internal/measure"
)

// mostCompared is how many countries and groups are set beside each other at once.
const mostCompared = 6

// compared is a country or a group that is set beside others.
type compared struct {
	param, code string // of the address: area KE, group LDC
	name        Passage
	series      measure.AreaSeries    // of a group only the figures that enough areas make
	figures     []measure.GroupFigure // of a group, one a year; nil: a country
}

func (c compared) group() bool { return c.param == "group" }

// longestLabel is how many signs of a name have room at the end of a line.
const longestLabel = 12

// label is the name at the end of a line, or the code when the name is long; the table below has both.
func (c compared) label() string {
	if utf8.RuneCountInString(c.name.Text) <= longestLabel {
		return c.name.Text
	}
	return c.code
}

// readCompared takes the countries and groups of the address. What is too many, and what names nothing,
// is told.
func (s *Site) readCompared(ctx context.Context, r *request, p *indicatorPage, v *frameView) error {
	for _, code := range r.values["area"] {
		a := v.areaOf(code)
		v.compared = append(v.compared, compared{param: "area", code: code, name: v.name(a), series: a})
	}
	keys := p.groupKeys(v)
	for _, key := range keys {
		v.compared = append(v.compared, compared{param: "group", code: key, name: v.groupName(key)})
	}
	if left := v.compared[min(len(v.compared), mostCompared):]; len(left) > 0 {
		var names []string
		for _, one := range left {
			names, r.misread = append(names, one.told()), append(r.misread, one.param+"="+one.code)
			r.values[one.param] = slices.DeleteFunc(slices.Clone(r.values[one.param]), func(code string) bool { return code == one.code })
		}
		r.notices = append(r.notices, p.T("indicator.too_many", "most", mostCompared, "names", p.List(names)))
		v.compared = v.compared[:mostCompared]
	}
	return s.fillGroups(ctx, r, p, v)
}

// groupKeys are the groups of the address, as the tables write them, each once.
func (p *indicatorPage) groupKeys(v *frameView) (keys []string) {
	var unknown []string
	for _, asked := range p.request.groups {
		key, known := measure.World, strings.EqualFold(asked, measure.World)
		if !known {
			g, there := v.catalogue.Group(asked)
			key, known = g.Key, there
		}
		switch {
		case !known:
			unknown = append(unknown, "group="+asked)
		case !slices.Contains(keys, key):
			keys = append(keys, key)
		}
	}
	p.request.values["group"] = keys
	if len(keys) == 0 {
		p.request.values.Del("group")
	}
	p.request.refuse(unknown)
	return keys
}

// groupName names a group.
func (v *frameView) groupName(key string) Passage {
	if key == measure.World {
		return Passage{Text: v.T("indicator.world")}
	}
	g, _ := v.catalogue.Group(key)
	return v.In(g.Name)
}

// told is the name where the code does not stand beside it: regions of several schemes share their names.
func (c compared) told() string {
	if strings.Contains(c.code, ":") {
		return c.name.Text + " (" + c.code + ")"
	}
	return c.name.Text
}

// fillGroups reckons the figures of the groups that are compared.
func (s *Site) fillGroups(ctx context.Context, r *request, p *indicatorPage, v *frameView) error {
	var keys []string
	for _, one := range v.compared {
		if one.group() {
			keys = append(keys, one.code)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	figures, err := s.groupFigures(ctx, r, v, keys)
	if resolute.CodeOf(err) == resolute.Invalid {
		r.notices = append(r.notices, p.T("indicator.no_group"))
		return nil
	}
	if err != nil {
		return err
	}
	for i, one := range v.compared {
		if one.group() {
			v.compared[i].figures = figures[one.code]
			v.compared[i].series = measure.SeriesOfGroup(one.code, figures[one.code])
		}
	}
	return nil
}

// groupFigures gives the figures of groups, by key.
func (s *Site) groupFigures(ctx context.Context, r *request, v *frameView, keys []string) (map[string][]measure.GroupFigure, error) {
	groups, err := s.Measure.Groups(ctx, v.frame, v.catalogue, measure.GroupQuery{Groups: keys}, r.head.Seq)
	if err != nil {
		return nil, err
	}
	byKey := map[string][]measure.GroupFigure{}
	for _, f := range groups.Figures {
		byKey[f.Group] = append(byKey[f.Group], f)
	}
	return byKey, nil
}

// ComparedLine is a country or group in the table of what is compared.
type ComparedLine struct {
	Line      int // of the chart, for its colour
	Group     bool
	Name      Passage
	Code      string
	Href      string // of a country
	Value     string // empty: none in this year
	Absent    string // why there is no value
	Year      string
	Estimated bool
	Change    string // since the first year
	Since     string
	Rests     []string
}

// comparison writes what each country and group rests on in the year.
func (p *indicatorPage) comparison(v *frameView) (lines []ComparedLine) {
	for i, one := range v.compared {
		l := ComparedLine{Line: i, Group: one.group(), Name: one.name, Code: one.code, Year: strconv.Itoa(v.year), Absent: p.T("absent.no_data")}
		if point, ok := one.series.At(v.year); ok {
			l.Value, l.Estimated = v.figure(point.Value), point.Estimated
			if begin := one.series.Points[0]; begin.Year < v.year {
				l.Change, l.Since = p.signed(v.frame.Unit, point.Value-begin.Value), strconv.Itoa(begin.Year)
			}
			l.Rests = given(point.Source, point.Note)
		}
		if !one.group() {
			l.Href = p.URL("/area/" + one.code)
		} else if f, ok := figureOfYear(one.figures, v.year); ok {
			l.Absent, l.Rests = p.T("indicator.insufficient"), p.restsOf(f)
			l.Rests = append(l.Rests, p.changing(one.figures)...)
		}
		lines = append(lines, l)
	}
	return lines
}

// given are the texts that are not empty.
func given(texts ...string) []string {
	return slices.DeleteFunc(texts, func(text string) bool { return text == "" })
}

func figureOfYear(figures []measure.GroupFigure, year int) (measure.GroupFigure, bool) {
	i := slices.IndexFunc(figures, func(f measure.GroupFigure) bool { return f.Year == year })
	if i < 0 {
		return measure.GroupFigure{}, false
	}
	return figures[i], true
}

// restsOf says by which rule a figure of a group is made, and of what.
func (p *indicatorPage) restsOf(f measure.GroupFigure) []string {
	rests := []string{p.ruleOf(f)}
	rests = append(rests, p.T("indicator.covers", "used", f.Areas, "of", f.Of, "share", p.share(f.Coverage)), p.T("indicator.share_estimated", "share", p.share(f.Estimated)))
	if f.Members != "" {
		rests = append(rests, p.T("indicator.members_on", "day", p.Day(f.Members)))
	}
	return rests
}

// ruleOf names the rule of a figure, with what areas are weighed by.
func (p *indicatorPage) ruleOf(f measure.GroupFigure) string {
	rule := p.T("indicator.rule." + f.Rule)
	if f.WeighedBy != "" {
		rule += p.Comma() + p.T("indicator.weighed_by", "what", f.WeighedBy)
	}
	return rule
}

// share writes a share in whole percent; nothing estimated of nothing is none.
func (p *indicatorPage) share(n measure.Number) string {
	if math.IsNaN(float64(n)) {
		return p.Decimal(0, 0)
	}
	return p.Decimal(100*float64(n), 0)
}

// changing says that the areas behind a line are not the same in all years.
func (p *indicatorPage) changing(figures []measure.GroupFigure) []string {
	fewest, most, changed := 0, 0, false
	for _, f := range figures {
		if !f.Sufficient {
			continue
		}
		if fewest == 0 || f.Areas < fewest {
			fewest = f.Areas
		}
		most, changed = max(most, f.Areas), changed || f.Changed
	}
	if !changed {
		return nil
	}
	return []string{p.T("indicator.areas_change", "fewest", fewest, "most", most)}
}

package web

import (
	"slices"
	"strconv"
	"strings"

	"resolute/internal/measure"
)

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
	p.fillForm(v)
}

// fillForm fills the choices of the view, and what is chosen.
func (p *indicatorPage) fillForm(v *frameView) {
	p.Choices = slices.Clone(p.Breaks)
	if p.View == "map" || p.View == "ranking" {
		p.Choices = append(p.Choices, p.yearChoice(v))
	}
	p.Choices = append(p.Choices, p.areaChoice(v), p.groupsChoice(v))
	p.Hidden = p.carriedBeside("where", "year", "period")
	for _, one := range v.compared {
		p.Chips = append(p.Chips, Link{Href: p.Toggle(one.param, one.code), Text: one.told(), Code: one.param})
	}
	cleared := clone(p.request.values)
	cleared.Del("area")
	cleared.Del("group")
	cleared.Del("page")
	p.Clear = p.address(p.request.http.URL.Path, cleared)
}

// holdsNumbers tells whether a series has something that can be drawn, in whatever years.
func holdsNumbers(s measure.Series) bool {
	return slices.ContainsFunc(s.Observations, func(o measure.Observation) bool { return !o.Words && o.Value != "" })
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

// groupsChoice offers the world and the groups of the tables, in their order.
func (p *indicatorPage) groupsChoice(v *frameView) Choice {
	c := Choice{Name: "group", Label: p.T("indicator.add_group"), All: p.T("indicator.no_more")}
	offer := func(key string) {
		if !slices.Contains(p.request.values["group"], key) {
			c.Options = append(c.Options, Option{Value: key, Text: compared{code: key, name: v.groupName(key)}.told()})
		}
	}
	offer(measure.World)
	for _, g := range v.catalogue.Groups() {
		offer(g.Key)
	}
	return c
}

func (p *indicatorPage) yearChoice(v *frameView) Choice {
	c := Choice{Name: "year", Label: p.T("indicator.year")}
	for year := v.last; year >= v.first && year > 0; year-- {
		c.Options = append(c.Options, Option{Value: strconv.Itoa(year), Text: strconv.Itoa(year), Chosen: year == v.year})
	}
	return c
}

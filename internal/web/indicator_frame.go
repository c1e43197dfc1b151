package web

import (
	"cmp"
	"slices"
	"strconv"

	"resolute/internal/framework"
	"resolute/internal/measure"
)

// frameView is what the parts of the page are made from.
type frameView struct {
	*shell
	frame     measure.Frame // in the years that are shown
	catalogue *framework.Catalogue
	compared  []compared
	first     int // year
	last      int
	year      int // that the map, the ranking and the comparison show
	way       int // 1: more is better, -1: less is better, 0: the catalogue of indicators does not say

	experience func(ofGroups bool) (*measure.Experience, error) // of the frame, for what is expected
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
	if c, known := v.frame.Concept(); known {
		v.way = c.Direction
	}
	v.year = v.frame.LastFullYear()
	if text := p.request.values.Get("year"); text != "" {
		year, err := strconv.Atoi(text)
		if err == nil && year >= v.first && year <= v.last {
			v.year = year
		} else {
			p.request.values.Del("year")
			p.request.refuse([]string{"year=" + text})
		}
	}
	return v
}

// areaOf finds the series of a country, whichever of its codes the source prints; a country without
// values has a series without points.
func (v *frameView) areaOf(iso2 string) measure.AreaSeries {
	country, known := v.catalogue.Country(iso2)
	for _, a := range v.frame.Areas {
		if a.Area == iso2 || known && (a.Area == country.ISO3 || a.Area == country.ISO2 || a.Area == country.M49) {
			return a
		}
	}
	return measure.AreaSeries{Area: cmp.Or(country.ISO3, iso2)}
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

// withUnit is figure with the unit behind it.
func (v *frameView) withUnit(value float64) string {
	if v.frame.Unit == "" {
		return v.figure(value)
	}
	return v.figure(value) + "\u00a0" + v.frame.Unit
}

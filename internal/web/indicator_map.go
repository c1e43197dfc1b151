package web

import (
	"html/template"
	"slices"
	"strconv"

	"resolute/internal/measure"
	"resolute/internal/measure/dispersion"
	"resolute/internal/web/chart"
)

// IndicatorMap is the map of one year, with its classes.
type IndicatorMap struct {
	SVG       template.HTML
	Steps     []MapStep
	NoData    int
	Estimates int // among the countries with a value
	Year      string

	tiles map[string]chart.Tile
}

// MapStep is one class of the map with how many economies are in it.
type MapStep struct {
	Class string
	Words string
	N     int
}

// looksBack is how many years before the chosen one a value may be, where that year has none.
const looksBack = 5

// latest gives the value of the year, or the newest of the five years before.
func latest(a measure.AreaSeries, year int) (measure.Point, bool) {
	for _, p := range slices.Backward(a.Points) {
		if p.Year <= year {
			return p, p.Year >= year-looksBack
		}
	}
	return measure.Point{}, false
}

// bounds parts the values into five classes: at 25, 50, 75 and 90 for percentages, else into fifths.
func (v *frameView) bounds(values []float64) []float64 {
	if v.frame.Unit == "%" {
		return []float64{25, 50, 75, 90}
	}
	var list []float64
	for _, p := range []float64{20, 40, 60, 80} {
		list = append(list, dispersion.Percentile(values, p))
	}
	return list
}

func (p *indicatorPage) worldMap(v *frameView) *IndicatorMap {
	m := &IndicatorMap{Year: strconv.Itoa(v.year)}
	shown := map[string]measure.Point{}
	var values []float64
	for _, a := range v.frame.Areas {
		if code := v.iso2(a); chart.Tiled(code) {
			if point, ok := latest(a, v.year); ok {
				shown[code], values = point, append(values, point.Value)
			}
		}
	}
	bounds := v.bounds(values)
	counts := make([]int, len(bounds)+1)
	tiles := map[string]chart.Tile{}
	for code, point := range shown {
		class := 0
		for class < len(bounds) && point.Value >= bounds[class] {
			class++
		}
		counts[class]++
		if point.Estimated {
			m.Estimates++
		}
		tiles[code] = chart.Tile{Class: "q" + strconv.Itoa(class+1), Href: p.URL("/area/" + code), Words: v.words(code, point), Here: slices.Contains(p.request.values["area"], code), Open: point.Estimated}
	}
	for _, code := range chart.TiledCountries() {
		if _, known := tiles[code]; !known {
			tiles[code] = chart.Tile{Class: "nd", Href: p.URL("/area/" + code), Words: v.countryName(code) + p.Colon() + p.T("absent.no_data")}
			m.NoData++
		}
	}
	m.Steps, m.tiles = v.steps(bounds, counts), tiles
	m.SVG = chart.Tiles("m1", p.Heading+", "+m.Year, p.T("indicator.map_words"), p.T("absent.no_data"), tiles)
	return m
}

func (v *frameView) countryName(code string) string {
	country, _ := v.catalogue.Country(code)
	return v.In(country.Name).Text
}

// words say what stands in a tile: Kenya: 35.0 %, 2024, estimate.
func (v *frameView) words(code string, point measure.Point) string {
	text := v.countryName(code) + v.Colon() + v.figure(point.Value)
	if v.frame.Unit != "" {
		text += "\u00a0" + v.frame.Unit
	}
	text += v.Comma() + point.Period
	if point.Estimated {
		text += v.Comma() + v.T("indicator.estimate")
	}
	return text
}

func (v *frameView) steps(bounds []float64, counts []int) (steps []MapStep) {
	for i, n := range counts {
		s := MapStep{Class: "q" + strconv.Itoa(i+1), N: n}
		switch {
		case i == 0:
			s.Words = v.T("indicator.under", "value", v.figure(bounds[0]))
		case i == len(bounds):
			s.Words = v.T("indicator.over", "value", v.figure(bounds[i-1]))
		default:
			s.Words = v.T("indicator.between", "from", v.figure(bounds[i-1]), "to", v.figure(bounds[i]))
		}
		steps = append(steps, s)
	}
	return steps
}

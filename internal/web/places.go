package web

import (
	"context"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/coverage"
	"resolute/internal/web/chart"
)

type placesPage struct {
	*shell
	Tabs      []Link
	Choices   []Choice
	Hidden    []Pair
	Chips     []Link
	Clear     string
	Map       template.HTML
	Steps     []Step
	Rows      []Line // countries with something, most first
	Off       []Line // those of them that have no tile
	Region    Line   // for a region, with or without a country beside it
	Placeless Line
	Of        string // what the tiles count
	Any       bool
	Answered  int // countries with an activity

	Located      coverage.LocationList
	Locations    []LocationLine // the first of them
	AllLocations string         // the page of all
	Unlocated    string         // the list of activities that state none
}

// What a tile can count, by the values of the parameter.
var placesShow = []string{"activities", "organisations", "proposed"}

// places shows where activities are: a tile for each country, those without a place beside the map,
// and a table that says the same.
func (s *Site) places(ctx context.Context, r *request) (answer, error) {
	show := r.oneOf("show", placesShow)
	t, err := s.Coverage.Table(ctx, r.query(coverage.ByCountry))
	if err != nil {
		return answer{}, err
	}
	catalogue, err := s.Coverage.Catalogue(ctx)
	if err != nil {
		return answer{}, err
	}
	p := placesPage{shell: s.shell(r, "places.title"), Of: show, Any: t.Total.Activities > 0}
	p.converted = t.Conversion
	label := s.labels(ctx, p.shell, catalogue)
	for _, what := range placesShow {
		p.Tabs = append(p.Tabs, Link{Href: p.With("show", strings.TrimPrefix(what, placesShow[0])), Text: p.T("matrix.show." + what), Current: what == show})
	}
	p.Choices = []Choice{p.regionChoice(catalogue, label), p.groupChoice(label)}
	p.Hidden, p.Chips, p.Clear = p.carriedBeside("region", "group", "period"), p.chips(label), p.cleared("/places", "show")
	p.Steps = p.steps()
	p.Steps[0].Words = p.T("places.none")
	p.fillMap(t, show)
	if _, err := s.withProfiles(ctx, p.shell, catalogue, coverage.ByCountry, p.Rows); err != nil {
		return answer{}, err
	}
	p.Placeless, p.Region = p.line(coverage.ByCountry, t.Unlinked), p.regionOnly(t)
	if err := p.fillLocations(ctx, s, r, catalogue); err != nil {
		return answer{}, err
	}
	return answer{template: "places", page: p, data: t.JSON(r.lang), csv: tableCSV(t, r)}, nil
}

// counted gives what a tile counts.
func counted(row coverage.Row, show string) int {
	switch show {
	case "organisations":
		return row.Organisations
	case "proposed":
		return row.Open.Activities
	}
	return row.Activities
}

func (p *placesPage) fillMap(t coverage.Table, show string) {
	tiles := map[string]chart.Tile{}
	rows := slices.Clone(t.Rows)
	slices.SortStableFunc(rows, func(a, b coverage.Row) int { return counted(b, show) - counted(a, show) })
	for _, row := range rows {
		n := counted(row, show)
		if row.ID == coverage.RegionRow {
			continue
		}
		name := p.In(row.Title).Text
		tiles[row.ID] = chart.Tile{Class: "q" + strconv.Itoa(shade(n)), Href: p.URL("/area/" + row.ID), Words: name + p.Colon() + p.Count(n)}
		if n == 0 {
			continue
		}
		line := p.line(coverage.ByCountry, row)
		p.Rows = append(p.Rows, line)
		p.Answered += oneIf(row.Activities > 0)
		if !chart.Tiled(row.ID) {
			p.Off = append(p.Off, line)
		}
	}
	p.Map = chart.Tiles("pm", p.Heading, p.T("places.map_words"), p.T("absent.no_data"), tiles)
}

func oneIf(claim bool) int {
	if claim {
		return 1
	}
	return 0
}

// regionOnly is the row of activities for a region, also of those that name a country beside it.
func (p *placesPage) regionOnly(t coverage.Table) Line {
	row, _ := t.Row(coverage.RegionRow)
	return p.line(coverage.ByCountry, row)
}

package web

import (
	"strconv"
	"strings"

	"resolute/internal/web/chart"
)

// pictured tells whether the view has a picture that can be taken away.
func (p *indicatorPage) pictured() bool {
	return p.Chart != nil || p.Map != nil || len(p.Ranking) > 0 || p.Divide != nil && p.Divide.Chart != nil
}

// pictureWidth is that of charts and rankings as files.
const pictureWidth = 900

// picture draws the view as a file of its own.
func (p *indicatorPage) picture(v *frameView) []byte {
	f := chart.File{Lang: string(p.Lang), Dir: p.Dir(), Title: p.Heading, Subtitle: p.subtitle(v), Width: pictureWidth, Height: chart.Height, Notes: []string{p.Source()}}
	switch {
	case p.Chart != nil:
		f.Drawing, f.Description, f.Key = p.Chart.drawing.Drawing(), p.Chart.drawing.Description, p.Chart.key(p)
		f.Notes = append(f.Notes, p.restsInWords(v)...)
	case p.Divide != nil:
		f.Title += p.Colon() + p.T("indicator.divide_title")
		f.Drawing, f.Description, f.Key = p.Divide.Chart.drawing.Drawing(), p.Divide.Chart.drawing.Description, p.Divide.Chart.key(p)
		f.Notes = append(f.Notes, p.Divide.Warning)
	case p.Map != nil:
		f.Subtitle = p.List(given(p.About.Unit, p.T("indicator.map_title", "year", p.Map.Year)))
		f.Drawing, f.Width, f.Height = chart.TileMap(chart.FileMap, p.T("absent.no_data"), unlinked(p.Map.tiles))
		f.Drawing = `<svg width="` + strconv.Itoa(mapScale*f.Width/10) + `" height="` + strconv.Itoa(mapScale*f.Height/10) + `" viewBox="0 0 ` + strconv.Itoa(f.Width) + ` ` + strconv.Itoa(f.Height) + `">` + f.Drawing + `</svg>`
		f.Width, f.Height = mapScale*f.Width/10, mapScale*f.Height/10
		f.Description, f.Key = p.T("indicator.map_words"), p.Map.key(p)
		f.Notes = append(f.Notes, p.T("indicator.map_note"))
	default:
		f.Subtitle = p.List(given(p.About.Unit, p.T("indicator.ranking_title"), strconv.Itoa(v.year)))
		f.Drawing, f.Height = chart.Bars(p.bars(v))
		f.Description, f.Notes = p.T("indicator.ranking_title"), append(f.Notes, p.T("indicator.ranking_note"))
	}
	return f.SVG()
}

// mapScale is how many tenths of its size the map has as a file.
const mapScale = 13

// unlinked are tiles without addresses, which would lead nowhere from a file.
func unlinked(tiles map[string]chart.Tile) map[string]chart.Tile {
	list := make(map[string]chart.Tile, len(tiles))
	for code, t := range tiles {
		t.Href = ""
		list[code] = t
	}
	return list
}

// subtitle says of what the figures are: unit, breakdown, years.
func (p *indicatorPage) subtitle(v *frameView) string {
	parts := given(p.About.Unit)
	if len(v.frame.Dims) > 0 {
		parts = append(parts, p.dims(v.frame.Dims))
	}
	if v.first > 0 {
		parts = append(parts, p.shell.Years(strconv.Itoa(v.first), strconv.Itoa(v.last)))
	}
	return p.List(parts)
}

// Source says whose figures these are, as of when, so that they can be found again.
func (p *indicatorPage) Source() string {
	return p.T("indicator.source_line", "table", p.About.Dataflow, "code", p.About.Code, "version", p.request.head.Seq, "day", p.Date(p.request.head.At))
}

// restsInWords says of each group what its line rests on.
func (p *indicatorPage) restsInWords(v *frameView) (notes []string) {
	for i, l := range p.Compared {
		if l.Group && i < len(v.compared) {
			notes = append(notes, l.Name.Text+p.Colon()+strings.Join(l.Rests, "; "))
		}
	}
	return notes
}

// key explains the marks of the chart.
func (c *IndicatorChart) key(p *indicatorPage) (key []chart.Mark) {
	for i, name := range c.Names {
		class := "ln ln" + strconv.Itoa(i)
		switch l := c.drawing.Lines[i]; {
		case l.Group:
			class = "ln grp"
		case l.Wide:
			class += " agg"
		}
		key = append(key, chart.Mark{Class: class, Text: name})
	}
	if c.Estimates {
		key = append(key, chart.Mark{Class: "dot open ln0", Shape: chart.Dot, Text: p.T("indicator.estimate")})
	}
	if c.Ahead {
		key = append(key, chart.Mark{Class: "ln ln" + strconv.Itoa(p.Forecast.Line) + " dash", Text: p.T("indicator.projection")})
	}
	if c.Banded {
		key = append(key, chart.Mark{Class: "band f" + strconv.Itoa(p.Forecast.Line), Shape: chart.Box, Text: p.T("indicator.interval")})
	}
	return key
}

// key explains the classes of the map with their counts.
func (m *IndicatorMap) key(p *indicatorPage) (key []chart.Mark) {
	for _, step := range m.Steps {
		key = append(key, chart.Mark{Class: step.Class, Shape: chart.Box, Text: step.Words + p.Colon() + p.Count(step.N)})
	}
	key = append(key, chart.Mark{Class: chart.NoData, Shape: chart.Box, Text: p.T("absent.no_data") + p.Colon() + p.Count(m.NoData)})
	if m.Estimates > 0 {
		key = append(key, chart.Mark{Class: "est", Shape: chart.Dot, Text: p.T("indicator.estimate") + p.Colon() + p.Count(m.Estimates)})
	}
	return key
}

// bars are the bars of the ranking.
func (p *indicatorPage) bars(v *frameView) (list []chart.Bar) {
	order, highest := v.order(), 0.0
	for _, r := range order {
		highest = max(highest, r.point.Value)
	}
	if p.Percent {
		highest = max(highest, 100)
	}
	for i, r := range order {
		b := chart.Bar{Name: r.name.Text, Words: v.figure(r.point.Value) + p.Comma() + r.point.Period}
		if highest > 0 {
			b.Share = r.point.Value / highest
		}
		if place := p.Ranking[i].Place; place != "" {
			b.Name = place + ". " + b.Name
		}
		if r.point.Estimated {
			b.Words += p.Comma() + p.T("indicator.estimate")
		}
		b.Open, b.Group = r.point.Estimated, r.group
		list = append(list, b)
	}
	return list
}

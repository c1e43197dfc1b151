package chart

import (
	_ "embed"
	"html"
	"html/template"
	"strconv"
	"strings"
	"sync"
)

// tileFile gives each country its place on the grid: approximate, and no opinion on status or
// borders.
//
//go:embed tiles.csv
var tileFile string

// place is the column and row of a country.
type place struct {
	iso2   string
	column int
	row    int
}

var places = sync.OnceValue(func() (list []place) {
	for i, line := range strings.Split(strings.TrimSpace(tileFile), "\n") {
		cells := strings.Split(strings.TrimSpace(line), ",")
		if i == 0 || len(cells) != 3 {
			continue
		}
		column, _ := strconv.Atoi(cells[1]) // a test reads the file
		row, _ := strconv.Atoi(cells[2])
		list = append(list, place{cells[0], column, row})
	}
	return list
})

// Tiled tells whether a country, by its code of two letters, has a tile.
func Tiled(iso2 string) bool {
	for _, p := range places() {
		if p.iso2 == iso2 {
			return true
		}
	}
	return false
}

// TiledCountries lists the codes of the countries that have a tile, in the order of the file.
func TiledCountries() []string {
	list := make([]string, len(places()))
	for i, p := range places() {
		list[i] = p.iso2
	}
	return list
}

// Tile is what a country shows: a class of the style sheet (q0 to q5, nd for no data), where it
// leads, and its words.
type Tile struct {
	Class string
	Href  string
	Words string
	Here  bool // it is the subject of the page
}

// tileSize is the side of a tile with its gap, in units of the drawing.
const tileSize = 20

// Tiles draws the map. Countries without an entry have no data.
func Tiles(id, title, description, noData string, tiles map[string]Tile) template.HTML {
	var b strings.Builder
	width, height := 0, 0
	for _, p := range places() {
		width, height = max(width, (p.column+1)*tileSize), max(height, (p.row+1)*tileSize)
	}
	b.WriteString(`<svg class="tiles" viewBox="0 0 ` + strconv.Itoa(width) + ` ` + strconv.Itoa(height) + `" role="group" aria-labelledby="` + id + `t ` + id + `d"><title id="` + id + `t">` +
		html.EscapeString(title) + `</title><desc id="` + id + `d">` + html.EscapeString(description) + `</desc>`)
	for _, p := range places() {
		t, known := tiles[p.iso2]
		if !known {
			t = Tile{Class: "nd", Words: p.iso2 + ": " + noData}
		}
		p.draw(&b, t)
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

func (p place) draw(b *strings.Builder, t Tile) {
	if t.Href != "" {
		b.WriteString(`<a href="` + html.EscapeString(t.Href) + `">`)
	}
	class := t.Class
	if t.Here {
		class += " here"
	}
	x, y := p.column*tileSize+1, p.row*tileSize+1
	b.WriteString(`<rect class="` + class + `" x="` + strconv.Itoa(x) + `" y="` + strconv.Itoa(y) + `" width="18" height="18"><title>` + html.EscapeString(t.Words) +
		`</title></rect><text x="` + strconv.Itoa(x+9) + `" y="` + strconv.Itoa(y+12) + `">` + p.iso2 + `</text>`)
	if t.Href != "" {
		b.WriteString(`</a>`)
	}
}

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
	Open  bool // an estimate: marked by a hollow dot
}

// tileSize is the side of a tile with its gap, in units of the drawing.
const tileSize = 20

// TileMap is the map as inner parts, with its size. Countries without an entry have no data, whose pattern
// is named by the id.
func TileMap(id, noData string, tiles map[string]Tile) (drawing string, width, height int) {
	var b strings.Builder
	for _, p := range places() {
		width, height = max(width, (p.column+1)*tileSize), max(height, (p.row+1)*tileSize)
	}
	pattern := "url(#" + id + "n)"
	b.WriteString(`<pattern id="` + id + `n" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="ndl" d="M0 0v4"/></pattern>`)
	for _, p := range places() {
		t, known := tiles[p.iso2]
		if !known {
			t = Tile{Class: "nd", Words: p.iso2 + ": " + noData}
		}
		p.draw(&b, t, pattern)
	}
	return b.String(), width, height
}

// Tiles draws the map for a page.
func Tiles(id, title, description, noData string, tiles map[string]Tile) template.HTML {
	drawing, width, height := TileMap(id, noData, tiles)
	return template.HTML(`<svg class="tiles" viewBox="0 0 ` + strconv.Itoa(width) + ` ` + strconv.Itoa(height) + `" role="group" aria-labelledby="` + id + `t ` + id + `d"><title id="` + id + `t">` +
		html.EscapeString(title) + `</title><desc id="` + id + `d">` + html.EscapeString(description) + `</desc>` + drawing + `</svg>`)
}

func (p place) draw(b *strings.Builder, t Tile, pattern string) {
	if t.Href != "" {
		b.WriteString(`<a href="` + html.EscapeString(t.Href) + `">`)
	}
	class, fill, text := t.Class, "", "tile"
	if t.Here {
		class += " here"
	}
	switch t.Class {
	case "nd":
		fill = ` fill="` + pattern + `"`
	case "q4", "q5":
		text = "tile lit"
	}
	x, y := p.column*tileSize+1, p.row*tileSize+1
	b.WriteString(`<rect class="` + class + `"` + fill + ` x="` + strconv.Itoa(x) + `" y="` + strconv.Itoa(y) + `" width="18" height="18"><title>` + html.EscapeString(t.Words) +
		`</title></rect><text class="` + text + `" x="` + strconv.Itoa(x+9) + `" y="` + strconv.Itoa(y+12) + `">` + p.iso2 + `</text>`)
	if t.Open {
		b.WriteString(`<circle class="est" cx="` + strconv.Itoa(x+15) + `" cy="` + strconv.Itoa(y+3) + `" r="1.7"/>`)
	}
	if t.Href != "" {
		b.WriteString(`</a>`)
	}
}

package demo

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"

	"resolute"
)

//go:embed data
var data embed.FS

// theme is a kind of work that the demonstration repeats: what its publisher would state about
// it, and how it goes.
type theme struct {
	key      string
	kind     string // activity kind
	sector   string // ITU Sector
	line     string // action line; empty: left to the rules
	dac      string // DAC sector code
	aim      string // goal or target of the 2030 Agenda; empty: none
	threads  []string
	second   []string // paragraphs of the second resolution that partners name
	concepts []string // scheme:code
	ways     []string
	title    resolute.Text
	text     resolute.Text
}

// The ways of work whose paragraphs are not answered in full, each for one gap or state.
const (
	noResult = "no-result"
	noMoney  = "no-money"
	alone    = "alone"    // one organisation carries it
	stale    = "stale"    // it ended long ago
	planned  = "planned"  // it has not begun
	unproven = "unproven" // it runs, and nothing dated shows it
)

func (t theme) goes(way string) bool { return slices.Contains(t.ways, way) }

// publisher is one fictional reporting organisation.
type publisher struct {
	ref, other, kind, currency string // other: a reference that it had before
	lang                       resolute.Lang
	countries                  []string // where it works; none: everywhere
	name                       resolute.Text
}

// place is a country of the demonstration with its regions and a point inside it.
type place struct {
	country, dacRegion, ituRegion, latitude, longitude string
}

// world is everything that activities are put together from. It is shared: do not change it.
type world struct {
	themes     []theme
	publishers []publisher
	places     []place
	countries  map[string]place
	indicators map[string]resolute.Text // title by activity kind
}

var theWorld = sync.OnceValue(func() world {
	w := world{countries: map[string]place{}, indicators: map[string]resolute.Text{}}
	for _, r := range read("themes.csv") {
		w.themes = append(w.themes, theme{key: r["key"], kind: r["kind"], sector: r["sector"], line: r["line"], dac: r["dac"], aim: r["aims"], threads: split(r["threads"], "|"), second: split(r["second"], "|"),
			concepts: split(r["concepts"], "|"), ways: strings.Fields(r["way"]), title: text(r, "title_"), text: text(r, "text_")})
	}
	for _, r := range read("publishers.csv") {
		w.publishers = append(w.publishers, publisher{ref: r["ref"], other: r["other"], kind: r["type"], currency: r["currency"], lang: resolute.Lang(r["lang"]),
			countries: strings.Fields(r["countries"]), name: text(r, "name_")})
	}
	for _, r := range read("places.csv") {
		p := place{r["country"], r["dac_region"], r["itu_region"], r["latitude"], r["longitude"]}
		w.places, w.countries[p.country] = append(w.places, p), p
	}
	for _, r := range read("indicators.csv") {
		w.indicators[r["kind"]] = text(r, "title_")
	}
	return w
})

// bytesOf gives an embedded file.
func bytesOf(file string) []byte {
	content, err := data.ReadFile("data/" + file)
	if err != nil {
		panic(err) // it is embedded
	}
	return content
}

// read gives the rows of an embedded table by the names of their columns.
func read(file string) []map[string]string {
	rows, err := csv.NewReader(bytes.NewReader(bytesOf(file))).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("data/%s: %v", file, err)) // a test reads it
	}
	list := make([]map[string]string, 0, len(rows)-1)
	for _, row := range rows[1:] {
		r := map[string]string{}
		for i, cell := range row {
			r[rows[0][i]] = cell
		}
		list = append(list, r)
	}
	return list
}

func text(row map[string]string, column string) resolute.Text {
	t := resolute.Text{}
	for _, lang := range resolute.Langs {
		if passage := row[column+string(lang)]; passage != "" {
			t[lang] = passage
		}
	}
	return t
}

func split(cell, separator string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, separator)
}

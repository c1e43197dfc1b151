package chart_test

import (
	"encoding/xml"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"resolute/internal/web/chart"
)

// sound fails for what is no well-formed XML, and for styles that the content policy forbids.
func sound(t *testing.T, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		_, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
	}
	if strings.Contains(svg, "style=") || strings.Contains(svg, "NaN") {
		t.Errorf("%s", svg)
	}
}

func lines() chart.Lines {
	return chart.Lines{ID: "c", Title: "A <title>", Description: "d", From: 2000, To: 2010, Min: 0, Max: 100, Label: func(v float64) string { return strconv.Itoa(int(v)) }}
}

func TestAMissingYearIsAGap(t *testing.T) {
	c := lines()
	c.Lines = []chart.Line{{Name: "a", Points: []chart.Point{{Year: 2000, Value: 10}, {Year: 2001, Value: 20}, {Year: 2004, Value: 50, Open: true}, {Year: 2006, Value: 60}, {Year: 2007, Value: 70}}}}
	svg := string(c.SVG())
	sound(t, svg)
	if n := strings.Count(svg, "<polyline"); n != 2 {
		t.Errorf("%d parts of the line, want 2: the year 2004 stands alone", n)
	}
	if n := strings.Count(svg, `class="dot open`); n != 1 {
		t.Errorf("%d hollow dots, want that of the estimate", n)
	}
	if !strings.Contains(svg, "A &lt;title&gt;") {
		t.Error("the title is not escaped")
	}
}

func TestAProjectionIsDashedAndHasItsBand(t *testing.T) {
	c := lines()
	c.Lines = []chart.Line{{Name: "a", Points: []chart.Point{{Year: 2000, Value: 10}, {Year: 2001, Value: 20}}, Ahead: []chart.Point{{Year: 2002, Value: 30}}, Band: []chart.Band{{Year: 2002, Low: 20, High: 40}}}}
	svg := string(c.SVG())
	sound(t, svg)
	if !strings.Contains(svg, `class="ln ln0 dash"`) || !strings.Contains(svg, `class="band f0"`) {
		t.Errorf("%s", svg)
	}
}

// Labels at one height must not cover each other, nor leave the drawing.
func TestNamesDoNotOverlap(t *testing.T) {
	c := lines()
	for i := range 6 {
		c.Lines = append(c.Lines, chart.Line{Name: "n" + strconv.Itoa(i), Points: []chart.Point{{Year: 2010, Value: 1}}})
	}
	svg := string(c.SVG())
	sound(t, svg)
	seen := map[string]bool{}
	for _, part := range strings.Split(svg, `<text class="b f`)[1:] {
		_, rest, _ := strings.Cut(part, ` y="`)
		y, _, _ := strings.Cut(rest, `"`)
		height, err := strconv.ParseFloat(y, 64)
		if err != nil || seen[y] || height < 0 || height > 300 {
			t.Errorf("a name at %q", y)
		}
		seen[y] = true
	}
	if len(seen) != 6 {
		t.Errorf("%d names, want 6", len(seen))
	}
}

func TestSteps(t *testing.T) {
	for highest, want := range map[float64][3]float64{100: {0, 100, 20}, 0: {0, 1, 1}, 7: {0, 8, 2}, 1234567: {0, 1250000, 250000}} {
		if from, to, step := chart.Steps(0, highest); [3]float64{from, to, step} != want {
			t.Errorf("to %v: got %v %v %v, want %v", highest, from, to, step, want)
		}
	}
	if from, to, step := chart.Steps(-3, 7); from > -3 || to < 7 || step <= 0 {
		t.Errorf("below zero: %v %v %v", from, to, step)
	}
}

func TestEveryCountryHasItsOwnTile(t *testing.T) {
	codes := map[string]bool{}
	for _, code := range chart.TiledCountries() {
		if len(code) != 2 || codes[code] || !chart.Tiled(code) {
			t.Errorf("code %q", code)
		}
		codes[code] = true
	}
	if len(codes) != 195 {
		t.Errorf("%d countries, want 195", len(codes))
	}
	svg := string(chart.Tiles("m", "Map", "words", "no data", map[string]chart.Tile{"KE": {Class: "q3", Href: "/area/KE?a=1&b=2", Words: "Kenya: 35", Here: true}}))
	sound(t, svg)
	places := map[string]bool{}
	for _, part := range strings.Split(svg, "<rect ")[1:] {
		_, rest, _ := strings.Cut(part, `x="`)
		place, _, _ := strings.Cut(rest, ` width`)
		if places[place] {
			t.Errorf("two countries at %s", place)
		}
		places[place] = true
	}
	if strings.Count(svg, `class="nd"`) != 194 || !strings.Contains(svg, `class="q3 here"`) || !strings.Contains(svg, "Kenya: 35") {
		t.Errorf("%.500s", svg)
	}
}

var classes = regexp.MustCompile(`class="([^"]+)"`)

// A file carries its own style: no class of a drawing may be without a rule, nor may anything be loaded.
func TestAFileBringsItsStyle(t *testing.T) {
	c := lines()
	for i := range 6 {
		c.Lines = append(c.Lines, chart.Line{Name: "n", Wide: i == 1, Group: i == 5, Points: []chart.Point{{Year: 2000, Value: 10, Open: true}, {Year: 2001, Value: 20}, {Year: 2003, Value: 20}},
			Ahead: []chart.Point{{Year: 2004, Value: 30}}, Band: []chart.Band{{Year: 2004, Low: 20, High: 40}}})
	}
	tiles, width, height := chart.TileMap(chart.FileMap, "no data", map[string]chart.Tile{"KE": {Class: "q1"}, "UG": {Class: "q2", Open: true}, "TZ": {Class: "q3"}, "RW": {Class: "q4"}, "BI": {Class: "q5", Here: true}})
	bars, barsHeight := chart.Bars([]chart.Bar{{Name: "a & b", Share: 1}, {Name: "b", Share: 0.5, Open: true, Words: "<5>"}, {Name: "c", Share: -1, Group: true}})
	for name, f := range map[string]chart.File{
		"lines": {Drawing: c.Drawing(), Width: 900, Height: chart.Height},
		"map":   {Drawing: tiles, Width: width, Height: height, Key: []chart.Mark{{Class: chart.NoData, Shape: chart.Box, Text: "no data"}}},
		"bars":  {Drawing: bars, Width: 900, Height: barsHeight},
	} {
		for _, dir := range []string{"ltr", "rtl"} {
			f.Lang, f.Dir, f.Title, f.Subtitle, f.Description = "en", dir, "A <title>", "%", "words"
			f.Notes = []string{strings.Repeat("a long note ", 40)}
			f.Key = append(f.Key, chart.Mark{Class: "ln ln0", Text: "line"}, chart.Mark{Class: "dot open ln0", Shape: chart.Dot, Text: "dot"})
			svg := string(f.SVG())
			sound(t, svg)
			_, rest, _ := strings.Cut(svg, "<style>")
			style, rest, _ := strings.Cut(rest, "</style>")
			for _, found := range classes.FindAllStringSubmatch(rest, -1) {
				for _, class := range strings.Fields(found[1]) {
					if !strings.Contains(style, "."+class+"{") && !strings.Contains(style, "."+class+".") {
						t.Errorf("%s: class %q has no rule", name, class)
					}
				}
			}
			if strings.Contains(svg, "href") || strings.Contains(svg, "@import") || !strings.Contains(svg, `xmlns="http://www.w3.org/2000/svg"`) {
				t.Errorf("%s: the file leads elsewhere, or is none of its own", name)
			}
			if n := strings.Count(svg, "note"); n != 40 {
				t.Errorf("%s: %d words of a long note, want all 40", name, n)
			}
		}
	}
}

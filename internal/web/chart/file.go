package chart

import (
	"fmt"
	"html"
	"strings"
)

// File is a drawing that leaves the page: with title, unit, key, source and its own colours, so that a
// copied picture says what it shows and whose figures they are.
type File struct {
	Lang, Dir   string // of the words
	Title       string
	Subtitle    string
	Description string
	Key         []Mark
	Notes       []string // below: source, coverage, data version
	Drawing     string   // inner parts, as Lines.Drawing, Bars and TileMap give them
	Width       int      // of the drawing
	Height      int
}

// Mark is one entry of the key.
type Mark struct {
	Class string // of the style: "ln ln0", "dot open ln0", "q1", "band f0"
	Shape Shape
	Text  string
}

// Shape is what a mark looks like.
type Shape int

// The shapes of marks.
const (
	Stroke Shape = iota
	Dot
	Box
)

const (
	margin    = 20
	lineStep  = 18
	keyWidth  = 200 // of one entry, at least
	signWidth = 7   // of one sign, about
	markSize  = 26
	markRoom  = 32 // of a mark with the gap to its words
)

// style has a rule for each class that drawings use. The colours are those of the light page.
const style = `text{font:13px "Segoe UI",Roboto,"Noto Sans","Helvetica Neue","Liberation Sans",Arial,sans-serif;fill:#16212b}.title{font-size:19px;font-weight:650}.t2{fill:#4a5763}.b{font-weight:650}.mid{text-anchor:middle}.end{text-anchor:end}` +
	`.ax{stroke:#cfd5d8;stroke-width:1}.zero{stroke:#66737f}.ln{fill:none;stroke-width:2.5;vector-effect:non-scaling-stroke;stroke-linejoin:round}.agg{stroke-width:4}.grp{stroke:#66737f;stroke-dasharray:2 3;stroke-width:2}.dash{stroke-dasharray:5 4}.band{stroke:none;opacity:.16}.dot{stroke-width:2}` +
	`.ln0{stroke:#0b5394}.ln1{stroke:#a73c00}.ln2{stroke:#5684e9}.ln3{stroke:#502f39}.ln4{stroke:#00705a}.ln5{stroke:#8a3fa0}.f0{fill:#0b5394}.f1{fill:#a73c00}.f2{fill:#5684e9}.f3{fill:#502f39}.f4{fill:#00705a}.f5{fill:#8a3fa0}.open{fill:#fff}` +
	`.q1{fill:#d9f6f9}.q2{fill:#8fd9e8}.q3{fill:#52b3d4}.q4{fill:#186a99}.q5{fill:#183662}.nd{stroke:#66737f;stroke-dasharray:1.5 1.5}.ndl{stroke:#66737f;stroke-width:.7}.here{stroke:#16212b;stroke-width:2.5}.est{fill:#fff;stroke:#16212b;stroke-width:.7}` +
	`.tile{font-size:9px;text-anchor:middle}.lit{fill:#fff}.bar{fill:#0b5394}.bar.open{fill:none;stroke:#0b5394;stroke-width:1}.hatch{stroke:#0b5394;stroke-width:5}.bar.grp{fill:#66737f;stroke:none}`

// SVG writes the file.
func (f File) SVG() []byte {
	var b strings.Builder
	keys := f.keyRows()
	notes := f.wrapped()
	top := margin + 2*lineStep + 8
	height := top + f.Height + len(keys)*lineStep + len(notes)*lineStep + 2*margin
	width := f.Width + 2*margin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-labelledby="title desc" lang="%s"><title id="title">%s</title><desc id="desc">%s</desc><style>%s</style><rect width="%d" height="%d" fill="#fff"/>`,
		width, height, width, height, html.EscapeString(f.Lang), html.EscapeString(f.Title), html.EscapeString(f.Description), style, width, height)
	f.text(&b, "title", margin+lineStep-4, f.Title)
	f.text(&b, "t2", margin+2*lineStep, f.Subtitle)
	fmt.Fprintf(&b, `<svg x="%d" y="%d" width="%d" height="%d" overflow="visible">%s</svg>`, margin, top, f.Width, f.Height, f.Drawing)
	y := top + f.Height + margin
	for _, row := range keys {
		f.keyRow(&b, row, y)
		y += lineStep
	}
	for _, note := range notes {
		f.text(&b, "t2", y, note)
		y += lineStep
	}
	b.WriteString(`</svg>`)
	return []byte(b.String())
}

// text writes a line from the side on which its language begins.
func (f File) text(b *strings.Builder, class string, y int, text string) {
	x, direction := margin, ""
	if f.Dir == "rtl" {
		x, direction = f.Width+margin, ` direction="rtl"`
	}
	fmt.Fprintf(b, `<text class="%s" x="%d" y="%d"%s>%s</text>`, class, x, y, direction, html.EscapeString(text))
}

// keyRows puts marks together that fit into a row.
func (f File) keyRows() (rows [][]Mark) {
	used := 0
	for _, m := range f.Key {
		w := markWidth(m)
		if len(rows) == 0 || used+w > f.Width {
			rows, used = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], m)
		used += w
	}
	return rows
}

func markWidth(m Mark) int { return max(keyWidth, 44+signWidth*len([]rune(m.Text))) }

// keyRow draws marks with their words, from the side on which the language begins.
func (f File) keyRow(b *strings.Builder, row []Mark, y int) {
	used := 0
	for _, m := range row {
		x, words, direction := margin+used, margin+used+markRoom, ""
		if f.Dir == "rtl" {
			x = f.Width + margin - used - markSize
			words, direction = x-(markRoom-markSize), ` direction="rtl"`
		}
		m.draw(b, x, y)
		fmt.Fprintf(b, `<text x="%d" y="%d"%s>%s</text>`, words, y, direction, html.EscapeString(m.Text))
		used += markWidth(m)
	}
}

// NoData is the class of what has no data; FileMap is the id by which its pattern is known in a file.
const (
	NoData  = "nd"
	FileMap = "m"
)

func (m Mark) draw(b *strings.Builder, x, y int) {
	fill := ""
	if m.Class == NoData {
		fill = ` fill="url(#` + FileMap + `n)"`
	}
	switch m.Shape {
	case Stroke:
		fmt.Fprintf(b, `<path class="%s" d="M%d %dh%d"/>`, m.Class, x, y-4, markSize)
	case Dot:
		fmt.Fprintf(b, `<circle class="%s" cx="%d" cy="%d" r="4"/>`, m.Class, x+markSize/2, y-4)
	case Box:
		fmt.Fprintf(b, `<rect class="%s"%s x="%d" y="%d" width="%d" height="12"/>`, m.Class, fill, x, y-10, markSize)
	}
}

// wrapped cuts the notes into lines that fit.
func (f File) wrapped() (lines []string) {
	most := f.Width / signWidth
	for _, note := range f.Notes {
		line := ""
		for _, word := range strings.Fields(note) {
			if line != "" && len([]rune(line))+len([]rune(word)) >= most {
				lines, line = append(lines, line), ""
			}
			line = strings.TrimPrefix(line+" "+word, " ")
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// Bar is one bar of a ranking.
type Bar struct {
	Name, Words string // Words stand behind it: value, year
	Share       float64
	Open        bool // an estimate: hatched
	Group       bool // of a group
}

const (
	barStep = 20
	barFrom = 260.0
	barRoom = 460.0
)

// Bars draws a ranking: its inner parts and its height.
func Bars(list []Bar) (string, int) {
	var b strings.Builder
	b.WriteString(`<pattern id="est" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0v6"/></pattern>`)
	for i, one := range list {
		y := i * barStep
		class := "bar"
		switch {
		case one.Group:
			class = "bar grp"
		case one.Open:
			class = "bar open"
			fmt.Fprintf(&b, `<rect fill="url(#est)" x="%g" y="%d" width="%s" height="12"/>`, barFrom, y+2, short(max(0, one.Share)*barRoom))
		}
		fmt.Fprintf(&b, `<text x="0" y="%d">%s</text><rect class="%s" x="%g" y="%d" width="%s" height="12"/><text class="t2" x="%s" y="%d">%s</text>`,
			y+12, html.EscapeString(one.Name), class, barFrom, y+2, short(max(0, one.Share)*barRoom), short(barFrom+max(0, one.Share)*barRoom+8), y+12, html.EscapeString(one.Words))
	}
	return b.String(), len(list) * barStep
}

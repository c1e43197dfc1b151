package chart

import (
	"cmp"
	"fmt"
	"html"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Point is the value of a year; Open marks an estimate by a hollow dot.
type Point struct {
	Year  int
	Value float64
	Open  bool
}

// Band is the interval of a year.
type Band struct {
	Year      int
	Low, High float64
}

// Line is one series, by year. A year without a point is a gap in the line, never a zero.
type Line struct {
	Name   string // at its end: short
	Full   string // in the table beside; empty: Name
	Points []Point
	Ahead  []Point // projection behind the last point, dashed
	Band   []Band  // around Ahead
	Group  bool    // a middle among many: drawn thin
	Wide   bool    // of a group of areas: drawn wide
}

// Lines is a chart of lines over years. Time runs from left to right in every language.
type Lines struct {
	ID          string // begins the ids of its parts
	Title       string
	Description string
	From, To    int // years
	Min, Max    float64
	Label       func(float64) string // of the axis
	Lines       []Line               // at most six
}

// The drawing: heights in pixels, widths in percent of the page.
const (
	top, bottom  = 14.0, 260.0
	height       = 300
	left, right  = 7.0, 78.0
	labelsApart  = 16.0
	labelsFrom   = 79.0
	mostYearTick = 6
)

// Steps gives four or five round steps for an axis from 0 or below to highest.
func Steps(lowest, highest float64) (from, to, step float64) {
	span := highest - min(0, lowest)
	if !(span > 0) || math.IsInf(span, 0) {
		return 0, 1, 1
	}
	step = math.Pow(10, math.Floor(math.Log10(span/4)))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if span/(step*m) <= 5 {
			step *= m
			break
		}
	}
	return math.Floor(min(0, lowest)/step) * step, math.Ceil(highest/step) * step, step
}

// SVG draws the chart.
func (c Lines) SVG() template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart" height="%d" width="100%%" role="img" aria-labelledby="%st %sd"><title id="%st">%s</title><desc id="%sd">%s</desc>`,
		height, c.ID, c.ID, c.ID, html.EscapeString(c.Title), c.ID, html.EscapeString(c.Description))
	b.WriteString(c.Drawing())
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// Height is that of the drawing.
const Height = height

// Drawing gives the inner parts of the chart.
func (c Lines) Drawing() string {
	var b strings.Builder
	c.axes(&b)
	fmt.Fprintf(&b, `<svg x="%g%%" width="%g%%" height="%d" viewBox="0 0 100 %d" preserveAspectRatio="none" overflow="visible">`, left, right-left, height, height)
	for i, l := range c.Lines {
		c.line(&b, i, l)
	}
	b.WriteString(`</svg>`)
	c.dots(&b)
	c.names(&b)
	return b.String()
}

func (c Lines) y(v float64) float64 {
	if c.Max == c.Min {
		return bottom
	}
	return bottom - (v-c.Min)/(c.Max-c.Min)*(bottom-top)
}

// x is the place of a year in percent of the plot.
func (c Lines) x(year int) float64 {
	if c.To == c.From {
		return 50
	}
	return float64(year-c.From) / float64(c.To-c.From) * 100
}

// at is the place of a year in percent of the page.
func (c Lines) at(year int) string { return short(left+c.x(year)*(right-left)/100) + "%" }

func short(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }

func (c Lines) axes(b *strings.Builder) {
	_, _, step := Steps(c.Min, c.Max)
	for v := c.Min; v <= c.Max+step/2; v += step {
		class := "ax"
		if math.Abs(v) < step/1000 {
			class, v = "ax zero", 0
		}
		fmt.Fprintf(b, `<line class="%s" x1="0" x2="%g%%" y1="%s" y2="%s"/><text class="t2" x="0" y="%s">%s</text>`, class, right, short(c.y(v)), short(c.y(v)), short(c.y(v)-4), html.EscapeString(c.Label(v)))
	}
	every := max(1, int(math.Ceil(float64(c.To-c.From)/mostYearTick)))
	if every > 2 {
		every = (every + 4) / 5 * 5
	}
	for year := c.From; year <= c.To; year++ {
		if year%every != 0 && !(every == 1) && !(c.To-c.From < every) {
			continue
		}
		fmt.Fprintf(b, `<text class="t2 mid" x="%s" y="276">%d</text>`, c.at(year), year)
	}
}

// line draws one series: solid parts between gaps, the band, and the dashed part ahead.
func (c Lines) line(b *strings.Builder, i int, l Line) {
	class := fmt.Sprintf("ln ln%d", i)
	switch {
	case l.Group:
		class = "ln grp"
	case l.Wide:
		class += " agg"
	}
	for from := 0; from < len(l.Points); {
		to := from + 1
		for to < len(l.Points) && l.Points[to].Year == l.Points[to-1].Year+1 {
			to++
		}
		if to-from > 1 {
			c.polyline(b, class, l.Points[from:to])
		}
		from = to
	}
	if len(l.Ahead) == 0 || len(l.Points) == 0 {
		return
	}
	last := l.Points[len(l.Points)-1]
	if len(l.Band) > 0 {
		fmt.Fprintf(b, `<polygon class="band f%d" points="%s,%s`, i, short(c.x(last.Year)), short(c.y(last.Value)))
		for _, p := range l.Band {
			fmt.Fprintf(b, " %s,%s", short(c.x(p.Year)), short(c.y(p.Low)))
		}
		for _, p := range slices.Backward(l.Band) {
			fmt.Fprintf(b, " %s,%s", short(c.x(p.Year)), short(c.y(p.High)))
		}
		b.WriteString(`"/>`)
	}
	c.polyline(b, class+" dash", append([]Point{last}, l.Ahead...))
}

func (c Lines) polyline(b *strings.Builder, class string, points []Point) {
	fmt.Fprintf(b, `<polyline class="%s" points="`, class)
	for i, p := range points {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(short(c.x(p.Year)) + "," + short(c.y(p.Value)))
	}
	b.WriteString(`"/>`)
}

// dots marks estimates by hollow dots, and points that stand alone between gaps.
func (c Lines) dots(b *strings.Builder) {
	for i, l := range c.Lines {
		for n, p := range l.Points {
			alone := (n == 0 || l.Points[n-1].Year != p.Year-1) && (n == len(l.Points)-1 || l.Points[n+1].Year != p.Year+1)
			switch {
			case p.Open:
				fmt.Fprintf(b, `<circle class="dot open ln%d" cx="%s" cy="%s" r="3.5"/>`, i, c.at(p.Year), short(c.y(p.Value)))
			case alone:
				fmt.Fprintf(b, `<circle class="dot f%d" cx="%s" cy="%s" r="3"/>`, i, c.at(p.Year), short(c.y(p.Value)))
			}
		}
	}
}

// names writes the name of each line at its end, moved apart where they would overlap.
func (c Lines) names(b *strings.Builder) {
	type label struct {
		line int
		y    float64
	}
	var labels []label
	for i, l := range c.Lines {
		points := append(slices.Clone(l.Points), l.Ahead...)
		if len(points) > 0 {
			labels = append(labels, label{i, c.y(points[len(points)-1].Value) + 4})
		}
	}
	slices.SortStableFunc(labels, func(a, b label) int { return cmp.Compare(a.y, b.y) })
	for i := 1; i < len(labels); i++ {
		labels[i].y = max(labels[i].y, labels[i-1].y+labelsApart)
	}
	if n := len(labels); n > 0 && labels[n-1].y > bottom+8 { // pushed out below: move all up
		labels[n-1].y = bottom + 8
		for i := n - 2; i >= 0; i-- {
			labels[i].y = min(labels[i].y, labels[i+1].y-labelsApart)
		}
	}
	for _, l := range labels {
		class := fmt.Sprintf("b f%d", l.line)
		if c.Lines[l.line].Group {
			class = "t2"
		}
		fmt.Fprintf(b, `<text class="%s" x="%g%%" y="%s">%s</text>`, class, labelsFrom, short(l.y), html.EscapeString(c.Lines[l.line].Name))
	}
}

package chart

import (
	"fmt"
	"html/template"
	"strings"
)

// Spark is a small line without axes beside a figure. What it shows must stand in words next to it:
// readers that do not see it pass it over.
type Spark struct {
	Points []Point // by year
	Share  bool    // of 100: the height is the whole
}

// The drawing in pixels; room is left for the dots at the edges.
const (
	sparkWidth, sparkHeight = 112.0, 28.0
	sparkRoom               = 4.0
)

// SVG draws the line from left to right: broken at gaps, a hollow dot for an estimate, a full one for
// a value between gaps and for the newest.
func (s Spark) SVG() template.HTML {
	if len(s.Points) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="spark" viewBox="0 0 %g %g" aria-hidden="true" focusable="false">`, sparkWidth, sparkHeight)
	low, high := s.span()
	first, last := s.Points[0].Year, s.Points[len(s.Points)-1].Year
	place := func(p Point) (x, y string) {
		at, up := 0.5, 0.5
		if last > first {
			at = float64(p.Year-first) / float64(last-first)
		}
		if high > low {
			up = (p.Value - low) / (high - low)
		}
		return short(sparkRoom + at*(sparkWidth-2*sparkRoom)), short(sparkHeight - sparkRoom - up*(sparkHeight-2*sparkRoom))
	}
	for from := 0; from < len(s.Points); {
		to := from + 1
		for to < len(s.Points) && s.Points[to].Year == s.Points[to-1].Year+1 {
			to++
		}
		if to-from > 1 {
			b.WriteString(`<polyline points="`)
			for i, p := range s.Points[from:to] {
				x, y := place(p)
				if i > 0 {
					b.WriteByte(' ')
				}
				b.WriteString(x + "," + y)
			}
			b.WriteString(`"/>`)
		}
		for i, p := range s.Points[from:to] {
			x, y := place(p)
			switch newest := from+i == len(s.Points)-1; {
			case p.Open:
				fmt.Fprintf(&b, `<circle class="open" cx="%s" cy="%s" r="2"/>`, x, y)
			case newest || to-from == 1:
				fmt.Fprintf(&b, `<circle cx="%s" cy="%s" r="2.5"/>`, x, y)
			}
		}
		from = to
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// span is what the height stands for: 0 to 100 of a share, else the values themselves.
func (s Spark) span() (low, high float64) {
	if s.Share {
		high = 100
	} else {
		low, high = s.Points[0].Value, s.Points[0].Value
	}
	for _, p := range s.Points {
		low, high = min(low, p.Value), max(high, p.Value)
	}
	return low, high
}

package docx_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"resolute/internal/ooxml/docx"
)

// drawn draws a body in which every run is a word of its own, and keeps what each side must show.
type drawn struct {
	*rapid.T
	xml           strings.Builder
	words         int
	before, after []string
	neither       []string
}

func (d *drawn) chance(percent int) bool {
	return rapid.IntRange(1, 100).Draw(d.T, "chance") <= percent
}

// word writes a run; ins and del say what happened to what holds it.
func (d *drawn) word(ins, del bool) {
	d.words++
	text := fmt.Sprintf("{%d}", d.words)
	element := "w:t"
	if del {
		element = "w:delText"
	}
	d.xml.WriteString(`<w:r><` + element + `>` + text + `</` + element + `></w:r>`)
	if !ins {
		d.before = append(d.before, text)
	}
	if !del {
		d.after = append(d.after, text)
	}
	if ins && del {
		d.neither = append(d.neither, text)
	}
}

var wrappers = []string{"w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:hyperlink", "w:smartTag", "w:sdt"}

func (d *drawn) inline(ins, del bool, depth int) {
	for range rapid.IntRange(0, 3).Draw(d.T, "runs") {
		if depth == 0 || d.chance(60) {
			d.word(ins, del)
			continue
		}
		w := rapid.SampledFrom(wrappers).Draw(d.T, "wrapper")
		d.xml.WriteString("<" + w + ">")
		d.inline(ins || w == "w:ins" || w == "w:moveTo", del || w == "w:del" || w == "w:moveFrom", depth-1)
		d.xml.WriteString("</" + w + ">")
	}
}

func (d *drawn) paragraph(ins, del bool) {
	d.xml.WriteString("<w:p><w:pPr><w:rPr>")
	for _, mark := range []string{"w:ins", "w:del", "w:moveFrom", "w:moveTo"} {
		if d.chance(20) {
			d.xml.WriteString("<" + mark + "/>")
		}
	}
	d.xml.WriteString("</w:rPr></w:pPr>")
	d.inline(ins, del, 3)
	d.xml.WriteString("</w:p>")
}

func (d *drawn) blocks(ins, del bool, depth int) {
	for range rapid.IntRange(0, 4).Draw(d.T, "blocks") {
		if depth == 0 || d.chance(70) {
			d.paragraph(ins, del)
			continue
		}
		d.xml.WriteString("<w:tbl>")
		for range rapid.IntRange(0, 2).Draw(d.T, "rows") {
			d.row(ins, del, depth)
		}
		d.xml.WriteString("</w:tbl>")
	}
}

// row draws a row of one cell, each with what may have happened to it.
func (d *drawn) row(ins, del bool, depth int) {
	mark := func(open, in, out, shut string) {
		d.xml.WriteString(open)
		if d.chance(20) {
			d.xml.WriteString(in)
			ins = true
		}
		if d.chance(20) {
			d.xml.WriteString(out)
			del = true
		}
		d.xml.WriteString(shut)
	}
	mark("<w:tr><w:trPr>", "<w:ins/>", "<w:del/>", "</w:trPr>")
	mark("<w:tc><w:tcPr>", "<w:cellIns/>", "<w:cellDel/>", "</w:tcPr>")
	d.blocks(ins, del, depth-1)
	d.xml.WriteString("</w:tc></w:tr>")
}

var drawnWord = regexp.MustCompile(`\{\d+\}`)

func TestNoWordIsLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := &drawn{T: rt}
		d.blocks(false, false, 2)
		got := read(t, file(t, d.xml.String(), nil))
		var neither []string
		for _, a := range got.Asides {
			if a.Kind == docx.Struck {
				neither = append(neither, drawnWord.FindAllString(a.Text, -1)...)
			}
		}
		slices.Sort(neither)
		slices.Sort(d.neither)
		for _, c := range []struct {
			what      string
			got, want []string
		}{{"before", drawnWord.FindAllString(got.Before.String(), -1), d.before}, {"after", drawnWord.FindAllString(got.After.String(), -1), d.after},
			{"on no side", neither, d.neither}} {
			if !slices.Equal(c.got, c.want) {
				rt.Fatalf("%s: got %v, want %v\n%s", c.what, c.got, c.want, d.xml.String())
			}
		}
	})
}

package ooxml_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/ooxml"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// A golden part has one paragraph, table or style in a line, so that a change can be read.
var lineStarts = strings.NewReplacer("<w:p>", "\n<w:p>", "<w:tbl>", "\n<w:tbl>", "<w:tr>", "\n<w:tr>", "<w:style ", "\n<w:style ",
	"<w:sectPr>", "\n<w:sectPr>", "<w:footnote ", "\n<w:footnote ", "<w:lvl ", "\n<w:lvl ", "</w:tbl>", "\n</w:tbl>")

func TestGoldenParts(t *testing.T) {
	for name, d := range map[string]*ooxml.Document{"en": sample(resolute.English, english), "ar": sample(resolute.Arabic, arabic)} {
		files, _ := parts(t, written(t, d))
		for _, part := range []string{"document", "footnotes", "header1", "styles", "numbering"} {
			golden := filepath.Join("testdata", part+"."+name+".xml")
			got := lineStarts.Replace(files["word/"+part+".xml"]) + "\n"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs; go test -update, then read the difference", golden)
			}
		}
	}
}

func TestEqualDocumentsGiveEqualBytes(t *testing.T) {
	for _, l := range resolute.Langs {
		if !bytes.Equal(written(t, sample(l, english)), written(t, sample(l, english))) {
			t.Errorf("%s: two documents differ", l)
		}
	}
}

func TestEveryPartIsWellFormedAndKnown(t *testing.T) {
	for _, l := range resolute.Langs {
		files, names := parts(t, written(t, sample(l, arabic)))
		if names[0] != "[Content_Types].xml" {
			t.Errorf("%s: first part is %s", l, names[0])
		}
		types := files["[Content_Types].xml"]
		for _, name := range names {
			parse(t, files[name])
			if !strings.HasSuffix(name, ".rels") && name != names[0] && !strings.Contains(types, `PartName="/`+name+`"`) {
				t.Errorf("%s: no content type for %s", l, name)
			}
		}
		for _, part := range []string{"document", "footnotes"} {
			relations := map[string]string{}
			for _, r := range parse(t, files["word/_rels/"+part+".xml.rels"]).children {
				relations[r.attr["Id"]] = r.attr["Target"]
				if r.attr["TargetMode"] != "External" && files["word/"+r.attr["Target"]] == "" {
					t.Errorf("%s: relation to %s, which is not there", l, r.attr["Target"])
				}
			}
			for _, name := range []string{"hyperlink", "headerReference", "footerReference"} {
				for _, n := range parse(t, files["word/"+part+".xml"]).all(name) {
					if n.attr["anchor"] == "" && relations[n.attr["id"]] == "" {
						t.Errorf("%s: %s refers to %q, which is no relation", l, name, n.attr["id"])
					}
				}
			}
		}
	}
}

// The orders are those of CT_PPr, CT_RPr, CT_TblPr, CT_TcPr and CT_SectPr in ECMA-376 part 1.
func TestPropertiesStandInTheOrderOfTheStandard(t *testing.T) {
	orders := map[string][]string{
		"pPr":    {"pStyle", "keepNext", "keepLines", "numPr", "tabs", "bidi", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr"},
		"rPr":    {"rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "color", "sz", "szCs", "u", "vertAlign", "rtl", "lang"},
		"tblPr":  {"tblStyle", "bidiVisual", "tblW", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption"},
		"tcPr":   {"tcW", "shd", "vAlign"},
		"sectPr": {"headerReference", "footerReference", "type", "pgSz", "pgMar", "titlePg", "bidi"},
		"style":  {"name", "basedOn", "next", "qFormat", "pPr", "rPr", "tblPr"},

		"tbl": {"tblPr", "tblGrid", "tr"}, "tr": {"trPr", "tc"}, "tc": {"tcPr", "p"}, "trPr": {"cantSplit", "tblHeader"},
		"tblBorders": {"top", "left", "bottom", "right", "insideH", "insideV"}, "tblCellMar": {"top", "left", "bottom", "right"},
		"abstractNum": {"multiLevelType", "lvl"}, "lvl": {"start", "numFmt", "pStyle", "lvlText", "lvlJc", "pPr"}, "numbering": {"abstractNum", "num"},
		"settings": {"updateFields", "footnotePr", "compat", "themeFontLang"}, "font": {"altName", "family"}, "docDefaults": {"rPrDefault", "pPrDefault"},
	}
	for _, d := range []*ooxml.Document{sample(resolute.English, english), sample(resolute.Arabic, arabic)} {
		files, _ := parts(t, written(t, d))
		for name, part := range files {
			for element, order := range orders {
				for _, n := range parse(t, part).all(element) {
					last := -1
					for _, c := range n.children {
						place := slices.Index(order, c.name)
						if place < last || place < 0 {
							t.Errorf("%s: %s of %s at place %d after %d", name, c.name, element, place, last)
						}
						last = place
					}
				}
			}
		}
	}
}

// Word refuses a cell that does not end in a paragraph, and files with a number given twice.
func TestCellsHoldParagraphsAndNumbersAreGivenOnce(t *testing.T) {
	for _, d := range []*ooxml.Document{sample(resolute.English, english), sample(resolute.Arabic, arabic)} {
		files, _ := parts(t, written(t, d))
		for name, part := range files {
			root, seen := parse(t, part), map[string]bool{}
			for _, cell := range root.all("tc") {
				if n := len(cell.children); n < 2 || cell.children[n-1].name != "p" {
					t.Errorf("%s: a cell does not end in a paragraph", name)
				}
			}
			for _, element := range []string{"bookmarkStart", "bookmarkEnd", "footnote", "footnoteReference", "Relationship", "style"} {
				for _, n := range root.all(element) {
					for _, attribute := range []string{"id", "Id", "name", "styleId"} {
						value, given := n.attr[attribute]
						if key := element + " " + attribute + " " + value; given && seen[key] {
							t.Errorf("%s: %s stands twice", name, key)
						} else {
							seen[key] = true
						}
					}
				}
			}
		}
		body := parse(t, files["word/document.xml"]).children[0]
		if last := body.children[len(body.children)-1]; last.name != "sectPr" {
			t.Errorf("the body ends in %s, want the properties of its last section", last.name)
		}
		mustHave(t, parse(t, files["word/footnotes.xml"]).all("separator"), 1, "lines above footnotes")
		mustHave(t, parse(t, files["word/footnotes.xml"]).all("continuationSeparator"), 1, "lines above footnotes that go on")
	}
}

func TestEveryFootnoteHasOneMarkAndOneText(t *testing.T) {
	d := &ooxml.Document{Lang: "en", Sections: []ooxml.Section{{Blocks: []ooxml.Block{
		ooxml.Paragraph{Runs: []ooxml.Run{{Text: "a", Note: ooxml.Text("first")}, {Text: "b"}, {Note: ooxml.Text("second")}}},
		ooxml.Table{Columns: []ooxml.Column{{Width: 1}}, Rows: [][]ooxml.Cell{{{{Text: "c", Note: ooxml.Text("third")}}}}, Legend: []ooxml.Run{{Text: "d", Note: ooxml.Text("fourth")}}},
	}}}}
	files, _ := parts(t, written(t, d))
	texts := parse(t, files["word/footnotes.xml"]).all("footnote")
	marks := parse(t, files["word/document.xml"]).all("footnoteReference")
	mustHave(t, marks, 4, "marks")
	mustHave(t, texts, 6, "footnotes with the two separators")
	for i, want := range []string{"first", "second", "third", "fourth"} {
		id := strconv.Itoa(i + 2)
		if marks[i].attr["id"] != id || texts[i+2].attr["id"] != id || strings.TrimSpace(texts[i+2].shown()) != want {
			t.Errorf("footnote %s: mark %s, text %s %q, want %q", id, marks[i].attr["id"], texts[i+2].attr["id"], texts[i+2].shown(), want)
		}
	}
}

func TestOneAddressIsOneRelation(t *testing.T) {
	link := ooxml.Run{Text: "x", Link: "https://resolute.example/?a=1&b=<2>"}
	d := &ooxml.Document{Lang: "en", Sections: []ooxml.Section{{Blocks: []ooxml.Block{ooxml.Paragraph{Runs: []ooxml.Run{link, link, {Text: "y", Link: "mailto:anna@resolute.example"}}}}}}}
	files, _ := parts(t, written(t, d))
	var targets []string
	for _, r := range parse(t, files["word/_rels/document.xml.rels"]).children {
		if r.attr["TargetMode"] == "External" {
			targets = append(targets, r.attr["Target"])
		}
	}
	if want := []string{link.Link, "mailto:anna@resolute.example"}; !slices.Equal(targets, want) {
		t.Errorf("got %q, want %q", targets, want)
	}
}

func TestWriteRefusesWhatADocumentMustNotHold(t *testing.T) {
	with := func(blocks ...ooxml.Block) *ooxml.Document {
		return &ooxml.Document{Lang: "en", Sections: []ooxml.Section{{Blocks: blocks}}}
	}
	link := []ooxml.Run{{Text: "here", Link: "/activities"}}
	for want, d := range map[string]*ooxml.Document{
		`language "xx"`:                         {Lang: "xx", Sections: with(ooxml.Heading{Level: 1}).Sections},
		`document without a section`:            {Lang: "en"},
		`section without a block`:               with(),
		`a block that is nil`:                   with(nil),
		`created "April"`:                       {Lang: "en", Created: "April", Sections: with(ooxml.Heading{Level: 1}).Sections},
		`"here": no link or footnote in head`:   {Lang: "en", Foot: link, Sections: with(ooxml.Heading{Level: 1}).Sections},
		`heading "a": level 3`:                  with(ooxml.Heading{Level: 3, Runs: ooxml.Text("a")}),
		`"a": unknown style "Quote"`:            with(ooxml.Paragraph{Style: "Quote", Runs: ooxml.Text("a")}),
		`box without a paragraph`:               with(ooxml.Box{}),
		`table "t" without a column`:            with(ooxml.Table{Title: ooxml.Text("t")}),
		`table "t": column "c": width 0`:        with(ooxml.Table{Title: ooxml.Text("t"), Columns: []ooxml.Column{{Head: ooxml.Text("c")}}}),
		`table "t": row 1: 2 cells, 1 columns`:  with(ooxml.Table{Title: ooxml.Text("t"), Columns: []ooxml.Column{{Width: 1}}, Rows: [][]ooxml.Cell{{nil, nil}}}),
		`refers to a footnote that the table`:   with(ooxml.Table{Columns: []ooxml.Column{{Width: 1}}, Rows: [][]ooxml.Cell{{{{Noted: true}}}}}),
		`a footnote and no title to hold`:       with(ooxml.Table{Note: ooxml.Text("n"), Columns: []ooxml.Column{{Width: 1}}}),
		`link "/activities": want an absolute`:  with(ooxml.Paragraph{Runs: link}),
		`link "javascript:x": want an absolute`: with(ooxml.Annex{Title: []ooxml.Run{{Link: "javascript:x"}}}),
		`"n": footnote within a footnote`:       with(ooxml.Front{Left: [][]ooxml.Run{{{Note: []ooxml.Run{{Text: "n", Note: link}}}}}}),
		`"d": direction "up"`:                   with(ooxml.Contents{Title: []ooxml.Run{{Text: "d", Dir: "up"}}}),
	} {
		if err := ooxml.Write(&bytes.Buffer{}, d); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// full is a medium with room for n bytes.
type full struct{ n int }

var errFull = errors.New("medium full")

func (w *full) Write(p []byte) (int, error) {
	if w.n -= len(p); w.n < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestErrorsOfTheMediumAreGiven(t *testing.T) {
	size := len(written(t, sample("en", english)))
	for _, room := range []int{0, 100, size / 2, size - 1} {
		if err := ooxml.Write(&full{room}, sample("en", english)); !errors.Is(err, errFull) {
			t.Errorf("room for %d of %d bytes: got %v", room, size, err)
		}
	}
}

func BenchmarkParagraphs(b *testing.B) {
	d := &ooxml.Document{Lang: "en", Sections: []ooxml.Section{{}}}
	for i := range 20_000 {
		d.Sections[0].Blocks = append(d.Sections[0].Blocks, ooxml.Paragraph{Runs: []ooxml.Run{
			{Text: "In the period "}, {Text: strconv.Itoa(i) + " activities", Bold: true, Note: []ooxml.Run{{Text: "List: "}, {Text: "activities", Link: "https://resolute.example/activities?n=" + strconv.Itoa(i)}}},
			{Text: " were recorded; rural and isolated areas take 61 per cent of commitments."}}})
	}
	benchmark(b, d)
}

// BenchmarkTable writes an annex of 15,000 activities in Arabic, titles in both directions.
func BenchmarkTable(b *testing.B) {
	table := ooxml.Table{}
	for range 7 {
		table.Columns = append(table.Columns, ooxml.Column{Head: ooxml.Text("عنوان"), Width: 1})
	}
	for i := range 15_000 {
		row := make([]ooxml.Cell, 7)
		for n := range row {
			row[n] = ooxml.Text("دعم الخطة الوطنية ITU " + strconv.Itoa(i))
		}
		row[1] = ooxml.Cell{{Text: "Support to the national plan, phase 2", Lang: "en"}}
		table.Rows = append(table.Rows, row)
	}
	benchmark(b, &ooxml.Document{Lang: "ar", Sections: []ooxml.Section{{Landscape: true, Blocks: []ooxml.Block{table}}}})
}

func benchmark(b *testing.B, d *ooxml.Document) {
	b.ReportAllocs()
	for b.Loop() {
		var size counter
		if err := ooxml.Write(&size, d); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(size), "file-bytes")
	}
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

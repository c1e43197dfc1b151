package ooxml

import (
	"strconv"
	"strings"

	"resolute"
)

// style is one paragraph style. Lengths are twentieths of a point, sizes half points.
type style struct {
	id, name        string
	next            string // style of the paragraph after it; empty is the same
	before, after   int
	line            int // 240 is one line; 0 that of Normal
	left, hanging   int // hanging below 0 is the indent of the first line
	tab             int
	size            int  // 0 that of Normal
	level           int  // in the outline, from 1
	numbered        bool // by its level
	bold, caps      bool
	italic          bool // but not in Arabic
	centred         bool
	keepNext, whole bool
	colour          string
}

// custom reports whether word processors do not know the style by its name.
func (s style) custom() bool {
	return s.id == s.name
}

// normalSize is that of running text, in half points.
const normalSize = 24

// styles are those of documents of ITU; the names follow the habit of its templates.
var styles = []style{
	{id: "Heading1", name: "heading 1", next: "Normal", before: 360, size: 28, level: 1, numbered: true, bold: true, keepNext: true, whole: true},
	{id: "Heading2", name: "heading 2", next: "Normal", before: 240, size: 24, level: 2, numbered: true, bold: true, keepNext: true, whole: true},
	{id: "Headingb", name: "Headingb", next: "Normal", before: 160, size: 24, bold: true, keepNext: true},
	{id: "Source", name: "Source", before: 480, size: 26, bold: true, centred: true},
	{id: "Title1", name: "Title1", before: 240, after: 320, size: 28, caps: true, centred: true, whole: true},
	{id: "DocMeeting", name: "DocMeeting", after: 40, size: 28, bold: true, colour: "12344D"},
	{id: "DocBlock", name: "DocBlock", after: 20, size: 22},
	{id: "enumlev1", name: "enumlev1", before: 80, left: 567, hanging: 567},
	{id: "ResNo", name: "ResNo", next: "Restitle", before: 480, size: 28, centred: true, keepNext: true},
	{id: "Restitle", name: "Restitle", next: "Normal", before: 240, after: 320, size: 28, bold: true, centred: true, whole: true},
	{id: "Call", name: "Call", next: "Resitem1", before: 160, left: 794, italic: true, keepNext: true, whole: true},
	{id: "Paragraph1", name: "Paragraph1", hanging: -794, before: 120, tab: 1361},
	{id: "Normalcentred", name: "Normalcentred", before: 240, centred: true},
	{id: "Resitem1", name: "Resitem1", before: 120, left: 794, hanging: 794},
	{id: "Resitem2", name: "Resitem2", before: 80, left: 1361, hanging: 567},
	{id: "Resitem3", name: "Resitem3", before: 80, left: 1928, hanging: 567},
	{id: "Resitem4", name: "Resitem4", before: 80, left: 2495, hanging: 567},
	{id: "Resmore1", name: "Resmore1", before: 120},
	{id: "Resmore2", name: "Resmore2", before: 80, left: 1361},
	{id: "Resmore3", name: "Resmore3", before: 80, left: 1928},
	{id: "Resmore4", name: "Resmore4", before: 80, left: 2495},
	{id: "TableNo", name: "TableNo", before: 300, size: 20, caps: true, centred: true, keepNext: true},
	{id: "Tabletitle", name: "Tabletitle", after: 100, size: 22, bold: true, centred: true, keepNext: true},
	{id: "Tablehead", name: "Tablehead", before: 50, after: 50, line: 240, size: 18, bold: true, keepNext: true},
	{id: "Tabletext", name: "Tabletext", before: 40, after: 40, line: 240, size: 18},
	{id: "Tablelegend", name: "Tablelegend", before: 60, after: 120, line: 240, size: 16},
	{id: "AnnexNo", name: "AnnexNo", next: "Annextitle", after: 60, size: 28, level: 1, caps: true, centred: true, keepNext: true},
	{id: "Annextitle", name: "Annextitle", next: "Normal", after: 240, size: 28, bold: true, centred: true, keepNext: true},
	{id: "TOC1", name: "toc 1", before: 80, left: 794, hanging: 794, tab: 794},
	{id: "TOC2", name: "toc 2", before: 40, left: 1588, hanging: 794, tab: 1588},
	{id: "Header", name: "header", size: 18, centred: true},
	{id: "Footer", name: "footer", size: 16, colour: "4A5763"},
	{id: "FootnoteText", name: "footnote text", before: 20, line: 240, left: 284, hanging: 284, size: 18},
}

const characterAndTableStyles = `<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>` +
	`<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0B4F8A"/><w:u w:val="single"/></w:rPr></w:style>` +
	`<w:style w:type="table" w:customStyle="1" w:styleId="Resolute"><w:name w:val="Resolute"/><w:tblPr><w:tblBorders>` +
	`<w:top w:val="single" w:sz="4" w:space="0" w:color="66737F"/><w:left w:val="single" w:sz="4" w:space="0" w:color="66737F"/>` +
	`<w:bottom w:val="single" w:sz="4" w:space="0" w:color="66737F"/><w:right w:val="single" w:sz="4" w:space="0" w:color="66737F"/>` +
	`<w:insideH w:val="single" w:sz="4" w:space="0" w:color="66737F"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="66737F"/></w:tblBorders>` +
	`<w:tblCellMar><w:left w:w="68" w:type="dxa"/><w:right w:w="68" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`

// stylesPart gives styles.xml. Arabic letters are set one point larger than Latin ones and with
// more room between the lines; Arabic has no capitals.
func stylesPart(l resolute.Lang) string {
	font, hint, line, latin, eastern := "Calibri", "", 252, tag(l), "en-US"
	switch l {
	case resolute.Arabic:
		font, line, latin = "Dubai", 276, "en-GB"
	case resolute.Chinese:
		hint, latin, eastern = ` w:hint="eastAsia"`, "en-GB", "zh-CN"
	}
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles` + namespaces + `><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts` + hint + ` w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="SimSun" w:cs="` + font + `"/>` + sizes(normalSize, l) +
		`<w:lang w:val="` + latin + `" w:eastAsia="` + eastern + `" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="120" w:after="0" w:line="` +
		strconv.Itoa(line) + `" w:lineRule="auto"/></w:pPr></w:style>`)
	for _, s := range styles {
		s.write(&b, l)
	}
	b.WriteString(characterAndTableStyles + `</w:styles>`)
	return b.String()
}

func sizes(size int, l resolute.Lang) string {
	complexSize := size
	if l == resolute.Arabic {
		complexSize += 2
	}
	return `<w:sz w:val="` + strconv.Itoa(size) + `"/><w:szCs w:val="` + strconv.Itoa(complexSize) + `"/>`
}

func (s style) write(b *strings.Builder, l resolute.Lang) {
	custom := ""
	if s.custom() {
		custom = ` w:customStyle="1"`
	}
	b.WriteString(`<w:style w:type="paragraph"` + custom + ` w:styleId="` + s.id + `"><w:name w:val="` + s.name + `"/><w:basedOn w:val="Normal"/>`)
	if s.next != "" {
		b.WriteString(`<w:next w:val="` + s.next + `"/>`)
	}
	b.WriteString(`<w:qFormat/>`)
	s.writeParagraph(b)
	s.writeLook(b, l)
	b.WriteString(`</w:style>`)
}

// writeParagraph writes the w:pPr of a style, its elements in the order of CT_PPr.
func (s style) writeParagraph(b *strings.Builder) {
	b.WriteString(`<w:pPr>`)
	if s.keepNext {
		b.WriteString(`<w:keepNext/>`)
	}
	if s.whole {
		b.WriteString(`<w:keepLines/>`)
	}
	if s.numbered {
		b.WriteString(`<w:numPr><w:ilvl w:val="` + strconv.Itoa(s.level-1) + `"/><w:numId w:val="1"/></w:numPr>`)
	}
	if s.tab > 0 {
		b.WriteString(`<w:tabs><w:tab w:val="left" w:pos="` + strconv.Itoa(s.tab) + `"/></w:tabs>`)
	}
	b.WriteString(`<w:spacing w:before="` + strconv.Itoa(s.before) + `" w:after="` + strconv.Itoa(s.after) + `"`)
	if s.line > 0 {
		b.WriteString(` w:line="` + strconv.Itoa(s.line) + `" w:lineRule="auto"`)
	}
	b.WriteString(`/>`)
	b.WriteString(s.indent())
	if s.centred {
		b.WriteString(`<w:jc w:val="center"/>`)
	}
	if s.level > 0 {
		b.WriteString(`<w:outlineLvl w:val="` + strconv.Itoa(s.level-1) + `"/>`)
	}
	b.WriteString(`</w:pPr>`)
}

func (s style) indent() string {
	switch {
	case s.hanging < 0:
		return `<w:ind w:firstLine="` + strconv.Itoa(-s.hanging) + `"/>`
	case s.hanging > 0:
		return `<w:ind w:left="` + strconv.Itoa(s.left) + `" w:hanging="` + strconv.Itoa(s.hanging) + `"/>`
	case s.left > 0:
		return `<w:ind w:left="` + strconv.Itoa(s.left) + `"/>`
	}
	return ""
}

// writeLook writes the w:rPr of a style, its elements in the order of CT_RPr.
func (s style) writeLook(b *strings.Builder, l resolute.Lang) {
	b.WriteString(`<w:rPr>`)
	if s.bold {
		b.WriteString(`<w:b/><w:bCs/>`)
	}
	if s.italic && l != resolute.Arabic {
		b.WriteString(`<w:i/><w:iCs/>`)
	}
	if s.caps && l != resolute.Arabic {
		b.WriteString(`<w:caps/>`)
	}
	if s.colour != "" {
		b.WriteString(`<w:color w:val="` + s.colour + `"/>`)
	}
	if s.size > 0 {
		b.WriteString(sizes(s.size, l))
	}
	b.WriteString(`</w:rPr>`)
}

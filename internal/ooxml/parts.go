package ooxml

import (
	"strconv"
	"strings"

	"resolute"
)

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	namespaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

	packageNamespace  = "http://schemas.openxmlformats.org/package/2006/"
	documentNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wordType          = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// wordParts are the parts beside the body: the file, its kind as relationships name it, its
// content type, and its relationship.
var wordParts = []struct{ file, kind, content, id string }{
	{"styles.xml", "styles", "styles", "rIdStyles"},
	{"numbering.xml", "numbering", "numbering", "rIdNumbering"},
	{"settings.xml", "settings", "settings", "rIdSettings"},
	{"fontTable.xml", "fontTable", "fontTable", "rIdFonts"},
	{"footnotes.xml", "footnotes", "footnotes", "rIdNotes"},
	{"header1.xml", "header", "header", "rIdHead"},
	{"header2.xml", "header", "header", "rIdFirst"},
	{"footer1.xml", "footer", "footer", "rIdFoot"},
}

func contentTypesPart() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="` + packageNamespace + `content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + wordType + `document.main+xml"/>`)
	for _, p := range wordParts {
		b.WriteString(`<Override PartName="/word/` + p.file + `" ContentType="` + wordType + p.content + `+xml"/>`)
	}
	b.WriteString(`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`)
	return b.String()
}

const packageRelations = xmlHead + `<Relationships xmlns="` + packageNamespace + `relationships">` +
	`<Relationship Id="rId1" Type="` + documentNamespace + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="` + packageNamespace + `relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

// relationsPart gives the relationships of a part: to other parts if it is the body, and to
// its links.
func relationsPart(body bool, l links) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="` + packageNamespace + `relationships">`)
	if body {
		for _, p := range wordParts {
			b.WriteString(`<Relationship Id="` + p.id + `" Type="` + documentNamespace + p.kind + `" Target="` + p.file + `"/>`)
		}
	}
	for _, address := range l.list {
		b.WriteString(`<Relationship Id="` + l.id[address] + `" Type="` + documentNamespace + `hyperlink" Target="` + escape(address) + `" TargetMode="External"/>`)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

func propertiesPart(d *Document) string {
	created := ""
	if d.Created != "" {
		created = `<dcterms:created xsi:type="dcterms:W3CDTF">` + d.Created + `T00:00:00Z</dcterms:created>`
	}
	return xmlHead + `<cp:coreProperties xmlns:cp="` + packageNamespace + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` + escape(d.Title) +
		`</dc:title><dc:creator>` + escape(d.Author) + `</dc:creator><dc:language>` + string(d.Lang) + `</dc:language>` + created + `</cp:coreProperties>`
}

// numberingPart numbers headings 1 and 1.1, in a hanging indent of 14 mm. In Arabic the number
// is set at the right of its place; else LibreOffice hangs it outside the margin.
func numberingPart(l resolute.Lang) string {
	side := "left"
	if l == resolute.Arabic {
		side = "right"
	}
	var b strings.Builder
	b.WriteString(xmlHead + `<w:numbering` + namespaces + `><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>`)
	for level, text := range []string{"%1", "%1.%2"} {
		b.WriteString(`<w:lvl w:ilvl="` + strconv.Itoa(level) + `"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading` + strconv.Itoa(level+1) +
			`"/><w:lvlText w:val="` + text + `"/><w:lvlJc w:val="` + side + `"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="794"/></w:tabs><w:ind w:left="794" w:hanging="794"/></w:pPr></w:lvl>`)
	}
	b.WriteString(`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`)
	return b.String()
}

func settingsPart(l resolute.Lang) string {
	latin, eastern := tag(l), ""
	switch l {
	case resolute.Arabic:
		latin = "en-GB"
	case resolute.Chinese:
		latin, eastern = "en-GB", ` w:eastAsia="zh-CN"`
	}
	return xmlHead + `<w:settings` + namespaces + `><w:updateFields w:val="false"/><w:footnotePr><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="` + latin + `"` + eastern + ` w:bidi="ar-SA"/></w:settings>`
}

const fontTablePart = xmlHead + `<w:fonts` + namespaces + `>` +
	`<w:font w:name="Calibri"><w:altName w:val="Carlito"/><w:family w:val="swiss"/></w:font>` +
	`<w:font w:name="Dubai"><w:altName w:val="Noto Naskh Arabic"/><w:family w:val="swiss"/></w:font>` +
	`<w:font w:name="SimSun"><w:altName w:val="Noto Sans CJK SC"/><w:family w:val="auto"/></w:font></w:fonts>`

// The footnotes 0 and 1 are the lines above footnotes; those of the document follow.
const (
	lastSeparator = 1
	separators    = `<w:footnote w:type="separator" w:id="0"><w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>` +
		`<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`
	separatorsRTL = `<w:footnote w:type="separator" w:id="0"><w:p><w:pPr><w:bidi/><w:spacing w:before="0" w:after="0"/></w:pPr><w:r><w:separator/></w:r></w:p></w:footnote>` +
		`<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:pPr><w:bidi/><w:spacing w:before="0" w:after="0"/></w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`
)

// pageNumber is "– n –".
const pageNumber = `<w:r><w:t xml:space="preserve">– </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
	`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> –</w:t></w:r>`

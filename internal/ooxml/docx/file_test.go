package docx_test

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"resolute/internal/ooxml/docx"
)

const (
	head  = `<?xml version="1.0" encoding="UTF-8"?>`
	space = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`
	kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// parts are those of a file beside its body, by kind: "numbering", "styles", "footnotes" ...
type parts map[string]string

// file makes a DOCX of a body and other parts, each without its outermost element.
func file(t testing.TB, body string, beside parts) []byte {
	t.Helper()
	files := map[string]string{
		"_rels/.rels":       relations(parts{"officeDocument": "word/document.xml"}),
		"word/document.xml": head + `<w:document` + space + `><w:body>` + body + `<w:sectPr/></w:body></w:document>`,
	}
	targets := parts{}
	for kind, text := range beside {
		targets[kind] = kind + ".xml"
		files["word/"+kind+".xml"] = head + `<w:` + kind + space + `>` + text + `</w:` + kind + `>`
	}
	files["word/_rels/document.xml.rels"] = relations(targets)
	return zipped(t, files)
}

func relations(targets parts) string {
	var b strings.Builder
	b.WriteString(head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, kind := range slices.Sorted(maps.Keys(targets)) {
		b.WriteString(`<Relationship Id="` + kind + `" Type="` + kinds + kind + `" Target="` + targets[kind] + `"/>`)
	}
	return b.String() + `</Relationships>`
}

func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(files[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t testing.TB, data []byte) *docx.Document {
	t.Helper()
	d, err := docx.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// shown writes a text in one line: paragraphs between bars, numbers before their texts.
func shown(t docx.Text) string {
	lines := make([]string, len(t.Paragraphs))
	for i, p := range t.Paragraphs {
		lines[i] = p.Text
		if p.Label != "" {
			lines[i] = "<" + p.Label + ">" + p.Text
		}
	}
	return strings.Join(lines, "|")
}

// Short forms of the elements that tests need.
func par(inner string) string { return "<w:p>" + inner + "</w:p>" }
func run(text string) string  { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }
func gone(text string) string {
	return `<w:del w:id="1"><w:r><w:delText xml:space="preserve">` + text + `</w:delText></w:r></w:del>`
}
func come(text string) string { return `<w:ins w:id="1">` + run(text) + `</w:ins>` }
func marked(change, inner string) string {
	return par(`<w:pPr><w:rPr><w:` + change + ` w:id="1"/></w:rPr></w:pPr>` + inner)
}
func field(char string) string { return `<w:r><w:fldChar w:fldCharType="` + char + `"/></w:r>` }
func cell(properties, blocks string) string {
	return `<w:tc><w:tcPr>` + properties + `</w:tcPr>` + blocks + `</w:tc>`
}
func row(properties string, c ...string) string {
	return `<w:tr><w:trPr>` + properties + `</w:trPr>` + strings.Join(c, "") + `</w:tr>`
}
func table(rows ...string) string {
	return `<w:tbl><w:tblPr/><w:tblGrid/>` + strings.Join(rows, "") + `</w:tbl>`
}
func box(blocks string) string {
	return `<w:r><w:pict><v:shape><v:textbox><w:txbxContent>` + blocks + `</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`
}

package docx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"resolute/internal/ooxml/docx"
)

func TestFilesThatAreRefused(t *testing.T) {
	body := func(text string) map[string]string { return map[string]string{"word/document.xml": text} }
	open, shut := `<w:document`+space+`><w:body>`, `</w:body></w:document>`
	for name, c := range map[string]struct {
		data []byte
		rule string
	}{
		"no zip":                     {[]byte("RESOLUTION 30"), "docx-zip"},
		"a zip cut short":            {file(t, par(run("a")), nil)[:200], "docx-zip"},
		"an old document":            {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), "docx-old-format"},
		"a zip without text":         {zipped(t, map[string]string{"a.txt": "a"}), "docx-no-text"},
		"another root":               {zipped(t, body(`<a/>`)), "docx-no-text"},
		"no XML":                     {zipped(t, body(open+`<w:p>`+shut)), "not-well-formed"},
		"an empty part":              {zipped(t, body("")), "not-well-formed"},
		"a document type":            {zipped(t, body(`<!DOCTYPE a [<!ENTITY b "c">]>`+open+shut)), "doctype"},
		"an entity":                  {zipped(t, body(open+`<w:p><w:r><w:t>&b;</w:t></w:r></w:p>`+shut)), "not-well-formed"},
		"elements too deep":          {zipped(t, body(open+strings.Repeat("<w:sdt>", 1000)+strings.Repeat("</w:sdt>", 1000)+shut)), "limit-docx"},
		"a part that unfolds":        {zipped(t, body(open+strings.Repeat(" ", 8<<20)+shut)), "limit-docx"},
		"a part that says it is big": {sized(t, 1<<40), "limit-docx"},
		"two parts of one name":      {twice(t), "docx-zip"},
		"too many parts":             {many(t), "limit-docx"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := docx.Read(c.data)
			var refusal *docx.Refusal
			if !errors.As(err, &refusal) || refusal.Rule != c.rule {
				t.Errorf("got %v, want rule %s", err, c.rule)
			}
		})
	}
}

// sized gives a file whose body claims a size.
func sized(t *testing.T, size uint64) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.CreateRaw(&zip.FileHeader{Name: "word/document.xml", Method: zip.Store, UncompressedSize64: size, CompressedSize64: 0}); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func twice(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"word/document.xml", "word//document.xml"} {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func many(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 10_001 {
		if _, err := z.Create(strings.Repeat("a", i%7) + "/" + strings.Repeat("b", i/7)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestNothingOutsideTheFileIsRead(t *testing.T) {
	files := map[string]string{
		"_rels/.rels":       relations(parts{"officeDocument": "/word/document.xml"}),
		"word/document.xml": `<w:document` + space + `><w:body>` + item(1, 0, "", run("a")) + `</w:body></w:document>`,
		"word/_rels/document.xml.rels": `<Relationships><Relationship Type="x/numbering" TargetMode="External" Target="http://example.org/numbering.xml"/>` +
			`<Relationship Type="x/styles" Target="../../../../etc/passwd"/></Relationships>`,
	}
	if d := read(t, zipped(t, files)); shown(d.Before) != "a" || len(d.Findings) > 0 {
		t.Errorf("got %q, findings %v", shown(d.Before), d.Findings)
	}
}

func TestTheStrictFormAndAMarkOfByteOrder(t *testing.T) {
	body := "\ufeff" + head + strings.ReplaceAll(`<w:document`+space+`><w:body>`+par(run("a")+come("b"))+`</w:body></w:document>`,
		"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")
	if d := read(t, zipped(t, map[string]string{"word/document.xml": body})); shown(d.Before) != "a" || shown(d.After) != "ab" {
		t.Errorf("got %q and %q", shown(d.Before), shown(d.After))
	}
}

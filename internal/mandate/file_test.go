package mandate_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/db"
	"resolute/internal/db/dbtest"
	"resolute/internal/ledger"
	"resolute/internal/mandate"
)

// docxOf makes a DOCX of lines, each a paragraph; "-a-" is a deleted a, "+a+" an inserted one.
func docxOf(t *testing.T, text string) []byte {
	t.Helper()
	run := strings.NewReplacer("{-", `</w:t></w:r><w:del><w:r><w:delText xml:space="preserve">`, "-}", `</w:delText></w:r></w:del><w:r><w:t xml:space="preserve">`,
		"{+", `</w:t></w:r><w:ins><w:r><w:t xml:space="preserve">`, "+}", `</w:t></w:r></w:ins><w:r><w:t xml:space="preserve">`)
	body := `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	for line := range strings.Lines(text) {
		body += `<w:p><w:r><w:t xml:space="preserve">` + run.Replace(strings.TrimSuffix(line, "\n")) + `</w:t></w:r></w:p>`
	}
	return zipOf(t, "word/document.xml", body+`</w:body></w:document>`)
}

// zipOf makes a zip of one file.
func zipOf(t *testing.T, name, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write([]byte(content))
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFilesOfEveryKindGiveLines(t *testing.T) {
	page := "<!DOCTYPE html><html><head><title>no</title><style>p{}</style></head><body>"
	for name, c := range map[string]struct {
		data []byte
		side mandate.Side
		want string
	}{
		"plain text":                     {[]byte("resolves\n1 to go\n"), "", "resolves\n1 to go\n"},
		"plain text in brackets":         {[]byte("[resolves]\n"), "", "[resolves]\n"},
		"plain text behind its mark":     {[]byte("\ufeffresolves\n"), "", "resolves\n"},
		"DOCX":                           {docxOf(t, "resolves\n1 to go"), "", "resolves\n1 to go\n"},
		"DOCX with every change refused": {docxOf(t, "in {-2017-}{+2021+}"), mandate.Before, "in 2017\n"},
		"DOCX with every change taken":   {docxOf(t, "in {-2017-}{+2021+}"), mandate.After, "in 2021\n"},
		"HTML, blanks run together":      {[]byte(page + "<h1>RESOLUTION\n 30</h1><p>a <b>b</b>c <i>d</i></p>e<br>f<script>no</script></body></html>"), "", "RESOLUTION 30\na bc d\ne\nf\n"},
		"HTML with lists":                {[]byte(page + `<ol><li>one<ol type="a" start="2"><li>two<li value="5">three</ol><li>four</ol><ol type="I"><li>five</ol><ul><li>six</ul>`), "", "1. one\nb) two\ne) three\n2. four\nI) five\nsix\n"},
		"HTML of a table":                {[]byte("<html><table><tr><td>a<td>b<tr><td>c</table>"), "", "a\nb\nc\n"},
		"HTML kept as typed":             {[]byte("<html><pre>a  b\n c</pre>"), "", "a  b\n c\n"},
		"HTML with changes":              {[]byte("<html><p>in <del>2017</del><ins>2021</ins>"), mandate.Before, "in 2017\n"},
		"XHTML":                          {[]byte(`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>a</p></body></html>`), "", "a\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, fault := mandate.File{Data: c.data, Side: c.side}.Read()
			if fault != nil || len(got.Findings) > 0 || got.Text != c.want || got.TwoTexts != (c.side != "") {
				t.Errorf("got %+v, want %q; fault %v", got, c.want, fault)
			}
		})
	}
}

func TestFilesThatAreNotRead(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		rule string
	}{
		"no UTF-8":                {[]byte("resolves\xff"), "encoding"},
		"a text that is too long": {bytes.Repeat([]byte("a"), 5<<20), "limit-text"},
		"a file that is too long": {make([]byte, mandate.LargestFile+1), "limit-file"},
		"nothing":                 {nil, "file-empty"},
		"blanks behind a mark":    {[]byte("\ufeff \n\t"), "file-empty"},
		"JSON":                    {[]byte(`{"resolution": 30}`), "format-unknown"},
		"a list as JSON":          {[]byte(" [30]\n"), "format-unknown"},
		"an empty zip":            {[]byte("PK\x05\x06" + strings.Repeat("\x00", 18)), "format-unknown"},
		"XML of another kind":     {[]byte(`<?xml version="1.0"?><list><n>1</n></list>`), "format-unknown"},
		"a zip without a text":    {zipOf(t, "readme.txt", "resolves"), "docx-no-text"},
		"PDF":                     {[]byte("%PDF-1.7"), "format-unknown"},
		"RTF":                     {[]byte(`{\rtf1}`), "format-unknown"},
		"an old document":         {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "docx-old-format"},
		"a broken DOCX":           {[]byte("PK\x03\x04"), "docx-zip"},
		"two texts and no side":   {docxOf(t, "in {-2017-}{+2021+}"), "tracked-changes"},
		"HTML with two texts":     {[]byte("<html><p><ins>a</ins>"), "tracked-changes"},
		"HTML that is too deep":   {[]byte("<html>" + strings.Repeat("<div>", 450)), "limit-html"},
	} {
		t.Run(name, func(t *testing.T) {
			got, fault := mandate.File{Data: c.data}.Read()
			if fault == nil || fault.Rule != c.rule || fault.Message == "" {
				t.Errorf("got %.40q, fault %+v, want %s", got.Text, fault, c.rule)
			}
		})
	}
}

func TestADocumentIsImportedBySide(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, m := context.Background(), open(d)
		data := docxOf(t, strings.Replace(small, "(Fiction, 2001),", "(Fiction, {-2001-}{+2005+}),", 1))
		take := func(side mandate.Side) (ledger.Import, error) {
			return m.Import(ctx, resolute.Operator(), mandate.File{Name: "r.docx", Data: data, Side: side})
		}
		if account, err := take(""); resolute.CodeOf(err) != resolute.Invalid || account.State != ledger.Refused || !strings.Contains(err.Error(), "--side") {
			t.Errorf("without a side: %+v, %v", account, err)
		}
		old, err := take(mandate.Before)
		if err != nil || old.New == 0 || old.Bytes != int64(len(data)) {
			t.Fatalf("before: %+v, %v", old, err)
		}
		if again, err := take(mandate.Before); err != nil || again.Unchanged != old.New {
			t.Errorf("the same side again: %+v, %v", again, err)
		}
		if plain, err := m.Import(ctx, resolute.Operator(), mandate.File{Name: "r.txt", Data: []byte(small)}); err != nil || plain.Unchanged != old.New {
			t.Errorf("the same text without its document: %+v, %v", plain, err)
		}
		if _, err := take(mandate.After); err != nil {
			t.Errorf("after: %v", err)
		}
	})
}

package docx_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/ooxml"
	"resolute/internal/ooxml/docx"
)

// written is a document of our own writer.
func written(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	err := ooxml.Write(&b, &ooxml.Document{Lang: resolute.English, Title: "Example", Head: ooxml.Text("EX"), Foot: ooxml.Text("foot"), Sections: []ooxml.Section{{Blocks: []ooxml.Block{
		ooxml.Heading{Level: 1, Runs: ooxml.Text("First")},
		ooxml.Paragraph{Runs: []ooxml.Run{{Text: "Text", Note: ooxml.Text("a note")}}},
		ooxml.Heading{Level: 2, Runs: ooxml.Text("Below")},
		ooxml.Paragraph{Style: ooxml.Item, Runs: ooxml.Text("an item")},
		ooxml.Table{Columns: []ooxml.Column{{Head: ooxml.Text("a"), Width: 1}}, Rows: [][]ooxml.Cell{{ooxml.Text("b")}}},
	}}}})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatOurWriterWrites(t *testing.T) {
	d := read(t, written(t))
	want := "1 First\nText\n1.1 Below\n–\tan item\na\nb\n[footnote 1] a note\n"
	if got := strings.ReplaceAll(d.After.String(), "\n\n", "\n"); got != want || d.Changed {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(written(f))
	f.Add(file(f, par(run("a")+come("b")), parts{"numbering": kind(0, level(0, "decimal", "%1", "")), "comments": `<w:comment/>`}))
	f.Fuzz(func(t *testing.T, data []byte) { refusedOrRead(t, data) })
}

func FuzzBody(f *testing.F) {
	for _, body := range []string{
		par(run("a") + come("b") + gone("c")), marked("del", run("a")) + marked("ins", gone("b")), table(row("<w:del/>", cell("<w:cellIns/>", par(run("a"))))),
		items(0, 1, 0) + styled("H", run("x")), par(field("begin")+run("code")+field("separate")+run("5")+field("end")) + par(box(par(run("in a box")))),
		par(`<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:t>a</w:t></mc:Choice><mc:Fallback><w:t>b</w:t></mc:Fallback></mc:AlternateContent><w:footnoteReference w:id="2"/></w:r>`),
	} {
		f.Add(body)
	}
	beside := parts{"numbering": kind(0, level(0, "decimal", "%1.", "")+level(1, "lowerRoman", "%1%2)", "")) + list(1, 0, ""),
		"styles": `<w:style w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`, "footnotes": `<w:footnote w:id="2">` + par(run("note")) + `</w:footnote>`}
	f.Fuzz(func(t *testing.T, body string) {
		d := refusedOrRead(t, file(t, body, beside))
		if d == nil {
			return
		}
		all := d.Before.String() + d.After.String()
		for _, a := range d.Asides {
			all += a.Text
		}
		for _, text := range textsOf(body) {
			if !strings.Contains(all, text) {
				t.Errorf("%q of %q is lost: %q", text, body, all)
			}
		}
	})
}

func refusedOrRead(t *testing.T, data []byte) *docx.Document {
	d, err := docx.Read(data)
	var refusal *docx.Refusal
	if err != nil && !errors.As(err, &refusal) {
		t.Errorf("%v is no refusal", err)
	}
	return d
}

// textsOf gives every word that stands in a w:t of paragraphs at the top of the body, read in
// another, simpler way: no blanks, no other elements.
func textsOf(body string) (list []string) {
	d := xml.NewDecoder(strings.NewReader(head + `<body` + space + `>` + body + `</body>`))
	var path []string
	for {
		token, err := d.Token()
		if err != nil {
			return list
		}
		switch t := token.(type) {
		case xml.StartElement:
			path = append(path, t.Name.Local)
			if !strings.HasPrefix(t.Name.Space, "http://schemas.openxmlformats.org/word") {
				path[len(path)-1] = "?"
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if len(path) == 4 && path[1] == "p" && path[2] == "r" && path[3] == "t" {
				list = append(list, strings.Fields(string(t))...)
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	files := map[string][]byte{"of our writer": written(b)}
	for _, name := range []string{"synthetic/res30-tracked", "real/RP051-Arabic"} {
		if data, err := os.ReadFile(filepath.Join(samples, name+".docx")); err == nil {
			files[name] = data
		}
	}
	for name, data := range files {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := docx.Read(data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

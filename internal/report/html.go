package report

import (
	"embed"
	"html/template"
	"io"
	"strconv"
	"sync"

	"resolute/internal/wording"
)

//go:embed summary.html summary.css
var files embed.FS

var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("summary.html").Funcs(template.FuncMap{"kind": kind}).ParseFS(files, "summary.html"))
})

// kind names a block for the template.
func kind(b Block) string {
	switch b := b.(type) {
	case Heading:
		return "h" + strconv.Itoa(b.Level+1)
	case Text:
		if b.Item {
			return "item"
		}
		return "text"
	}
	return "table"
}

// Href is where a run leads: to the records of a figure, or to what is proposed beside them.
func (r Run) Href() string {
	switch {
	case r.Fact == nil:
		return r.Link
	case r.Open && r.Fact.Beside != "":
		return r.Fact.Beside
	}
	return r.Fact.Query
}

// sheet is a document with what its page needs beside it.
type sheet struct {
	*Document
	*wording.Printer
}

// Dir is the writing direction of the page.
func (s sheet) Dir() string { return s.Document.Lang.Dir() }

// Style is the style of the page, which stands by itself.
func (s sheet) Style() (template.CSS, error) {
	raw, err := files.ReadFile("summary.css")
	return template.CSS(raw), err
}

// WriteHTML writes the summary as one page that stands by itself; each figure is a link.
func (d *Document) WriteHTML(w io.Writer) error {
	return page().Execute(w, sheet{d, wording.For(d.Lang)})
}

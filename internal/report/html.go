package report

import (
	"embed"
	"html/template"
	"io"
	"strconv"
	"sync"
)

//go:embed summary.html
var templateFile embed.FS

var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("summary.html").Funcs(template.FuncMap{"kind": kind}).ParseFS(templateFile, "summary.html"))
})

// kind names a block for the template.
func kind(b Block) string {
	switch b := b.(type) {
	case Heading:
		return "h" + strconv.Itoa(b.Level+1)
	case Text:
		return "text"
	case Item:
		return "item"
	}
	return "table"
}

// Dir is the writing direction of the document.
func (d *Document) Dir() string { return d.Lang.Dir() }

// WriteHTML writes the summary as one page that stands by itself; each figure is a link.
func (d *Document) WriteHTML(w io.Writer) error { return page().Execute(w, d) }

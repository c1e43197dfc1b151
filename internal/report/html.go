package report

import (
	"context"
	"embed"
	"errors"
	"html/template"
	"io"
	"iter"
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
	ctx context.Context // of the writing
	err error           // of reading the annex
}

// Rows are those of the annex, one after the other.
func (s *sheet) Rows() iter.Seq[[]Run] {
	return func(yield func([]Run) bool) {
		s.err = s.Annex.Each(s.ctx, func(row []Run) error {
			if !yield(row) {
				return errEnough
			}
			return nil
		})
	}
}

var errEnough = errors.New("no more rows are wanted")

// Dir is the writing direction of the page.
func (s *sheet) Dir() string { return s.Document.Lang.Dir() }

// Style is the style of the page, which stands by itself.
func (s *sheet) Style() (template.CSS, error) {
	raw, err := files.ReadFile("summary.css")
	return template.CSS(raw), err
}

// WriteHTML writes the summary as one page that stands by itself; each figure is a link.
func (d *Document) WriteHTML(ctx context.Context, w io.Writer) error {
	s := &sheet{Document: d, Printer: wording.For(d.Lang), ctx: ctx}
	return errors.Join(page().Execute(w, s), s.err)
}

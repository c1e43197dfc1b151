package ooxml

import (
	"fmt"
	"net/url"
	"slices"

	"resolute"
)

// checker keeps the first thing found that a document must not hold.
type checker struct {
	err     error
	tracked Tracked // of the document
}

func (c *checker) fault(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

func (d *Document) check() error {
	var c checker
	if !d.Lang.Known() {
		c.fault("language %q: want one of %v", d.Lang, resolute.Langs)
	}
	if d.Created != "" && !resolute.ValidDay(d.Created) {
		c.fault("created %q: want YYYY-MM-DD", d.Created)
	}
	c.changesOf(d.Tracked)
	if len(d.Sections) == 0 {
		c.fault("document without a section")
	}
	for _, r := range slices.Concat(d.Head, d.Foot) {
		if r.Link != "" || r.Note != nil {
			c.fault("%q: no link or footnote in head and foot", r.Text)
		}
	}
	for _, section := range d.Sections {
		if len(section.Blocks) == 0 {
			c.fault("section without a block")
		}
		for _, b := range section.Blocks {
			if b == nil {
				c.fault("section with a block that is nil")
				continue
			}
			b.check(&c)
		}
	}
	return c.err
}

func (c *checker) runs(lists ...[]Run) {
	for _, list := range lists {
		for _, r := range list {
			c.run(r)
			for _, n := range r.Note {
				c.run(n)
				if n.Note != nil {
					c.fault("%q: footnote within a footnote", n.Text)
				}
			}
		}
	}
}

func (c *checker) run(r Run) {
	if r.Dir != "" && r.Dir != LTR && r.Dir != RTL {
		c.fault("%q: direction %q: want ltr, rtl or nothing", r.Text, r.Dir)
	}
	c.change(r.Change, r.Text)
	if r.Link == "" {
		return
	}
	u, err := url.Parse(r.Link)
	if err != nil || !slices.Contains([]string{"http", "https", "mailto"}, u.Scheme) {
		c.fault("link %q: want an absolute address", r.Link)
	}
}

func (b Front) check(c *checker) {
	c.runs(b.Meeting)
	c.runs(b.Left...)
	c.runs(b.Right...)
}

func (b Paragraph) check(c *checker) {
	if !slices.ContainsFunc(styles, func(s style) bool { return s.id == string(b.Style) && !s.numbered }) && b.Style != unnamed && b.Style != Normal {
		c.fault("%q: unknown style %q", plain(b.Runs), b.Style)
	}
	c.change(b.End, plain(b.Runs))
	c.runs(b.Runs)
}

func (b Box) check(c *checker) {
	if len(b.Paragraphs) == 0 {
		c.fault("box without a paragraph")
	}
	for _, p := range b.Paragraphs {
		p.check(c)
	}
}

func (b Contents) check(c *checker) { c.runs(b.Title) }

func (b Heading) check(c *checker) {
	if b.Level != 1 && b.Level != 2 {
		c.fault("heading %q: level %d: want 1 or 2", plain(b.Runs), b.Level)
	}
	c.runs(b.Runs)
}

func (b Annex) check(c *checker) { c.runs(b.Label, b.Title) }

func (b Table) check(c *checker) {
	if b.Note != nil && len(b.Title) == 0 {
		c.fault("table with a footnote and no title to hold its mark")
	}
	if len(b.Columns) == 0 {
		c.fault("table %q without a column", plain(b.Title))
	}
	for _, column := range b.Columns {
		if column.Width < 1 {
			c.fault("table %q: column %q: width %d: want 1 or more", plain(b.Title), plain(column.Head), column.Width)
		}
		c.runs(column.Head)
	}
	for i, row := range b.Rows {
		b.checkRow(c, i+1, row)
	}
	c.runs(b.Label, b.Title, b.Legend, []Run{{Note: b.Note}})
}

func (b Table) checkRow(c *checker, n int, row []Cell) {
	if len(row) != len(b.Columns) {
		c.fault("table %q: row %d: %d cells, %d columns", plain(b.Title), n, len(row), len(b.Columns))
	}
	for _, cell := range row {
		c.runs(cell)
		if b.Note == nil && slices.ContainsFunc(cell, func(r Run) bool { return r.Noted }) {
			c.fault("table %q: row %d refers to a footnote that the table does not have", plain(b.Title), n)
		}
	}
}

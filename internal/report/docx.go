package report

import (
	"context"
	"io"
	"strings"

	"resolute"
	"resolute/internal/ooxml"
	"resolute/internal/wording"
)

// WriteDOCX writes the summary as a document of the form that the working group receives. A
// footnote of each figure of a sentence names query, records and data version. The rows of a table
// refer to the footnote at its title, which names query and records of each row and how its
// figures are got again.
func (d *Document) WriteDOCX(ctx context.Context, w io.Writer) error {
	c := converter{Printer: wording.For(d.Lang), version: d.Version}
	body := append([]ooxml.Block{c.front(d)},
		ooxml.Paragraph{Style: ooxml.Source, Runs: c.runs(d.Front.Source)},
		ooxml.Paragraph{Style: ooxml.Title, Runs: ooxml.Text(d.Title)},
		c.box(d.Box))
	for _, b := range d.Blocks {
		body = append(body, c.block(b))
	}
	sections := []ooxml.Section{{Blocks: body}}
	if d.Annex.Title != "" {
		sections = append(sections, ooxml.Section{Landscape: true, Blocks: c.annex(ctx, d.Annex)})
	}
	foot := d.Foot
	if d.Draft != "" {
		foot = d.Draft + " " + foot
	}
	head := c.run(d.Front.Head)
	head.NoBreak = true
	return ooxml.Write(w, &ooxml.Document{Lang: d.Lang, Title: d.Title, Author: d.Front.Source.Text, Created: d.Day, Head: []ooxml.Run{head}, Foot: ooxml.Text(foot),
		Sections: sections})
}

// converter turns blocks into those of the document format.
type converter struct {
	*wording.Printer
	version int64
}

func (c converter) front(d *Document) ooxml.Front {
	f := d.Front
	front := ooxml.Front{Meeting: c.runs(f.Meeting), Left: [][]ooxml.Run{c.runs(f.Place), c.runs(f.Agenda)}, Right: [][]ooxml.Run{c.runs(f.Number), c.runs(f.Date), c.runs(f.Original)}}
	if f.Pinned.Text != "" {
		front.Right = append(front.Right, c.runs(f.Pinned))
	}
	if d.Draft != "" {
		front.Right = append(front.Right, ooxml.Text(d.Draft))
	}
	return front
}

func (c converter) box(parts []Labelled) ooxml.Box {
	var b ooxml.Box
	for _, p := range parts {
		b.Paragraphs = append(b.Paragraphs, ooxml.Paragraph{Style: ooxml.Label, Runs: ooxml.Text(p.Label)})
		for _, t := range p.Texts {
			b.Paragraphs = append(b.Paragraphs, ooxml.Paragraph{Runs: c.runs(t.Runs...)})
		}
	}
	return b
}

func (c converter) block(b Block) ooxml.Block {
	switch b := b.(type) {
	case Heading:
		return ooxml.Heading{Level: b.Level, Runs: ooxml.Text(b.Text)}
	case Text:
		p := ooxml.Paragraph{Runs: c.runs(b.Runs...)}
		if b.Item {
			p.Style = ooxml.Item
		}
		return p
	}
	return c.table(b.(Table))
}

// runs writes the runs of a sentence. Figures that rest on one fact share its footnote, which
// stands at the first of them.
func (c converter) runs(list ...Run) []ooxml.Run {
	var out []ooxml.Run
	noted := map[*Fact]bool{}
	for _, r := range list {
		run := c.run(r)
		if f := r.Fact; f != nil {
			run.Bold = true
			if !noted[f] {
				run.Note = c.note(f)
				noted[f] = true
			} else if whole(f.Query) {
				run.Link = f.Query
			}
		}
		out = append(out, run)
	}
	return out
}

func (c converter) run(r Run) ooxml.Run {
	out := ooxml.Run{Text: r.Text, Lang: r.Lang, Bold: r.Blank}
	if r.Code {
		out.Dir = ooxml.LTR
	}
	if whole(r.Link) {
		out.Link = r.Link
	}
	return out
}

// whole tells whether an address can be a link of a file; on an installation without an outside
// address it can not.
func whole(address string) bool { return strings.HasPrefix(address, "http") }

// note names query, records and data version of a figure of a sentence, the identities and the
// command.
func (c converter) note(f *Fact) []ooxml.Run {
	note := append([]ooxml.Run{{Text: c.T("report.note", "records", f.Records, "version", c.version) + " "}}, address(f.Query))
	if n := len(f.IDs); n > 0 && n <= shownIDs {
		note = append(note, ooxml.Run{Text: "; " + c.T("report.identities") + " "}, ooxml.Run{Text: strings.Join(f.IDs, " ")})
	}
	if f.Repeat != "" {
		note = append(note, c.repeat(f.Repeat)...)
	}
	return note
}

// shownIDs is how many identities a footnote prints.
const shownIDs = 60

func (c converter) repeat(command string) []ooxml.Run {
	return []ooxml.Run{{Text: "; " + c.T("report.again") + " "}, {Text: command, Dir: ooxml.LTR, Lang: resolute.English}}
}

// address is a link where it can be one: not on an installation without an outside address, nor
// where the row's own value is left open.
func address(query string) ooxml.Run {
	run := ooxml.Run{Text: query, Dir: ooxml.LTR}
	if whole(query) && !strings.Contains(query, open) {
		run.Link = query
	}
	return run
}

func (c converter) table(t Table) ooxml.Table {
	out := c.tableHead(t)
	if t.Repeat != "" {
		out.Note = c.tableNote(t)
	}
	for _, row := range t.Rows {
		out.Rows = append(out.Rows, c.cells(row, out.Note != nil))
	}
	return out
}

func (c converter) tableHead(t Table) ooxml.Table {
	out := ooxml.Table{Label: ooxml.Text(t.Label), Title: ooxml.Text(t.Title), Legend: ooxml.Text(t.Legend)}
	for _, column := range t.Columns {
		align := ooxml.Start
		if column.Figures {
			align = ooxml.Figures
		}
		out.Columns = append(out.Columns, ooxml.Column{Head: ooxml.Cell(ooxml.Text(column.Head)), Width: column.Width, Align: align})
	}
	return out
}

// annexTable makes its rows while they are written. They lead to their activity.
// annex is the table behind the text under its own heading.
func (c converter) annex(ctx context.Context, a Annex) []ooxml.Block {
	blocks := []ooxml.Block{ooxml.Annex{Label: ooxml.Text(a.Label), Title: ooxml.Text(a.Title)}, ooxml.Paragraph{Runs: ooxml.Text(a.Note)}}
	if a.Count > 0 {
		blocks = append(blocks, c.annexTable(ctx, a))
	}
	return blocks
}

func (c converter) annexTable(ctx context.Context, a Annex) ooxml.Table {
	out := c.tableHead(a.Table)
	out.Note = append([]ooxml.Run{{Text: c.T("report.version", "version", c.version)}}, c.repeat(a.Table.Repeat)...)
	out.More = func(take func([]ooxml.Cell) error) error {
		return a.Each(ctx, func(row []Run) error { return take(c.cells(row, false)) })
	}
	return out
}

// cells writes a row. The first figure bears the mark of the table's footnote; where the document
// can hold links each figure is one.
func (c converter) cells(row []Run, noted bool) []ooxml.Cell {
	cells := make([]ooxml.Cell, len(row))
	for i, r := range row {
		run := c.run(r)
		if r.Fact != nil {
			if target := r.Href(); whole(target) {
				run.Link = target
			}
			run.Noted, noted = noted, false
		}
		cells[i] = ooxml.Cell{run}
	}
	return cells
}

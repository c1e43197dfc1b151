package report

import (
	"io"

	"resolute"
	"resolute/internal/ooxml"
	"resolute/internal/wording"
)

// WriteDOCX writes the summary as a document of the form that the working group receives. Each
// figure in running text and tables carries a link; the first figure of each row a footnote
// with the address of the records behind it.
func (d *Document) WriteDOCX(w io.Writer) error {
	c := converter{Printer: wording.For(d.Lang)}
	body := []ooxml.Block{
		ooxml.Front{Meeting: ooxml.Text(d.Meeting), Right: lines(d.Right)},
		ooxml.Paragraph{Style: ooxml.Source, Runs: ooxml.Text(d.Source)},
		ooxml.Paragraph{Style: ooxml.Title, Runs: ooxml.Text(d.Title)},
		c.box(d.Box),
	}
	for _, b := range d.Blocks {
		body = append(body, c.block(b))
	}
	annex := []ooxml.Block{ooxml.Annex{Label: ooxml.Text(d.AnnexNo), Title: ooxml.Text(d.AnnexTitle)}}
	if d.AnnexNote != "" {
		annex = append(annex, ooxml.Paragraph{Runs: ooxml.Text(d.AnnexNote)})
	}
	annex = append(annex, c.table(d.Annex, false))
	return ooxml.Write(w, &ooxml.Document{Lang: d.Lang, Title: d.Title, Created: d.Day, Head: ooxml.Text(d.Right[0]), Foot: ooxml.Text(d.Foot),
		Sections: []ooxml.Section{{Blocks: body}, {Landscape: true, Blocks: annex}}})
}

func lines(texts []string) [][]ooxml.Run {
	list := make([][]ooxml.Run, len(texts))
	for i, t := range texts {
		list[i] = ooxml.Text(t)
	}
	return list
}

// converter turns blocks into those of the document format.
type converter struct{ *wording.Printer }

func (c converter) box(parts []Labelled) ooxml.Box {
	var b ooxml.Box
	for _, p := range parts {
		b.Paragraphs = append(b.Paragraphs, ooxml.Paragraph{Style: ooxml.Label, Runs: ooxml.Text(p.Label)}, ooxml.Paragraph{Runs: ooxml.Text(p.Text)})
	}
	return b
}

func (c converter) block(b Block) ooxml.Block {
	switch b := b.(type) {
	case Heading:
		return ooxml.Heading{Level: b.Level, Runs: ooxml.Text(b.Text)}
	case Text:
		if b.Code {
			return ooxml.Paragraph{Runs: []ooxml.Run{{Text: b.Text, Lang: resolute.English, Dir: ooxml.LTR}}}
		}
		return ooxml.Paragraph{Runs: ooxml.Text(b.Text)}
	case Item:
		return ooxml.Paragraph{Style: ooxml.Item, Runs: []ooxml.Run{c.run(b.Run, true)}}
	}
	return c.table(b.(Table), true)
}

// run writes words; with notes the address of the evidence stands in a footnote. An address
// that is not whole, on an installation without an outside address, can be no link of a file.
func (c converter) run(r Run, notes bool) ooxml.Run {
	out := ooxml.Run{Text: r.Text, Lang: r.Lang}
	if r.Code {
		out.Dir = ooxml.LTR
	}
	if r.Evidence == "" {
		return out
	}
	whole := len(r.Evidence) > 4 && r.Evidence[:4] == "http"
	if notes {
		address := ooxml.Run{Text: r.Evidence, Dir: ooxml.LTR}
		if whole {
			address.Link = r.Evidence
		}
		out.Note = []ooxml.Run{{Text: c.T("report.evidence", "address", "")}, address}
	} else if whole {
		out.Link = r.Evidence
	}
	return out
}

func (c converter) table(t Table, notes bool) ooxml.Table {
	out := ooxml.Table{Label: ooxml.Text(t.Label), Title: ooxml.Text(t.Title)}
	for _, column := range t.Columns {
		align := ooxml.Start
		if column.Figures {
			align = ooxml.Figures
		}
		out.Columns = append(out.Columns, ooxml.Column{Head: ooxml.Cell(ooxml.Text(column.Head)), Width: column.Width, Align: align})
	}
	for _, row := range t.Rows {
		cells := make([]ooxml.Cell, len(row))
		noted := ""
		for i, r := range row {
			note := notes && r.Evidence != "" && r.Evidence != noted // one note for the figures of a row with the same records
			cells[i] = ooxml.Cell{c.run(r, note)}
			if note {
				noted = r.Evidence
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

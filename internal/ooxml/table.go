package ooxml

import "strconv"

// grid opens a table: its properties, in the order of CT_TblPr, and the widths of its columns.
type grid struct {
	style   string // name of a table style, else empty
	widths  []int
	borders string // a w:tblBorders element, else empty
	margins string // a w:tblCellMar element, else empty
	head    bool   // the first row is one of heads
	caption string // for those who do not see the table
}

func (s *story) openTable(g grid) {
	total := 0
	for _, w := range g.widths {
		total += w
	}
	s.put(`<w:tbl><w:tblPr>`)
	if g.style != "" {
		s.put(`<w:tblStyle w:val="`, g.style, `"/>`)
	}
	if s.rtl {
		s.put(`<w:bidiVisual/>`)
	}
	s.put(`<w:tblW w:w="`, strconv.Itoa(total), `" w:type="dxa"/>`, g.borders, `<w:tblLayout w:type="fixed"/>`, g.margins)
	if g.head {
		s.put(`<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>`)
	}
	if g.caption != "" {
		s.put(`<w:tblCaption w:val="`, escape(g.caption), `"/>`)
	}
	s.put(`</w:tblPr><w:tblGrid>`)
	for _, w := range g.widths {
		s.put(`<w:gridCol w:w="`, strconv.Itoa(w), `"/>`)
	}
	s.put(`</w:tblGrid>`)
}

func (s *story) openCell(width int, more string) {
	s.put(`<w:tc><w:tcPr><w:tcW w:w="`, strconv.Itoa(width), `" w:type="dxa"/>`, more, `</w:tcPr>`)
}

// widthsOf parts a width by the shares of the columns, to the last twentieth of a point.
func widthsOf(columns []Column, total int) []int {
	shares, sum, given := 0, 0, 0
	for _, c := range columns {
		shares += c.Width
	}
	widths := make([]int, len(columns))
	for i, c := range columns {
		sum += c.Width
		widths[i] = total*sum/shares - given
		given += widths[i]
	}
	return widths
}

func (b Table) write(s *story, end string) {
	if len(b.Label) > 0 {
		s.paragraph(paragraph{style: "TableNo", runs: b.Label, align: Centre})
	}
	if len(b.Title) > 0 {
		s.paragraph(paragraph{style: "Tabletitle", runs: b.Title, align: Centre, note: b.Note})
		s.tableNote = s.noteID
	}
	widths := widthsOf(b.Columns, s.width)
	s.openTable(grid{style: "Resolute", widths: widths, head: true, caption: plain(b.Title)})
	b.head(s, widths)
	for _, row := range b.Rows {
		b.row(s, widths, row)
	}
	b.more(s, widths)
	s.put(`</w:tbl>`)
	s.afterTable(b.Legend, end)
}

// more writes the rows that are made only now, so that none of them is held.
func (b Table) more(s *story, widths []int) {
	if b.More == nil {
		return
	}
	n := len(b.Rows)
	s.fail(b.More(func(row []Cell) error {
		n++
		var c checker
		if b.checkRow(&c, n, row); c.err != nil {
			return c.err
		}
		b.row(s, widths, row)
		return nil
	}))
}

func (b Table) row(s *story, widths []int, row []Cell) {
	s.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	for i, cell := range row {
		s.openCell(widths[i], "")
		align := b.Columns[i].Align
		if align == Figures && s.rtl {
			cell = leftToRightFigures(cell)
		}
		s.paragraph(paragraph{style: "Tabletext", runs: cell, align: align})
		s.put(`</w:tc>`)
	}
	s.put(`</w:tr>`)
}

func (b Table) head(s *story, widths []int) {
	s.put(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, column := range b.Columns {
		s.openCell(widths[i], `<w:shd w:val="clear" w:color="auto" w:fill="E8EEF2"/><w:vAlign w:val="bottom"/>`)
		s.paragraph(paragraph{style: "Tablehead", runs: column.Head, align: column.Align})
		s.put(`</w:tc>`)
	}
	s.put(`</w:tr>`)
}

// leftToRightFigures holds figures together within text that runs right to left: the sign of
// "-9.4" would stand behind it.
func leftToRightFigures(cell Cell) Cell {
	held := make(Cell, len(cell))
	for i, r := range cell {
		if r.Dir == "" && !hasLetters(r.Text) {
			r.Dir = LTR
		}
		held[i] = r
	}
	return held
}

// afterTable writes the paragraph that must follow a table: two tables without one between them
// are one to a word processor, and a section does not end in a table. Without text it takes no
// room that one would see.
func (s *story) afterTable(legend []Run, end string) {
	p := paragraph{style: string(Legend), runs: legend, end: end}
	if len(legend) == 0 {
		p.spacing = `<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>`
	}
	s.paragraph(p)
}

const (
	frontBorders = `<w:tblBorders><w:bottom w:val="single" w:sz="12" w:space="0" w:color="12344D"/></w:tblBorders>`
	frontMargins = `<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar>`
	boxBorders   = `<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="12344D"/><w:left w:val="single" w:sz="8" w:space="0" w:color="12344D"/>` +
		`<w:bottom w:val="single" w:sz="8" w:space="0" w:color="12344D"/><w:right w:val="single" w:sz="8" w:space="0" w:color="12344D"/></w:tblBorders>`
	boxMargins = `<w:tblCellMar><w:top w:w="85" w:type="dxa"/><w:left w:w="170" w:type="dxa"/><w:bottom w:w="85" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar>`
)

func (b Front) write(s *story, end string) {
	widths := widthsOf([]Column{{Width: 3}, {Width: 2}}, s.width)
	s.openTable(grid{widths: widths, borders: frontBorders, margins: frontMargins})
	s.put(`<w:tr>`)
	s.openCell(widths[0], "")
	s.paragraph(paragraph{style: "DocMeeting", runs: b.Meeting})
	for _, line := range b.Left {
		s.paragraph(paragraph{style: "DocBlock", runs: line})
	}
	s.put(`</w:tc>`)
	s.openCell(widths[1], "")
	if len(b.Right) == 0 {
		s.paragraph(paragraph{style: "DocBlock"})
	}
	for _, line := range b.Right {
		s.paragraph(paragraph{style: "DocBlock", runs: line, bold: true})
	}
	s.put(`</w:tc></w:tr></w:tbl>`)
	s.afterTable(nil, end)
}

func (b Box) write(s *story, end string) {
	widths := []int{s.width}
	s.openTable(grid{widths: widths, borders: boxBorders, margins: boxMargins})
	s.put(`<w:tr>`)
	s.openCell(widths[0], "")
	for _, block := range b.Paragraphs {
		p := block.paragraph("")
		p.spacing = boxTextSpacing
		if block.Style == Label {
			p.spacing = boxLabelSpacing
		}
		s.paragraph(p)
	}
	s.put(`</w:tc></w:tr></w:tbl>`)
	s.afterTable(nil, end)
}

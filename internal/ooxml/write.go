package ooxml

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Write writes the document as DOCX. The body goes to w as it is made; the texts of footnotes and
// the addresses of links are held in memory. Equal documents give equal bytes: parts in a fixed
// order, no times, numbers from counters. An error tells what the document must not hold, or is
// that of w or of a table's More.
func Write(w io.Writer, d *Document) error {
	if err := d.check(); err != nil {
		return fmt.Errorf("write document: %w", err)
	}
	z := &pack{zip: zip.NewWriter(w)}
	z.part("[Content_Types].xml", contentTypesPart())
	z.part("_rels/.rels", packageRelations)
	z.stories(d)
	z.part("word/styles.xml", stylesPart(d.Lang))
	z.part("word/numbering.xml", numberingPart(d.Lang))
	z.part("word/settings.xml", settingsPart(d.Lang))
	z.part("word/fontTable.xml", fontTablePart)
	z.part("docProps/core.xml", propertiesPart(d))
	if z.err == nil {
		z.err = z.zip.Close()
	}
	if z.err != nil {
		return fmt.Errorf("write document: %w", z.err)
	}
	return nil
}

// pack is the zip file with the first error of writing it.
type pack struct {
	zip *zip.Writer
	err error
}

func (z *pack) part(name, text string) {
	z.stream(name, func(out *bufio.Writer) { out.WriteString(text) })
}

func (z *pack) stream(name string, write func(*bufio.Writer)) {
	if z.err != nil {
		return
	}
	file, err := z.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		z.err = err
		return
	}
	out := bufio.NewWriterSize(file, 64<<10)
	write(out) // an error of out stays with it until Flush
	z.err = out.Flush()
}

// stories writes the parts that hold text of the document, and what they refer to.
func (z *pack) stories(d *Document) {
	in := &shared{lang: d.Lang, rtl: d.Lang.Dir() == "rtl", noteID: lastSeparator, tracked: d.Tracked}
	in.entries, in.listed = entriesOf(d.Sections)
	var noteText bytes.Buffer
	notes := &story{shared: in, out: bufio.NewWriter(&noteText)}
	in.notes = notes
	body := &story{shared: in}
	z.stream("word/document.xml", func(out *bufio.Writer) {
		body.out = out
		body.put(xmlHead, `<w:document`, namespaces, `><w:body>`)
		for i, section := range d.Sections {
			body.section(section, i == 0, i == len(d.Sections)-1)
		}
		body.put(`</w:body></w:document>`)
	})
	z.part("word/_rels/document.xml.rels", relationsPart(true, body.links))
	if z.err == nil {
		z.err = errors.Join(in.err, notes.out.Flush())
	}
	z.stream("word/footnotes.xml", func(out *bufio.Writer) {
		out.WriteString(xmlHead + `<w:footnotes` + namespaces + `>`)
		if in.rtl {
			out.WriteString(separatorsRTL)
		} else {
			out.WriteString(separators)
		}
		out.Write(noteText.Bytes())
		out.WriteString(`</w:footnotes>`)
	})
	z.part("word/_rels/footnotes.xml.rels", relationsPart(false, notes.links))
	z.margins(d, in)
}

// margins writes the running head, the empty head of the first page, and the foot.
func (z *pack) margins(d *Document, in *shared) {
	z.frame(in, "header1.xml", "hdr", paragraph{style: "Header", before: pageNumber, align: Centre}, paragraph{style: "Header", runs: d.Head, align: Centre})
	z.frame(in, "header2.xml", "hdr", paragraph{style: "Header"})
	z.frame(in, "footer1.xml", "ftr", paragraph{style: "Footer", runs: d.Foot})
}

func (z *pack) frame(in *shared, file, element string, paragraphs ...paragraph) {
	z.stream("word/"+file, func(out *bufio.Writer) {
		s := &story{shared: in, out: out}
		s.put(xmlHead, `<w:`, element, namespaces, `>`)
		for _, p := range paragraphs {
			s.paragraph(p)
		}
		s.put(`</w:`, element, `>`)
	})
}

package ooxml

import (
	"strconv"

	"resolute"
)

// Document is a whole document. Lang is the language of its text; it decides fonts, sizes and
// direction. Write gives an error for what a Document must not hold; its message says what.
type Document struct {
	Lang     resolute.Lang
	Title    string // in the properties of the file
	Author   string // in the properties of the file
	Created  string // day YYYY-MM-DD of the data, in the properties; empty leaves it out
	Head     []Run  // running head from page 2, below the page number: the document's number
	Foot     []Run  // foot of every page: snapshot and data version
	Tracked  Tracked
	Sections []Section
}

// Section is a run of pages of one orientation, A4. Each section begins on a new page.
type Section struct {
	Landscape bool
	Blocks    []Block
}

// Block is one of Front, Paragraph, Box, Contents, Heading, Table and Annex.
type Block interface {
	// write writes the block. end is put into the properties of its last paragraph: what ends
	// a section stands there.
	write(s *story, end string)
	check(c *checker)
}

// Front is the block at the head of the first page: the meeting with further lines beside the
// document's number, date and original language.
type Front struct {
	Meeting     []Run
	Left, Right [][]Run // one line each
}

// Style names what a Paragraph is.
type Style string

// The styles of a Paragraph. Item is one of a list and gets its dash from Write; Enumerated gives those of
// items whose marks are text.
const (
	Normal  Style = "Normal"
	Source  Style = "Source"      // who submits the document
	Title   Style = "Title1"      // its title
	Label   Style = "Headingb"    // a head without number
	Item    Style = "enumlev1"    // one item of a list
	Legend  Style = "Tablelegend" // below a table
	unnamed Style = ""

	ResNumber Style = "ResNo"         // "RESOLUTION 30 (REV. BUENOS AIRES, 2017)"
	ResTitle  Style = "Restitle"      // of a resolution
	Call      Style = "Call"          // "recalling", over what is recalled
	FirstLine Style = "Paragraph1"    // begins indented and goes on at the margin
	NoteLine  Style = "FootnoteText"  // a footnote whose mark stands nowhere
	Closing   Style = "Normalcentred" // place and day, a rule
)

// deepest is how many levels of items there are.
const deepest = 4

// Enumerated is the style of an item at a level from 1, whose mark and a tab begin its text; a paragraph that goes
// on below it has none.
func Enumerated(level int, marked bool) Style {
	level = min(max(level, 1), deepest)
	if marked {
		return Style("Resitem" + strconv.Itoa(level))
	}
	return Style("Resmore" + strconv.Itoa(level))
}

// Paragraph is one paragraph. Without a Style it is Normal.
type Paragraph struct {
	Style Style
	Runs  []Run
	End   Change // of its mark: an inserted paragraph has inserted runs and an inserted end
}

// Box is the framed summary of the first page: labels and paragraphs.
type Box struct {
	Paragraphs []Paragraph
}

// Contents is the table of contents: headings of both levels and annexes, each a link to its
// place. It has no page numbers: only a word processor knows them.
type Contents struct {
	Title []Run
}

// Heading is a numbered heading of level 1 or 2; the document's numbering counts.
type Heading struct {
	Level int
	Runs  []Run
}

// Annex is the head of an annex: its label ("Annex 1") and its title.
type Annex struct {
	Label, Title []Run
}

// Table is a table with a head that repeats on each page and rows that do not split. Label and
// Title stand above it, Legend below; each may be empty. Note is the text of a footnote at the
// title, to which runs of the rows may refer: footnotes of the rows themselves make LibreOffice
// leave pages half empty.
type Table struct {
	Label, Title []Run
	Note         []Run
	Columns      []Column
	Rows         [][]Cell                                // one cell for each column
	More         func(take func(row []Cell) error) error // further rows, made while they are written; may be nil
	Legend       []Run
}

// Column is one column of a Table. Widths are shares: 1, 3, 1 gives the middle column three
// fifths of the page.
type Column struct {
	Head  Cell
	Width int
	Align Align
}

// Align says where the text of a column stands.
type Align int

// The ways to stand. Figures stand at the right in both directions, so that places meet.
const (
	Start Align = iota
	Figures
	Centre
)

// Cell is the text of one cell.
type Cell []Run

// Run is a stretch of text of one look. A line feed in Text breaks the line, a tab is a tab;
// other control characters are dropped. Passages against the direction of the document are
// found and marked by Write, so that Latin words within Arabic need no runs of their own; a
// paragraph or cell whose runs are all in another language takes the direction of that text.
type Run struct {
	Text    string
	Bold    bool
	Italic  bool          // not shown in Arabic, which has no italics
	NoBreak bool          // blanks and hyphens of Text do not end a line
	Dir     Direction     // for codes, addresses and hashes; else empty
	Lang    resolute.Lang // when it differs from the document's
	Link    string        // absolute address: https, http or mailto
	Note    []Run         // text of a footnote, whose mark stands after Text
	Mark    string        // of the footnote, where it is not the next number
	Noted   bool          // in a row: the mark of the table's footnote stands after Text again
	Change  Change        // of Text and of the mark of its footnote
}

// Direction is the direction of a Run; empty means that of its letters.
type Direction string

// The directions.
const (
	LTR Direction = "ltr"
	RTL Direction = "rtl"
)

// Text gives runs of plain text.
func Text(text string) []Run { return []Run{{Text: text}} }

// plain gives the text of runs without looks and notes.
func plain(runs []Run) string {
	s := ""
	for _, r := range runs {
		s += r.Text
	}
	return s
}

package report

import "resolute"

// Document is the summary before it is written: blocks of text in one language, each figure
// with the address of the records behind it.
type Document struct {
	Lang    resolute.Lang
	Title   string
	Day     string // of the data, YYYY-MM-DD
	Foot    string // data version and head of the log
	Meeting string
	Right   []string // number, date, original language
	Source  string
	Box     []Labelled
	Blocks  []Block
	Annex   Table
	AnnexNo string
	AnnexTitle,
	AnnexNote string
}

// Labelled is a paragraph of the summary box under its label.
type Labelled struct{ Label, Text string }

// Block is one of Heading, Text, Item and Table.
type Block interface{ isBlock() }

// Heading is a numbered heading of level 1 or 2.
type Heading struct {
	Level int
	Text  string
}

// Text is a paragraph.
type Text struct {
	Text string
	Code bool // its words are English, such as the printed rule
}

// Item is an entry of a list.
type Item struct{ Run Run }

// Table is a table with its number and title.
type Table struct {
	Label, Title string
	Columns      []Column
	Rows         [][]Run
}

// Column is one column; figures stand at the right in both directions.
type Column struct {
	Head    string
	Figures bool
	Width   int
}

// Run is a piece of text. Evidence, when not empty, is the address of the records behind it.
type Run struct {
	Text     string
	Evidence string
	Lang     resolute.Lang // of a text that is not in the document's language
	Code     bool          // runs left to right in any language
}

func (Heading) isBlock() {}
func (Text) isBlock()    {}
func (Item) isBlock()    {}
func (Table) isBlock()   {}

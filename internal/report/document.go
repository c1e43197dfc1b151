package report

import (
	"context"

	"resolute"
)

// Document is the summary before it is written: blocks in one language, each figure with the
// query and the records behind it.
type Document struct {
	Lang    resolute.Lang
	Title   string
	Day     string // of the data, YYYY-MM-DD
	Version int64  // of the data
	Blanks  int    // fields that only a person can fill in; with any the document is a draft
	Draft   string // what marks a draft; empty without blanks
	Foot    string // data version, period and head of the log
	Front   Front
	Box     []Labelled
	Blocks  []Block
	Annex   Annex // without a title: there is none
}

// Front is the block at the head of the first page, in the order of documents of ITU.
type Front struct {
	Meeting, Place, Agenda, Number, Date, Original, Source Run
	Head                                                   Run // running head: the number as it is cited
	Pinned                                                 Run // data version that the summary is pinned to; empty for none
}

// Labelled is a part of the summary box under its label.
type Labelled struct {
	Label string
	Texts []Text
}

// Annex is the table behind the text. A register may hold many activities: Table has the heads
// alone, and Each makes the rows while the document is written.
type Annex struct {
	Label, Title, Note string
	Table              Table
	Count              int // rows
	each               func(ctx context.Context, take func([]Run) error) error
}

// Each hands over the rows in their order, of the state of the data that the document is about.
// It stops at the first error, or when the context ends.
func (a Annex) Each(ctx context.Context, take func([]Run) error) error {
	if a.Count == 0 {
		return nil
	}
	return a.each(ctx, take)
}

// Block is one of Heading, Text and Table.
type Block interface{ isBlock() }

// Heading is a heading of level 1 or 2 with its number.
type Heading struct {
	Level  int
	Number string
	Text   string
}

// Text is a paragraph, or an entry of a list.
type Text struct {
	Runs []Run
	Item bool
}

// Table is a table with its number and title. Repeat is the command that gives its figures again.
type Table struct {
	Label, Title, Legend string
	Repeat               string
	Key                  string // parameter by which the addresses of the rows differ; may be empty
	Columns              []Column
	Rows                 [][]Run
}

// Column is one column; figures stand at the right in both directions.
type Column struct {
	Head    string
	Figures bool
	Width   int
}

// Run is a piece of text.
type Run struct {
	Text  string
	Fact  *Fact         // what a figure rests on
	Open  bool          // the figure is what stands beside the fact as proposed
	Link  string        // address of the one record that is named
	Lang  resolute.Lang // of a text that is not in the document's language
	Code  bool          // a name, code or date that runs left to right in any language
	Name  bool          // a name or date: its digits are no figure
	Blank bool          // to be filled in by a person
	n     int           // the number of a figure, for plural forms
	count bool          // n is set
}

// Fact is what a figure rests on: who follows Query finds Records records.
type Fact struct {
	Number  int      // in the list of facts of the sentences, from 1; 0 in tables
	Query   string   // address of the records
	Beside  string   // address of what is proposed beside them; may be empty
	Repeat  string   // command that gives the figure again; in tables that of the table
	Records int      // how many records are behind it
	IDs     []string // their identities, unless they are activities: those are in the annex
}

func (Heading) isBlock() {}
func (Text) isBlock()    {}
func (Table) isBlock()   {}

// Facts lists those of the sentences in their order, each once.
func (d *Document) Facts() []*Fact {
	var list []*Fact
	d.sentences(func(r Run) {
		if r.Fact != nil && r.Fact.Number == len(list)+1 {
			list = append(list, r.Fact)
		}
	})
	return list
}

// sentences visits the runs of all sentences in their order.
func (d *Document) sentences(visit func(Run)) {
	texts := []Text{}
	for _, part := range d.Box {
		texts = append(texts, part.Texts...)
	}
	for _, b := range d.Blocks {
		if t, ok := b.(Text); ok {
			texts = append(texts, t)
		}
	}
	for _, t := range texts {
		for _, r := range t.Runs {
			visit(r)
		}
	}
}

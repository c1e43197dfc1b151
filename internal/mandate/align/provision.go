// Package align tells which provision of one text became which of the next. It is pure: two lists
// of provisions in, links out.
package align

// Provision is one unit of a text as alignment sees it.
type Provision struct {
	Label     string // names it within its text: P7, O84.a, L12
	Number    string // as printed or counted; links whose numbers differ are renumbered
	Path      string // what its thread is called within the instrument
	Line      int    // from 1
	Group     string // the heading that it stands under; empty: none
	Operative bool
	Text      string // without its mark
}

// Kind tells what became of a provision.
type Kind string

// The kinds of links. A provision that was split, or merged from several, stands in one link for
// each part.
const (
	Kept    Kind = "kept"
	Edited  Kind = "edited"
	New     Kind = "new"
	Dropped Kind = "dropped"
	Split   Kind = "split"
	Merged  Kind = "merged"
)

// The flags of a link.
const (
	Renumbered = "renumbered"
	Moved      = "moved"  // out of order among the linked ones, or between preamble and operative part
	Unsure     = "unsure" // a person should look at it
)

// None stands for the missing side of a link.
const None = -1

// Link joins a provision of the old text with one of the new, by their places in the lists; None
// on one side for what is new or dropped.
type Link struct {
	Old, New int
	Kind     Kind
	Flags    []string // in the order renumbered, moved, unsure; never nil
	Score    float64  // likeness of the words, 0 to 1; for a part of a split or merged one, the share of its words found there
}

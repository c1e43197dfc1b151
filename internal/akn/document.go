package akn

// Namespace is that of Akoma Ntoso 3.0 as published in 2018.
const Namespace = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

// Document is one revision of a resolution or decision.
type Document struct {
	Work
	Expression
	Revisions []Event // the life of the instrument up to this revision, oldest first
	Lines     []Line
	Notes     []Note // footnotes whose mark was found in no line
	Producer  string // who marked the text up: a name
	Produced  string // day of the markup, YYYY-MM-DD
}

// Work is what stays the same through all revisions.
type Work struct {
	Body   string // itu-wtdc, un-ga
	Kind   string // resolution or decision
	Number string // as printed: 30, 70/125
	First  string // when the instrument was first adopted, YYYY or YYYY-MM-DD; empty: not known
	Key    string // name of the instrument with us: itu:wtdc/res/30
}

// Expression is one revision in one language.
type Expression struct {
	Lang  string // of three letters: eng
	Label string // as printed: Rev. Buenos Aires, 2017
	Day   string // YYYY or YYYY-MM-DD; empty: not known
	Draft bool
	Title string
}

// Event is one revision in the life of an instrument.
type Event struct {
	Day   string // YYYY or YYYY-MM-DD
	Label string
	First bool
}

// LineKind says what a line is.
type LineKind string

// The kinds of lines.
const (
	NumberLine  LineKind = "number" // RESOLUTION 30 (Rev. ...)
	TitleLine   LineKind = "title"
	FrontLine   LineKind = "front"   // anything else before the body speaks
	OpeningLine LineKind = "opening" // The ... Conference (Dubai, 2018),
	HeadingLine LineKind = "heading" // begins a group
	ItemLine    LineKind = "item"
	AfterLine   LineKind = "after" // behind the text: place and date, annexes
)

// Line is one paragraph of the text.
type Line struct {
	Kind      LineKind
	Operative bool   // of headings and items
	Name      string // of a heading: its words before the addressee, "recalling"
	Level     int    // of items, 1 at the top
	Mark      string // of an item as printed, with its bracket or stop: "a)"
	Thread    string // of an item: the key of its thread, or what another producer wrote as wId
	Spans     []Span
}

// Span is a stretch of a line: text, perhaps a citation or the name of an addressee, and the
// footnote that stands behind it.
type Span struct {
	Text string
	Href string // of a citation: an address of Akoma Ntoso; empty: none
	Role bool   // names an addressee
	Note *Note
}

// Note is one footnote.
type Note struct {
	Mark, Text string
	Printed    bool // the text before it ends with its mark; not told of what is read
}

// Text gives a line without its mark and notes.
func (l Line) Text() string {
	if len(l.Spans) == 1 {
		return l.Spans[0].Text
	}
	var text string
	for _, s := range l.Spans {
		text += s.Text
	}
	return text
}

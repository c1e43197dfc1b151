package redline

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Kind says what a span is. Words in no span are kept.
type Kind string

// The kinds of spans.
const (
	Deleted  Kind = "deleted"        // stood before, and is struck
	Inserted Kind = "inserted"       // stands in the later text only
	Mark     Kind = "mark"           // of a proposal, in the margin: part of neither text
	Doubtful Kind = "ambiguous-kept" // kept here, and a person should look
	Kept     Kind = "kept"           // stands in both texts, as a person decided
)

// Certain is the certainty from which a span counts as sure; below, a person should decide.
const Certain = 0.9

// Span is a stretch of one line of the input. Start and End are code points of the line from 0,
// half open.
type Span struct {
	Line      int     `json:"line"` // from 1
	Start     int     `json:"start"`
	End       int     `json:"end"`
	Kind      Kind    `json:"kind"`
	Text      string  `json:"text"`
	Whole     bool    `json:"whole,omitempty"` // the whole line
	Certainty float64 `json:"certainty"`       // from 0 to 1
	Rule      string  `json:"rule"`            // name of a Rule
	Reason    string  `json:"reason"`
	Other     string  `json:"other"` // how it may be read otherwise

	Proposed Kind      `json:"proposed,omitempty"` // the kind before a person decided another
	Decided  *Decision `json:"decided,omitempty"`  // what a person decided; nil: nothing yet
}

// Sure tells whether the span is certain by its evidence, or decided by a person.
func (s Span) Sure() bool { return s.Decided != nil || s.Certainty >= Certain }

// ID names a span within its text, for a decision about it: "21:3-5".
func (s Span) ID() string { return place(s.Line, s.Start, s.End) }

// Letter is a list mark that one of the two texts must have had though it is not printed.
type Letter struct {
	Line      int     `json:"line"`    // from 1
	Side      string  `json:"side"`    // before or after
	Printed   string  `json:"printed"` // with the blanks behind it; empty: no mark is printed
	Written   string  `json:"written"`
	Certainty float64 `json:"certainty"`
	Reason    string  `json:"reason"`
}

// Proposal is what a text may have been before and after. Runs of blanks are written as one, and
// lines that were broken within an item are joined.
type Proposal struct {
	Before   string   `json:"before"`
	After    string   `json:"after"`
	Spans    []Span   `json:"spans"`
	Restored []Letter `json:"restored"`
}

// What a text may cost, so that no text takes long: beyond it nothing more is proposed, or only as
// doubtful.
const (
	mostSpans   = 10_000
	mostEntries = 5_000 // items of lists that are read
	mostAgain   = 400   // items whose next best reading is looked for
	longestLine = 64 << 10
)

// Split proposes how a flattened redline comes apart. A text without a place where two values run
// together, or without any trace of two revisions, gives no span, and before and after are alike.
func Split(text string) Proposal { return takeApart(text).proposal() }

func takeApart(text string) *reading {
	t := readText(text)
	for _, find := range []func(*reading){findSlots, findProposalMarks} {
		find(t)
	}
	if t.mixed() {
		for _, find := range []func(*reading){findJunctions, findLater, solveLists, findRestarts, findRoles, findPast} {
			find(t)
		}
	}
	t.dropUnfounded()
	return t
}

func (t *reading) proposal() Proposal {
	slices.SortStableFunc(t.spans, func(a, b Span) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Start - b.Start
	})
	p := Proposal{Spans: t.spans, Restored: t.letters}
	p.Before, p.After = t.side("before"), t.side("after")
	if p.Spans == nil {
		p.Spans = []Span{}
	}
	if p.Restored == nil {
		p.Restored = []Letter{}
	}
	return p
}

// reading is a text while it is taken apart.
type reading struct {
	lines   []*line
	groups  []*group
	spans   []Span
	letters []Letter
	orders  [2]int // pairs that stand older first, newer first
	oldYear int    // year of the text before, from its head; 0: not told
	newYear int
	entries int                 // items of lists read so far
	again   int                 // items whose next best reading was looked for
	moved   map[edition]edition // editions that were replaced somewhere in the text
}

// line is one line of the text without its end.
type line struct {
	number int // from 1
	text   string
	end    string // line end
	item   *item  // the item that it is part of; nil: none
}

func readText(text string) *reading {
	t := &reading{moved: map[edition]edition{}}
	for raw := range strings.Lines(text) {
		body := strings.TrimRight(raw, "\r\n")
		t.lines = append(t.lines, &line{number: len(t.lines) + 1, text: body, end: raw[len(body):]})
	}
	t.readGroups()
	return t
}

// mixed tells whether two values in one slot, or two list marks before one text, were found: only
// then is the rest looked at.
func (t *reading) mixed() bool {
	return t.slotted() || slices.ContainsFunc(t.groups, func(g *group) bool {
		return slices.ContainsFunc(g.items, func(it *item) bool { return len(it.marks) == 2 || it.glued() })
	})
}

// slotted tells whether a pair was found that is sure by itself.
func (t *reading) slotted() bool {
	return slices.ContainsFunc(t.spans, func(s Span) bool { return s.Sure() && slices.Contains(founding, s.Rule) })
}

// founding are the rules whose evidence is sure by itself: without any of it a text is not taken
// for a mixed one, and nothing is proposed.
var founding = []string{"two-editions", "glued-places", "glued-years", "name-and-two-numbers", "glued-marks"}

func (t *reading) dropUnfounded() {
	if !t.slotted() {
		t.spans = slices.DeleteFunc(t.spans, func(s Span) bool { return s.Kind != Mark })
		t.letters = nil
	}
}

// add records a span that begins and ends at bytes of a line. Of two spans that overlap the
// first stays: evidence is looked at in the order of its strength.
func (t *reading) add(rule string, kind Kind, l *line, from, to int, certainty float64) bool {
	start, end := utf8.RuneCountInString(l.text[:from]), utf8.RuneCountInString(l.text[:to])
	if end <= start || t.overlaps(l.number, start, end) {
		return false
	}
	t.spans = append(t.spans, Span{Line: l.number, Start: start, End: end, Kind: kind, Text: l.text[from:to],
		Whole: from == 0 && to == len(l.text), Certainty: certainty, Rule: rule, Reason: ruleOf(rule).Reason, Other: ruleOf(rule).Other})
	return true
}

// overlaps tells whether there is no room for a span: another stands there, or there are too many.
func (t *reading) overlaps(number, start, end int) bool {
	return len(t.spans) >= mostSpans || slices.ContainsFunc(t.spans, func(s Span) bool { return s.Line == number && s.Start < end && start < s.End })
}

// addWhole records a span for each line of an item, and drops what was found within.
func (t *reading) addWhole(rule string, kind Kind, it *item, certainty float64) {
	for _, l := range it.lines {
		t.spans = slices.DeleteFunc(t.spans, func(s Span) bool { return s.Line == l.number && s.Kind != Mark })
		t.add(rule, kind, l, 0, len(l.text), certainty)
	}
}

// pair records a struck stretch and the one that replaces it. The older one is struck; first
// tells that it stands first, which is the order of nearly all.
func (t *reading) pair(rule string, l *line, from, middle, to int, olderFirst bool, certainty float64) {
	kinds := [2]Kind{Deleted, Inserted}
	if !olderFirst {
		kinds, certainty = [2]Kind{Inserted, Deleted}, min(certainty, 0.9)
	}
	if t.overlapsBytes(l, from, to) || len(t.spans)+1 >= mostSpans {
		return
	}
	t.add(rule, kinds[0], l, from, middle, certainty)
	t.add(rule, kinds[1], l, middle, to, certainty)
	if olderFirst {
		t.orders[0]++
	} else {
		t.orders[1]++
	}
}

func (t *reading) overlapsBytes(l *line, from, to int) bool {
	return t.overlaps(l.number, utf8.RuneCountInString(l.text[:from]), utf8.RuneCountInString(l.text[:to]))
}

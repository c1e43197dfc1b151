package ooxml

import (
	"strconv"
	"time"
)

// Change says what became of a stretch of text, or of the end of a paragraph, while changes were
// tracked; empty means that nothing did. A word processor can accept or reject it.
type Change string

// The changes.
const (
	Inserted Change = "ins"
	Deleted  Change = "del"
)

// Tracked says who made the changes of a document, and when.
type Tracked struct {
	By string
	At string // day YYYY-MM-DD; empty leaves it out
}

// Changes are numbered from here, away from bookmarks.
const firstChange = 3_000_000

// changeHead begins the element of a change, without its end: attributes only.
func (s *story) changeHead(c Change) string {
	s.changes++
	at := ""
	if s.tracked.At != "" {
		at = ` w:date="` + s.tracked.At + `T00:00:00Z"`
	}
	return `<w:` + string(c) + ` w:id="` + strconv.Itoa(firstChange+s.changes) + `" w:author="` + escape(s.tracked.By) + `"` + at
}

// changed writes what a change is about.
func (s *story) changed(c Change, write func()) {
	if c == "" {
		write()
		return
	}
	s.put(s.changeHead(c), `>`)
	write()
	s.put(`</w:`, string(c), `>`)
}

// mark gives the properties of the end of a paragraph that was inserted or deleted: rejected or
// accepted, the paragraph goes on in the next one.
func (s *story) mark(c Change) string {
	if c == "" {
		return ""
	}
	return `<w:rPr>` + s.changeHead(c) + `/></w:rPr>`
}

// element is the name of the element that holds the text of a run.
func (c Change) element() string {
	if c == Deleted {
		return "w:delText"
	}
	return "w:t"
}

func (c *checker) change(change Change, of string) {
	if change != "" && change != Inserted && change != Deleted {
		c.fault("%q: change %q: want ins, del or nothing", of, change)
	}
	if change != "" && c.tracked.By == "" {
		c.fault("%q: a tracked change needs to say whose it is", of)
	}
}

func (c *checker) changesOf(t Tracked) {
	c.tracked = t
	if _, err := time.Parse(time.DateOnly, t.At); t.At != "" && err != nil {
		c.fault("changes of %q: want YYYY-MM-DD", t.At)
	}
}

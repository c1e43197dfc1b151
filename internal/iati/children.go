package iati

import (
	"bytes"
	"slices"

	"resolute/internal/iati/schema"
)

// InsertTags puts tags, and behind them elements of other namespaces at the end, into an activity:
// each where the standard has them, without a blank or a line end, so that WithoutChildren gives back
// the same bytes. An activity without any child stays as it is.
func InsertTags(raw, tags, foreign []byte) []byte {
	s := newFragmentScanner(raw, spot{})
	place, _ := schema.Load(exported, "iati-activities").Place([]byte("iati-activity"))
	last, _ := place.Child([]byte("tag"), false)
	behind, end := 0, 0 // of what stands before the tags; of all children
	before := true
	for {
		k, err := s.next()
		if err != nil || k == endOfFile {
			break
		}
		switch {
		case k == startTag && s.depth() == 2:
			name := s.bytes(s.name)
			rank, _ := place.Child(name, bytes.IndexByte(name, ':') >= 0)
			before = rank <= last
		case k == endTag && s.depth() == 1:
			if end = s.pos; before {
				behind = s.pos
			}
		}
	}
	if behind == 0 {
		return raw
	}
	return slices.Concat(raw[:behind], tags, raw[behind:end], foreign, raw[end:])
}

// WithoutChildren takes those children of an activity out for which drop says so of their local name
// and attributes. What stands around them stays.
func WithoutChildren(raw []byte, drop func(name string, attrs []Attr) bool) []byte {
	s := newFragmentScanner(raw, spot{})
	var kept []byte
	from, start, dropping := 0, 0, false
	for {
		k, err := s.next()
		if err != nil || k == endOfFile {
			break
		}
		switch {
		case k == startTag && s.depth() == 2:
			start, dropping = s.start, drop(s.local(), s.allAttrs())
		case k == endTag && s.depth() == 1 && dropping:
			kept = append(kept, raw[from:start]...)
			from, dropping = s.pos, false
		}
	}
	if from == 0 {
		return raw
	}
	return append(kept, raw[from:]...)
}

// local is the name of the start tag at hand without its prefix.
func (s *scanner) local() string {
	name := s.bytes(s.name)
	return string(name[bytes.IndexByte(name, ':')+1:])
}

// allAttrs gives the attributes of the start tag at hand.
func (s *scanner) allAttrs() []Attr {
	attrs := make([]Attr, len(s.attrs))
	for i, a := range s.attrs {
		attrs[i] = Attr{string(s.bytes(a.name)), s.unescaped(a.value, a.escaped, true)}
	}
	return attrs
}

// EscapeAttribute gives text as it stands in an attribute between double quotes.
func EscapeAttribute(s string) string { return attributeEscapes.Replace(s) }

// EscapeText gives text as it stands between tags.
func EscapeText(s string) string { return textEscapes.Replace(s) }

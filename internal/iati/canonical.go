package iati

import (
	"bytes"
	"crypto/sha256"
	"slices"
)

// The marks of the canonical form. None of them is a character of XML, so nothing inside an
// element can look like one.
const (
	markStart = 0x01
	markAttr  = 0x02
	markValue = 0x03
	markText  = 0x04
	markEnd   = 0x05
)

// Canonical is a SHA-256 over the canonical tokens of an element and over what it inherits from
// the root (language and currency). It is equal for two elements that differ only in white space
// around texts, in the order and quoting of attributes, in comments, or in the way a character is
// written; any other difference changes it.
func (root Root) Canonical(el *Element) [sha256.Size]byte {
	s := newFragmentScanner(el.Raw, spot{})
	b := make([]byte, 0, len(el.Raw)+64)
	b = append(b, root.Lang...)
	b = append(b, markAttr)
	b = append(b, root.DefaultCurrency...)
	c := canon{s: s, out: b}
	for {
		k, err := s.next()
		if err != nil || k == endOfFile {
			break
		}
		c.token(k)
	}
	return sha256.Sum256(c.out)
}

// canon writes the canonical form.
type canon struct {
	s     *scanner
	out   []byte
	texts int // where the text being written began; 0 when none is
	order []attribute
}

// token writes one token. Texts that only a comment or the border of a CDATA section parts are
// one text.
func (c *canon) token(k kind) {
	switch k {
	case startTag:
		c.endText()
		c.start()
	case endTag:
		c.endText()
		c.out = append(c.out, markEnd)
	case text, cdata:
		if c.texts == 0 {
			c.out = append(c.out, markText)
			c.texts = len(c.out)
		}
		c.body(k)
	}
}

// body writes the text of the token at hand.
func (c *canon) body(k kind) {
	b := c.s.bytes(c.s.body)
	switch {
	case !c.s.escaped:
		c.out = append(c.out, b...)
	case k == text:
		c.out = appendUnescaped(c.out, b, false)
	default:
		c.out = append(c.out, bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))...)
	}
}

// endText trims the text written last and takes it out again when nothing is left.
func (c *canon) endText() {
	if c.texts == 0 {
		return
	}
	trimmed := bytes.TrimSpace(c.out[c.texts:])
	n := copy(c.out[c.texts:], trimmed)
	c.out = c.out[:c.texts+n]
	if n == 0 {
		c.out = c.out[:c.texts-1]
	}
	c.texts = 0
}

// start writes the start tag at hand, its attributes in order of their names.
func (c *canon) start() {
	s := c.s
	c.out = append(c.out, markStart)
	c.out = append(c.out, s.bytes(s.name)...)
	c.order = append(c.order[:0], s.attrs...)
	slices.SortFunc(c.order, func(a, b attribute) int { return bytes.Compare(s.bytes(a.name), s.bytes(b.name)) })
	for _, a := range c.order {
		c.out = append(c.out, markAttr)
		c.out = append(c.out, s.bytes(a.name)...)
		c.out = append(c.out, markValue)
		if a.escaped {
			c.out = appendUnescaped(c.out, s.bytes(a.value), true)
		} else {
			c.out = append(c.out, s.bytes(a.value)...)
		}
	}
}

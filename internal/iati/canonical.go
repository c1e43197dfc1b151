package iati

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strings"

	"resolute/internal/iati/schema"
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

// Canonical is a SHA-256 over the canonical tokens of an element, with what it inherits from the
// root (language, currency and namespaces) as though it stated that itself. It is equal for two
// elements that differ only in white space around texts, in the order and quoting of attributes, in
// comments, in the way a character is written, in prefixes of one namespace, or in the order of
// children of different names where the standard prescribes one; any other difference changes it. Of
// an activity of version 1.0x it is that of what Upgrade makes of it.
func (root Root) Canonical(el *Element) [sha256.Size]byte {
	el, _ = root.Upgrade(el)
	s := newFragmentScanner(el.Raw, spot{})
	c := canon{s: s, root: root, out: append(make([]byte, 0, len(el.Raw)+64), markAttr)}
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
	s        *scanner
	root     Root
	out      []byte
	texts    int // where the text being written began; 0 when none is
	order    []attribute
	lent     []pair
	levels   []level
	parts    []part
	prefixes []prefix // declared within the element
}

// level is an open element.
type level struct {
	place   schema.Place
	parts   int // where its children begin in parts
	latest  int // the rank of the child that stands latest
	jumbled bool
	loose   bool // text stands between the children: they stay as they are
}

// part is one child in the output, with its rank in the order of the standard.
type part struct{ rank, from, to int }

// token writes one token. Texts that only a comment or the border of a CDATA section parts are
// one text.
func (c *canon) token(k kind) {
	switch k {
	case startTag:
		c.endText()
		c.open()
		c.start()
	case endTag:
		c.endText()
		c.close()
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
	} else if len(c.levels) > 0 {
		c.levels[len(c.levels)-1].loose = true
	}
	c.texts = 0
}

// open begins an element and notes its rank among its siblings.
func (c *canon) open() {
	name := c.s.bytes(c.s.name)
	l := level{parts: len(c.parts) + 1}
	if len(c.levels) == 0 {
		l.parts = 0
		l.place, _ = c.root.schema().Place(name)
	} else {
		up := &c.levels[len(c.levels)-1]
		var rank int
		rank, l.place = up.place.Child(name, bytes.IndexByte(name, ':') >= 0)
		up.jumbled = up.jumbled || rank < up.latest
		up.latest = max(up.latest, rank)
		c.parts = append(c.parts, part{rank: rank, from: len(c.out)})
	}
	c.levels = append(c.levels, l)
}

// close ends an element: children that stand in another order than that of the standard are put
// into it; those of one name keep their order.
func (c *canon) close() {
	l := c.levels[len(c.levels)-1]
	c.levels = c.levels[:len(c.levels)-1]
	if children := c.parts[l.parts:]; l.jumbled && !l.loose {
		from := children[0].from
		was := slices.Clone(c.out[from:])
		slices.SortStableFunc(children, func(a, b part) int { return a.rank - b.rank })
		c.out = c.out[:from]
		for _, p := range children {
			c.out = append(c.out, was[p.from-from:p.to-from]...)
		}
	}
	c.parts = c.parts[:l.parts]
	c.out = append(c.out, markEnd)
	if l.parts > 0 {
		c.parts[l.parts-1].to = len(c.out)
	}
	for n := len(c.prefixes); n > 0 && c.prefixes[n-1].depth > len(c.levels); n = len(c.prefixes) {
		c.prefixes = c.prefixes[:n-1]
	}
}

// start writes the start tag at hand, its attributes in order of their names.
func (c *canon) start() {
	s := c.s
	c.order = append(c.order[:0], s.attrs...)
	c.lent = c.lent[:0]
	if len(c.levels) == 1 {
		c.lend("xml:lang", string(c.root.Lang))
		c.lend("default-currency", c.root.DefaultCurrency)
	}
	if s.prefixed {
		c.declare()
	}
	c.out = append(c.out, markStart)
	c.out = append(c.out, c.full(s.name)...)
	slices.SortFunc(c.order, func(a, b attribute) int { return bytes.Compare(c.full(a.name), c.full(b.name)) })
	for _, a := range c.order {
		name := c.full(a.name)
		for len(c.lent) > 0 && c.lent[0].name < string(name) {
			c.borrow()
		}
		c.out = append(append(append(c.out, markAttr), name...), markValue)
		if a.escaped {
			c.out = appendUnescaped(c.out, s.bytes(a.value), true)
		} else {
			c.out = append(c.out, s.bytes(a.value)...)
		}
	}
	for len(c.lent) > 0 {
		c.borrow()
	}
}

// lend notes an attribute of the root that holds for the element unless it has its own.
func (c *canon) lend(name, value string) {
	if value != "" && !c.s.has(name) {
		c.lent = append(c.lent, pair{name, value})
		slices.SortFunc(c.lent, func(a, b pair) int { return strings.Compare(a.name, b.name) })
	}
}

// borrow writes the first attribute that the root lends.
func (c *canon) borrow() {
	c.out = append(append(c.out, markAttr), c.lent[0].name...)
	c.out = append(append(c.out, markValue), c.lent[0].value...)
	c.lent = c.lent[1:]
}

// declare takes the declarations of prefixes out of the attributes and remembers them.
func (c *canon) declare() {
	c.order = slices.DeleteFunc(c.order, func(a attribute) bool {
		name, found := bytes.CutPrefix(c.s.bytes(a.name), []byte("xmlns:"))
		if found {
			c.prefixes = append(c.prefixes, prefix{name: string(name), uri: c.s.unescaped(a.value, a.escaped, true), depth: len(c.levels)})
		}
		return found
	})
}

// full gives a name with the address of its namespace in place of a prefix.
func (c *canon) full(printed span) []byte {
	name := c.s.bytes(printed)
	head, local, found := bytes.Cut(name, []byte(":"))
	if !found || string(head) == "xml" {
		return name
	}
	uri, known := c.address(string(head))
	if !known {
		return name
	}
	return slices.Concat([]byte("{"), []byte(uri), []byte("}"), local)
}

// address finds the namespace of a prefix, in the element or at the root.
func (c *canon) address(prefix string) (string, bool) {
	for i := len(c.prefixes) - 1; i >= 0; i-- {
		if c.prefixes[i].name == prefix {
			return c.prefixes[i].uri, true
		}
	}
	for _, a := range c.root.Attrs {
		if a.Name == "xmlns:"+prefix {
			return a.Value, true
		}
	}
	return "", false
}

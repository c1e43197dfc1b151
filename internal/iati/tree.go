package iati

import (
	"bytes"

	"resolute/internal/iati/schema"
)

// branch is one element of an activity with the places of all that stands in it, so that it can be
// written anew without touching what stays.
type branch struct {
	schema.Node
	raw      []byte // of the activity
	from, to int
	inner    span   // between its tags; empty when it closes itself
	single   bool   // it closes itself
	name     int    // where its name ends
	quotes   []span // of attributes, from the name to behind the closing quote
	pieces   []piece
}

// piece is a part of an element's content: a child, or what stands between children.
type piece struct {
	kind     kind // text, cdata, aside, or startTag for a child
	from, to int
	child    *branch
}

// parseTree reads an element that came from a Reader, in a file with that root.
func parseTree(root Root, raw []byte) *branch {
	s := newFragmentScanner(raw, spot{}).within(root)
	outside := &branch{}
	open := []*branch{outside}
	shadows := []bool{false} // a default namespace holds
	for {
		k, err := s.next()
		if err != nil || k == endOfFile {
			break
		}
		top := open[len(open)-1]
		switch k {
		case startTag:
			b, shadow := s.branch(shadows[len(shadows)-1])
			top.Children = append(top.Children, &b.Node)
			top.pieces = append(top.pieces, piece{kind: startTag, from: b.from, child: b})
			open, shadows = append(open, b), append(shadows, shadow)
		case endTag:
			top.to = s.pos
			top.inner.to = s.start
			if top.single {
				top.inner.to = top.inner.from
			}
			open, shadows = open[:len(open)-1], shadows[:len(shadows)-1]
			outer := open[len(open)-1]
			outer.pieces[len(outer.pieces)-1].to = top.to
		case text, cdata:
			top.Text = append(top.Text, s.plainBody(k)...)
			fallthrough
		default:
			top.pieces = append(top.pieces, piece{kind: k, from: s.start, to: s.pos})
		}
	}
	return outside.pieces[0].child
}

// branch makes a branch of the start tag at hand.
func (s *scanner) branch(shadow bool) (*branch, bool) {
	if declared := s.defaultNamespace(); declared != nil {
		shadow = len(declared) > 0
	}
	name := s.bytes(s.name)
	b := &branch{raw: s.buf, from: s.start, name: s.name.to, inner: span{s.pos, s.pos}, single: s.closing}
	b.Name, b.Foreign, b.At = name, shadow || bytes.IndexByte(name, ':') >= 0, s.start
	for _, a := range s.attrs {
		b.Attrs = append(b.Attrs, schema.NodeAttr{Name: s.bytes(a.name), Instance: s.ofInstance(a.name), Value: []byte(s.unescaped(a.value, a.escaped, true))})
		b.quotes = append(b.quotes, span{a.name.from, a.value.to + 1})
	}
	return b, shadow
}

// plainBody gives the text of the token at hand without references.
func (s *scanner) plainBody(k kind) []byte {
	if k == cdata || !s.escaped {
		return s.bytes(s.body)
	}
	return appendUnescaped(nil, s.bytes(s.body), false)
}

// node is the element as Mend looks at it.
func (b *branch) node() *schema.Node { return &b.Node }

// bytes writes the element as it was decided; size is about how long it will be.
func (b *branch) bytes(size int) []byte { return b.write(make([]byte, 0, size+64)) }

func (b *branch) write(to []byte) []byte {
	switch {
	case b.Dropped:
		return to
	case b.Unwrapped:
		return b.content(to)
	case !b.Touched:
		return append(to, b.raw[b.from:b.to]...)
	}
	to = b.startTag(to)
	if b.single {
		return to
	}
	if b.Value != nil {
		to = append(to, textEscapes.Replace(string(b.Value))...)
	} else {
		to = b.content(to)
	}
	return append(to, b.raw[b.inner.to:b.to]...)
}

func (b *branch) startTag(to []byte) []byte {
	to = append(to, b.raw[b.from:b.name]...)
	for i, a := range b.Attrs {
		switch {
		case a.Dropped:
		case a.Anew != nil:
			to = append(append(append(to, ' '), a.Name...), '=', '"')
			to = append(append(to, attributeEscapes.Replace(string(a.Anew))...), '"')
		default:
			to = append(append(to, ' '), b.raw[b.quotes[i].from:b.quotes[i].to]...)
		}
	}
	if b.single {
		to = append(to, '/')
	}
	return append(to, '>')
}

// content writes what stands between the tags. What stands before a child goes where it goes.
func (b *branch) content(to []byte) []byte {
	if b.Wrapped {
		to = append(to, "<narrative>"...)
		for _, p := range b.pieces {
			if p.kind == text || p.kind == cdata {
				to = append(to, bytes.TrimSpace(b.raw[p.from:p.to])...)
			}
		}
		to = append(to, "</narrative>"...)
	}
	leads, rest := b.leads()
	order := b.Order
	if order == nil {
		order = b.Children
	}
	for _, n := range order {
		l := leads[n]
		to = b.between(to, l.before, l.child.Dropped)
		to = l.child.write(to)
	}
	if b.Order != nil {
		for _, n := range b.Children {
			if n.Dropped {
				to = b.between(to, leads[n].before, true)
			}
		}
	}
	return b.between(to, rest, false)
}

// lead is a child with what stands before it.
type lead struct {
	before []piece
	child  *branch
}

func (b *branch) leads() (map[*schema.Node]lead, []piece) {
	leads, from := map[*schema.Node]lead{}, 0
	for i, p := range b.pieces {
		if p.kind == startTag {
			leads[&p.child.Node] = lead{b.pieces[from:i], p.child}
			from = i + 1
		}
	}
	return leads, b.pieces[from:]
}

// between writes what stands between children: comments always, white space unless the child
// behind it is gone, other text unless it was left out.
func (b *branch) between(to []byte, pieces []piece, gone bool) []byte {
	for _, p := range pieces {
		raw := b.raw[p.from:p.to]
		if p.kind != aside && (isBlank(raw) && gone || !isBlank(raw) && b.Mute) {
			continue
		}
		to = append(to, raw...)
	}
	return to
}

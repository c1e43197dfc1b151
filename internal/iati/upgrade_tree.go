package iati

import (
	"slices"
	"strings"
)

// sprout is an element of an activity of version 1.0x while it becomes one of 2.03.
type sprout struct {
	name     string
	attrs    []Attr
	text     string
	more     []byte // of its text, while it is read in many pieces
	children []*sprout
	foreign  []byte // the bytes of an element of another namespace, which stay as they are
	before   []byte // comments that stand before it, as they are
	within   []byte // and in it, behind its children
	at       spot   // in the file as received
	lacks    bool   // it lacks what 2.03 requires
	narrated bool   // it was found to hold narratives and nothing else
}

// sproutOf reads an element that came from a Reader; nil when nothing can be read.
func sproutOf(raw []byte, at spot) *sprout {
	s := newFragmentScanner(raw, at)
	root := &sprout{}
	open := []*sprout{root}
	for {
		k, err := s.next()
		if err != nil || k == endOfFile {
			break
		}
		top := open[len(open)-1]
		switch k {
		case startTag:
			child := &sprout{name: string(s.bytes(s.name)), attrs: s.allAttrs(), at: s.locate(s.start), before: top.within}
			top.within = nil
			top.children = append(top.children, child)
			if from := s.start; strings.Contains(child.name, ":") || len(s.defaultNamespace()) > 0 {
				child.foreign = foreignBytes(s, from)
				continue
			}
			open = append(open, child)
		case endTag:
			top.said()
			open = open[:len(open)-1]
		case text, cdata:
			top.say(s.plainBody(k))
		case aside:
			top.within = append(top.within, s.buf[s.start:s.pos]...)
		}
	}
	for _, e := range open {
		e.said()
	}
	if len(root.children) == 0 {
		return nil
	}
	return root.children[0]
}

// say adds a piece of text, which is nearly always the only one.
func (e *sprout) say(words []byte) {
	if e.text == "" {
		e.text = string(words)
		return
	}
	e.more = append(e.more, words...)
}

// said ends the text.
func (e *sprout) said() {
	if len(e.more) > 0 {
		e.text, e.more = e.text+string(e.more), nil
	}
}

// foreignBytes reads to the end of the element whose start tag is at hand.
func foreignBytes(s *scanner, from int) []byte {
	for inside := s.depth() - 1; s.depth() > inside; {
		if k, err := s.next(); err != nil || k == endOfFile {
			break
		}
	}
	return s.buf[from:s.pos]
}

func (e *sprout) attr(name string) (string, bool) {
	i := slices.IndexFunc(e.attrs, func(a Attr) bool { return a.Name == name })
	if i < 0 {
		return "", false
	}
	return e.attrs[i].Value, true
}

func (e *sprout) set(name, value string) {
	if i := slices.IndexFunc(e.attrs, func(a Attr) bool { return a.Name == name }); i >= 0 {
		e.attrs[i].Value = value
		return
	}
	e.attrs = append(e.attrs, Attr{name, value})
}

func (e *sprout) drop(name string) {
	e.attrs = slices.DeleteFunc(e.attrs, func(a Attr) bool { return a.Name == name })
}

// child gives the first child of that name, which is made when there is none.
func (e *sprout) child(name string) *sprout {
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	c := &sprout{name: name, at: e.at}
	e.children = append(e.children, c)
	return c
}

// origin says where what stands from a byte of an upgraded element on stood in the file.
type origin struct {
	from int
	at   spot
}

// originOf gives the place in the file of a byte of an upgraded element: that of the element in which
// it stands, or that closed last before it.
func originOf(origins []origin, at int) spot {
	i, exact := slices.BinarySearchFunc(origins, at, func(o origin, at int) int { return o.from - at })
	if !exact && i > 0 {
		i--
	}
	return origins[i].at
}

// sproutWriter writes the new bytes and notes where each element came from.
type sproutWriter struct {
	out     []byte
	origins []origin
}

func (w *sproutWriter) element(e *sprout) {
	w.out = append(w.out, e.before...)
	w.origins = append(w.origins, origin{len(w.out), e.at})
	if e.foreign != nil {
		w.out = append(w.out, e.foreign...)
		return
	}
	w.out = append(append(w.out, '<'), e.name...)
	for _, a := range e.attrs {
		w.out = append(append(append(w.out, ' '), a.Name...), '=', '"')
		w.out = append(append(w.out, attributeEscapes.Replace(a.Value)...), '"')
	}
	if e.text == "" && len(e.children)+len(e.within) == 0 {
		w.out = append(w.out, '/', '>')
		return
	}
	w.out = append(append(w.out, '>'), textEscapes.Replace(e.text)...)
	for _, c := range e.children {
		w.element(c)
	}
	w.out = append(w.out, e.within...)
	w.out = append(append(append(w.out, '<', '/'), e.name...), '>')
}

package akn

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits of what is read. A resolution is a few dozen kilobytes.
const (
	LargestFile = 8 << 20
	deepest     = 64
	mostNodes   = 200_000
)

// node is an element, or a stretch of text when it has no name.
type node struct {
	name         string
	space        string // its namespace
	attributes   []xml.Attr
	inner        []*node
	text         string
	line, column int
}

// readTree reads a whole file within the limits. Declared encodings other than UTF-8 and DOCTYPE
// are refused.
func readTree(r io.Reader) (*node, error) {
	limited := &io.LimitedReader{R: r, N: LargestFile + 1}
	d := xml.NewDecoder(limited)
	root := &node{}
	open := []*node{root}
	count := 0
	for {
		token, err := d.Token()
		switch {
		case limited.N <= 0:
			return nil, fmt.Errorf("more than %d bytes", LargestFile)
		case errors.Is(err, io.EOF):
			return root, nil
		case err != nil:
			return nil, err
		}
		if count++; count > mostNodes {
			return nil, fmt.Errorf("more than %d elements and texts", mostNodes)
		}
		if open, err = grow(open, token, d); err != nil {
			return nil, err
		}
	}
}

// grow adds a token below the innermost open node.
func grow(open []*node, token xml.Token, d *xml.Decoder) ([]*node, error) {
	last := open[len(open)-1]
	switch t := token.(type) {
	case xml.Directive:
		return nil, errors.New("a DOCTYPE is not read")
	case xml.StartElement:
		if len(open) > deepest {
			return nil, fmt.Errorf("elements lie deeper than %d", deepest)
		}
		e := &node{name: t.Name.Local, space: t.Name.Space, attributes: t.Copy().Attr}
		e.line, e.column = d.InputPos()
		last.inner = append(last.inner, e)
		return append(open, e), nil
	case xml.EndElement:
		return open[:len(open)-1], nil
	case xml.CharData:
		if n := len(last.inner); n > 0 && last.inner[n-1].name == "" {
			last.inner[n-1].text += string(t) // entities and CDATA come in parts
		} else {
			last.inner = append(last.inner, &node{text: string(t)})
		}
	}
	return open, nil
}

func (e *node) attribute(name string) string {
	for _, a := range e.attributes {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child gives the first element of a name right below; nil when there is none.
func (e *node) child(name string) *node {
	if e != nil {
		for _, c := range e.inner {
			if c.name == name {
				return c
			}
		}
	}
	return nil
}

// find gives the first element of one of the names anywhere below, in the order of the text.
func (e *node) find(names ...string) *node {
	for _, c := range e.inner {
		for _, name := range names {
			if c.name == name {
				return c
			}
		}
		if found := c.find(names...); found != nil {
			return found
		}
	}
	return nil
}

// each calls fn with every element below of a name.
func (e *node) each(name string, fn func(*node)) {
	for _, c := range e.inner {
		if c.name == name {
			fn(c)
		}
		c.each(name, fn)
	}
}

// words is the text of an element without the notes in it, with single blanks.
func (e *node) words() string {
	if e == nil {
		return ""
	}
	var b strings.Builder
	var walk func(*node)
	walk = func(n *node) {
		if n.name == "authorialNote" && n != e {
			return
		}
		b.WriteString(n.text)
		for _, c := range n.inner {
			walk(c)
		}
	}
	walk(e)
	return strings.Join(strings.Fields(b.String()), " ")
}

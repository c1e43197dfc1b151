package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// What one part may hold: how deep elements may stand in one another, and how many there may be.
const (
	largestDepth    = 400
	largestElements = 3_000_000
)

// The namespaces that are told apart; the second of a pair is that of the strict form.
var prefixes = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":             "w:",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":   "m:",
	"http://purl.oclc.org/ooxml/officeDocument/math":               "m:",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":  "mc:",
}

// element is a start tag; name is "w:p", without prefix when its namespace is another.
type element struct {
	name  string
	attrs []xml.Attr
}

// attr gives an attribute by its local name; empty when there is none.
func (e element) attr(local string) string {
	for _, a := range e.attrs {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// isOn reads a value that switches something on.
func isOn(value string) bool { return value == "1" || value == "true" || value == "on" }

// scanner gives the tags of one part, one after the other.
type scanner struct {
	part     string
	d        *xml.Decoder
	depth    int
	elements int
}

func newScanner(part string, data []byte) *scanner {
	return &scanner{part: part, d: xml.NewDecoder(bytes.NewReader(data))}
}

// children calls start for each element within the one at hand, text for what stands between
// them, and returns behind its end tag. start must read its element to the end: by children,
// skip or content.
func (s *scanner) children(start func(element) error, text func([]byte)) error {
	for {
		token, err := s.token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := start(element{prefixes[t.Name.Space] + t.Name.Local, t.Attr}); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			if text != nil {
				text(t)
			}
		}
	}
}

// token gives the next token. A document type is refused: it can hold entities that unfold, or
// that name other files.
func (s *scanner) token() (xml.Token, error) {
	token, err := s.d.Token()
	if err != nil {
		return nil, s.fault(err)
	}
	switch token.(type) {
	case xml.Directive:
		return nil, &Refusal{Rule: "doctype", Part: s.part, Message: "holds a document type declaration"}
	case xml.StartElement:
		s.depth, s.elements = s.depth+1, s.elements+1
		if s.depth > largestDepth || s.elements > largestElements {
			return nil, &Refusal{Rule: "limit-docx", Part: s.part, Message: fmt.Sprintf("elements stand more than %d deep, or there are more than %d", largestDepth, largestElements)}
		}
	case xml.EndElement:
		s.depth--
	}
	return token, nil
}

func (s *scanner) fault(err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	line, column := s.d.InputPos()
	return &Refusal{Rule: "not-well-formed", Part: s.part, Message: fmt.Sprintf("no well-formed XML at line %d, column %d: %v", line, column, err)}
}

// root finds the outermost element.
func (s *scanner) root() (element, error) {
	for {
		token, err := s.token()
		if err != nil {
			return element{}, err
		}
		if t, ok := token.(xml.StartElement); ok {
			return element{prefixes[t.Name.Space] + t.Name.Local, t.Attr}, nil
		}
	}
}

// skip passes over the element at hand.
func (s *scanner) skip() error {
	return s.children(func(element) error { return s.skip() }, nil)
}

// content gives the text of the element at hand, without that of elements in it.
func (s *scanner) content() (string, error) {
	var b strings.Builder
	err := s.children(func(element) error { return s.skip() }, func(text []byte) { b.Write(text) })
	return b.String(), err
}

// node is an element of a small part, read whole.
type node struct {
	element
	nodes []*node
}

// find gives the first child of a name; nil when there is none, also of a nil node.
func (n *node) find(name string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.nodes {
		if c.name == name {
			return c
		}
	}
	return nil
}

// val gives the value of a child; empty when there is none.
func (n *node) val(name string) string {
	if c := n.find(name); c != nil {
		return c.attr("val")
	}
	return ""
}

// tree reads the element at hand whole. Of alternatives the first stands, as if there were no others.
func (s *scanner) tree(e element) (*node, error) {
	n := &node{element: e}
	err := s.children(func(child element) error {
		c, err := s.tree(child)
		if err != nil {
			return err
		}
		if c.name == "mc:AlternateContent" && len(c.nodes) > 0 {
			n.nodes = append(n.nodes, c.nodes[0].nodes...)
			return nil
		}
		n.nodes = append(n.nodes, c)
		return nil
	}, nil)
	return n, err
}

// tree reads a part whole; nil when the file has none of that name.
func (p *pack) tree(name string) (*node, error) {
	data, err := p.bytes(name)
	if err != nil || data == nil {
		return nil, err
	}
	s := newScanner(name, data)
	e, err := s.root()
	if err != nil {
		return nil, err
	}
	return s.tree(e)
}

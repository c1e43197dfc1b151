package rules

import (
	"slices"
	"strings"
)

// Node is one element of a document. Names and values are slices of what was read and hold as long
// as that does.
type Node struct {
	Name     []byte
	Attrs    []Attr
	Children []*Node
	Text     []byte // directly in the element, without references
	At       int    // place of the start tag, as it was given
	Parent   *Node
}

// Attr is one attribute, its value without references.
type Attr struct {
	Name, Value []byte
	At          int
}

// Tree gathers the elements of one document and can be emptied to gather the next without new
// memory.
type Tree struct {
	nodes []*Node
	used  int
	open  *Node
	root  *Node
}

// Reset empties the tree.
func (t *Tree) Reset() {
	t.used, t.open, t.root = 0, nil, nil
}

// Root is the outermost element; nil when there is none.
func (t *Tree) Root() *Node { return t.root }

// Open begins an element.
func (t *Tree) Open(name []byte, at int) {
	if t.used == len(t.nodes) {
		t.nodes = append(t.nodes, &Node{})
	}
	n := t.nodes[t.used]
	t.used++
	n.Name, n.At, n.Parent, n.Text = name, at, t.open, nil
	n.Attrs, n.Children = n.Attrs[:0], n.Children[:0]
	if t.open != nil {
		t.open.Children = append(t.open.Children, n)
	} else {
		t.root = n
	}
	t.open = n
}

// Attribute adds an attribute to the element begun last.
func (t *Tree) Attribute(name, value []byte, at int) {
	t.open.Attrs = append(t.open.Attrs, Attr{name, value, at})
}

// Append adds text to the element that is open.
func (t *Tree) Append(text []byte) {
	if len(t.open.Text) == 0 {
		t.open.Text = text[:len(text):len(text)] // what was read stays as it is when more is added
		return
	}
	t.open.Text = append(t.open.Text, text...)
}

// Close ends the element that is open.
func (t *Tree) Close() { t.open = t.open.Parent }

// attr gives the place of an attribute among those of a node, -1 when it has none of that name.
func (n *Node) attr(name string) int {
	for i := range n.Attrs {
		if string(n.Attrs[i].Name) == name {
			return i
		}
	}
	return -1
}

// words gives all text of an element, in order.
func (n *Node) words() string {
	if len(n.Children) == 0 {
		return string(n.Text)
	}
	return string(n.appendWords(nil))
}

func (n *Node) appendWords(to []byte) []byte {
	to = append(to, n.Text...)
	for _, child := range n.Children {
		to = child.appendWords(to)
	}
	return to
}

// longestPath is how much of a path is told, in bytes: names may be of any length, and each of the very
// many elements within them may break a rule.
const longestPath = 300

// path names an element from the root on.
func (n *Node) path() string {
	var above []*Node
	for ; n != nil; n = n.Parent {
		above = append(above, n)
	}
	var b []byte
	for i, n := range slices.Backward(above) {
		b = append(b, n.Name[:min(len(n.Name), longestPath+1)]...)
		if len(b) > longestPath {
			return strings.ToValidUTF8(string(b[:longestPath]), "") + "…"
		}
		if i > 0 {
			b = append(b, '/')
		}
	}
	return string(b)
}

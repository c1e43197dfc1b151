package rules

// The rules use a small part of XPath 1.0: relative paths of children, attributes, text() and .. with
// predicates, absolute paths, or, and, comparisons, +, |, count, not, number. In a loop '$1' stands
// for the value of the turn.

// scope is what an expression is asked about.
type scope struct {
	node *Node
	turn string // the value of a loop
	loop *loop  // of many turns, whose element the node is; else nil

	beside *beside // of the elements that were asked before; nil in a loop
}

// item is one thing that a path selects: an element, one of its attributes or its text.
type item struct {
	node *Node
	attr int // its place; element or text
}

const (
	element  = -1
	textNode = -2
)

// String gives the value of an item.
func (i item) String() string {
	switch i.attr {
	case element:
		return i.node.words()
	case textNode:
		return string(i.node.Text)
	}
	return string(i.node.Attrs[i.attr].Value)
}

// at is the place of an item.
func (i item) at() int {
	if i.attr >= 0 {
		return i.node.Attrs[i.attr].At
	}
	return i.node.At
}

// path names an item from the root on.
func (i item) path() string {
	if i.attr >= 0 {
		return i.node.path() + "/@" + string(i.node.Attrs[i.attr].Name)
	}
	return i.node.path()
}

// turnValue stands in a loop for the value of the turn.
const turnValue literal = "$1"

// expression is one compiled expression; it is of one kind whatever it is asked about.
type expression any

type (
	path struct {
		absolute, anywhere bool // from the root; //
		steps              []step
	}
	step struct {
		name       string // of a child; "" is the node itself
		kind       stepKind
		predicates []expression
	}
	stepKind uint8

	union   []path
	literal string
	numeral float64
	call    struct {
		name string
		of   expression
	}
	operation struct {
		sign        string
		left, right expression
	}
)

const (
	childStep stepKind = iota
	attrStep
	textStep
	parentStep
)

// holds gives an expression as true or false.
func (s scope) holds(e expression) bool {
	switch e := e.(type) {
	case path, union:
		return len(s.selected(e)) > 0
	case literal:
		return s.text(e) != ""
	case numeral:
		return e != 0
	case operation:
		switch e.sign {
		case "or":
			return s.holds(e.left) || s.holds(e.right)
		case "and":
			return s.holds(e.left) && s.holds(e.right)
		case "+":
			return s.number(e) != 0
		}
		return s.compares(e)
	case call:
		if e.name == "not" {
			return !s.holds(e.of)
		}
		return s.number(e) != 0
	}
	return false
}

func (s scope) text(e literal) string {
	if e == turnValue {
		return s.turn
	}
	return string(e)
}

// number gives an expression as a number; NaN when it is none.
func (s scope) number(e expression) float64 {
	switch e := e.(type) {
	case numeral:
		return float64(e)
	case literal:
		return numberOf(s.text(e))
	case call:
		if e.name == "count" {
			return float64(len(s.selected(e.of)))
		}
		return s.number(e.of)
	case operation:
		return s.number(e.left) + s.number(e.right)
	}
	if items := s.selected(e); len(items) > 0 {
		return numberOf(items[0].String())
	}
	return numberOf("")
}

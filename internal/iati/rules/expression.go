package rules

import (
	"strconv"
	"strings"
)

// The rules use a small part of XPath 1.0: relative paths of children, attributes, text() and .. with
// predicates, absolute paths, or, and, comparisons, +, |, count, not, number. In a loop '$1' stands
// for the value of the turn.

// scope is what an expression is asked about.
type scope struct {
	node *Node
	turn string // the value of a loop
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

// selected gives what an expression that is a path selects; nothing for any other.
func (s scope) selected(e expression) []item {
	switch e := e.(type) {
	case path:
		return e.from(s)
	case union:
		var all []item
		for _, p := range e {
			all = append(all, p.from(s)...)
		}
		return all
	}
	return nil
}

// from walks a path from the node of the scope.
func (p path) from(s scope) []item {
	here := []item{{s.node, element}}
	if p.absolute || p.anywhere {
		top := s.node
		for top.Parent != nil {
			top = top.Parent
		}
		here = []item{{&Node{Children: []*Node{top}}, element}}
		if p.anywhere {
			here = below(here[0].node, nil)
		}
	}
	for _, st := range p.steps {
		here = st.take(s, here)
	}
	return here
}

// below gives a node and all elements in it.
func below(n *Node, to []item) []item {
	to = append(to, item{n, element})
	for _, child := range n.Children {
		to = below(child, to)
	}
	return to
}

// take makes one step from each item.
func (st step) take(s scope, from []item) []item {
	var to []item
	for _, it := range from {
		to = append(to, st.keep(s, st.reach(it.node))...)
	}
	return to
}

// reach gives where the step leads from one element.
func (st step) reach(n *Node) []item {
	switch st.kind {
	case attrStep:
		if i := n.attr(st.name); i >= 0 {
			return []item{{n, i}}
		}
		return nil
	case textStep:
		if len(n.Text) > 0 {
			return []item{{n, textNode}}
		}
		return nil
	case parentStep:
		if n.Parent != nil {
			return []item{{n.Parent, element}}
		}
		return nil
	}
	var to []item
	for _, child := range n.Children {
		if string(child.Name) == st.name {
			to = append(to, item{child, element})
		}
	}
	return to
}

// keep drops items that a predicate refuses; a number keeps the item of that place.
func (st step) keep(s scope, items []item) []item {
	for _, predicate := range st.predicates {
		if n, counts := predicate.(numeral); counts {
			if int(n) > len(items) {
				return nil
			}
			items = items[int(n)-1 : int(n)]
			continue
		}
		var kept []item
		for _, it := range items {
			if (scope{it.node, s.turn}).holds(predicate) {
				kept = append(kept, it)
			}
		}
		items = kept
	}
	return items
}

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
	if e == "$1" {
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

// compares asks a comparison: of what a path selects, one item that fits is enough (XPath 1.0, 3.4).
func (s scope) compares(e operation) bool {
	for _, left := range s.values(e.left) {
		for _, right := range s.values(e.right) {
			if left.compares(e.sign, right) {
				return true
			}
		}
	}
	return false
}

// value is one side of a comparison.
type value struct {
	text    string
	number  float64
	numeric bool
}

func (s scope) values(e expression) []value {
	switch e := e.(type) {
	case literal:
		return []value{{text: s.text(e)}}
	case path, union:
		items := s.selected(e)
		list := make([]value, len(items))
		for i, it := range items {
			list[i] = value{text: it.String()}
		}
		return list
	}
	return []value{{number: s.number(e), numeric: true}}
}

func (v value) asNumber() float64 {
	if v.numeric {
		return v.number
	}
	return numberOf(v.text)
}

func (v value) compares(sign string, w value) bool {
	if !v.numeric && !w.numeric && (sign == "=" || sign == "!=") {
		return (v.text == w.text) == (sign == "=")
	}
	a, b := v.asNumber(), w.asNumber()
	switch sign {
	case "=":
		return a == b
	case "!=":
		return a != b
	case "<":
		return a < b
	case ">":
		return a > b
	case "<=":
		return a <= b
	}
	return a >= b
}

// numberOf reads a number as XPath does; NaN when it is none.
func numberOf(text string) float64 {
	text = strings.Trim(text, " \t\r\n")
	if strings.Trim(text, "-.0123456789") != "" || text == "" {
		return nan
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nan
	}
	return n
}

package schema

import (
	"bytes"
	"slices"
)

// Node is one element of a record that Mend is to make valid, and what it decided about it.
type Node struct {
	Name     []byte
	Foreign  bool // its name is of another namespace
	Attrs    []NodeAttr
	Text     []byte // its own text, without references
	Children []*Node
	At       int // a place, for the findings

	Dropped   bool    // it is left out with all that stands in it
	Unwrapped bool    // its words stay, its tags go
	Mute      bool    // its own text is left out
	Wrapped   bool    // its own text becomes a narrative, before its children
	Order     []*Node // its children in the order of the schema; nil: as they stand
	Value     []byte  // its text anew; nil: as it stands
	Touched   bool    // something of this was decided about it, or within it
}

// NodeAttr is one attribute of a Node: its value without references, and what was decided.
type NodeAttr struct {
	Name, Value []byte
	Instance    []byte // its name in the namespace of XML Schema instances; nil: it is of another or none
	Dropped     bool
	Anew        []byte // its value anew; nil: as it stands
}

// fixed are the attributes for which the standard knows one value alone.
var fixed = map[string]string{"point/srsName": "http://www.opengis.net/def/crs/EPSG/0/4326"}

// Deed is what Mend did about a fault.
type Deed uint8

// The deeds. Kept is a fault that only what is missing could mend; Borrowed is a day without which an amount
// would be lost, and that stands beside it.
const (
	Kept Deed = iota
	LeftOut
	Moved
	Rewritten
	Borrowed
)

// Mended is a fault with what was done about it.
type Mended struct {
	Fault
	Deed Deed
}

// Rewrite gives a value of a simple type ("decimal", "date" ...) in the form that the schema
// allows, without changing what it says; false when there is none.
type Rewrite func(kind string, value []byte) ([]byte, bool)

// Mend decides what must change for an element to be valid: children are put in order, values
// rewritten, and what the schema has no place for, or what lacks something that it requires, is left
// out, from the inside out. The element itself is never left out: what it lacks is told as Kept.
func Mend(s *Schema, n *Node, rewrite Rewrite) []Mended {
	m := mender{schema: s, rewrite: rewrite}
	if n.Foreign && !prefixed(n.Name) {
		m.adopt(n)
	}
	if t := s.globals[string(n.Name)]; t != nil && !n.Foreign {
		m.path = append(m.path, n.Name)
		m.lacking(n, t, true)
	}
	return m.done
}

// mender gathers what was done.
type mender struct {
	schema  *Schema
	rewrite Rewrite
	path    [][]byte
	within  []*Node // what holds the element at hand, from the outside in
	lender  *Node   // whose day was looked for last
	lent    []byte  // that day; nil: it tells none
	done    []Mended
}

func (m *mender) tell(n *Node, deed Deed, f Fault) {
	var path []byte
	for _, name := range m.path {
		path = appendStep(path, name)
	}
	f.Element, f.At = clipPath(path), n.At
	f.Found, f.Expected = clip([]byte(f.Found)), clip([]byte(f.Expected))
	n.Touched = n.Touched || deed != Kept
	m.done = append(m.done, Mended{f, deed})
}

// lacking mends what stands in an element and reports whether it lacks what it must have. Only of
// the outermost one is that told; the others are left out by what holds them.
func (m *mender) lacking(n *Node, t *elementType, outermost bool) bool {
	if t == anything {
		return false
	}
	before := len(m.done)
	why := slices.Concat(m.attributes(n, t), m.content(n, t))
	for _, c := range n.Children {
		n.Touched = n.Touched || c.Touched
	}
	if len(why) == 0 {
		return false
	}
	if outermost {
		for _, f := range why {
			if !m.keepHalf(n, f) {
				m.tell(n, Kept, f)
			}
		}
		return true
	}
	m.done = m.done[:before] // of what goes as a whole only why it goes
	m.tell(n, LeftOut, why[0])
	n.Dropped = true
	return true
}

// keepHalf keeps a child that was left out and without which the outermost element would not be valid
// either: of the two faults the one that loses nothing. It reports whether there is one.
func (m *mender) keepHalf(n *Node, missing Fault) bool {
	for _, c := range n.Children {
		if missing.Rule != ElementMissing || !c.Dropped || string(c.Name) != missing.Name {
			continue
		}
		for i := range m.done {
			if d := &m.done[i]; d.At == c.At && d.Deed == LeftOut && d.Rule != AttributeUnknown {
				d.Deed, c.Dropped = Kept, false
				return true
			}
		}
	}
	return false
}

// attributes mends the attributes; it returns the faults that cannot be mended.
func (m *mender) attributes(n *Node, t *elementType) (why []Fault) {
	var seen uint64
	for i := range n.Attrs {
		a := &n.Attrs[i]
		rule := t.attribute[string(a.Name)]
		if rule == nil {
			rule = ofXML[string(a.Name)]
		}
		switch {
		case rule != nil:
			if m.attribute(n, a, rule) && rule.required {
				seen |= 1 << rule.index
			}
		case a.Instance != nil && t.takesInstance(a.Instance):
		case a.Instance == nil && t.takes(a.Name):
		default:
			a.Dropped = true
			m.tell(n, LeftOut, Fault{Rule: AttributeUnknown, Name: string(a.Name), Found: string(a.Value), Expected: t.attributes()})
		}
	}
	for _, rule := range t.required {
		if seen&(1<<rule.index) != 0 {
			continue
		}
		fault := Fault{Rule: AttributeMissing, Name: rule.name, Expected: expected[rule.value]}
		value, deed := m.standIn(n, rule)
		if deed == Kept {
			why = append(why, fault)
			continue
		}
		n.Attrs = append(n.Attrs, NodeAttr{Name: []byte(rule.name), Anew: value})
		m.tell(n, deed, fault)
	}
	return why
}

// standIn gives the value of an attribute that must be there and is not, or says nothing; Kept when
// there is none.
func (m *mender) standIn(n *Node, rule *attributeRule) ([]byte, Deed) {
	if value := fixed[string(n.Name)+"/"+rule.name]; value != "" {
		return []byte(value), Rewritten
	}
	if string(n.Name) != "value" || rule.name != "value-date" {
		return nil, Kept
	}
	if holder := m.within[len(m.within)-1]; m.lender != holder {
		m.lender, m.lent = holder, m.dayIn(holder, rule)
	}
	if m.lent == nil {
		return nil, Kept
	}
	return m.lent, Borrowed
}

// dayIn gives the day of a transaction or the first of a period; nil when none is told.
func (m *mender) dayIn(holder *Node, rule *attributeRule) []byte {
	for _, c := range holder.Children {
		if name := string(c.Name); c.Foreign || name != "transaction-date" && name != "period-start" {
			continue
		}
		for _, a := range c.Attrs {
			if string(a.Name) != "iso-date" {
				continue
			}
			if rule.value.allows(a.Value) {
				return bytes.TrimSpace(a.Value)
			}
			if anew, ok := m.anew(rule.value, a.Value); ok {
				return anew
			}
		}
	}
	return nil
}

// attribute mends one attribute; false when it goes.
func (m *mender) attribute(n *Node, a *NodeAttr, rule *attributeRule) bool {
	if rule.value.allows(a.Value) {
		return true
	}
	fault := Fault{Rule: BadValue, Name: rule.name, Found: string(a.Value), Expected: expected[rule.value]}
	if anew, ok := m.anew(rule.value, a.Value); ok {
		a.Anew = anew
		m.tell(n, Rewritten, fault)
		return true
	}
	if rule.required {
		if value, deed := m.standIn(n, rule); deed != Kept {
			a.Anew = value
			m.tell(n, deed, fault)
			return true
		}
	}
	a.Dropped = true
	m.tell(n, LeftOut, fault)
	return false
}

func (m *mender) anew(v valueType, value []byte) ([]byte, bool) {
	if m.rewrite == nil {
		return nil, false
	}
	anew, ok := m.rewrite(valueNames[v], value)
	return anew, ok && v.allows(anew)
}

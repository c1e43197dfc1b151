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
	Dropped     bool
	Anew        []byte // its value anew; nil: as it stands
}

// fixed are the attributes for which the standard knows one value alone.
var fixed = map[string]string{"point/srsName": "http://www.opengis.net/def/crs/EPSG/0/4326"}

// Deed is what Mend did about a fault.
type Deed uint8

// The deeds. Kept is a fault that only what is missing could mend.
const (
	Kept Deed = iota
	LeftOut
	Moved
	Rewritten
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
	done    []Mended
}

func (m *mender) tell(n *Node, deed Deed, f Fault) {
	f.Element, f.At = string(bytes.Join(m.path, []byte("/"))), n.At
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
		case string(a.Name) == "xmlns", prefixed(a.Name) && (!t.closed || isDeclaration(a.Name) || bytes.HasPrefix(a.Name, []byte("xsi:"))):
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
		if value := fixed[string(n.Name)+"/"+rule.name]; value != "" {
			n.Attrs = append(n.Attrs, NodeAttr{Name: []byte(rule.name), Anew: []byte(value)})
			m.tell(n, Rewritten, fault)
		} else {
			why = append(why, fault)
		}
	}
	return why
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

// content mends text and children; it returns the faults that cannot be mended.
func (m *mender) content(n *Node, t *elementType) []Fault {
	if t.model == simple {
		return m.simple(n, t)
	}
	counts, latest, jumbled := make([]int, len(t.particles)), 0, false
	for _, c := range n.Children {
		i := m.child(n, t, c, counts)
		if i < 0 {
			continue
		}
		counts[i]++
		jumbled = jumbled || i < latest
		latest = max(latest, i)
	}
	m.stray(n, t, counts)
	if t.model == choice {
		if kept := slices.IndexFunc(n.Children, func(c *Node) bool { return !c.Dropped }); kept < 0 && t.least > 0 {
			return []Fault{{Rule: ElementMissing, Expected: t.children()}}
		}
		return nil
	}
	if jumbled {
		m.order(n, t)
	}
	var why []Fault
	for i := range t.particles {
		if p := &t.particles[i]; counts[i] < p.min {
			why = append(why, Fault{Rule: ElementMissing, Name: p.name, Found: count(counts[i]), Expected: "at least " + count(p.min)})
		}
	}
	return why
}

// simple mends an element that holds a value: tags within its text go, their words stay.
func (m *mender) simple(n *Node, t *elementType) []Fault {
	for _, c := range n.Children {
		c.unwrap()
		m.tell(n, Rewritten, Fault{Rule: ElementUnknown, Name: string(c.Name), Expected: "no elements"})
	}
	if t.value.allows(n.Text) {
		return nil
	}
	fault := Fault{Rule: BadValue, Found: string(bytes.TrimSpace(n.Text)), Expected: expected[t.value]}
	anew, ok := m.anew(t.value, n.Text)
	if !ok || len(n.Children) > 0 {
		return []Fault{fault}
	}
	n.Value = anew
	m.tell(n, Rewritten, fault)
	return nil
}

func (n *Node) unwrap() {
	n.Unwrapped, n.Touched = true, true
	for _, c := range n.Children {
		c.unwrap()
	}
}

// child mends one child and gives the particle that it fills; -1 when it goes.
func (m *mender) child(n *Node, t *elementType, c *Node, counts []int) int {
	m.path = append(m.path, c.Name)
	defer func() { m.path = m.path[:len(m.path)-1] }()
	i, known := t.at[string(c.Name)]
	if known && c.Foreign {
		m.adopt(c)
	}
	if c.Foreign {
		i, known = t.foreign()
	}
	if !known {
		m.leaveOut(c, Fault{Rule: ElementUnknown, Expected: t.children()})
		return -1
	}
	p := &t.particles[i]
	if t.model == sequence && p.max >= 0 && counts[i] >= p.max {
		m.leaveOut(c, Fault{Rule: ElementRepeated, Found: count(counts[i] + 1), Expected: "at most " + count(p.max)})
		return -1
	}
	if !c.Foreign && m.lacking(c, p.typ, false) {
		return -1
	}
	return i
}

// adopt takes an element for one of the standard that a default namespace hides, as readers do that
// know names alone: the declaration goes, here and where it held.
func (m *mender) adopt(n *Node) {
	n.Foreign = false
	for i := range n.Attrs {
		if a := &n.Attrs[i]; string(a.Name) == "xmlns" {
			a.Dropped = true
			m.tell(n, Rewritten, Fault{Rule: AttributeUnknown, Name: "xmlns", Found: string(a.Value)})
		}
	}
	for _, c := range n.Children {
		declares := slices.ContainsFunc(c.Attrs, func(a NodeAttr) bool { return string(a.Name) == "xmlns" })
		if c.Foreign && !prefixed(c.Name) && !declares {
			m.adopt(c)
		}
	}
}

// foreign is the place of elements of other namespaces.
func (t *elementType) foreign() (int, bool) {
	for i := len(t.particles) - 1; i >= 0; i-- {
		if t.particles[i].name == "" {
			return i, true
		}
	}
	return 0, false
}

func (m *mender) leaveOut(n *Node, f Fault) {
	n.Dropped = true
	m.tell(n, LeftOut, f)
}

// stray mends text that stands beside children: where narratives may stand and none does, it
// becomes one.
func (m *mender) stray(n *Node, t *elementType, counts []int) {
	if t.mixed || len(bytes.TrimLeft(n.Text, " \t\r\n")) == 0 {
		return
	}
	fault := Fault{Rule: StrayText, Found: string(bytes.TrimSpace(n.Text)), Expected: "no text beside " + t.children()}
	n.Mute = true
	if i, ok := t.at["narrative"]; ok && i == 0 && counts[0] == 0 {
		n.Wrapped, counts[0] = true, 1
		m.tell(n, Rewritten, fault)
		return
	}
	m.tell(n, LeftOut, fault)
}

// order puts the children that stay into the order of the schema; equals keep theirs.
func (m *mender) order(n *Node, t *elementType) {
	rank := func(c *Node) int {
		if c.Foreign {
			i, _ := t.foreign()
			return i
		}
		return t.at[string(c.Name)]
	}
	n.Order = slices.DeleteFunc(slices.Clone(n.Children), func(c *Node) bool { return c.Dropped })
	slices.SortStableFunc(n.Order, func(a, b *Node) int { return rank(a) - rank(b) })
	m.tell(n, Moved, Fault{Rule: ElementOrder, Expected: t.children()})
}

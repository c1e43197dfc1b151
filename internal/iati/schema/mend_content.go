package schema

import (
	"bytes"
	"slices"
)

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
	m.path, m.within = append(m.path, c.Name), append(m.within, n)
	defer func() { m.path, m.within = m.path[:len(m.path)-1], m.within[:len(m.within)-1] }()
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

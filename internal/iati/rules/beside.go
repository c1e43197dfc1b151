package rules

// beside remembers from one element to the next what a path by way of its parent selects: the same
// for all children of a parent, who are asked one after the other, and a file can hold as many of them
// as there is to walk for each.
type beside struct {
	parent *Node
	items  map[*step][]item
}

// besides gives what a path selects by way of the parent; false when that has to be walked.
func (p path) besides(s scope) ([]item, bool) {
	if s.beside == nil || p.absolute || p.anywhere || len(p.steps) < 2 || p.steps[0].kind != parentStep || s.node.Parent == nil {
		return nil, false
	}
	b, key := s.beside, &p.steps[0]
	if b.parent != s.node.Parent {
		b.parent, b.items = s.node.Parent, map[*step][]item{}
	}
	items, there := b.items[key]
	if !there {
		items = p.walk(s, item{s.node, element}, 0, nil)
		b.items[key] = items
	}
	return items, true
}

package rules

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

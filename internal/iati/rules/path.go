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
	if items, known := p.looped(s); known {
		return items
	}
	if items, known := p.besides(s); known {
		return items
	}
	if !p.absolute && !p.anywhere {
		return p.walk(s, item{s.node, element}, 0, nil)
	}
	top := s.node
	for top.Parent != nil {
		top = top.Parent
	}
	document := item{&Node{Children: []*Node{top}}, element}
	if p.absolute {
		return p.walk(s, document, 0, nil)
	}
	var to []item
	for _, it := range below(document.node, nil) {
		to = p.walk(s, it, 0, to)
	}
	return to
}

// walk adds what the steps from the nth on lead to.
func (p path) walk(s scope, it item, n int, to []item) []item {
	if n == len(p.steps) {
		return append(to, it)
	}
	st := &p.steps[n]
	if len(st.predicates) > 0 {
		for _, next := range st.keep(s, st.reach(it.node)) {
			to = p.walk(s, next, n+1, to)
		}
		return to
	}
	st.each(it.node, func(next item) { to = p.walk(s, next, n+1, to) })
	return to
}

// below gives a node and all elements in it.
func below(n *Node, to []item) []item {
	to = append(to, item{n, element})
	for _, child := range n.Children {
		to = below(child, to)
	}
	return to
}

// reach gives where the step leads from one element, before its predicates.
func (st *step) reach(n *Node) (to []item) {
	st.each(n, func(it item) { to = append(to, it) })
	return to
}

// each calls fn with each thing that the step leads to.
func (st *step) each(n *Node, fn func(item)) {
	switch st.kind {
	case attrStep:
		if i := n.attr(st.name); i >= 0 {
			fn(item{n, i})
		}
	case textStep:
		if len(n.Text) > 0 {
			fn(item{n, textNode})
		}
	case parentStep:
		if n.Parent != nil {
			fn(item{n.Parent, element})
		}
	case childStep:
		for _, child := range n.Children {
			if string(child.Name) == st.name {
				fn(item{child, element})
			}
		}
	}
}

// keep drops items that a predicate refuses; a number keeps the item of that place.
func (st *step) keep(s scope, items []item) []item {
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
			if (scope{node: it.node, turn: s.turn}).holds(predicate) {
				kept = append(kept, it)
			}
		}
		items = kept
	}
	return items
}

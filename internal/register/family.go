package register

import "math"

// family finds the activities whose budgets are not at the lowest level of their hierarchy.
//
// Rule: within one file (of a partial one: within its source, see meet) and one reporting organisation an activity is not lowest when it names
// a child (related-activity type 2) that the file holds and whose hierarchy number is not
// smaller than its own, or when an activity of a greater number names it as its parent (type
// 1). Hierarchy numbers alone decide nothing: without a named relation nothing shows that two
// budgets are the same money, so both count. So do those of two activities of one number that
// name each other as child.
type family struct {
	parents  map[identity]uint8 // named as parent: the greatest hierarchy of those that name it
	children map[childhood]bool

	// Of a partial file: whom its records name, which of them had a child before, and who stands in the
	// source beside them.
	named   map[string]bool
	above   map[identity]bool
	outside map[identity]outsider
}

type childhood struct{ parent, child identity }

func newFamily() *family {
	return &family{parents: map[identity]uint8{}, children: map[childhood]bool{}, named: map[string]bool{}, above: map[identity]bool{}, outside: map[identity]outsider{}}
}

func level(hierarchy int) uint8 { return uint8(min(max(hierarchy, 0), math.MaxUint8)) }

func (f *family) childNamesParent(parent identity, hierarchy int) {
	f.parents[parent] = max(f.parents[parent], level(hierarchy))
}

func (f *family) parentNamesChild(parent, child identity) {
	if parent != child {
		f.children[childhood{parent, child}] = true
	}
}

// notLowest gives the identities whose budgets do not count.
func (f *family) notLowest(p *pairing) map[identity]bool {
	not := map[identity]bool{}
	for parent, child := range f.parents {
		if own, held := f.hierarchy(p, parent); held && child > own {
			not[parent] = true
		}
	}
	for c := range f.children {
		parent, held := f.hierarchy(p, c.parent)
		child, too := f.hierarchy(p, c.child)
		if !held || !too {
			continue
		}
		mutual := child == parent && f.children[childhood{c.child, c.parent}]
		if child >= parent && !mutual {
			not[c.parent] = true
		}
	}
	return not
}

// hierarchy gives that of an identity which the file holds, or which is known to stand beside it.
func (f *family) hierarchy(p *pairing, id identity) (hierarchy uint8, held bool) {
	if own := p.seen.find(id); own != nil {
		return own.hierarchy, true
	}
	o, held := f.outside[id]
	return o.hierarchy, held
}

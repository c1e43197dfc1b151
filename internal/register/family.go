package register

import "math"

// family finds the activities whose budgets are not at the lowest level of their hierarchy.
//
// Rule: within one file (of a partial one: within its source) and one reporting organisation an activity is not lowest when it names
// a child (related-activity type 2) that the file holds and whose hierarchy number is not
// smaller than its own, or when an activity of a greater number names it as its parent (type
// 1). Hierarchy numbers alone decide nothing: without a named relation nothing shows that two
// budgets are the same money, so both count. So do those of two activities of one number that
// name each other as child.
type family struct {
	parents  map[identity]uint8 // named as parent: the greatest hierarchy of those that name it
	children map[childhood]bool

	relatives relatives             // of a partial file
	outside   map[identity]outsider // who stands beside the file
}

// outsider is what stands in the source of an identity beside what the file holds.
type outsider struct {
	hierarchy uint8 // the least
	standing  []standing
}

type childhood struct{ parent, child identity }

func newFamily() *family {
	return &family{parents: map[identity]uint8{}, children: map[childhood]bool{}, relatives: newRelatives(), outside: map[identity]outsider{}}
}

func level(hierarchy int) uint8 { return uint8(min(max(hierarchy, 0), math.MaxUint8)) }

// relate adds whom an activity names. That it names itself says nothing.
func (f *family) relate(reporter, identifier string, hierarchy int, parents, children []string) {
	id := identityOf(reporter, identifier)
	for _, ref := range parents {
		if parent := identityOf(reporter, ref); parent != id {
			f.childNamesParent(parent, hierarchy)
		}
	}
	for _, ref := range children {
		f.parentNamesChild(id, identityOf(reporter, ref))
	}
}

// meet adds one that stands beside the file.
func (f *family) meet(id identity, one found) {
	o, met := f.outside[id]
	if own := level(one.hierarchy); !met || own < o.hierarchy {
		o.hierarchy = own
	}
	o.standing = append(o.standing, one.standing)
	f.outside[id] = o
}

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

// hierarchy gives that of an identity which the file holds, or which is known to stand beside it: the least of
// its copies.
func (f *family) hierarchy(p *pairing, id identity) (hierarchy uint8, held bool) {
	o, held := f.outside[id]
	own := p.seen.find(id)
	switch {
	case own == nil:
		return o.hierarchy, held
	case held:
		return min(own.hierarchy, o.hierarchy), true
	}
	return own.hierarchy, true
}

package schema

import (
	"slices"
	"sort"
)

// placed is one child of a sequence: its particle and place.
type placed struct{ particle, at int }

// place notes where a child of a sequence stands.
func (w *Walker) place(parent *frame, particle, at int) {
	w.placed = append(w.placed, placed{particle, at})
	parent.jumbled = parent.jumbled || particle < parent.latest
	parent.latest = max(parent.latest, particle)
}

// disorder tells the fewest children that must move for all to be in order.
func (w *Walker) disorder(f *frame) {
	if !f.jumbled {
		return
	}
	children := w.placed[f.placed:]
	kept := inOrder(children)
	stay := make([]int, 0, len(children)) // the particles of those that stay, which grow
	for i, child := range children {
		if kept[i] {
			stay = append(stay, child.particle)
		}
	}
	element := w.path(len(w.frames))
	for i, child := range children {
		if !kept[i] {
			w.Faults = append(w.Faults, Fault{Rule: ElementOrder, Element: element, Name: f.typ.title(child.particle),
				Expected: f.typ.target(stay, child.particle), At: child.at})
		}
	}
}

// inOrder marks the members of a longest run, not necessarily without gaps, that is in order.
func inOrder(children []placed) []bool {
	var ends []int // ends[n]: the child at which the best run of n+1 members ends
	before := make([]int, len(children))
	for i, child := range children {
		n := sort.Search(len(ends), func(k int) bool { return children[ends[k]].particle > child.particle })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	kept := make([]bool, len(children))
	for i := ends[len(ends)-1]; i >= 0; i = before[i] {
		kept[i] = true
	}
	return kept
}

// target says where a child belongs among the particles of those that stay.
func (t *elementType) target(stay []int, particle int) string {
	n, _ := slices.BinarySearch(stay, particle+1) // the first that follows it
	if n == 0 {
		return "before <" + t.title(stay[0]) + ">"
	}
	return "after <" + t.title(stay[n-1]) + ">"
}

// title names a particle.
func (t *elementType) title(particle int) string {
	if name := t.particles[particle].name; name != "" {
		return name
	}
	return "element of another namespace"
}

// Place is where an element stands in the schema, for those who put its children in order.
type Place struct{ typ *elementType }

// Place finds an element that may be judged wherever it stands; ok is false for any other.
func (s *Schema) Place(name []byte) (p Place, ok bool) {
	t := s.globals[string(name)]
	return Place{t}, t != nil
}

// Child gives the rank of a child in the order of the schema, and where it stands itself. Children
// that have no order, or no place, have the rank 0; those of other namespaces come where they may.
func (p Place) Child(name []byte, foreign bool) (rank int, its Place) {
	switch {
	case p.typ == nil || p.typ.model != sequence:
		return 0, Place{}
	case foreign:
		rank, _ = p.typ.foreign()
		return rank, Place{}
	}
	i, known := p.typ.at[string(name)]
	if !known {
		return 0, Place{}
	}
	return i, Place{p.typ.particles[i].typ}
}

package align

import (
	"cmp"
	"slices"
)

// part is a provision that stands alone and whose words stand in one of the other text: what was
// split off, or merged into it.
type part struct {
	kind     Kind // Split or Merged
	old, new int
	share    float64 // of its words
}

// of reports whether a link is the main one of the provision that was split, or merged into.
func (p part) of(old, new int) bool {
	return p.kind == Split && p.old == old || p.kind == Merged && p.new == new
}

const (
	containedShare = 0.7  // of a part's words and pairs that stand in the whole
	explained      = 0.05 // how much more alike the whole must be to its parts together than to the main one alone
	sureShare      = 0.8  // below it a part is unsure
	leastWords     = 5    // of a part; fewer occur anywhere
)

// findParts tests what stands alone for containment in what is linked nearby.
func (a *aligner) findParts() {
	for j, i := range a.new.with {
		if i != None {
			continue
		}
		if whole, share := bestWhole(&a.old, &a.new, j); whole != None {
			a.parts = append(a.parts, part{Split, whole, j, share})
		}
	}
	for i, j := range a.old.with {
		if j != None {
			continue
		}
		if whole, share := bestWhole(&a.new, &a.old, i); whole != None {
			a.parts = append(a.parts, part{Merged, i, whole, share})
		}
	}
}

// bestWhole finds the provision among wholes that holds the words of one of the other side which
// stands alone near to what the whole is linked with, and is better explained by both together.
func bestWhole(wholes, others *side, alone int) (whole int, share float64) {
	whole = None
	words := others.profiles[alone]
	if len(words.words) < leastWords {
		return None, 0
	}
	for at := max(0, alone-nearby); at < min(len(others.with), alone+nearby+1); at++ {
		w := others.with[at]
		if w == None {
			continue
		}
		s := contained(words, wholes.profiles[w])
		alike := likeness(wholes.profiles[w], others.profiles[at])
		if s >= containedShare && s > share && likeness(wholes.profiles[w], union(others.profiles[at], words)) >= alike+explained {
			whole, share = w, s
		}
	}
	return whole, share
}

// rest writes down parts, and what is new or dropped.
func (a *aligner) rest() []Link {
	var list []Link
	for _, p := range a.parts {
		flags := []string{}
		if a.old.provisions[p.old].Number != a.new.provisions[p.new].Number {
			flags = append(flags, Renumbered)
		}
		if p.share < sureShare {
			flags = append(flags, Unsure)
		}
		list = append(list, Link{Old: p.old, New: p.new, Kind: p.kind, Flags: flags, Score: p.share})
	}
	for j, i := range a.new.with {
		if i == None && !slices.ContainsFunc(a.parts, func(p part) bool { return p.new == j }) {
			list = append(list, Link{Old: None, New: j, Kind: New, Flags: doubted(a.unsure.new[j])})
		}
	}
	for i, j := range a.old.with {
		if j == None && !slices.ContainsFunc(a.parts, func(p part) bool { return p.old == i }) {
			list = append(list, Link{Old: i, New: None, Kind: Dropped, Flags: doubted(a.unsure.old[i])})
		}
	}
	return list
}

func doubted(unsure bool) []string {
	if unsure {
		return []string{Unsure}
	}
	return []string{}
}

// arranged puts links in the order of the new text. What was dropped stands behind the link of the
// provision before it, and in front of what is new there unless that stands under another heading.
func (a *aligner) arranged(list []Link) []Link {
	after := a.placeOfDropped()
	place := func(l Link) (at, dropped int) {
		if l.New == None {
			return after[l.Old], 1
		}
		return l.New, 0
	}
	slices.SortStableFunc(list, func(x, y Link) int {
		xAt, xDropped := place(x)
		yAt, yDropped := place(y)
		return cmp.Or(xAt-yAt, xDropped-yDropped, x.Old-y.Old)
	})
	return list
}

// placeOfDropped gives the place in the new text behind which each old provision would be shown.
func (a *aligner) placeOfDropped() []int {
	after := make([]int, len(a.old.provisions))
	chain := a.inOrder()
	from := None
	for i, p := range a.old.provisions {
		if len(chain) > 0 && chain[0].old == i {
			from, chain = chain[0].new, chain[1:]
		}
		to := len(a.new.provisions)
		if len(chain) > 0 {
			to = chain[0].new
		}
		after[i] = from
		for j := from + 1; j <= to && j < len(a.new.provisions); j++ {
			if a.new.provisions[j].Group == p.Group {
				after[i] = j - 1
				break
			}
		}
	}
	return after
}

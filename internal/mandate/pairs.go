package mandate

import (
	"cmp"
	"slices"
	"strconv"

	"resolute/internal/mandate/align"
)

// Pair is a paragraph of an old text and what became of it in a new one. Old is nil for what was
// inserted, New for what was struck.
type Pair struct{ Old, New *Line }

// Pairs goes through two texts at once. Every line of both stands in one pair, in the order of its
// own text: what moved past others is struck in one place and inserted in another. What was struck
// stands before what took its place.
func Pairs(old, new Printed) []Pair {
	var list []Pair
	i, j := 0, 0
	upTo := func(oldEnd, newEnd int) {
		for ; i < oldEnd; i++ {
			list = append(list, Pair{Old: &old.Lines[i]})
		}
		for ; j < newEnd; j++ {
			list = append(list, Pair{New: &new.Lines[j]})
		}
	}
	for _, m := range inOrder(counterparts(old.Lines, new.Lines)) {
		upTo(m.old, m.new)
		list = append(list, Pair{&old.Lines[m.old], &new.Lines[m.new]})
		i, j = m.old+1, m.new+1
	}
	upTo(len(old.Lines), len(new.Lines))
	return list
}

// counterpart is a line of an old text that became one of a new text, by their places.
type counterpart struct {
	old, new int
	weight   float64
}

// counterparts finds which lines became which: provisions and other lines apart, number, title and opening by
// what they are.
func counterparts(old, new []Line) []counterpart {
	var list []counterpart
	for _, kind := range []LineKind{NumberLine, TitleLine, OpeningLine} {
		is := func(l Line) bool { return l.Kind == kind }
		if i, j := slices.IndexFunc(old, is), slices.IndexFunc(new, is); i >= 0 && j >= 0 {
			list = append(list, counterpart{i, j, 1})
		}
	}
	for _, of := range []func(Line) bool{isItem, isOther} {
		a, b := placesOf(old, of), placesOf(new, of)
		for _, l := range align.Texts(alignable(old, a), alignable(new, b)) {
			if l.Old != align.None && l.New != align.None {
				list = append(list, counterpart{a[l.Old], b[l.New], l.Score})
			}
		}
	}
	return list
}

func isItem(l Line) bool { return l.Kind == ItemLine }

func isOther(l Line) bool {
	return l.Kind == HeadingLine || l.Kind == FrontLine || l.Kind == AfterLine || l.Kind == LooseLine
}

func placesOf(lines []Line, is func(Line) bool) []int {
	var places []int
	for i, l := range lines {
		if is(l) {
			places = append(places, i)
		}
	}
	return places
}

func alignable(lines []Line, places []int) []align.Provision {
	list := make([]align.Provision, len(places))
	for k, i := range places {
		l := lines[i]
		list[k] = align.Provision{Label: strconv.Itoa(i), Number: l.Mark, Path: l.Path, Line: i + 1, Group: l.heading, Operative: l.Operative, Text: l.Text}
		if l.Kind != ItemLine {
			list[k].Group = string(l.Kind)
		}
	}
	return list
}

// inOrder keeps those of the greatest weight that cross no other: the heaviest increasing
// subsequence, found with a tree of maxima over the places of the new text (Fenwick 1994).
func inOrder(list []counterpart) []counterpart {
	slices.SortFunc(list, func(a, b counterpart) int { return cmp.Or(a.old-b.old, b.new-a.new) })
	last := 0
	for _, m := range list {
		last = max(last, m.new+1)
	}
	tree := make([]int, last+1) // at each place the best chain that ends there or before, as index into list plus one
	total, before := make([]float64, len(list)), make([]int, len(list))
	for k, m := range list {
		best := 0
		for at := m.new; at > 0; at -= at & -at {
			if c := tree[at]; c > 0 && (best == 0 || total[c-1] > total[best-1]) {
				best = c
			}
		}
		total[k], before[k] = m.weight, best
		if best > 0 {
			total[k] += total[best-1]
		}
		for at := m.new + 1; at <= last; at += at & -at {
			if c := tree[at]; c == 0 || total[k] > total[c-1] {
				tree[at] = k + 1
			}
		}
	}
	return chain(list, total, before)
}

// chain walks the heaviest chain back from its end.
func chain(list []counterpart, total []float64, before []int) []counterpart {
	end := 0
	for k := range list {
		if end == 0 || total[k] > total[end-1] {
			end = k + 1
		}
	}
	var out []counterpart
	for ; end > 0; end = before[end-1] {
		out = append(out, list[end-1])
	}
	slices.Reverse(out)
	return out
}

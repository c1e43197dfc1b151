package align

import (
	"math"
	"slices"

	"resolute/internal/mandate/compare"
)

// The measures were tried on chains of real resolutions: yearly, over five years, and a text
// before and after a conference.
const (
	alike      = 0.35 // least likeness of two provisions that are one
	between    = 0.21 // the same for two that stand alone between linked neighbours
	nearby     = 8    // how far apart such provisions, or the parts of a split one, may stand
	orderPrior = 0.15 // what the expected place adds
	groupPrior = 0.05 // what the same heading adds
	partPrior  = 0.05 // what the same part adds, preamble or operative
	anchored   = 0.75 // likeness of two provisions that tell where others are expected
	firm       = 0.60 // from here on a link stands though it has a rival
	rival      = 0.03 // a link is unsure when another provision that stands alone is nearly as like
)

// Texts links the provisions of two texts. The links are those of an optimal assignment: the sum
// of likeness, with something for order, heading and part, is the largest. They come in the order
// of the new text; what was dropped stands behind what it followed.
func Texts(old, new []Provision) []Link {
	words := vocabulary{}
	a := &aligner{old: side{provisions: old, with: slices.Repeat([]int{None}, len(old))}, new: side{provisions: new, with: slices.Repeat([]int{None}, len(new))},
		unsure: unsure{map[int]bool{}, map[int]bool{}}}
	for _, s := range []*side{&a.old, &a.new} {
		for _, p := range s.provisions {
			s.profiles = append(s.profiles, words.profile(p.Text))
		}
	}
	a.pairs = candidates(a.old.profiles, a.new.profiles, between)
	a.link()
	a.fill()
	a.doubt()
	a.findParts()
	return a.links()
}

// aligner is the work on two texts.
type aligner struct {
	old, new side
	pairs    []pair // alike enough to be looked at, by old and new
	unsure   unsure
	parts    []part
}

// unsure marks provisions that a person should look at, by their places.
type unsure struct{ old, new map[int]bool }

// side is one text: its provisions, and the place of the one in the other text that each is
// linked with.
type side struct {
	provisions []Provision
	profiles   []profile
	with       []int
}

// link makes the assignment among all that are alike.
func (a *aligner) link() {
	expected := a.expected()
	a.assign(func(p pair) (gain float64, offered bool) {
		apart := math.Abs(float64(p.new) - expected(p.old))
		return p.weight() - alike + orderPrior/(1+apart/nearby) + a.prior(p), p.likeness >= alike
	})
}

// prior is what the same heading and the same part add.
func (a *aligner) prior(p pair) (gain float64) {
	o, n := a.old.provisions[p.old], a.new.provisions[p.new]
	if o.Operative == n.Operative {
		gain += partPrior
		if o.Group == n.Group {
			gain += groupPrior
		}
	}
	return gain
}

// assign links what is not linked yet, as far as pairs are offered.
func (a *aligner) assign(offer func(pair) (gain float64, offered bool)) (linked []int) {
	rows := make([][]edge, len(a.old.provisions))
	for _, p := range a.pairs {
		if a.old.with[p.old] != None || a.new.with[p.new] != None {
			continue
		}
		if gain, offered := offer(p); offered {
			rows[p.old] = append(rows[p.old], edge{p.new, gain})
		}
	}
	for i, j := range assign(rows, len(a.new.provisions)) {
		if j != None {
			a.old.with[i], a.new.with[j] = j, i
			linked = append(linked, i)
		}
	}
	return linked
}

// expected tells where in the new text each old provision would stand if only its neighbours
// counted: in a line between the surest pairs that stand in order.
func (a *aligner) expected() func(old int) float64 {
	best, bestOfNew := map[int]pair{}, map[int]pair{}
	for _, p := range a.pairs {
		if p.likeness > best[p.old].likeness {
			best[p.old] = p
		}
		if p.likeness > bestOfNew[p.new].likeness {
			bestOfNew[p.new] = p
		}
	}
	var sure []pair
	for i := range a.old.provisions {
		if p, ok := best[i]; ok && p.likeness >= anchored && bestOfNew[p.new] == p {
			sure = append(sure, p)
		}
	}
	anchors := []pair{{old: -1, new: -1}}
	for _, at := range longestRise(sure, func(pair) float64 { return 1 }) {
		anchors = append(anchors, sure[at])
	}
	anchors = append(anchors, pair{old: len(a.old.provisions), new: len(a.new.provisions)})
	return func(old int) float64 {
		at, _ := slices.BinarySearchFunc(anchors, old, func(p pair, old int) int { return p.old - old })
		at = max(at, 1)
		from, to := anchors[at-1], anchors[at]
		return float64(from.new) + float64(old-from.old)*float64(to.new-from.new)/float64(to.old-from.old)
	}
}

// fill links what stands alone between two linked neighbours, when it is a little alike: sentences
// rewritten around one event. Such links are unsure.
func (a *aligner) fill() {
	oldGap, newGap := a.gaps()
	sizes := map[int][2]int{}
	for i, g := range oldGap {
		if a.old.with[i] == None {
			sizes[g] = [2]int{sizes[g][0] + 1, sizes[g][1]}
		}
	}
	for j, g := range newGap {
		if a.new.with[j] == None {
			sizes[g] = [2]int{sizes[g][0], sizes[g][1] + 1}
		}
	}
	linked := a.assign(func(p pair) (gain float64, offered bool) {
		g := oldGap[p.old]
		return p.weight() + a.prior(p), g == newGap[p.new] && sizes[g][0] <= nearby && sizes[g][1] <= nearby
	})
	for _, i := range linked {
		a.unsure.old[i], a.unsure.new[a.old.with[i]] = true, true
	}
}

// gaps numbers the stretches between the links that stand in order, in both texts alike.
func (a *aligner) gaps() (old, new []int) {
	chain := a.inOrder()
	old, new = make([]int, len(a.old.provisions)), make([]int, len(a.new.provisions))
	for i := range old {
		old[i], _ = slices.BinarySearchFunc(chain, i, func(p pair, i int) int { return p.old - i })
	}
	for j := range new {
		new[j], _ = slices.BinarySearchFunc(chain, j, func(p pair, j int) int { return p.new - j })
	}
	return old, new
}

// inOrder lists the links that stand in order in both texts: as many as can, and of equal numbers
// the longer ones.
func (a *aligner) inOrder() []pair {
	var linked []pair
	for i, j := range a.old.with {
		if j != None {
			linked = append(linked, pair{old: i, new: j})
		}
	}
	var chain []pair
	for _, at := range longestRise(linked, func(p pair) float64 { return 1 + 1e-6*float64(len(a.new.profiles[p.new].words)) }) {
		chain = append(chain, linked[at])
	}
	return chain
}

// longestRise gives the places of the heaviest run of pairs, sorted by old, whose new places rise.
func longestRise(pairs []pair, weight func(pair) float64) []int {
	best, before := make([]float64, len(pairs)), make([]int, len(pairs))
	last := None
	for i, p := range pairs {
		before[i] = None
		for k := range i {
			if pairs[k].new < p.new && best[k] > best[i] {
				best[i], before[i] = best[k], k
			}
		}
		best[i] += weight(p)
		if last == None || best[i] > best[last] {
			last = i
		}
	}
	var run []int
	for at := last; at != None; at = before[at] {
		run = append(run, at)
	}
	slices.Reverse(run)
	return run
}

// doubt looks for links that could as well lead to another provision, which stands alone. A weak
// one is taken back: what may continue two ways begins anew, until a person decides.
func (a *aligner) doubt() {
	linked := map[int]pair{} // by old
	for _, p := range a.pairs {
		if a.old.with[p.old] == p.new {
			linked[p.old] = p
		}
	}
	var weak []pair
	for _, p := range a.pairs {
		i, j := p.old, p.new
		switch {
		case a.old.with[i] != None && a.new.with[j] == None:
		case a.old.with[i] == None && a.new.with[j] != None:
			i = a.new.with[j]
		default:
			continue
		}
		if p.weight() <= linked[i].weight()-rival {
			continue
		}
		a.unsure.old[i], a.unsure.new[a.old.with[i]] = true, true
		if linked[i].likeness < firm {
			weak = append(weak, linked[i])
			a.unsure.old[p.old], a.unsure.new[p.new] = true, true
		}
	}
	for _, p := range weak {
		a.old.with[p.old], a.new.with[p.new] = None, None
	}
}

// links writes down what was found.
func (a *aligner) links() []Link {
	var list []Link
	chain := map[int]bool{}
	for _, p := range a.inOrder() {
		chain[p.old] = true
	}
	for i, j := range a.old.with {
		if j != None {
			list = append(list, a.written(i, j, chain[i]))
		}
	}
	return a.arranged(append(list, a.rest()...))
}

func (a *aligner) written(i, j int, inOrder bool) Link {
	o, n := a.old.provisions[i], a.new.provisions[j]
	l := Link{Old: i, New: j, Kind: Edited, Flags: []string{}, Score: likeness(a.old.profiles[i], a.new.profiles[j])}
	if l.Score > between && compare.Same(o.Text, n.Text) {
		l.Kind = Kept
	}
	for _, p := range a.parts {
		if p.of(i, j) {
			l.Kind = p.kind
		}
	}
	if o.Number != n.Number {
		l.Flags = append(l.Flags, Renumbered)
	}
	if !inOrder || o.Operative != n.Operative {
		l.Flags = append(l.Flags, Moved)
	}
	if a.unsure.old[i] && l.Kind != Kept {
		l.Flags = append(l.Flags, Unsure)
	}
	return l
}

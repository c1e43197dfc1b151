package coverage

import (
	"math/bits"
	"slices"

	"resolute"
)

// weight is what a row gets of a whole: num parts of the split's whole.
type weight struct {
	row int // place of the row in the order of its scheme
	num uint64
}

// split is how a whole falls to rows; what no row gets stays unlinked. The weights stand in the
// order of the scheme and add up to no more than whole.
type split struct {
	whole   uint64
	weights []weight
}

// millionths is 100 %.
const millionths = 1_000_000

// mostStated is 1000 %, as much as one printed percentage may say. More for one row, as of a code that is
// printed again and again, counts as that: so a whole stays far below 64 bits, also the product of two.
const mostStated = 10 * millionths

// share is one link with its stated part in millionths, -1 when none is stated.
type share struct {
	row    int
	stated int64
}

// newSplit applies rule 5: stated percentages stand, links without one share what is left
// equally; below 100 % the rest is unlinked, above they are scaled down. It bounds what the list states.
func newSplit(links []share) split {
	if len(links) == 0 {
		return split{whole: millionths}
	}
	var sum, open uint64
	for i, l := range links {
		if l.stated >= 0 {
			links[i].stated = min(l.stated, mostStated)
			sum += uint64(links[i].stated)
		} else {
			open++
		}
	}
	s := split{whole: millionths, weights: make([]weight, 0, len(links))}
	factor := uint64(1)
	switch {
	case sum > millionths:
		s.whole = sum
	case open > 0:
		factor, s.whole = open, millionths*open
	}
	for _, l := range links {
		num := uint64(0)
		if l.stated >= 0 {
			num = uint64(l.stated) * factor
		} else if sum < millionths {
			num = millionths - sum
		}
		s.weights = append(s.weights, weight{l.row, num})
	}
	slices.SortFunc(s.weights, func(a, b weight) int { return a.row - b.row })
	return s
}

// give splits an amount in hundredths by largest remainder on its absolute value, ties to the
// first row, what is unlinked last. It calls to with each row's part and returns what is left.
func (s split) give(c resolute.Cents, to func(row int, part resolute.Cents)) resolute.Cents {
	if len(s.weights) == 1 && s.weights[0].num == s.whole {
		if c != 0 {
			to(s.weights[0].row, c)
		}
		return 0
	}
	if s.whole == 0 {
		return c
	}
	amount, sign := uint64(c), resolute.Cents(1)
	if c < 0 {
		amount, sign = -amount, -1
	}
	var small [16]uint64 // most splits are short, and then nothing is allocated
	room := small[:]
	if len(s.weights)+1 > len(small)/2 {
		room = make([]uint64, 2*(len(s.weights)+1))
	}
	parts, rests := room[:len(s.weights)+1], room[len(room)/2:][:len(s.weights)+1]
	left, linked, equal := amount, uint64(0), true
	for i, w := range s.weights {
		if i > 0 && w.num == s.weights[i-1].num { // as most are: the same part
			parts[i], rests[i] = parts[i-1], rests[i-1]
		} else {
			parts[i], rests[i] = mulDiv(amount, w.num, s.whole)
			equal = equal && i == 0
		}
		left -= parts[i]
		linked += w.num
	}
	last := len(s.weights)
	parts[last], rests[last] = mulDiv(amount, s.whole-linked, s.whole)
	left -= parts[last]
	if equal && last > 0 {
		giveEqual(parts, left, rests[last] > rests[0])
	} else {
		giveLargest(parts, rests, left)
	}
	for i, w := range s.weights {
		if parts[i] != 0 {
			to(w.row, sign*resolute.Cents(parts[i]))
		}
	}
	return sign * resolute.Cents(parts[last])
}

// giveEqual gives the hundredths that are left to parts whose remainders are equal but for the last,
// which is first when its own is larger.
func giveEqual(parts []uint64, left uint64, lastFirst bool) {
	if left > 0 && lastFirst {
		parts[len(parts)-1]++
		left--
	}
	for i := uint64(0); i < left; i++ {
		parts[i]++
	}
}

// giveLargest gives the hundredths that are left to the parts with the largest remainders, ties to
// the first.
func giveLargest(parts, rests []uint64, left uint64) {
	for ; left > 0; left-- {
		best := 0
		for i := range rests {
			if rests[i] > rests[best] {
				best = i
			}
		}
		parts[best]++
		rests[best] = 0
	}
}

// mulDiv gives a*b/c and the rest, without losing digits; b must not exceed c.
func mulDiv(a, b, c uint64) (quotient, rest uint64) {
	hi, lo := bits.Mul64(a, b)
	return bits.Div64(hi, lo, c)
}

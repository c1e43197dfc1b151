package coverage

import (
	"iter"
	"math/bits"
	"unique"

	"resolute"
)

// bitset is a set of small numbers that are not negative: organisations, rows of countries. A
// walk adds to it millions of times, which a map would not bear.
type bitset []uint64

func (s *bitset) add(n int) {
	word := n / 64
	for word >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[word] |= 1 << (n % 64)
}

func (s bitset) count() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// each calls fn with every number in order.
func (s bitset) each(fn func(n int)) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			fn(i*64 + bits.TrailingZeros64(word))
		}
	}
}

// purse is sums by currency while they grow. An installation knows a handful of currencies, so
// looking through them beats a map.
type purse []coin

type coin struct {
	currency currency
	cents    resolute.Cents
}

// currency is a code that is as small as a pointer, and compared as one.
type currency = unique.Handle[string]

func (p *purse) add(currency currency, cents resolute.Cents) {
	for i := range *p {
		if (*p)[i].currency == currency {
			(*p)[i].cents = (*p)[i].cents.Plus(cents)
			return
		}
	}
	*p = append(*p, coin{currency, cents})
}

// money gives the sums as an answer holds them; nil when nothing is held.
func (p purse) money() Money {
	var m Money
	for _, c := range p {
		if c.cents != 0 {
			m.add(c.currency.Value(), c.cents)
		}
	}
	return m
}

// holds reports whether the sum of a currency is not zero.
func (p purse) holds() bool {
	for _, c := range p {
		if c.cents != 0 {
			return true
		}
	}
	return false
}

// between calls fn with the numbers from one to before another, in order.
func (s bitset) between(from, to int, fn func(n int)) {
	for i := from / 64; i < len(s) && i*64 < to; i++ {
		for word := s[i]; word != 0; word &= word - 1 {
			if n := i*64 + bits.TrailingZeros64(word); n >= from && n < to {
				fn(n)
			}
		}
	}
}

// from gives the numbers from one on, in order.
func (s bitset) from(first int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := first / 64; i < len(s); i++ {
			for word := s[i]; word != 0; word &= word - 1 {
				if n := i*64 + bits.TrailingZeros64(word); n >= first && !yield(n) {
					return
				}
			}
		}
	}
}

// without is how many numbers the set holds that another does not.
func (s bitset) without(other bitset) int { return s.count() - s.common(other) }

// newBitset gives a set with room for numbers below n.
func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

// word gives the i-th 64 numbers, a bit for each.
func (s bitset) word(i int) uint64 {
	if i < len(s) {
		return s[i]
	}
	return 0
}

func (s bitset) has(n int) bool { return n/64 < len(s) && s[n/64]&(1<<(n%64)) != 0 }

// addIf adds a number when a claim holds.
func (s *bitset) addIf(claim bool, n int) {
	if claim {
		s.add(n)
	}
}

func (s bitset) remove(n int) { s[n/64] &^= 1 << (n % 64) }

// fill adds the numbers below n.
func (s bitset) fill(n int) {
	for i := range s {
		s[i] = ^uint64(0)
	}
	if n%64 != 0 {
		s[len(s)-1] = 1<<(n%64) - 1
	}
}

// keep takes out what another set does not hold, which has at least the same room.
func (s bitset) keep(other bitset) {
	for i := range s {
		s[i] &= other[i]
	}
}

// drop takes out what another set holds.
func (s bitset) drop(other bitset) {
	for i := range min(len(s), len(other)) {
		s[i] &^= other[i]
	}
}

// unite adds what another set of the same room holds.
func (s bitset) unite(other bitset) {
	for i, word := range other {
		s[i] |= word
	}
}

// common is how many numbers two sets share.
func (s bitset) common(other bitset) int {
	n := 0
	for i := range min(len(s), len(other)) {
		n += bits.OnesCount64(s[i] & other[i])
	}
	return n
}

// others are the numbers below n that the set does not hold.
func (s bitset) others(n int) bitset {
	rest := newBitset(n)
	rest.fill(n)
	rest.drop(s)
	return rest
}

// only takes out the numbers that do not fit.
func (s bitset) only(fits func(n int) bool) {
	for i, word := range s {
		kept := word
		for ; word != 0; word &= word - 1 {
			if at := bits.TrailingZeros64(word); !fits(i*64 + at) {
				kept &^= 1 << at
			}
		}
		s[i] = kept
	}
}

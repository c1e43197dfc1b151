package coverage

import (
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
			(*p)[i].cents += cents
			return
		}
	}
	*p = append(*p, coin{currency, cents})
}

// money gives the sums as an answer holds them; nil when nothing was added.
func (p purse) money() Money {
	var m Money
	for _, c := range p {
		m.add(c.currency.Value(), c.cents)
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

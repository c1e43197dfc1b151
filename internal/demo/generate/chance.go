package generate

import (
	"math/bits"
	"math/rand/v2"
)

// chance is a stream of random whole numbers.
type chance struct{ pcg rand.PCG }

// The purposes of streams, so that what is told of one thing never depends on how much was drawn
// for another.
const (
	forFacts uint64 = iota + 1
	forProse
	forHabits
	forFamily
	forLinks
	forPlaces
)

// begin starts the stream of the n-th thing of a purpose.
func (c *chance) begin(seed, purpose uint64, n int) {
	c.pcg.Seed(seed*0x9E3779B97F4A7C15+purpose, uint64(n))
}

// below gives a number from 0 to n-1.
func (c *chance) below(n int) int {
	high, _ := bits.Mul64(c.pcg.Uint64(), uint64(n))
	return int(high)
}

// in gives true so many times in a thousand.
func (c *chance) in(thousand int) bool { return c.below(1000) < thousand }

// weights choose among things of different frequency; each holds the sum up to it.
type weights []uint64

// pick gives the place of one of the things.
func (w weights) pick(c *chance) int {
	high, _ := bits.Mul64(c.pcg.Uint64(), w[len(w)-1])
	low, up := 0, len(w)-1
	for low < up {
		middle := (low + up) / 2
		if w[middle] > high {
			up = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// zipf gives n things of which the i-th is seen 1/(i+shift) times as often as others.
func zipf(n, shift int) weights {
	w := make(weights, n)
	sum := uint64(0)
	for i := range w {
		sum += 1 << 40 / uint64(i+shift)
		w[i] = sum
	}
	return w
}

// weigh sums up stated frequencies.
func weigh(frequencies ...uint64) weights {
	w := make(weights, len(frequencies))
	sum := uint64(0)
	for i, f := range frequencies {
		sum += f
		w[i] = sum
	}
	return w
}

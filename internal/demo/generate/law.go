package generate

import "math"

// known is one quantile of a law: of a million draws so many are below the value.
type known struct {
	at    int
	value int
}

// law gives whole numbers whose quantiles are known. Between two of them the logarithm grows
// evenly, so that a body of small numbers has a long tail, as counts and sizes of real data do. The
// first quantile above zero says how many have none.
type law []known

// draw gives one number. It uses multiplication and square root alone, each rounded once, which
// every machine does alike.
func (l law) draw(c *chance) int {
	at := c.below(1_000_000)
	if at < l[0].at {
		return 0
	}
	i := 0
	for i < len(l)-2 && at >= l[i+1].at {
		i++
	}
	left, right := l[i].at, l[i+1].at
	low, high := float64(l[i].value), float64(l[i+1].value)
	for right-left > 1 && high-low > 0.25 {
		middle, between := (left+right)/2, math.Sqrt(low*high)
		if at < middle {
			right, high = middle, between
		} else {
			left, low = middle, between
		}
	}
	return int(low + 0.5)
}

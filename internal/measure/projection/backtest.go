package projection

import (
	"math"
	"slices"
)

// Accuracy is how a method did: mean absolute error and bias (expected less observed is below 0
// when the method expects too little) in the unit of the values, percentage points for shares.
type Accuracy struct {
	Method string
	MAE    float64
	Bias   float64
}

// Backtest is what came out when the past was asked about a future that is past too.
type Backtest struct {
	From, To  int
	Level     float64
	Series    int // with a value in both years and enough before
	Left      int // of those with a value in To, too short or without a value in From
	Main      Accuracy
	Coverage  float64 // share of the series whose value fell into the band; NaN: no band
	HalfWidth float64 // of the band, on the scale of the limits; NaN: no band
	Errors    int     // past errors that the band was taken from, all of them known in From
	Others    []Accuracy
}

// Try stands in the year from, knows nothing of later, and expects the year to. Beside simple methods the line
// is tried on the same series.
func (m Method) Try(all []Series, l Limits, from, to int, level float64, line Line) Backtest {
	b := Backtest{From: from, To: to, Level: level, Coverage: math.NaN(), HalfWidth: math.NaN()}
	errs := m.PastErrors(all, l, from)
	b.Errors = errs.Known(to - from)
	half, banded := errs.HalfWidth(to-from, level)
	if banded {
		b.HalfWidth = half
	}
	inside := 0
	others := append(slices.Clone(simple), rival{line.ID, func(_ Method, s Series, l Limits, to int) float64 { return line.Expect(s, l, to) }})
	tallies := make([]tally, len(others)+1)
	for _, s := range all {
		seen, ok := s.at(to)
		if !ok {
			continue
		}
		_, stands := s.at(from)
		before := s.until(from)
		z, long := m.expect(before, l, to)
		if !stands || !long {
			b.Left++
			continue
		}
		b.Series++
		tallies[0].add(l.value(z), seen)
		if math.Abs(m.scaled(l, seen)-z) <= half {
			inside++
		}
		for i, other := range others {
			tallies[i+1].add(other.expect(m, before, l, to), seen)
		}
	}
	b.Main = tallies[0].accuracy(m.ID)
	for i, other := range others {
		id := other.id
		if id == undamped {
			id = l.Scale() + id
		}
		b.Others = append(b.Others, tallies[i+1].accuracy(id))
	}
	if banded && b.Series > 0 {
		b.Coverage = float64(inside) / float64(b.Series)
	}
	return b
}

// undamped is the id of the trend without damping, behind the scale on which it is a line.
const undamped = "-last-5@1"

// rival is a method to compare with.
type rival struct {
	id     string
	expect func(m Method, s Series, l Limits, to int) float64 // NaN: nothing
}

// simple are the methods that one has to beat.
var simple = []rival{
	{"no-change@1", func(_ Method, s Series, _ Limits, _ int) float64 { return s.Values[len(s.Values)-1] }},
	{"linear-last-5@1", func(m Method, s Series, l Limits, to int) float64 {
		part := s.last(m.LastPoints)
		n := len(part.Years) - 1
		return l.within(part.Values[n] + part.slope()*float64(to-part.Years[n]))
	}},
	{undamped, func(m Method, s Series, l Limits, to int) float64 {
		m.Damping = 1
		z, _ := m.expect(s, l, to)
		return l.value(z)
	}},
	{"constant-growth-last-5@1", func(m Method, s Series, l Limits, to int) float64 {
		part := s.last(m.LastPoints)
		n := len(part.Years) - 1
		if part.Values[0] <= 0 {
			return part.Values[n]
		}
		rate := math.Pow(part.Values[n]/part.Values[0], 1/float64(part.Years[n]-part.Years[0]))
		return l.within(part.Values[n] * math.Pow(rate, float64(to-part.Years[n])))
	}},
}

type tally struct {
	n             int
	absolute, sum float64
}

func (t *tally) add(expected, seen float64) {
	if math.IsNaN(expected) {
		return
	}
	t.n++
	t.absolute += math.Abs(expected - seen)
	t.sum += expected - seen
}

func (t tally) accuracy(method string) Accuracy {
	n := float64(t.n) // 0/0 is NaN: nothing was tried
	return Accuracy{Method: method, MAE: t.absolute / n, Bias: t.sum / n}
}

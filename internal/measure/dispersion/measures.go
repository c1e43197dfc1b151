package dispersion

import (
	"errors"
	"math"
)

// Measures are the measures of one set of values. A measure that is not defined for it is NaN.
type Measures struct {
	Mean         float64
	SDPopulation float64 // divides by the sum of weights, not by n-1
	CV           float64 // deviation by mean; not defined for a mean that is not above 0
	Gini         float64 // not defined with values below 0 or a mean of 0
	TheilT       float64 // as Gini; a value of 0 adds nothing
	TheilL       float64 // mean logarithmic deviation; not defined with a value of 0 or below
	Atkinson     float64 // with aversion 0.5; as Gini
	Atkinson1    float64 // with aversion 1; as TheilL
	Atkinson2    float64 // with aversion 2; as TheilL
}

// ErrInput says that values and weights are not a set that can be measured.
var ErrInput = errors.New("want at least one value, all finite, and for each a weight that is finite and not below 0, of which one is above 0")

// Of measures values; weights is nil for plain ones. The error is ErrInput.
func Of(values, weights []float64) (Measures, error) {
	s, err := newSet(values, weights)
	if err != nil {
		return Measures{}, err
	}
	m := Measures{Mean: s.mean(), SDPopulation: s.deviation()}
	m.CV, m.Gini, m.TheilT, m.TheilL = math.NaN(), math.NaN(), math.NaN(), math.NaN()
	m.Atkinson, m.Atkinson1, m.Atkinson2 = math.NaN(), math.NaN(), math.NaN()
	if m.Mean > 0 {
		m.CV = m.SDPopulation / m.Mean
	}
	if lowest := s.lowest(); lowest >= 0 && m.Mean > 0 {
		m.Gini, m.TheilT, m.Atkinson = s.gini(), s.theilT(m.Mean), s.atkinson(m.Mean)
		if lowest > 0 {
			m.TheilL = s.theilL(m.Mean)
			m.Atkinson1, m.Atkinson2 = -math.Expm1(-m.TheilL), s.atkinson2(m.Mean)
		}
	}
	return m, nil
}

// mean is sum(w x) / sum(w).
func (s set) mean() float64 {
	return s.average(func(x float64) float64 { return x })
}

// deviation is the population form: sqrt(sum(w (x-m)^2) / sum(w)).
func (s set) deviation() float64 {
	m := s.mean()
	return math.Sqrt(s.average(func(x float64) float64 { return (x - m) * (x - m) }))
}

// gini is sum_ij w_i w_j |x_i - x_j| / (2 m W^2). Sorted, it is the area between the diagonal and
// the curve of Lorenz, found in one walk: each value with the weight and the total below it.
func (s set) gini() float64 {
	var below, held, sum float64
	for _, p := range s.sorted() {
		if p.weight == 0 {
			continue
		}
		sum += p.weight * (p.value*below - held)
		below += p.weight
		held += p.weight * p.value
	}
	return sum / (held * below)
}

// theilT is the mean of (x/m) ln(x/m), where 0 ln 0 is 0.
func (s set) theilT(m float64) float64 {
	return s.average(func(x float64) float64 {
		if x == 0 {
			return 0
		}
		return x / m * math.Log(x/m)
	})
}

// theilL is the mean of ln(m/x).
func (s set) theilL(m float64) float64 {
	return s.average(func(x float64) float64 { return math.Log(m / x) })
}

// atkinson is 1 - mean(sqrt(x))^2 / m.
func (s set) atkinson(m float64) float64 {
	root := s.average(math.Sqrt)
	return 1 - root*root/m
}

// atkinson2 is 1 - h/m, where h is the harmonic mean.
func (s set) atkinson2(m float64) float64 {
	return 1 - 1/(m*s.average(func(x float64) float64 { return 1 / x }))
}

// SmallSample is the form of Gini for n values drawn from many: Gini x n / (n-1). It is not defined
// for one value.
func SmallSample(gini float64, n int) float64 {
	if n < 2 {
		return math.NaN()
	}
	return gini * float64(n) / float64(n-1)
}

// Complement gives ceiling - x for each value: with 100, those who are not connected. Gini, Theil
// and deviation of a percentage fall by themselves as it nears 100; on the complement they do not.
func Complement(values []float64, ceiling float64) []float64 {
	out := make([]float64, len(values))
	for i, x := range values {
		out[i] = ceiling - x
	}
	return out
}

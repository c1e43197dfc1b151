package progress

// Name gives name and version.
func (m Method) Name() string { return m.ID }

// Check names the first parameter that makes no sense, and what is expected of it; empty: none.
func (m Method) Check() (parameter, expected string) {
	switch {
	case m.Source == "":
		return "source", "where the method comes from"
	case !(m.Zero > 0 && m.Zero <= 1):
		return "zero", "a number above 0, at most 1"
	case !(m.LimitExponent > 0 && m.LimitExponent <= 100):
		return "limit_exponent", "a number above 0, at most 100"
	case !rising(len(m.WithTarget), func(i int) (x, y float64) { return m.WithTarget[i][0], m.WithTarget[i][1] }):
		return "with_target", "2 to 100 points, ratios and scores rising, none beyond a million"
	case !rising(len(m.WithoutTarget), func(i int) (x, y float64) { return m.WithoutTarget[i].Growth, m.WithoutTarget[i].Score }):
		return "without_target", "2 to 100 points, growth and scores rising, none beyond a million"
	case !m.RatioBounds.fall():
		return "ratio_bounds", "substantial_progress above moderate_progress above limited_progress, none beyond a million"
	case !m.ScoreBounds.fall():
		return "score_bounds", "substantial_progress above moderate_progress above limited_progress, none beyond a million"
	}
	return "", ""
}

func (b bounds) fall() bool {
	return b.Substantial > b.Moderate && b.Moderate > b.Limited && sane(b.Substantial) && sane(b.Limited)
}

// largest bounds what a method may reckon with, and mostKnots the points of a scale of scores.
const (
	largest   = 1e6
	mostKnots = 100
)

func sane(v float64) bool { return v >= -largest && v <= largest }

func rising(n int, at func(int) (x, y float64)) bool {
	if n < 2 || n > mostKnots {
		return false
	}
	for i := range n {
		if x, y := at(i); !sane(x) || !sane(y) {
			return false
		}
	}
	for i := 1; i < n; i++ {
		x0, y0 := at(i - 1)
		if x1, y1 := at(i); !(x1 > x0 && y1 > y0) {
			return false
		}
	}
	return true
}

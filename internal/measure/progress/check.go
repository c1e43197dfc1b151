package progress

// Name gives name and version.
func (m Method) Name() string { return m.ID }

// Check names the first parameter that makes no sense, and what is expected of it; empty: none.
func (m Method) Check() (parameter, expected string) {
	switch {
	case m.Source == "":
		return "source", "where the method comes from"
	case !(m.Zero > 0):
		return "zero", "a number above 0"
	case !(m.LimitExponent > 0):
		return "limit_exponent", "a number above 0"
	case !rising(len(m.WithTarget), func(i int) (x, y float64) { return m.WithTarget[i][0], m.WithTarget[i][1] }):
		return "with_target", "two points or more, ratios and scores rising"
	case !rising(len(m.WithoutTarget), func(i int) (x, y float64) { return m.WithoutTarget[i].Growth, m.WithoutTarget[i].Score }):
		return "without_target", "two points or more, growth and scores rising"
	case !m.RatioBounds.fall():
		return "ratio_bounds", "substantial_progress above moderate_progress above limited_progress"
	case !m.ScoreBounds.fall():
		return "score_bounds", "substantial_progress above moderate_progress above limited_progress"
	}
	return "", ""
}

func (b bounds) fall() bool { return b.Substantial > b.Moderate && b.Moderate > b.Limited }

func rising(n int, at func(int) (x, y float64)) bool {
	for i := 1; i < n; i++ {
		x0, y0 := at(i - 1)
		if x1, y1 := at(i); !(x1 > x0 && y1 > y0) {
			return false
		}
	}
	return n >= 2
}

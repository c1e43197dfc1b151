package projection

// Name gives name and version.
func (m Method) Name() string { return m.ID }

// Check names the first parameter that makes no sense, and what is expected of it; empty: none.
func (m Method) Check() (parameter, expected string) {
	switch {
	case m.Source == "":
		return "source", "where the method comes from"
	case m.LastPoints < 2:
		return "last_points", "2 or more"
	case m.LeastPoints < 2:
		return "least_points", "2 or more"
	case !(m.Damping > 0 && m.Damping <= 1):
		return "damping", "a number above 0, at most 1"
	case !(m.Floor > 0 && m.Floor < 50):
		return "floor", "a percentage above 0 and below 50"
	case !(m.Ceiling < 100 && m.Ceiling > 50):
		return "ceiling", "a percentage above 50 and below 100"
	case m.LeastErrors < 1:
		return "least_errors", "1 or more"
	}
	return "", ""
}

package projection

// Name gives name and version.
func (m Method) Name() string { return m.ID }

// nearest is how near to its limits a percentage may be held: nearer, its logit is no number to reckon with.
const nearest = 1e-6

// steepest bounds the exponent of weights: the sums of a thousand years stay finite.
const steepest = 20

// The largest counts that a method may ask for.
const (
	mostPoints = 1000
	mostErrors = 1000000
)

// Name gives name and version.
func (m Line) Name() string { return m.ID }

// Check names the first parameter that makes no sense, and what is expected of it; empty: none.
func (m Line) Check() (parameter, expected string) {
	switch {
	case m.Source == "":
		return "source", "where the method comes from"
	case m.FromYear < 1 || m.FromYear > 9999:
		return "from_year", "a year"
	case !(m.WeightExponent >= 0 && m.WeightExponent <= steepest):
		return "weight_exponent", "0 to 20"
	case m.LeastPoints < 2 || m.LeastPoints > mostPoints:
		return "least_points", "2 to 1000"
	}
	return "", ""
}

// Check names the first parameter that makes no sense, and what is expected of it; empty: none.
func (m Method) Check() (parameter, expected string) {
	switch {
	case m.Source == "":
		return "source", "where the method comes from"
	case m.LastPoints < 2 || m.LastPoints > mostPoints:
		return "last_points", "2 to 1000"
	case m.LeastPoints < 2 || m.LeastPoints > mostPoints:
		return "least_points", "2 to 1000"
	case !(m.Damping > 0 && m.Damping <= 1):
		return "damping", "a number above 0, at most 1"
	case !(m.Floor >= nearest && m.Floor < 50):
		return "floor", "a percentage of 0.000001 or above and below 50"
	case !(m.Ceiling <= 100-nearest && m.Ceiling > 50):
		return "ceiling", "a percentage above 50 and 99.999999 or below"
	case m.LeastErrors < 1 || m.LeastErrors > mostErrors:
		return "least_errors", "1 to 1000000"
	}
	return "", ""
}

package projection

import "math"

// Limits are the natural limits between which an indicator lies. An infinite Ceiling is none.
type Limits struct{ Floor, Ceiling float64 }

// Percent are the limits of a share.
var Percent = Limits{0, 100}

// The names of scales.
const (
	Logit = "logit" // ln(p / (100-p)), p the share of the way from floor to ceiling in percent
	Log   = "log"   // ln(x - floor)
)

// Scale is the scale on which the trend is a line: between two limits the logit, above one the logarithm.
// On either nothing that is expected lies beyond a limit.
func (l Limits) Scale() string {
	if math.IsInf(l.Ceiling, 1) {
		return Log
	}
	return Logit
}

// Hold tells whether a value lies within the limits.
func (l Limits) Hold(v float64) bool { return v >= l.Floor && v <= l.Ceiling }

// within gives the nearest value within the limits.
func (l Limits) within(v float64) float64 { return max(l.Floor, min(l.Ceiling, v)) }

// scaled gives a value on the scale of the limits. Before, it is held off them: between two limits inside
// floor and ceiling of the method, which are percent of the way; above one by the floor at least, in the unit of the values.
func (m Method) scaled(l Limits, v float64) float64 {
	if l.Scale() == Log {
		return math.Log(max(m.Floor, v-l.Floor))
	}
	p := max(m.Floor, min(m.Ceiling, 100*(v-l.Floor)/(l.Ceiling-l.Floor)))
	return math.Log(p / (100 - p))
}

// value is the inverse of scaled.
func (l Limits) value(z float64) float64 {
	if l.Scale() == Log {
		return l.Floor + math.Exp(z)
	}
	return l.Floor + (l.Ceiling-l.Floor)/(1+math.Exp(-z))
}

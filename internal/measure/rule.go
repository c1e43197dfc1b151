package measure

import (
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/measure/divide"
)

// rule is that by which areas are put together: the one that is asked for when it makes sense, else
// that of what is measured.
func (f Frame) rule(q GroupQuery) (string, error) {
	c, known := f.Concept()
	if known && c.Aggregation == divide.None {
		return "", senseless("%s is not a quantity: no figure of a group makes sense", f.Indicator)
	}
	if q.Rule == "" {
		return usualRule(c, known, q.Weights != nil), nil
	}
	if !slices.Contains(divide.Rules, q.Rule) {
		return "", &resolute.Error{Code: resolute.Usage, Field: "rule", Message: fmt.Sprintf("unknown rule %q: want %s", q.Rule, strings.Join(divide.Rules, ", "))}
	}
	counted := known && c.Aggregation == divide.Sum
	switch {
	case q.Rule == divide.Sum && !known:
		return "", senseless("%s is not in the catalogue of indicators, so nobody knows whether it may be added up: resolute import indicators", f.Indicator)
	case q.Rule == divide.Sum && !counted:
		return "", senseless("%s is measured in %s: shares, rates and prices of areas cannot be added up", f.Indicator, c.Unit)
	case q.Rule == divide.WeightedMean && counted:
		return "", senseless("%s counts things: its areas are added up, and a weighted mean would count the large ones twice", f.Indicator)
	case q.Rule == divide.WeightedMean && q.Weights == nil:
		return "", &resolute.Error{Code: resolute.Usage, Field: "weights", Message: "a weighted mean needs weights, such as population"}
	}
	return q.Rule, nil
}

// usualRule is that of what is measured; without weights each area counts the same.
func usualRule(c Concept, known, weighed bool) string {
	switch {
	case known && c.Aggregation == divide.Sum:
		return divide.Sum
	case weighed:
		return divide.WeightedMean
	case known && c.Aggregation != divide.WeightedMean:
		return c.Aggregation
	}
	return divide.PlainMean
}

func senseless(message string, args ...any) error {
	return &resolute.Error{Code: resolute.Invalid, Field: "rule", Message: fmt.Sprintf(message, args...)}
}

package measure

import (
	"slices"

	"resolute/internal/measure/dataquery"
)

// wants tells whether a selection chooses a series by its key.
func (s Selection) wants(f *Flow, series *Series) bool {
	if s.Query.Keys == nil && s.Query.Conditions == nil {
		return s.takes(series.Indicator, series.Area)
	}
	return s.wantsKey(f, f.codes(series))
}

// wantsKey is wants of a key in the order of the dimensions.
func (s Selection) wantsKey(f *Flow, codes []string) bool {
	return s.takes(codes[0], codes[1]) && s.Query.Series(codes) && s.Query.Holds(func(id string) (string, bool) {
		at := slices.Index(f.Dimensions, id)
		if at < 0 {
			return "", false
		}
		return codes[at], true
	})
}

// all tells whether a selection chooses everything of its dataflows.
func (s Selection) all() bool {
	return len(s.Indicators)+len(s.Areas) == 0 && s.Query.Whole()
}

// enough is the number of observations behind which nothing more is asked of a selection; 0: none.
func (s Selection) enough() int {
	if s.Query.Limit > 0 {
		return s.Query.Offset + s.Query.Limit
	}
	if s.Most > 0 {
		return s.Query.Offset + s.Most + 1
	}
	return 0
}

// observed gives the observations of a series that fulfil the conditions.
func (f *Flow) observed(s *Series, q dataquery.Query) []*Observation {
	var list []*Observation
	for i := range s.Observations {
		if o := &s.Observations[i]; f.holds(s, o, q) {
			list = append(list, o)
		}
	}
	return list
}

// holds tells whether an observation fulfils the conditions that are of observations.
func (f *Flow) holds(s *Series, o *Observation, q dataquery.Query) bool {
	return q.Holds(func(id string) (string, bool) {
		switch id {
		case timeDimension:
			return o.Period, true
		case valueMeasure:
			return o.Value, true
		}
		return f.attribute(id, s, o), slices.Contains(attributes, id)
	})
}

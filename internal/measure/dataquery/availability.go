package dataquery

import (
	"slices"
	"strings"
)

// Availability is a question for what data there are.
type Availability struct {
	Query
	Components []string // dimensions that are asked for; nil: all
	Remaining  bool     // the codes that may be chosen beside what is chosen, not those of what is chosen
	References []string // classes of artefacts to be told too, or all; none: empty
}

// ParseAvailability reads a question of version 2: what stands behind /availability/ in the path,
// still escaped, as CONTEXT/AGENCY/RESOURCE/VERSION/KEY/COMPONENT of which the end may be left out,
// and the raw query. Parameters named in known belong to another. The error is an Error.
func ParseAvailability(path, raw string, known ...string) (a Availability, err error) {
	rest, component, err := last(path, 6)
	if err != nil {
		return a, err
	}
	a.Components = list(component)
	if raw, err = a.own(raw); err != nil {
		return a, err
	}
	if a.Query, err = Parse(rest, raw, known...); err != nil {
		return a, err
	}
	return a, a.whole()
}

// ParseOldAvailability reads a question of version 1: FLOW/KEY/PROVIDER/COMPONENT.
func ParseOldAvailability(path, raw string, known ...string) (a Availability, err error) {
	rest, component, err := last(path, 4)
	if err != nil {
		return a, err
	}
	if component != "*" && component != "all" {
		a.Components = strings.Split(component, "+")
	}
	if raw, err = a.own(raw); err != nil {
		return a, err
	}
	if a.Query, err = ParseOld(rest, raw, known...); err != nil {
		return a, err
	}
	return a, a.whole()
}

// last cuts the part of a path that stands at a place off, if it is there; else it is any.
func last(path string, place int) (rest, part string, err error) {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if len(parts) != place {
		return path, "*", nil
	}
	unescaped, err := split(parts[place-1])
	if err != nil {
		return "", "", err
	}
	return strings.Join(parts[:place-1], "/"), unescaped[0], nil
}

// own takes the parameters that questions for data do not have out of a query.
func (a *Availability) own(raw string) (rest string, err error) {
	var others []string
	for pair := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(pair, "=")
		switch name {
		case "mode":
			if value != "exact" && value != "available" {
				return "", refuse(malformed, "mode: %q is not exact or available", value)
			}
			a.Remaining = value == "available"
		case "references":
			value = strings.NewReplacer("%2C", ",", "%2c", ",").Replace(value)
			if a.References, err = references(value, []string{"none", "all"}); err != nil {
				return "", err
			}
		default:
			others = append(others, pair)
		}
	}
	return strings.Join(others, "&"), nil
}

// whole refuses what asks for a part of the observations: what there are is told of all.
func (a *Availability) whole() error {
	q := a.Query
	if q.First+q.Last+q.Offset+q.Limit > 0 || q.Around != "" || q.History || q.Sort != nil || q.Attributes.Asked() || q.Measures.Asked() {
		return refuse(malformed, "what data there are is asked for with c, updatedAfter, asOf, references and mode")
	}
	return nil
}

// Without gives the question without what it asks of one dimension, by its place and name.
func (q Query) Without(place int, id string) Query {
	var keys [][][]string
	for _, key := range q.Keys {
		if place < len(key) {
			key = slices.Clone(key)
			key[place] = nil
		}
		keys = append(keys, key)
	}
	q.Keys = keys
	q.Conditions = slices.DeleteFunc(slices.Clone(q.Conditions), func(c Condition) bool { return c.Component == id })
	return q
}

// Bound tells whether the question asks something of a dimension.
func (q Query) Bound(place int, id string) bool {
	return slices.ContainsFunc(q.Conditions, func(c Condition) bool { return c.Component == id }) ||
		slices.ContainsFunc(q.Keys, func(key [][]string) bool { return place < len(key) && key[place] != nil })
}

package dataquery

import (
	"net/url"
	"slices"
	"strings"
)

// ParseOld reads a question of version 1: FLOW/KEY/PROVIDER of which the end may be left out, FLOW as
// ID, AGENCY,ID or AGENCY,ID,VERSION. The error is an Error.
func ParseOld(path, raw string, known ...string) (Query, error) {
	var q Query
	parts, err := split(path)
	if err != nil {
		return q, err
	}
	if len(parts) > 3 {
		return q, refuse(malformed, "the path has more than flow, key and provider")
	}
	for len(parts) < 3 {
		parts = append(parts, "all")
	}
	flow := strings.Split(parts[0], ",")
	switch len(flow) {
	case 1:
		q.IDs, q.Latest = list(flow[0]), true
	case 2:
		q.Agencies, q.IDs, q.Latest = list(flow[0]), list(flow[1]), true
	case 3:
		q.Agencies, q.IDs, q.Versions, q.Latest = list(flow[0]), list(flow[1]), versions(flow[2]), latest(flow[2])
	default:
		return q, refuse(malformed, "the flow %q is not ID, AGENCY,ID or AGENCY,ID,VERSION", parts[0])
	}
	if parts[1] != "all" {
		var key [][]string
		for codes := range strings.SplitSeq(parts[1], ".") {
			if codes == "" {
				key = append(key, nil)
			} else {
				key = append(key, nil)
				for code := range strings.SplitSeq(codes, "+") {
					key[len(key)-1] = append(key[len(key)-1], own(code))
				}
			}
		}
		q.Keys = [][][]string{key}
	}
	if !strings.EqualFold(parts[2], "all") { // some clients shout
		return q, refuse(undone, "data are not told apart by their provider")
	}
	rest, err := q.oldParameters(raw)
	if err != nil {
		return q, err
	}
	if err := q.parameters(rest, known); err != nil {
		return q, err
	}
	return q, q.sound()
}

// oldParameters reads the parameters that version 2 does not have and gives the others.
func (q *Query) oldParameters(raw string) (rest string, err error) {
	var others []string
	for pair := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if !slices.Contains([]string{"startPeriod", "endPeriod", "detail"}, name) {
			others = append(others, pair)
			continue
		}
		if value, err = url.PathUnescape(value); err != nil {
			return "", refuse(malformed, "the query cannot be read at %q", pair)
		}
		if name == "detail" {
			if err := q.detail(value); err != nil {
				return "", err
			}
			continue
		}
		if err := q.bound(name, value); err != nil {
			return "", err
		}
	}
	return strings.Join(others, "&"), nil
}

// bound asks for times from startPeriod on or up to endPeriod. The value is one time, whatever signs it has.
func (q *Query) bound(name, value string) error {
	t := Test{Operator: map[string]string{"startPeriod": "ge", "endPeriod": "le"}[name], Value: value}
	if err := t.read(timeDimension); err != nil {
		return refuse(malformed, "%s: %q is no time", name, value)
	}
	c := Condition{Component: timeDimension}
	c.add([]Test{t})
	q.Conditions = append(q.Conditions, c)
	return nil
}

func (q *Query) detail(value string) error {
	switch value {
	case "full":
	case "dataonly":
		q.Attributes.None = true
	case "nodata":
		q.Measures.None = true
	case "serieskeysonly":
		return refuse(undone, "detail=serieskeysonly is not answered: observations are written flat")
	default:
		return refuse(malformed, "detail: %q is not full, dataonly, nodata or serieskeysonly", value)
	}
	return nil
}

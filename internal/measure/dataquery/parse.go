package dataquery

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Parse reads a question of version 2: what stands behind /data/ in the path, still escaped, as
// CONTEXT/AGENCY/RESOURCE/VERSION/KEY of which the end may be left out, and the raw query. Parameters
// named in known belong to another. The error is an Error.
func Parse(path, raw string, known ...string) (Query, error) {
	var q Query
	parts, err := split(path)
	if err != nil {
		return q, err
	}
	if len(parts) > 5 {
		return q, refuse(malformed, "the path has more than context, agency, resource, version and key")
	}
	for len(parts) < 5 {
		parts = append(parts, "*")
	}
	switch context := parts[0]; context {
	case "*", "dataflow":
	case "datastructure", "provisionagreement":
		return q, refuse(undone, "data are asked for by dataflow here, not by %s", context)
	default:
		return q, refuse(malformed, "the context %q is not dataflow or *", context)
	}
	q.Agencies, q.IDs, q.Versions = list(parts[1]), list(parts[2]), versions(parts[3])
	if err := q.keys(parts[4]); err != nil {
		return q, err
	}
	if err := q.parameters(raw, known); err != nil {
		return q, err
	}
	q.Latest = latest(parts[3])
	return q, q.sound()
}

// sound checks that the moments of a question can be, and that it does not ask for more than an answer
// can test.
func (q *Query) sound() error {
	tests := 0
	for _, c := range q.Conditions {
		tests += c.tests()
	}
	if tests > mostTests {
		return refuse(malformed, "the question has %d tests, and at most %d are made", tests, mostTests)
	}
	if !q.AsOf.IsZero() && q.UpdatedAfter.After(q.AsOf) {
		return refuse(malformed, "updatedAfter is later than asOf")
	}
	return nil
}

// split cuts a path and takes the escapes off; + stays what it is.
func split(path string) ([]string, error) {
	var parts []string
	for part := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		text, err := url.PathUnescape(part)
		if err != nil || text == "" {
			return nil, refuse(malformed, "the path cannot be read at %q", part)
		}
		parts = append(parts, text)
	}
	return parts, nil
}

func list(text string) []string {
	if text == "*" || text == "all" {
		return nil
	}
	return strings.Split(text, ",")
}

// latest tells whether the newest version is asked for. What is held counts as stable.
func latest(version string) bool { return version == "+" || version == "~" || version == "latest" }

// versions reads a list of versions; nil is any, of which the latest may be wanted.
func versions(text string) []string {
	if latest(text) {
		return nil
	}
	return list(text)
}

// signs are those that part a question, as one of a code's own is written: escaped twice, for programs
// escape all signs once.
var signs = strings.NewReplacer("%2B", "+", "%2b", "+", "%2C", ",", "%2c", ",", "%2E", ".", "%2e", ".")

// own gives a code or value with the signs that are its own.
func own(text string) string { return signs.Replace(text) }

// keys reads A.*.C,D.E.F: patterns of which one must fit.
func (q *Query) keys(text string) error {
	if text == "*" || text == "all" {
		return nil
	}
	for pattern := range strings.SplitSeq(text, ",") {
		var key [][]string
		for code := range strings.SplitSeq(pattern, ".") {
			switch code {
			case "":
				return refuse(malformed, "the key %q has an empty position: * stands for any code", pattern)
			case "*":
				key = append(key, nil)
			default:
				key = append(key, []string{own(code)})
			}
		}
		q.Keys = append(q.Keys, key)
	}
	return nil
}

// parameters reads the query.
func (q *Query) parameters(raw string, known []string) error {
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		if err != nil {
			return refuse(malformed, "the query cannot be read at %q", pair)
		}
		if value, err = url.PathUnescape(value); err != nil { // + joins tests and is no blank
			return refuse(malformed, "the query cannot be read at %q", pair)
		}
		if slices.Contains(known, name) {
			continue
		}
		if err := q.parameter(name, value); err != nil {
			return err
		}
	}
	return nil
}

func (q *Query) parameter(name, value string) (err error) {
	if component, ok := strings.CutPrefix(name, "c["); ok && strings.HasSuffix(component, "]") {
		c, err := condition(strings.TrimSuffix(component, "]"), value)
		q.Conditions = append(q.Conditions, c)
		return err
	}
	switch name {
	case "asOf":
		q.AsOf, err = moment(name, value, false)
	case "updatedAfter":
		q.UpdatedAfter, err = moment(name, value, true)
	case "includeHistory":
		if value != "true" && value != "false" {
			return refuse(malformed, "includeHistory: %q is not true or false", value)
		}
		q.History = value == "true"
	case "sort":
		q.Sort, err = sortKeys(value)
	case "firstNObservations":
		q.First, err = count(name, value, 1)
	case "lastNObservations":
		q.Last, err = count(name, value, 1)
	case "offset":
		q.Offset, err = count(name, value, 0)
	case "limit":
		q.Limit, err = count(name, value, 1)
	case "dimensionAtObservation":
		q.Around = value
	case "attributes":
		q.Attributes = columns(value, "dsd", "all", "obs")
	case "measures":
		q.Measures = columns(value, "all")
	case "reportingYearStartDay":
		return refuse(undone, "%s is not answered: periods are those of the calendar", name)
	default:
		return refuse(malformed, "the parameter %q is not known", name)
	}
	return err
}

func columns(value string, all ...string) Columns {
	switch {
	case slices.Contains(all, value):
		return Columns{}
	case slices.Contains([]string{"none", "msd", "dataset", "series"}, value): // all attributes are of observations here
		return Columns{None: true}
	}
	return Columns{Only: strings.Split(value, ",")}
}

func count(name, value string, least int) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > 1_000_000_000 {
		return 0, refuse(malformed, "%s: %q is not a whole number from %d on", name, value, least)
	}
	return n, nil
}

// moment reads a time; of a day its end, or its begin.
func moment(name, value string, begin bool) (time.Time, error) {
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if at, err := time.Parse(form, value); err == nil {
			return at, nil
		}
	}
	day, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return time.Time{}, refuse(malformed, "%s: %q is no moment such as 2026-03-01T12:00:00Z", name, value)
	}
	if begin {
		return day, nil
	}
	return day.AddDate(0, 0, 1).Add(-time.Millisecond), nil
}

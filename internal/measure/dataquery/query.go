package dataquery

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Query is one question for data.
type Query struct {
	Agencies, IDs, Versions []string     // of dataflows; nil: any
	Latest                  bool         // only the newest version of each dataflow
	Keys                    [][][]string // patterns of which one must fit: codes for each dimension in order, nil: any; no pattern: all series
	Conditions              []Condition  // all must hold
	AsOf                    time.Time    // zero: now
	First, Last             int          // observations of each series; 0: all
	Offset, Limit           int          // observations of the answer; no limit: 0
	Attributes, Measures    Columns
	Around                  string    // dimension at the observation; empty: not asked
	UpdatedAfter            time.Time // only what changed since; zero: all
	History                 bool      // all versions
	Sort                    []SortKey
}

// Columns are the components that are wanted.
type Columns struct {
	None bool
	Only []string // nil: all
}

// Takes tells whether a component is wanted.
func (c Columns) Takes(id string) bool {
	return !c.None && (c.Only == nil || slices.Contains(c.Only, id))
}

// Asked tells whether some components are asked for, and not all.
func (c Columns) Asked() bool { return c.None || c.Only != nil }

// Error is a question that cannot be answered: Status is that of HTTP.
type Error struct {
	Status  int
	Message string
}

func (e *Error) Error() string { return e.Message }

func refuse(status int, message string, args ...any) error {
	return &Error{status, fmt.Sprintf(message, args...)}
}

// The statuses of questions that cannot be answered.
const (
	malformed = 400
	senseless = 422
	undone    = 501
)

// Asks tells whether a dataflow is asked for.
func (q Query) Asks(agency, id, version string) bool {
	among := func(list []string, text string) bool { return list == nil || slices.Contains(list, text) }
	return among(q.Agencies, agency) && among(q.IDs, id) && among(q.Versions, version)
}

// Fits checks that keys and conditions speak of what a dataflow has; dimensions do not hold the time.
// The error is an Error.
func (q Query) Fits(flow string, dimensions, others []string) error {
	for _, key := range q.Keys {
		if len(key) > len(dimensions) {
			return refuse(senseless, "the key has %d positions, but %s has %d dimensions: %s", len(key), flow, len(dimensions), strings.Join(dimensions, "."))
		}
	}
	known := slices.Concat(dimensions, others)
	for _, c := range q.Conditions {
		if !slices.Contains(known, c.Component) {
			return refuse(senseless, "%s has no component %s; it has %s", flow, c.Component, strings.Join(known, ", "))
		}
	}
	for _, columns := range []Columns{q.Attributes, q.Measures} {
		for _, id := range columns.Only {
			if !slices.Contains(known, id) {
				return refuse(senseless, "%s has no component %s; it has %s", flow, id, strings.Join(known, ", "))
			}
		}
	}
	for _, k := range q.Order(dimensions) {
		if !slices.Contains(known, k.Component) {
			return refuse(senseless, "sort: %s has no component %s; it has %s", flow, k.Component, strings.Join(known, ", "))
		}
	}
	if q.Around != "" && q.Around != allDimensions && !slices.Contains(known, q.Around) {
		return refuse(senseless, "dimensionAtObservation: %s has no dimension %s", flow, q.Around)
	}
	return nil
}

const allDimensions = "AllDimensions"

// Whole tells whether every observation of a dataflow is asked for.
func (q Query) Whole() bool {
	any := func(key [][]string) bool {
		return !slices.ContainsFunc(key, func(codes []string) bool { return codes != nil })
	}
	return (len(q.Keys) == 0 || slices.ContainsFunc(q.Keys, any)) && len(q.Conditions)+q.First+q.Last == 0
}

// Codes gives the codes of a dimension, by its place and name, outside of which nothing is chosen;
// false when any code may be.
func (q Query) Codes(place int, id string) (codes []string, bound bool) {
	bound = len(q.Keys) > 0
	for _, key := range q.Keys {
		if place >= len(key) || key[place] == nil {
			codes, bound = nil, false
			break
		}
		codes = append(codes, key[place]...)
	}
	for _, c := range q.Conditions {
		if named, all := c.named(); !bound && c.Component == id && all {
			codes, bound = named, true
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes), bound
}

// Series tells whether the key of a series, codes in the order of the dimensions, is chosen. What a
// key leaves out at its end may be any code.
func (q Query) Series(codes []string) bool {
	if len(q.Keys) == 0 {
		return true
	}
	return slices.ContainsFunc(q.Keys, func(key [][]string) bool {
		for i, wanted := range key {
			if wanted != nil && !slices.Contains(wanted, codes[i]) {
				return false
			}
		}
		return true
	})
}

// Holds tells whether all conditions hold on the component that value gives; those that value does
// not know (false) are passed over.
func (q Query) Holds(value func(component string) (string, bool)) bool {
	for _, c := range q.Conditions {
		if text, known := value(c.Component); known && !c.holds(text) {
			return false
		}
	}
	return true
}

package sdmx

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// The parts of SDMX-JSON data messages that say what the numbers of a data set mean.
type (
	jsonStructure struct {
		Links      []jsonLink `json:"links"`
		Dimensions struct {
			DataSet     []jsonComponent `json:"dataSet"`
			Series      []jsonComponent `json:"series"`
			Observation []jsonComponent `json:"observation"`
		} `json:"dimensions"`
		Measures struct {
			Observation []jsonComponent `json:"observation"`
		} `json:"measures"`
		Attributes struct {
			DataSet     []jsonComponent `json:"dataSet"`
			Group       []jsonComponent `json:"dimensionGroup"`
			Series      []jsonComponent `json:"series"`
			Observation []jsonComponent `json:"observation"`
		} `json:"attributes"`
	}
	jsonComponent struct {
		ID           string       `json:"id"`
		Roles        []string     `json:"roles"`
		Role         string       `json:"role"` // of early 1.0
		Mandatory    bool         `json:"isMandatory"`
		Values       []*jsonValue `json:"values"`
		texts        []Value      // what they say; empty: nothing. Then Values is nil
		Relationship struct {
			Dimensions []string `json:"dimensions"`
		} `json:"relationship"`
		Default json.RawMessage `json:"default"` // of an attribute
	}
	jsonValue struct {
		ID    string          `json:"id"`
		Name  string          `json:"name"`
		Value json.RawMessage `json:"value"`
		Many  json.RawMessage `json:"values"`
		Start string          `json:"start"`
	}
	jsonLink struct {
		Href string `json:"href"`
		URN  string `json:"urn"`
		Rel  string `json:"rel"`
	}
)

// refOfLinks finds what data are about: the dataflow when it is named, else their structure.
func refOfLinks(links []jsonLink) Ref {
	best := Ref{}
	for _, l := range links {
		class := classOf(l.Rel)
		if class == "" {
			continue
		}
		ref, ok := refOfURN(l.URN)
		if !ok {
			ref, ok = refOfPath(l.Href, l.Rel)
		}
		ref.Class = class
		if ok && (best.ID == "" || class == Dataflow) {
			best = ref
		}
	}
	return best
}

// refOfPath reads the address of an artefact: .../dataflow/AGENCY/ID/VERSION.
func refOfPath(href, rel string) (Ref, bool) {
	_, rest, ok := strings.Cut(strings.ToLower(href), "/"+strings.ToLower(rel)+"/")
	if !ok {
		return Ref{}, false
	}
	path, _, _ := strings.Cut(href[len(href)-len(rest):], "?")
	parts := strings.Split(path, "/")
	if len(parts) < 2 || !IsID(strings.ReplaceAll(parts[0], ".", "_")) || !IsID(parts[1]) {
		return Ref{}, false
	}
	ref := Ref{Agency: parts[0], ID: parts[1]}
	if len(parts) > 2 && IsID(strings.ReplaceAll(parts[2], ".", "_")) {
		ref.Version = parts[2]
	}
	return ref, true
}

// dimensions gives all dimensions in the order of keys over all of them.
func (s *jsonStructure) dimensions() []jsonComponent {
	var all []jsonComponent
	all = append(all, s.Dimensions.DataSet...)
	all = append(all, s.Dimensions.Series...)
	return append(all, s.Dimensions.Observation...)
}

// measures gives the measures; 1.0 has one that it does not name.
func (s *jsonStructure) measures() []jsonComponent {
	if len(s.Measures.Observation) == 0 {
		return []jsonComponent{{ID: obsValue}}
	}
	return s.Measures.Observation
}

// misnamed finds a component that has no name, or that of another one. Only an attribute may stand
// in several lists.
func (s *jsonStructure) misnamed() (string, bool) {
	seen, attributes := map[string]bool{}, map[string]bool{}
	for _, c := range slices.Concat(s.dimensions(), s.measures()) {
		if !IsID(c.ID) || seen[c.ID] {
			return c.ID, true
		}
		seen[c.ID] = true
	}
	a := s.Attributes
	for n, list := range [][]jsonComponent{a.DataSet, a.Group, a.Series, a.Observation} {
		for _, c := range list {
			here := strconv.Itoa(n) + c.ID
			if !IsID(c.ID) || seen[c.ID] || attributes[here] {
				return c.ID, true
			}
			attributes[here] = true
		}
	}
	return "", false
}

// structure turns what the message says of itself into a structure.
func (s *jsonStructure) structure(ref Ref) *Structure {
	out := &Structure{Ref: ref, Groups: map[string][]string{}}
	for _, d := range s.dimensions() {
		out.Dimensions = append(out.Dimensions, Component{ID: d.ID})
		if out.Time != timePeriod && d.isTime() {
			out.Time = d.ID
		}
	}
	for _, m := range s.measures() {
		out.Measures = append(out.Measures, Component{ID: m.ID})
	}
	seen := map[string]bool{}
	for i, list := range [][]jsonComponent{s.Attributes.DataSet, s.Attributes.Group, s.Attributes.Series, s.Attributes.Observation} {
		for _, a := range list {
			if !seen[a.ID] {
				seen[a.ID] = true
				out.Attributes = append(out.Attributes, Component{ID: a.ID, Level: a.Relationship.Dimensions, Measured: i == 3})
			}
		}
	}
	return out
}

// defaults are the values of attributes where the data do not state them.
func (s *jsonStructure) defaults() (list []Value) {
	a := &s.Attributes
	for _, c := range slices.Concat(a.DataSet, a.Group, a.Series, a.Observation) {
		if len(c.Default) == 0 || find(list, c.ID, 0) != nil {
			continue
		}
		if v, ok := literal(string(c.Default)); ok {
			v.ID = c.ID
			list = append(list, v)
		}
	}
	return list
}

// isTime tells whether a dimension is the time, by its name or its role; roles are the words of the
// standard or names of concepts.
func (c *jsonComponent) isTime() bool {
	return c.ID == timePeriod || slices.ContainsFunc(append(c.Roles, c.Role), func(role string) bool {
		return role == timePeriod || strings.EqualFold(role, "time")
	})
}

// readTexts takes what each value of each component says, once, and lets go of how it says it.
func (s *jsonStructure) readTexts() {
	d, a := &s.Dimensions, &s.Attributes
	for _, list := range [][]jsonComponent{d.DataSet, d.Series, d.Observation, s.Measures.Observation, a.DataSet, a.Group, a.Series, a.Observation} {
		for i := range list {
			c := &list[i]
			c.texts = make([]Value, len(c.Values))
			for n, v := range c.Values {
				if text, ok := v.text(); ok {
					text.ID = c.ID
					c.texts[n] = text
				}
			}
			c.Values = nil
		}
	}
}

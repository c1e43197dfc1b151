package framework

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// atlas holds countries, groups and stays, all by code.
type atlas struct {
	countries []Country // by ISO2
	byCode    map[string]int
	groups    []Group
	stays     map[string]*stays
}

// stays are the spans of one group.
type stays struct {
	group  Group
	spans  map[string][]Span
	nested []string // keys of the M49 groups that are regions inside this one
}

func readAreas() *atlas {
	a := &atlas{countries: readCountries(), groups: readGroups(readNames()), byCode: map[string]int{}, stays: map[string]*stays{}}
	slices.SortFunc(a.countries, func(x, y Country) int { return cmp.Compare(x.ISO2, y.ISO2) })
	for i, c := range a.countries {
		a.byCode[c.ISO2], a.byCode[c.ISO3] = i, i
		if c.M49 != "" {
			a.byCode[c.M49] = i
		}
	}
	for _, g := range a.groups {
		a.stays[g.Key] = &stays{group: g, spans: map[string][]Span{}}
	}
	readTable("area_membership").each(func(_ int, r record) {
		s := a.stays[r.get("group")]
		span := Span{
			Area: r.get("area"), From: r.get("from"), To: r.get("to"), KnownFrom: r.get("known_from"),
			FromPrecision: r.get("from_precision"), Source: r.get("source"), Confidence: r.get("confidence"), Note: r.get("note"),
		}
		s.spans[span.Area] = append(s.spans[span.Area], span)
		if a.stays["M49:"+span.Area] != nil {
			s.nested = append(s.nested, "M49:"+span.Area)
		}
	})
	return a
}

// area turns any code of a country into ISO3, and leaves the M49 code of a region as it is.
func (a *atlas) area(code string) (string, bool) {
	code = strings.ToUpper(code)
	if i, ok := a.byCode[code]; ok {
		return a.countries[i].ISO3, true
	}
	return code, a.stays["M49:"+code] != nil
}

// Countries lists every country and area, by ISO 3166 alpha-2 code.
func (c *Catalogue) Countries() []Country { return c.areas.countries }

// Country finds a country by alpha-2, alpha-3 or M49 code, without regard to case.
func (c *Catalogue) Country(code string) (Country, bool) {
	i, ok := c.areas.byCode[strings.ToUpper(code)]
	if !ok {
		return Country{}, false
	}
	return c.areas.countries[i], true
}

// Region finds an ITU region: AFR AMS ARB ASP CIS EUR, without regard to case.
func (c *Catalogue) Region(code string) (Concept, bool) { return c.Concept(ITURegion, code) }

// Groups lists every group of areas in the order of its table.
func (c *Catalogue) Groups() []Group { return c.areas.groups }

// Group finds a group by key, without regard to case: "LDC", "ITU:AFR", "M49:002".
func (c *Catalogue) Group(key string) (Group, bool) {
	s := c.areas.stays[strings.ToUpper(key)]
	if s == nil {
		return Group{}, false
	}
	return s.group, true
}

// GroupSpans lists the stays of an area in a group, as the table has them.
func (c *Catalogue) GroupSpans(group, area string) []Span {
	s := c.areas.stays[strings.ToUpper(group)]
	code, ok := c.areas.area(area)
	if s == nil || !ok {
		return nil
	}
	return s.spans[code]
}

// Membership says whether an area (alpha-2, alpha-3 or M49 code) is in a group on a day. It is
// NotKnown outside the days that are known of the group or of the stay, for a code that is in
// no table, and for an empty day. A region inside a region carries its own members along.
func (c *Catalogue) Membership(group, area, day string) Known {
	if day == "" {
		return NotKnown
	}
	return c.MembershipDuring(group, area, day, day)
}

// MembershipDuring says whether an area is in a group on any day from..to, both included; an
// empty end is open. It is Member when any day says so, else NotKnown when any day is not
// known, else NotMember. Membership on one day is the case from = to.
func (c *Catalogue) MembershipDuring(group, area, from, to string) Known {
	s := c.areas.stays[strings.ToUpper(group)]
	code, ok := c.areas.area(area)
	if s == nil || !ok {
		return NotKnown
	}
	return c.areas.during(s, code, from, to)
}

func (a *atlas) during(s *stays, area, from, to string) Known {
	best := s.during(area, from, to)
	for _, inner := range s.nested {
		if best == Member {
			break
		}
		best = either(best, a.during(a.stays[inner], area, from, to))
	}
	return best
}

// either joins two answers: member wins, then not known.
func either(x, y Known) Known {
	if x == Member || y == Member {
		return Member
	}
	return min(x, y)
}

// during applies the four rules of the table to every day of from..to at once.
func (s *stays) during(area, from, to string) Known {
	g := s.group
	if (to != "" && to < g.KnownFrom) || (g.KnownTo != "" && from > g.KnownTo) {
		return NotKnown
	}
	known := from >= g.KnownFrom && (g.KnownTo == "" || (to != "" && to <= g.KnownTo))
	first, last := max(from, g.KnownFrom), earlier(to, g.KnownTo)
	for _, span := range s.spans[area] {
		begin := span.From
		if begin == "" {
			begin = span.KnownFrom
		}
		if (last == "" || begin <= last) && (span.To == "" || first <= span.To) {
			return Member
		}
		if span.From == "" && from < span.KnownFrom {
			known = false
		}
	}
	if !known {
		return NotKnown
	}
	return NotMember
}

// earlier gives the earlier of two last days, of which an empty one is open.
func earlier(x, y string) string {
	if x == "" || (y != "" && y < x) {
		return y
	}
	return x
}

// MembershipSteps lists in order the days from which on an answer about a group can differ from
// that of the day before: between two of them, before the first and from the last on, Membership
// of any area is the same every day. An unknown group has none.
func (c *Catalogue) MembershipSteps(group string) []string {
	s := c.areas.stays[strings.ToUpper(group)]
	if s == nil {
		return nil
	}
	days := c.areas.steps(s)
	slices.Sort(days)
	return slices.Compact(days)
}

func (a *atlas) steps(s *stays) []string {
	days := between(nil, s.group.KnownFrom, s.group.KnownTo)
	for _, spans := range s.spans {
		for _, x := range spans {
			days = between(days, x.From, x.To)
			days = between(days, x.KnownFrom, "")
		}
	}
	for _, inner := range s.nested {
		days = append(days, a.steps(a.stays[inner])...)
	}
	return days
}

// between adds the first day of a span and the day after its last; an open end has none.
func between(days []string, first, last string) []string {
	if first != "" {
		days = append(days, first)
	}
	if end, err := time.Parse(time.DateOnly, last); err == nil {
		days = append(days, end.AddDate(0, 0, 1).Format(time.DateOnly))
	}
	return days
}

// Members lists the countries that are in a group on a day, by alpha-2 code. It is empty when
// the day is outside what is known of the group: ask Membership which of the two it is.
func (c *Catalogue) Members(group, day string) []Country {
	var list []Country
	for _, country := range c.areas.countries {
		if c.Membership(group, country.ISO3, day) == Member {
			list = append(list, country)
		}
	}
	return list
}

package coverage

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
)

// field is one field of a filter that has a facet: its values are rows of a view, or else texts.
type field struct {
	name  string
	rows  about // abouts: texts
	texts func(h *held, take func(string))
}

// facetFields are in the order in which they are offered; the names are those of the parameters.
var facetFields = []field{
	{"region", regions, nil}, {"area", nations, nil}, {"group", abouts, (*held).groups}, {"org", abouts, (*held).organisations}, {"role", abouts, (*held).roles},
	{"line", lines, nil}, {"goal", goals, nil}, {"target", targets, nil}, {"thread", threads, nil}, {"state", abouts, (*held).state},
	{"status", abouts, one(func(a *activity) string { return a.status })}, {"kind", abouts, one(func(a *activity) string { return a.kind })},
	{"sector", abouts, one(func(a *activity) string { return a.sector })}, {"level", abouts, one(func(a *activity) string { return a.level })},
	{"lacks", abouts, (*held).lacks},
}

func (f field) ofRows() bool { return f.rows < abouts }

// held is an activity that a matcher looks at, with what it is about in the period.
type held struct {
	*activity
	codes *codes
	m     *matcher
}

func (m *matcher) look(a *activity) *held { return &held{a, m.book.codesIn(a, m.during), m} }

func (h *held) groups(take func(string)) {
	for _, group := range special {
		if h.m.book.inGroup(h.activity, group, h.m.during) {
			take(group)
		}
	}
}

func (h *held) organisations(take func(string)) {
	for _, id := range h.activity.organisations {
		take(strconv.FormatInt(id, 10))
	}
}

func (h *held) roles(take func(string)) {
	for _, role := range h.activity.roles {
		take(role)
	}
}

func (h *held) state(take func(string)) {
	take(h.activity.state(h.m.book.codesOf(h.activity), h.m.during, h.m.end))
}

// one is a field with one value at most.
func one(of func(*activity) string) func(*held, func(string)) {
	return func(h *held, take func(string)) {
		if v := of(h.activity); v != "" {
			take(v)
		}
	}
}

// wanted are the values that a filter asks for in one field.
type wanted struct {
	values []string
	rows   []int16 // of the values, in a field of rows
}

func (b *book) wants(f Filter) []wanted {
	if !f.asks() {
		return nil
	}
	list := make([]wanted, len(facetFields))
	for i, field := range facetFields {
		list[i].values = f.values(field.name)
		if !field.ofRows() {
			continue
		}
		for _, v := range list[i].values {
			list[i].rows = append(list[i].rows, b.viewOf(field.rows).rowOf(v))
		}
	}
	return list
}

// failed gives the fields whose wanted values an activity does not have, as bits.
func (m *matcher) failed(h *held) (fields uint) {
	for i := range m.wanted {
		if len(m.wanted[i].values) > 0 && !m.has(h, i) {
			fields |= 1 << i
		}
	}
	return fields
}

// has tells whether an activity has one of the wanted values of a field. Groups are more than
// their facet offers: any of the tables can be wanted.
func (m *matcher) has(h *held, i int) bool {
	f, w := facetFields[i], m.wanted[i]
	if f.ofRows() {
		return slices.ContainsFunc(h.codes.of(f.rows), func(row int16) bool { return slices.Contains(w.rows, row) })
	}
	if f.name == "group" {
		return slices.ContainsFunc(w.values, func(group string) bool { return m.book.inGroup(h.activity, group, m.during) })
	}
	found := false
	f.texts(h, func(v string) { found = found || slices.Contains(w.values, v) })
	return found
}

// facetCounter counts the values of each facet among the activities that fit all other filters.
type facetCounter struct {
	book   *book
	counts []facetCount
}

// facetCount counts the values of one facet.
type facetCount struct {
	numbers []int32 // of a field of rows, by row; of organisations, by id
	texts   map[string]int
}

func newFacetCounter(b *book) *facetCounter {
	c := &facetCounter{book: b, counts: make([]facetCount, len(facetFields))}
	for i := range facetFields {
		c.counts[i].texts = map[string]int{}
	}
	return c
}

// add counts an activity that fails some fields: one that fails none counts everywhere, one that
// fails a single field counts in that one, since leaving it out would admit it.
func (c *facetCounter) add(h *held, failed uint) {
	for i, f := range facetFields {
		if failed != 0 && failed != 1<<i {
			continue
		}
		switch n := &c.counts[i]; {
		case f.ofRows():
			for _, row := range h.codes.of(f.rows) {
				n.more(int(row))
			}
		case f.name == "org":
			for _, id := range h.activity.organisations {
				n.more(int(id))
			}
		default:
			f.texts(h, func(v string) { n.texts[v]++ })
		}
	}
}

// join adds what another counter found among other activities.
func (c *facetCounter) join(other *facetCounter) {
	for i := range c.counts {
		a, b := &c.counts[i], &other.counts[i]
		a.grow(len(b.numbers))
		for n, count := range b.numbers {
			a.numbers[n] += count
		}
		for v, n := range b.texts {
			a.texts[v] += n
		}
	}
}

func (n *facetCount) more(number int) {
	n.grow(number + 1)
	n.numbers[number]++
}

func (n *facetCount) grow(to int) {
	if more := to - len(n.numbers); more > 0 {
		n.numbers = append(n.numbers, make([]int32, more)...)
	}
}

// facetMost is how many values of a facet are listed at most, besides those that are chosen. Only
// organisations are more.
const facetMost = 1000

// facets lists the values by count, most first, chosen ones among them even when they have none.
func (c *facetCounter) facets(filter Filter) []Facet {
	list := make([]Facet, 0, len(facetFields))
	for i, field := range facetFields {
		f, chosen := Facet{Name: field.name}, filter.values(field.name)
		least := c.counts[i].least(facetMost)
		c.each(i, func(v string, n int) {
			if is := slices.Contains(chosen, v); n >= least || is {
				f.Values = append(f.Values, FacetValue{Value: v, Count: n, Chosen: is})
			} else {
				f.More++
			}
		})
		for _, v := range chosen {
			if !slices.ContainsFunc(f.Values, func(x FacetValue) bool { return x.Value == v }) {
				f.Values = append(f.Values, FacetValue{Value: v, Chosen: true})
			}
		}
		slices.SortFunc(f.Values, func(a, b FacetValue) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value)) })
		f.cut(facetMost)
		list = append(list, f)
	}
	return list
}

// cut leaves so many values, and the chosen ones.
func (f *Facet) cut(most int) {
	place, before := 0, len(f.Values)
	f.Values = slices.DeleteFunc(f.Values, func(v FacetValue) bool {
		place++
		return place > most && !v.Chosen
	})
	f.More += before - len(f.Values)
}

// least is the smallest count that is listed, so that no more than so many are. All of one count are
// listed or none, unless more than so many have the highest.
func (n *facetCount) least(most int) int {
	found := map[int32]int{}
	values := 0
	for _, count := range n.numbers {
		if count > 0 {
			found[count]++
			values++
		}
	}
	if values <= most {
		return 1
	}
	listed := 0
	counts := slices.Sorted(maps.Keys(found))
	for i := len(counts) - 1; i >= 0; i-- {
		if listed += found[counts[i]]; listed > most {
			return int(counts[min(i+1, len(counts)-1)])
		}
	}
	return 1
}

// each hands every value of a facet that some activity has to take.
func (c *facetCounter) each(field int, take func(v string, n int)) {
	f, n := facetFields[field], c.counts[field]
	for number, count := range n.numbers {
		switch {
		case count == 0:
		case f.ofRows():
			take(c.book.viewOf(f.rows).ids[number], int(count))
		default:
			take(strconv.Itoa(number), int(count))
		}
	}
	for v, count := range n.texts {
		take(v, count)
	}
}

package mandate

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/search"
)

// The orders of a list of instruments. Equal ones are ordered by key.
const (
	ByKey    = "key"
	ByNewest = "newest" // the newest text or edition first; what has no year stands last
	ByCited  = "cited"  // the most cited first
)

// ShelfSorts lists the orders in which instruments are offered; the first is the default.
var ShelfSorts = []string{ByKey, ByNewest, ByCited}

// ShelfFacets are the fields of which a list counts the values.
var ShelfFacets = []string{"body", "kind", "addressee", "year"}

// ShelfQuery asks for one page of the known instruments. What is empty narrows nothing.
type ShelfQuery struct {
	Text      string // words of title, number and text in force; each must occur
	Body      string // itu:pp, un:a
	Kind      string // resolution, decision
	Year      string // see Shelved.Year
	Addressee string // a code (sg, director-bdt), or words as printed
	Cites     string // key of an instrument that its text in force cites
	CitedBy   string // key of an instrument whose text in force cites it
	Held      bool   // a text of it is held
	Day       string // on which what is in force is judged
	Sort      string
	Cursor    string // Next of the page before
	Limit     int    // 0: all
}

// ShelfValue is one value of a facet with the number of instruments that have it under all other
// filters.
type ShelfValue struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// ShelfFacet is one field that narrows a list of instruments, its values the most frequent first,
// years the newest first.
type ShelfFacet struct {
	Name   string       `json:"name"`
	Values []ShelfValue `json:"values"`
}

// ShelfList is one page of instruments.
type ShelfList struct {
	Total  int // that match
	Of     int // that are known
	Held   int // of Of: a text of it is held
	Items  []Shelved
	Next   string // cursor of the next page, empty at the end
	Facets []ShelfFacet
}

// Shelf lists the known instruments, and those of which only a text is held. A value that nothing
// has, an unknown order and a broken cursor are an Error with code Usage.
func (m *Mandate) Shelf(ctx context.Context, q ShelfQuery) (ShelfList, error) {
	all, err := m.shelf(ctx)
	if err != nil {
		return ShelfList{}, err
	}
	after, err := q.settle(all)
	if err != nil {
		return ShelfList{}, err
	}
	w := q.whole(all)
	out := ShelfList{Of: len(all)}
	var found []Shelved
	facets := newShelfCounts(ShelfFacets)
	for _, s := range all {
		s.InForce, _ = s.Instrument.InForce(q.Day)
		if s.Held > 0 {
			out.Held++
		}
		if misses := w.misses(&s); len(misses) == 0 {
			found = append(found, s)
			facets.add(&s, ShelfFacets...)
		} else if len(misses) == 1 {
			facets.add(&s, misses...)
		}
	}
	out.Total, out.Facets = len(found), facets.list(ShelfFacets)
	slices.SortFunc(found, q.compare)
	out.Items, out.Next = q.page(found, after)
	return out, nil
}

// settle sets the order and spells values as the shelf does; it returns the place to go on behind.
func (q *ShelfQuery) settle(all []Shelved) (after *Shelved, err error) {
	if q.Sort = cmp.Or(q.Sort, ByKey); !slices.Contains(ShelfSorts, q.Sort) {
		return nil, shelfUsage("sort", "unknown order %q: want %s", q.Sort, strings.Join(ShelfSorts, ", "))
	}
	if q.Body, err = spelled(all, "body", q.Body, func(s *Shelved) string { return s.Body }); err != nil {
		return nil, err
	}
	if q.Kind, err = spelled(all, "kind", q.Kind, func(s *Shelved) string { return s.Kind }); err != nil {
		return nil, err
	}
	if q.Cites, err = spelled(all, "cites", q.Cites, func(s *Shelved) string { return s.Key }); err != nil {
		return nil, err
	}
	if q.CitedBy, err = spelled(all, "cited_by", q.CitedBy, func(s *Shelved) string { return s.Key }); err != nil || q.Cursor == "" {
		return nil, err
	}
	return q.place()
}

// spelled finds a value that any instrument has, without regard to case.
func spelled(all []Shelved, name, asked string, of func(*Shelved) string) (string, error) {
	if asked == "" {
		return "", nil
	}
	known := map[string]bool{}
	for i := range all {
		v := of(&all[i])
		if strings.EqualFold(v, asked) {
			return v, nil
		}
		known[v] = true
	}
	if len(known) > 60 {
		return "", shelfUsage(name, "unknown instrument %q: want a key such as itu:pp/res/140, as resolute mandate find lists them", asked)
	}
	delete(known, "")
	var list []string
	for v := range known {
		list = append(list, v)
	}
	slices.Sort(list)
	return "", shelfUsage(name, "unknown %s %q: want %s", name, asked, strings.Join(list, ", "))
}

func shelfUsage(field, format string, args ...any) error {
	return &resolute.Error{Code: resolute.Usage, Field: field, Message: fmt.Sprintf(format, args...)}
}

// wanted is a query ready to be matched.
type wanted struct {
	ShelfQuery
	words, addressee search.Query
	key              string   // the words are this key
	citedBy          *Shelved // nil: nothing that is known
}

func (q ShelfQuery) whole(all []Shelved) wanted {
	w := wanted{ShelfQuery: q, words: search.ParseQuery(q.Text), addressee: search.ParseQuery(q.Addressee)}
	for i := range all {
		s := &all[i]
		if s.Key == q.CitedBy {
			w.citedBy = s
		}
		if strings.EqualFold(s.Key, strings.TrimSpace(q.Text)) {
			w.key = s.Key
		}
	}
	return w
}

// misses names the filters that keep an instrument out; those that are no facet under one name each.
func (w wanted) misses(s *Shelved) (names []string) {
	miss := func(name string, out bool) {
		if out {
			names = append(names, name)
		}
	}
	miss("q", w.key != "" && s.Key != w.key || w.key == "" && !w.words.Match(s.words))
	miss("body", w.Body != "" && s.Body != w.Body)
	miss("kind", w.Kind != "" && s.Kind != w.Kind)
	miss("year", w.Year != "" && s.Year() != w.Year)
	miss("addressee", w.Addressee != "" && !w.spokenTo(s))
	miss("cites", w.Cites != "" && !s.citesInstrument(w.Cites))
	miss("cited_by", w.CitedBy != "" && (w.citedBy == nil || !w.citedBy.citesInstrument(s.Key)))
	miss("held", w.Held && s.Held == 0)
	return names
}

func (w wanted) spokenTo(s *Shelved) bool {
	return slices.Contains(s.codes, w.Addressee) || slices.ContainsFunc(s.printed, w.addressee.Match)
}

// compare orders by the sort, then by key.
func (q ShelfQuery) compare(a, b Shelved) int {
	switch q.Sort {
	case ByNewest:
		return cmp.Or(-cmp.Compare(a.Year()+a.Day, b.Year()+b.Day), cmp.Compare(a.Key, b.Key))
	case ByCited:
		return cmp.Or(b.Cited-a.Cited, cmp.Compare(a.Key, b.Key))
	}
	return cmp.Compare(a.Key, b.Key)
}

// page cuts a page out of the list. The cursor holds what the last one was ordered by, so that a
// page begins at the same place when instruments come in between.
func (q ShelfQuery) page(found []Shelved, after *Shelved) ([]Shelved, string) {
	if after != nil {
		from, same := slices.BinarySearchFunc(found, *after, q.compare)
		if same {
			from++
		}
		found = found[from:]
	}
	if q.Limit <= 0 || len(found) <= q.Limit {
		return found, ""
	}
	last := found[q.Limit-1]
	next := fmt.Sprintf("%s\n%s\n%d\n%s", last.Year(), last.Day, last.Cited, last.Key)
	return found[:q.Limit], base64.RawURLEncoding.EncodeToString([]byte(next))
}

// place reads a cursor as an instrument that stands where the page before ended.
func (q ShelfQuery) place() (*Shelved, error) {
	raw, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	parts := strings.Split(string(raw), "\n")
	s := &Shelved{}
	if err == nil && len(parts) == 4 {
		s.Adopted, s.Day, s.Key = parts[0], parts[1], parts[3]
		_, err = fmt.Sscan(parts[2], &s.Cited)
	}
	if err != nil || len(parts) != 4 {
		return nil, shelfUsage("page", "this is no place in the list: begin again at its start")
	}
	return s, nil
}

// shelfCounts counts rows by facet and value.
type shelfCounts map[string]map[string]int

func newShelfCounts(names []string) shelfCounts {
	c := shelfCounts{}
	for _, name := range names {
		c[name] = map[string]int{}
	}
	return c
}

func (c shelfCounts) add(s *Shelved, names ...string) {
	for _, name := range names {
		switch name {
		case "body":
			c[name][s.Body]++
		case "kind":
			c[name][s.Kind]++
		case "year":
			c[name][s.Year()]++
		case "addressee":
			for _, code := range s.codes {
				c[name][code]++
			}
		}
	}
}

func (c shelfCounts) list(names []string) []ShelfFacet {
	var list []ShelfFacet
	for _, name := range names {
		f := ShelfFacet{Name: name, Values: []ShelfValue{}}
		for value, n := range c[name] {
			if value != "" {
				f.Values = append(f.Values, ShelfValue{value, n})
			}
		}
		slices.SortFunc(f.Values, func(a, b ShelfValue) int {
			if name == "year" {
				return cmp.Compare(b.Value, a.Value)
			}
			return cmp.Or(b.Count-a.Count, cmp.Compare(a.Value, b.Value))
		})
		list = append(list, f)
	}
	return list
}

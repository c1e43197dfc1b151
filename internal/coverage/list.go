package coverage

import (
	"cmp"
	"context"
	"encoding/base64"
	"slices"
	"strings"

	"resolute"
)

// The orders of a list of activities. Equal values are ordered by key.
const (
	ByEvidence = "evidence" // newest evidence first
	ByStart    = "start"    // newest start first
	ByTitle    = "title"    // by code point of the title in the reader's language
	ByUpdated  = "updated"  // newest update by its publisher first
)

// Sorts lists the orders in which a list is offered; the first is the default.
var Sorts = []string{ByEvidence, ByStart, ByTitle, ByUpdated}

// ListQuery asks for one page of activities. Cursor is Next of the page before, empty at the start.
type ListQuery struct {
	Filter Filter
	Period resolute.Period
	Lang   resolute.Lang
	Sort   string
	Cursor string
	Limit  int // at most 1,000; 0 is 50
}

// Summary is one activity as a list shows it. Codes hold the codes above them too.
type Summary struct {
	Key, Identifier        string
	Title                  resolute.Text
	Reporter, ReporterName string
	Kind, Sector, Status   string
	Starts, Ends           string // actual, else planned
	Dated                  bool
	Countries              []string
	Lines, Goals, Targets  []string
	Threads                []string
	OpenLines, OpenThreads []string
	Commitments, Spent     Money // all of it inside the period
	LastEvidence           string
}

// FacetValue is one value of a facet with the number of activities that have it under all
// other filters.
type FacetValue struct {
	Value  string
	Count  int
	Chosen bool
}

// Facet is one field that narrows a list.
type Facet struct {
	Name   string
	Values []FacetValue
}

// List is one page of activities.
type List struct {
	Total   int // that match
	Of      int // in the period, without any filter
	NoPlace int // of Total: name no country and no region
	NoDate  int // of Total: without a usable date
	NoMoney int // of Total: no commitment and no spending in the period
	Items   []Summary
	Next    string // cursor of the next page, empty at the end
	Facets  []Facet
	Version int64
}

// Activities answers a list with its facets. An unknown order or a broken cursor is an Error
// with code Usage.
func (c *Coverage) Activities(ctx context.Context, q ListQuery) (List, error) {
	s, err := c.now(ctx)
	if err != nil {
		return List{}, err
	}
	return s.activities(q)
}

func (s *snapshot) activities(q ListQuery) (List, error) {
	if err := q.order(); err != nil {
		return List{}, err
	}
	after, err := readCursor(q.Cursor)
	if err != nil {
		return List{}, err
	}
	if q.Limit <= 0 {
		q.Limit = 50
	}
	q.Limit = min(q.Limit, 1000)
	return s.page(q, s.found(q), after), nil
}

// order sets the order of the list; an unknown one is an Error with code Usage.
func (q *ListQuery) order() error {
	if q.Sort == "" {
		q.Sort = ByEvidence
	}
	if !slices.Contains(Sorts, q.Sort) {
		return &resolute.Error{Code: resolute.Usage, Field: "sort", Message: "unknown order: want " + strings.Join(Sorts, ", ")}
	}
	return nil
}

func (s *snapshot) found(q ListQuery) *found {
	return once(s, "list "+key(q.Filter)+key(q.Period)+q.Sort+sortLang(q), func() *found { return s.find(q) })
}

// EachActivity hands the whole list to take, one activity after the other, all of one state of
// the data; cursor and limit do not count. It stops at the first error, or when the context ends.
func (c *Coverage) EachActivity(ctx context.Context, q ListQuery, take func(Summary) error) error {
	s, err := c.now(ctx)
	if err != nil {
		return err
	}
	if err := q.order(); err != nil {
		return err
	}
	for _, at := range s.found(q).order {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := take(s.summary(&s.facts.activities[at], q.Period)); err != nil {
			return err
		}
	}
	return nil
}

// sortLang is the language where the order depends on it.
func sortLang(q ListQuery) string {
	if q.Sort == ByTitle {
		return string(q.Lang)
	}
	return ""
}

// found is a whole list in order, with its facets: what does not depend on the page.
type found struct {
	order []int32 // places of the activities in the facts
	list  List
}

func (f *found) weight() int {
	bytes := 4*len(f.order) + 200
	for _, facet := range f.list.Facets {
		bytes += 40 * len(facet.Values)
	}
	return bytes
}

// ranked is an activity with what it is ordered by.
type ranked struct {
	rank string
	at   int32
	key  string
}

func (s *snapshot) find(q ListQuery) *found {
	f := &found{list: List{Version: s.facts.head.Seq}}
	var order []ranked
	m := s.matcher(q.Filter, q.Period)
	counter := newFacetCounter(s.book)
	for i := range s.facts.activities {
		a := &s.facts.activities[i]
		if !a.inside(m.during) {
			continue
		}
		f.list.Of++
		if !m.plain(a) {
			continue
		}
		h := m.look(a)
		failed := m.failed(h)
		counter.add(h, failed)
		if failed != 0 {
			continue
		}
		f.note(a, m.during)
		order = append(order, ranked{rank: a.rank(q), at: int32(i), key: a.key})
	}
	slices.SortFunc(order, func(a, b ranked) int { return compareRanked(q.Sort, a, b) })
	f.order = make([]int32, len(order))
	for i, r := range order {
		f.order[i] = r.at
	}
	f.list.Total = len(f.order)
	f.list.Facets = counter.facets(q.Filter)
	return f
}

// compareRanked orders titles upwards and days downwards.
func compareRanked(sort string, a, b ranked) int {
	by := cmp.Compare(b.rank, a.rank)
	if sort == ByTitle {
		by = -by
	}
	return cmp.Or(by, cmp.Compare(a.key, b.key))
}

func (a *activity) rank(q ListQuery) string {
	switch q.Sort {
	case ByStart:
		return a.starts.String()
	case ByTitle:
		return a.title.in(q.Lang)
	case ByUpdated:
		return a.updated
	}
	last, _ := a.lastEvidence(daysOf(q.Period))
	return last.String()
}

// note counts what the record lacks, so that a page can say so above its figures.
func (f *found) note(a *activity, p days) {
	if len(a.places) == 0 {
		f.list.NoPlace++
	}
	if !a.dated {
		f.list.NoDate++
	}
	if !slices.ContainsFunc(a.flows, func(w flow) bool { return w.figure <= spent && p.holds(w.day) }) {
		f.list.NoMoney++
	}
}

func (s *snapshot) page(q ListQuery, f *found, after *ranked) List {
	list := f.list
	rankOf := func(at int32) ranked {
		a := &s.facts.activities[at]
		return ranked{rank: a.rank(q), at: at, key: a.key}
	}
	start := 0
	if after != nil {
		start, _ = slices.BinarySearchFunc(f.order, *after, func(at int32, b ranked) int { return compareRanked(q.Sort, rankOf(at), b) })
		if start < len(f.order) && s.facts.activities[f.order[start]].key == after.key {
			start++
		}
	}
	end := min(start+q.Limit, len(f.order))
	for _, at := range f.order[start:end] {
		list.Items = append(list.Items, s.summary(&s.facts.activities[at], q.Period))
	}
	if end < len(f.order) {
		list.Next = rankOf(f.order[end-1]).cursor()
	}
	return list
}

func (s *snapshot) summary(a *activity, p resolute.Period) Summary {
	during := daysOf(p)
	c := s.book.codesIn(a, during)
	out := Summary{Key: a.key, Identifier: a.identifier, Title: a.title.text(), Reporter: a.reporter, ReporterName: a.reporterName,
		Kind: a.kind, Sector: a.sector, Status: a.status, Starts: a.starts.String(), Ends: a.ends.String(), Dated: a.dated, Countries: s.book.ids(c, nations),
		Lines: s.book.ids(c, lines), Goals: s.book.ids(c, goals), Targets: s.book.ids(c, targets), Threads: s.book.ids(c, threads),
		OpenLines: s.book.ids(c, openLines), OpenThreads: s.book.ids(c, openThreads)}
	last, _ := a.lastEvidence(during)
	out.LastEvidence = last.String()
	for _, w := range a.flows {
		if !during.holds(w.day) {
			continue
		}
		switch w.figure {
		case commitments:
			out.Commitments.add(w.currency.Value(), w.cents)
		case spent:
			out.Spent.add(w.currency.Value(), w.cents)
		}
	}
	return out
}

// cursor names the place behind an activity: what it is ordered by, and its key.
func (r ranked) cursor() string {
	return base64.RawURLEncoding.EncodeToString([]byte(r.key + "\n" + r.rank))
}

func readCursor(text string) (*ranked, error) {
	if text == "" {
		return nil, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	key, rank, whole := strings.Cut(string(raw), "\n")
	if err != nil || !whole {
		return nil, &resolute.Error{Code: resolute.Usage, Field: "page", Message: "this is no place in the list: begin again at its start"}
	}
	return &ranked{key: key, rank: rank}, nil
}

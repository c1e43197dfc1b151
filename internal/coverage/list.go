package coverage

import (
	"context"
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
	More   int // values that are not listed, each with fewer activities than those that are
}

// List is one page of activities.
type List struct {
	Total   int // that match
	Of      int // in the period, without any filter
	NoPlace int // of Total: name no country and no region in the period
	NoDate  int // of Total: without a usable date
	NoMoney int // of Total: no commitment and no spending in the period
	Items   []Summary
	Next    string // cursor of the next page, empty at the end
	Facets  []Facet
	Rule    Rule
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
	if err := s.checkList(&q); err != nil {
		return List{}, err
	}
	after, err := readCursor(q.Cursor, q.Sort)
	if err != nil {
		return List{}, err
	}
	f := s.found(q)
	list := f.list
	list.Items, list.Next = s.page(q, f, after)
	return list, nil
}

// listed gives the state of the data that a question for a list is answered from, and checks the question.
func (c *Coverage) listed(ctx context.Context, q *ListQuery) (*snapshot, error) {
	s, err := c.now(ctx)
	if err != nil {
		return nil, err
	}
	return s, s.checkList(q)
}

// checkList sets the order of a list and the length of its pages; an unknown order, rule or currency is
// an Error with code Usage.
func (s *snapshot) checkList(q *ListQuery) error {
	if err := s.checkMade(q.Filter); err != nil {
		return err
	}
	if q.Sort == "" {
		q.Sort = ByEvidence
	}
	if q.Limit <= 0 {
		q.Limit = 50
	}
	q.Limit = min(q.Limit, 1000)
	if !slices.Contains(Sorts, q.Sort) {
		return &resolute.Error{Code: resolute.Usage, Field: "sort", Message: "unknown order: want " + strings.Join(Sorts, ", ")}
	}
	return nil
}

func (s *snapshot) found(q ListQuery) *found {
	return once(s, "list "+key(q.Filter)+key(q.Period), func(s *snapshot) *found { return s.find(q.Filter, q.Period) })
}

// EachActivity hands the whole list to take, one activity after the other, all of one state of
// the data; cursor and limit do not count. It stops at the first error, or when the context ends.
// It holds no more than some thousand places of the list at a time.
func (c *Coverage) EachActivity(ctx context.Context, q ListQuery, take func(Summary) error) error {
	s, err := c.listed(ctx, &q)
	if err != nil {
		return err
	}
	u := s.facts.unpacker(s.book)
	return s.eachStride(q, s.found(q), func(places []place) error {
		for i := range places {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := take(s.summary(s.facts.at(u, places[i].at), q.Period)); err != nil {
				return err
			}
		}
		return nil
	})
}

// stride is how many places of a whole list are looked for at a time.
const stride = 8192

// eachStride hands the places of a whole list to take, in order, a stride at a time.
func (s *snapshot) eachStride(q ListQuery, f *found, take func([]place) error) error {
	for after := (*place)(nil); ; {
		places := s.places(q, f, after, stride)
		if err := take(places); err != nil || len(places) < stride {
			return err
		}
		after = &places[stride-1]
	}
}

// found is a whole list with its facets: what does not depend on the order and the page.
type found struct {
	rows []bitset // of each piece of the stock
	list List
}

func (f *found) weight() int {
	bytes := 200
	for _, rows := range f.rows {
		bytes += 8 * len(rows)
	}
	for _, facet := range f.list.Facets {
		bytes += 40 * len(facet.Values)
	}
	return bytes
}

func (s *snapshot) find(filter Filter, p resolute.Period) *found {
	f := &found{rows: make([]bitset, len(s.facts.pieces)), list: List{Rule: filter.rule(), Version: s.facts.head.Seq}}
	m := s.matcher(filter, p)
	counters, lists := make([]*facetCounter, siftWorkers(len(f.rows))), make([]List, siftWorkers(len(f.rows)))
	for i := range counters {
		counters[i] = newFacetCounter(s.book)
	}
	s.sift(m, true, func(worker, piece int, x *sieve, c chosen) {
		counters[worker].count(x, c)
		lists[worker].note(x, c)
		f.rows[piece] = c.whole()
	})
	for i := range counters {
		f.list.join(lists[i])
		if i > 0 {
			counters[0].join(counters[i])
		}
	}
	f.list.Facets = counters[0].facets(filter)
	return f
}

func (s *snapshot) summary(a *activity, p resolute.Period) Summary {
	during := daysOf(p)
	c := s.book.codesIn(a, during)
	out := Summary{Key: a.key, Identifier: a.identifier, Title: a.title.text(), Reporter: a.reporter, ReporterName: a.reporterName,
		Kind: a.kind, Sector: a.sector, Status: a.status, Starts: a.starts.String(), Ends: a.ends.String(), Dated: a.dated, Countries: s.book.countriesOf(c),
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

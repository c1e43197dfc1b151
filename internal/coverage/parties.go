package coverage

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"resolute/internal/search"
)

// partyMark stands before the number of an organisation among the words of an activity, so that who
// takes part is found like a word. What an organisation is called is no part of the activity: names
// change, and are looked up when they are asked for.
const partyMark = "\x02"

func partyWord(id int64) string { return partyMark + strconv.FormatInt(id, 10) }

// partyMarks are the words for who takes part.
func (a *activity) partyMarks() string {
	var b strings.Builder
	for _, id := range a.organisations {
		b.WriteString(partyWord(id))
		b.WriteByte(' ')
	}
	return b.String()
}

// parties are the names and references of all organisations as lists of words.
type parties struct {
	ids   []int64
	lists *search.Lists
}

// partyLists gives the lists, made by whoever asks first.
func (f *facts) partyLists() *parties {
	f.naming.Do(func() {
		p := &parties{ids: make([]int64, 0, len(f.names))}
		for id := range f.names {
			p.ids = append(p.ids, id)
		}
		slices.Sort(p.ids)
		var words search.Lister
		for i, id := range p.ids {
			words.Add(i, search.Padded(search.Index(append([]string{f.names[id].Name, f.names[id].Ref}, f.united.names(id)...)...)...))
		}
		p.lists = words.Lists(len(p.ids))
		f.parties = p
	})
	return f.parties
}

// sought is one word of a query, with the organisations whose names have it.
type sought struct {
	query   search.Query
	parties []int64 // as they count
	named   []int64 // as activities name them
}

func (f *facts) seek(q search.Query) []sought {
	if q.Empty() {
		return nil
	}
	var list []sought
	p := f.partyLists()
	for _, term := range q.Terms() {
		s := sought{query: term}
		for i, word := range p.lists.Find(term) {
			for ; word != 0; word &= word - 1 {
				id := p.ids[i*64+bits.TrailingZeros64(word)]
				s.parties = append(s.parties, id)
				s.named = append(append(s.named, id), f.united.others(id)...)
			}
		}
		list = append(list, s)
	}
	return list
}

// fewParties is how many organisations are looked up one by one; more are looked for among those of
// each activity.
const fewParties = 200

// rows are the rows of a block that have the word, or in which one of the organisations takes part.
func (s sought) rows(x *sieve) bitset {
	found := bitset(x.words.Find(s.query))
	if len(s.named) <= fewParties {
		for _, id := range s.named {
			x.words.Whole(partyWord(id), found)
		}
		return found
	}
	var wanted bitset
	for _, id := range s.parties {
		wanted.add(int(id))
	}
	rest := found.others(x.rows())
	rest.only(func(row int) bool {
		return slices.ContainsFunc(x.c.organisations.of(row), func(id uint32) bool { return wanted.has(int(id)) })
	})
	for i := range found {
		found[i] |= rest[i]
	}
	return found
}

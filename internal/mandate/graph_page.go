package mandate

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"resolute"
)

// pairsOf joins the citations between the same two instruments of so many, the most first. Those of
// one citing instrument stand together.
func pairsOf(found []*Edge, known int) []CitingPair {
	at := make([]int, known) // place of the pair with a cited instrument, from 1
	list := make([]CitingPair, 0, len(found))
	begin, from := 0, -1
	for _, e := range found {
		if e.fromRank != from {
			begin, from = len(list), e.fromRank
		}
		if at[e.toRank] <= begin {
			list = append(list, CitingPair{From: e.From, To: e.To, Held: e.Held, fromRank: e.fromRank, toRank: e.toRank, last: -1})
			at[e.toRank] = len(list)
		}
		p := &list[at[e.toRank]-1]
		if p.Citations++; p.last != e.n {
			p.Provisions, p.last = p.Provisions+1, e.n
		}
		if e.Standing == StandsOlder {
			p.Older++
		}
	}
	slices.SortFunc(list, func(a, b CitingPair) int {
		return cmp.Or(b.Citations-a.Citations, a.fromRank-b.fromRank, a.toRank-b.toRank)
	})
	return list
}

// comparePairs is the order of pairs by their keys, for a place in the list that may be gone.
func comparePairs(a, b CitingPair) int {
	return cmp.Or(b.Citations-a.Citations, strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
}

func compareEdges(a, b *Edge) int {
	return cmp.Or(strings.Compare(a.From, b.From), cmp.Compare(a.n, b.n), cmp.Compare(a.k, b.k))
}

func (q GraphQuery) pairs(list []CitingPair) ([]CitingPair, string, error) {
	parts, err := q.place()
	if err != nil {
		return nil, "", err
	}
	var after *CitingPair
	if parts != nil {
		after = &CitingPair{From: parts[0], To: parts[1]}
		after.Citations, _ = strconv.Atoi(parts[2]) // what is no number begins the list
	}
	page, more := pageBehind(list, after, q.Limit, comparePairs)
	if !more {
		return page, "", nil
	}
	last := page[len(page)-1]
	return page, placeOf(last.From, last.To, last.Citations), nil
}

func (q GraphQuery) edges(list []*Edge) ([]Edge, string, error) {
	parts, err := q.place()
	if err != nil {
		return nil, "", err
	}
	var after **Edge
	if parts != nil {
		last := &Edge{From: parts[0]}
		last.n, _ = strconv.ParseInt(parts[1], 10, 64) // what is no number begins the text
		last.k, _ = strconv.ParseInt(parts[2], 10, 64)
		after = &last
	}
	rows, more := pageBehind(list, after, q.Limit, compareEdges)
	page := make([]Edge, len(rows))
	for i, e := range rows {
		page[i] = *e
	}
	if !more {
		return page, "", nil
	}
	last := page[len(page)-1]
	return page, placeOf(last.From, last.n, last.k), nil
}

// pageBehind cuts the page that begins behind a row, and tells whether more follows.
func pageBehind[T any](list []T, after *T, limit int, compare func(a, b T) int) (page []T, more bool) {
	if after != nil {
		from, same := slices.BinarySearchFunc(list, *after, compare)
		if same {
			from++
		}
		list = list[from:]
	}
	if limit <= 0 || len(list) <= limit {
		return list, false
	}
	return list[:limit], true
}

func placeOf(parts ...any) string {
	return base64.RawURLEncoding.EncodeToString([]byte(fmt.Sprintf("%v\n%v\n%v", parts...)))
}

// place reads the cursor; nil when there is none.
func (q GraphQuery) place() ([]string, error) {
	if q.Cursor == "" {
		return nil, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	if parts := strings.Split(string(raw), "\n"); err == nil && len(parts) == 3 {
		return parts, nil
	}
	return nil, &resolute.Error{Code: resolute.Usage, Field: "page", Message: "this is no place in the list: begin again at its start"}
}

package coverage

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"resolute"
)

// Taking is what an organisation takes part in, in short.
type Taking struct {
	Activities int
	Nations    []Count // where, most first
}

// takings are what some organisations take part in, by their numbers.
type takings map[int64]Taking

func (t takings) weight() int {
	bytes := 100
	for _, one := range t {
		bytes += 60 + 24*len(one.Nations)
	}
	return bytes
}

// Takings tells of some organisations, by what they count as, what they take part in during a period. It
// goes through their activities once, and remembers the answer for as long as the data stands.
func (c *Coverage) Takings(ctx context.Context, ids []int64, p resolute.Period) (map[int64]Taking, error) {
	s, err := c.now(ctx)
	if err != nil {
		return nil, fmt.Errorf("tell what some organisations take part in: %w", err)
	}
	var f Filter
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		f.Organisations = append(f.Organisations, strconv.FormatInt(id, 10))
	}
	if len(f.Organisations) == 0 {
		return nil, nil
	}
	return once(s, "takings "+strings.Join(f.Organisations, " ")+key(p), func(s *snapshot) takings { return s.takings(ids, f, p) }), nil
}

func (s *snapshot) takings(ids []int64, f Filter, p resolute.Period) takings {
	m := s.matcher(f, p)
	activities, nationsOf := make(map[int64]int, len(ids)), make(map[int64]map[string]int, len(ids))
	for _, id := range ids {
		nationsOf[id] = map[string]int{}
	}
	s.each(s.fitting(m, true), func(a *activity) {
		codes := s.book.countriesOf(s.book.codesIn(a, m.during))
		for _, id := range a.organisations {
			if nationsOf[id] == nil {
				continue
			}
			activities[id]++
			for _, code := range codes {
				nationsOf[id][code]++
			}
		}
	})
	list := make(takings, len(ids))
	for id, codes := range nationsOf {
		list[id] = Taking{activities[id], sortedCounts(codes)}
	}
	return list
}

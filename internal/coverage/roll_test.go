package coverage

import (
	"math/rand/v2"
	"testing"
	"time"

	"resolute/internal/framework"
)

// TestARollSaysWhatTheTablesSay holds the laid out answers to those of the tables, for every group
// and country, on the days around each step and for spans between them.
func TestARollSaysWhatTheTablesSay(t *testing.T) {
	catalogue := framework.Builtin()
	b := newBook(base{catalogue: catalogue}, nil)
	chance := rand.New(rand.NewPCG(1, 2))
	for _, group := range catalogue.Groups() {
		edges := []string{"", "1950-06-01", "2023-07-14", "2060-01-01"}
		for _, step := range catalogue.MembershipSteps(group.Key) {
			first, err := time.Parse(time.DateOnly, step)
			if err != nil {
				t.Fatalf("%s: a step on %q", group.Key, step)
			}
			edges = append(edges, step, first.AddDate(0, 0, -1).Format(time.DateOnly))
		}
		for row, country := range b.countries.ids {
			for range 12 {
				from, to := edges[chance.IntN(len(edges))], edges[chance.IntN(len(edges))]
				if to != "" && from > to {
					from, to = to, from
				}
				want := catalogue.MembershipDuring(group.Key, country, from, to)
				roll, span := b.rollOf(group.Key), days{dayOf(from), dayOf(to)}
				if got := roll.during(row, span); got != want {
					t.Fatalf("%s in %s from %q to %q: %v, want %v", country, group.Key, from, to, got, want)
				}
				if got := roll.member(row, span); got != (want == framework.Member) {
					t.Fatalf("%s in %s from %q to %q: a member %v, want %v", country, group.Key, from, to, got, want)
				}
			}
		}
	}
}

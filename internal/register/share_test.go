package register

import (
	"encoding/json"
	"testing"

	"resolute/internal/framework"
)

func TestSharesAreWrittenAsPercentages(t *testing.T) {
	for share, want := range map[Share]string{NoShare: "null", 0: "0", Whole: "100", 600_000: "60", 333_333: "33.3333", 5: "0.0005", 125_000: "12.5", 1_000_500: "100.05"} {
		if got, err := json.Marshal(share); err != nil || string(got) != want {
			t.Errorf("%d millionths: %s, want %s, %v", share, got, want, err)
		}
	}
}

func TestSharesOfOneCodeAddUpToABound(t *testing.T) {
	for _, c := range []struct{ a, b, want Share }{
		{NoShare, NoShare, NoShare}, {NoShare, 7, 7}, {7, NoShare, 7}, {300_000, 200_000, 500_000}, {Whole, Whole, 2 * Whole},
		{mostStated, 1, mostStated}, {mostStated, mostStated, mostStated},
	} {
		if got := added(c.a, c.b); got != c.want {
			t.Errorf("%d and %d add up to %d, want %d", c.a, c.b, got, c.want)
		}
	}
	s := statement{book: testBook}
	for _, target := range []string{"9.1", "9.3", "9.c"} {
		s.tags = append(s.tags, Tag{Scheme: framework.Target, Code: target, Share: mostStated})
	}
	s.implied()
	if goal := s.tags[len(s.tags)-1]; goal.Code != "9" || goal.Share != mostStated {
		t.Errorf("targets state %+v, want goal 9 with %d", goal, mostStated)
	}
}

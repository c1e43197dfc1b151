package coverage

import (
	"fmt"
	"testing"
)

// heavy is an answer of a given weight.
type heavy int

func (h heavy) weight() int { return int(h) }

func TestKeysOfDifferentQuestionsDiffer(t *testing.T) {
	same := [][2]any{
		{Filter{Areas: []string{"KE UG"}}, Filter{Areas: []string{"KE", "UG"}}},
		{Filter{Text: "a Regions:[x]"}, Filter{Text: "a", Regions: []string{"x] Regions:["}}},
		{Filter{Text: `a" ["x"]`}, Filter{Text: "a", Regions: []string{"x"}}},
		{Filter{Roles: []string{"1"}}, Filter{Lines: []string{"1"}}},
	}
	for _, pair := range same {
		if key(pair[0]) == key(pair[1]) {
			t.Errorf("%+v and %+v have the same key", pair[0], pair[1])
		}
	}
}

func TestASnapshotRemembersNoMoreThanItsLimit(t *testing.T) {
	s := &snapshot{}
	for i := range 100 {
		want := heavy(memoryLimit/10 + i)
		for range 2 {
			if got := once(s, fmt.Sprint(i), func() heavy { return want }); got != want {
				t.Fatalf("question %d: got %d, want %d", i, got, want)
			}
		}
		if s.held() > memoryLimit {
			t.Fatalf("after %d answers the snapshot holds %d bytes, more than %d", i+1, s.held(), memoryLimit)
		}
	}
	if len(s.answers) == 0 {
		t.Error("nothing is remembered")
	}
}

func TestWhatEverybodyAsksForIsNotForgottenForOddQuestions(t *testing.T) {
	s, reckoned := &snapshot{}, 0
	for i := range 100 {
		once(s, "main", func() heavy { reckoned++; return 1000 })
		once(s, fmt.Sprint(i), func() heavy { return memoryLimit / 7 })
	}
	if reckoned != 1 {
		t.Errorf("the main answer was reckoned %d times", reckoned)
	}
}

func TestAnAnswerAboveTheLimitIsGivenAndForgotten(t *testing.T) {
	s := &snapshot{}
	if got := once(s, "all", func() heavy { return memoryLimit + 1 }); got != memoryLimit+1 {
		t.Errorf("got %d", got)
	}
	if len(s.answers) != 0 {
		t.Error("it is remembered")
	}
}

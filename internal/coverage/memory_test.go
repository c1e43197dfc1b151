package coverage

import (
	"context"
	"fmt"
	"testing"
	"time"
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
			if got := once(s, fmt.Sprint(i), func(*snapshot) heavy { return want }); got != want {
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
		once(s, "main", func(*snapshot) heavy { reckoned++; return 1000 })
		once(s, fmt.Sprint(i), func(*snapshot) heavy { return memoryLimit / 7 })
	}
	if reckoned != 1 {
		t.Errorf("the main answer was reckoned %d times", reckoned)
	}
}

func TestAnAnswerAboveTheLimitIsGivenAndForgotten(t *testing.T) {
	s := &snapshot{}
	if got := once(s, "all", func(*snapshot) heavy { return memoryLimit + 1 }); got != memoryLimit+1 {
		t.Errorf("got %d", got)
	}
	if len(s.answers) != 0 {
		t.Error("it is remembered")
	}
}

// A new state has ready what readers asked for lately, and nothing that they asked long ago.
func TestWhatWasAskedLatelyIsAskedAgain(t *testing.T) {
	before, next, after := &snapshot{}, &snapshot{}, &snapshot{}
	on := map[*snapshot][]string{}
	ask := func(s *snapshot, name string, at time.Time) {
		onceAt(s, name, func(s *snapshot) heavy { on[s] = append(on[s], name); return 10 }, at)
	}
	now := time.Now()
	ask(before, "old", now.Add(-time.Hour))
	ask(before, "asked again", now.Add(-time.Hour))
	ask(before, "new", now.Add(-time.Second))
	ask(before, "asked again", now)
	next.repeat(context.Background(), before.lately(now.Add(-time.Minute)))
	if got := fmt.Sprint(on[next]); got != "[asked again new]" {
		t.Errorf("got %s", got)
	}
	after.repeat(context.Background(), next.lately(now.Add(-time.Millisecond)))
	if got := fmt.Sprint(on[after]); got != "[asked again]" {
		t.Errorf("who asks again is no reader: got %s", got)
	}
	ended, end := context.WithCancel(context.Background())
	end()
	(&snapshot{}).repeat(ended, before.lately(time.Time{}))
	if len(on) != 3 {
		t.Error("it goes on though the context ended")
	}
}

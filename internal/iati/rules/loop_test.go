package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// many gives an activity with n elements of each kind that a loop takes its turns from, each of a
// vocabulary of its own but for the last, which repeats the first.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		vocabulary := fmt.Sprint("v", i%max(n-1, 1))
		fmt.Fprintf(&b, `<sector code="1" vocabulary="%[1]s" percentage="%[2]d"/><recipient-region code="1" vocabulary="%[1]s" percentage="%[2]d"/>
			<recipient-country code="KE"/><recipient-country code="KE" percentage="0.5"/><default-aid-type code="A" vocabulary="%[1]s"/>
			<activity-date type="2" iso-date="2026-01-01"/><activity-date type="4" iso-date="2026-01-02"/>
			<country-budget-items vocabulary="%[1]s"><budget-item percentage="%[2]d"/></country-budget-items>`, vocabulary, i%3*50)
	}
	return strings.Replace(clean, "<policy-marker ", b.String()+"<policy-marker ", 1)
}

// A loop of many turns remembers what its element holds, and finds what one finds that walks each time.
func TestALoopThatRemembersFindsTheSame(t *testing.T) {
	root := treeOf(t, many(2*fewTurns))
	told := 0
	for _, a := range standard()["iati-activities"] {
		for _, r := range a.rules {
			for _, it := range a.context.from(scope{node: root}) {
				if r.foreach == nil {
					continue
				}
				var want []Breach
				j, seen := judge{now: today}, map[string]bool{}
				for _, turn := range (scope{node: it.node}).selected(r.foreach) {
					if value := turn.String(); !seen[value] {
						seen[value] = true
						want = append(want, j.turn(r, scope{node: it.node, turn: value})...)
					}
				}
				if got := j.ask(r, it.node); !slices.Equal(got, want) {
					t.Errorf("%s: %d told, want %d as by walking", r.ID, len(got), len(want))
				}
				told += len(want)
			}
		}
	}
	if told < 3*fewTurns {
		t.Errorf("only %d told: too few to compare", told)
	}
}

// An activity of 8,000 vocabularies is judged at once: walking it in each turn takes many minutes.
func TestManyVocabulariesAreJudgedAtOnce(t *testing.T) {
	root := treeOf(t, many(8000))
	began := time.Now()
	if got := Judge(root, today); len(got) < 8000 {
		t.Errorf("only %d told", len(got))
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("judging took %v", took)
	}
}

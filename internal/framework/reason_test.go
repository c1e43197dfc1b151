package framework

import (
	"testing"

	"resolute"
)

// TestEveryReasonStandsInSixLanguages and its English is that of the rule, so that no translation outlives
// what it translates.
func TestEveryReasonStandsInSixLanguages(t *testing.T) {
	known := map[string]string{}
	rules := TaggingRules()
	for _, r := range rules.Sectors {
		known[r.ID] = r.Reason
	}
	for _, r := range rules.Markers {
		known[r.ID] = r.Reason
	}
	for _, r := range rules.Scopes {
		known[r.ID] = r.Reason
	}
	for _, r := range rules.Threads {
		known[r.ID] = r.Reason
	}
	for id, reason := range known {
		text := ReasonOf(id)
		if text[resolute.English] != reason {
			t.Errorf("%s: the reason is %q, its translations are of %q", id, reason, text[resolute.English])
		}
		for _, l := range resolute.Langs {
			if text[l] == "" {
				t.Errorf("%s has no reason in %s", id, l)
			}
		}
	}
	for id := range reasons() {
		if _, ok := known[id]; !ok {
			t.Errorf("there is no rule %s", id)
		}
	}
}

func TestReasonsAreInTheScriptOfTheirLanguage(t *testing.T) {
	for id, text := range reasons() {
		checkScripts(t, id, text)
	}
}

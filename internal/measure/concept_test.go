package measure_test

import (
	"testing"

	"resolute/internal/mandate"
	"resolute/internal/measure"
	"resolute/internal/wording"
)

func TestConceptsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range measure.Concepts() {
		if c.ID == "" || seen[c.ID] || c.Unit == "" || c.Direction < -1 || c.Direction > 1 || c.Ceiling < 0 || c.Aggregation == "" || c.Confidence == "" {
			t.Errorf("%+v", c)
		}
		seen[c.ID] = true
		if !wording.For("en").Has("concept." + c.ID) {
			t.Errorf("%s has no name", c.ID)
		}
	}
	if c, ok := measure.ConceptOf("UNSD:SDG", "IT_USE_II99", `{"SEX":"F"}`); !ok || c.ID != "users_female" {
		t.Errorf("codes compare without regard to case, with their breakdown: got %+v, %v", c, ok)
	}
	if _, ok := measure.ConceptOf("UNSD:SDG", "IT_USE_ii99", `{"SEX":"X"}`); ok {
		t.Error("a breakdown that is no concept was taken for one")
	}
	for _, a := range mandate.Aliases() {
		for _, id := range measure.ConceptsOf(a.Alias) {
			if !seen[id] {
				t.Errorf("%s names the concept %q, which does not exist", a.Alias, id)
			}
		}
	}
	for _, alias := range []string{"R9", "M1", "M5"} {
		if len(measure.ConceptsOf(alias)) == 0 {
			t.Errorf("no figures evidence %s", alias)
		}
	}
}

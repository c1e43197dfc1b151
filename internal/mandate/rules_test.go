package mandate_test

import (
	"slices"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/mandate"
)

// A rule is data: what is wrong, why it matters, a text in which the rule finds something and no
// other rule does, and the same put right.
func TestEveryRuleFindsItsExampleAndNothingInTheRightText(t *testing.T) {
	for _, r := range mandate.Rules() {
		for _, lang := range resolute.Langs {
			if r.What[lang] == "" || r.Why[lang] == "" {
				t.Errorf("%s is not explained in %s", r.Rule, lang)
			}
		}
		if r.Severity != resolute.SeverityWarning && r.Severity != resolute.SeverityNote {
			t.Errorf("%s is of severity %q", r.Rule, r.Severity)
		}
		var found []string
		for _, f := range findingsOf(r) {
			found = append(found, f.Rule)
		}
		if !slices.Equal(slices.Compact(found), []string{r.Rule}) {
			t.Errorf("the example of %s has %v", r.Rule, found)
		}
		r.Example = r.Right
		for _, f := range findingsOf(r) {
			t.Errorf("the right text of %s has %s: %s", r.Rule, f.Rule, f.Message)
		}
	}
}

func findingsOf(r mandate.Rule) []resolute.Finding {
	if r.Before != "" {
		return mandate.LintAfter(mandate.Parse(r.Before), mandate.Parse(r.Example))
	}
	var cited []*mandate.Document
	for text := range strings.SplitSeq(r.Cited, "\f") {
		cited = append(cited, mandate.Parse(text))
	}
	return mandate.LintAmong(mandate.Parse(r.Example), cited)
}

func TestAReferenceToAProvisionThatIsThereIsRight(t *testing.T) {
	text := "RESOLUTION 30 (Dubai, 2018)\nTrees\nThe Plenipotentiary Conference (Dubai, 2018),\nresolves\n1 to plant;\n2 to water,\ninstructs the Secretary-General\n1 to report on resolves 2 above;\n2 to carry out resolves 7 of Resolution 71,\n"
	for _, f := range mandate.Lint(mandate.Parse(text)) {
		if strings.HasPrefix(f.Rule, "citation-of-missing") {
			t.Errorf("%d: %s", f.Line, f.Message)
		}
	}
}

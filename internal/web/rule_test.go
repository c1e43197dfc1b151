package web

import (
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/wording"
)

// The rule under the figures is in the catalogues, so that each reader has it in their language;
// the English wording is the one that commands and data files print.
func TestTheRuleOnPagesIsTheRuleOfTheFigures(t *testing.T) {
	for _, rule := range coverage.Rules() {
		if got := wording.For(resolute.English).T("coverage.rule_text." + rule.Number()); got != rule.Text {
			t.Errorf("the page says\n%s\nthe figures follow\n%s", got, rule.Text)
		}
	}
}

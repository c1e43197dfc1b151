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
	if got := wording.For(resolute.English).T("coverage.rule_text"); got != coverage.Rule {
		t.Errorf("the page says\n%s\nthe figures follow\n%s", got, coverage.Rule)
	}
}

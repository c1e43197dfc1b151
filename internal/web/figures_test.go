package web_test

import (
	"context"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/wording"
)

func TestTheRuleThatAnAddressNamesIsSaidUnderTheFigure(t *testing.T) {
	t.Parallel()
	h := site(t, 80).Handler()
	for address, number := range map[string]string{"/coverage?lang=fr": "2", "/coverage?rule=as-reported@1&lang=fr": "1", "/line/C2?rule=as-reported@1&lang=fr": "1", "/figures?rule=once@2&lang=fr": "2"} {
		body := get(t, h, address).Body.String()
		if want := wording.For("fr").T("coverage.rule_text." + number); !strings.Contains(body, want) {
			t.Errorf("%s does not say rule %s", address, number)
		}
	}
	body := get(t, h, "/coverage?rule=as-reported@1&currency=usd&lang=en").Body.String()
	for what, want := range map[string]string{
		"the chosen rule as a chip":     "Rule: as reported (as-reported@1)",
		"the chosen currency as a chip": "Currency: USD",
		"that there are no rates":       "No exchange rate for USD is held",
		"the way to how it is made":     `href="/figures?currency=USD&amp;lang=en&amp;rule=as-reported%401"`,
		"links that keep the rule":      "rule=as-reported%401&amp;",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s: %q", what, want)
		}
	}
	body = get(t, h, "/coverage?rule=once@7&currency=gold&lang=en").Body.String()
	if !strings.Contains(body, "rule=once@7") || !strings.Contains(body, "currency=GOLD") || !strings.Contains(body, wording.For("en").T("coverage.rule_text.2")) {
		t.Error("an unknown rule and currency are not named, or the default rule is not said")
	}
}

func TestWhatAFigureLeavesOutLeadsToItsRecords(t *testing.T) {
	s := site(t, 80)
	account, err := s.Coverage.Account(context.Background(), coverage.Filter{}, resolute.Period{}, 5)
	if err != nil {
		t.Fatal(err)
	}
	if len(account.Left) == 0 {
		t.Fatal("the demonstration leaves nothing out: the test proves nothing")
	}
	body := get(t, s.Handler(), "/figures?lang=en").Body.String()
	for _, l := range account.Left {
		if !strings.Contains(body, wording.For("en").T("figures.reason."+l.Reason)) || !strings.Contains(body, "/activity/"+l.Records[0].Key) {
			t.Errorf("the page does not lead to what is left out as %s", l.Reason)
		}
	}
	csv := get(t, s.Handler(), "/figures.csv").Body.String()
	if !strings.HasPrefix(csv, "reason,key,") || !strings.Contains(csv, account.Left[0].Records[0].Key) {
		t.Errorf("as CSV:\n%s", csv)
	}
}

func TestAPageOfMoreThanItShowsSaysHowMuchTheDataList(t *testing.T) {
	t.Parallel()
	const shown = 25
	s := site(t, 2500)
	account, err := s.Coverage.Account(context.Background(), coverage.Filter{}, resolute.Period{}, shown)
	if err != nil {
		t.Fatal(err)
	}
	cut := false
	for _, l := range account.Left {
		cut = cut || len(l.Records) < max(l.Activities, l.Transactions)
	}
	if !cut {
		t.Fatal("every record that is left out fits on the page: the test proves nothing")
	}
	answer := get(t, s.Handler(), "/figures?lang=en")
	if want := wording.For("en").T("figures.more", "n", shown, "most", 1000); answer.Code != 200 || !strings.Contains(answer.Body.String(), want) {
		t.Errorf("status %d, without %q", answer.Code, want)
	}
}

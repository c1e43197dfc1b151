package web_test

import (
	"net/http"
	"strings"
	"testing"

	"resolute/internal/wording"
)

// TestAnEmptyListTellsWhatItWasAskedFor whatever is set beside its filters: a rule and a currency leave nothing out.
func TestAnEmptyListTellsWhatItWasAskedFor(t *testing.T) {
	h := site(t, 20).Handler()
	for _, beside := range []string{"", "&rule=as-reported@1", "&currency=USD", "&period=1999"} {
		w := get(t, h, "/activities?lang=en&line=C2&q=zzzqq"+beside)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), wording.For("en").T("facet.q")) {
			t.Errorf("%q: status %d", beside, w.Code)
		}
	}
}

// TestAParameterOfAnotherPageIsNamed: a table that left it out in silence would pass for what was asked for.
func TestAParameterOfAnotherPageIsNamed(t *testing.T) {
	h := site(t, 20).Handler()
	for address, named := range map[string]string{"/activities?gap=stale": "gap", "/places?addressee=sg": "addressee", "/coverage?sort=title": "sort", "/organisations?year=2023": "year",
		"/activities?q=***": "q=***", "/activities?q=%ff": "q", "/search?q=%ff": "q"} {
		path, query, _ := strings.Cut(address, "?")
		if body := get(t, h, address+"&lang=en").Body.String(); !strings.Contains(body, wording.For("en").T("error.unknown_parameter", "names", named)) {
			t.Errorf("%s: %s is not named", address, named)
		}
		if w := get(t, h, path+".json?"+query); path != "/search" && w.Code != http.StatusBadRequest {
			t.Errorf("%s.json?%s: status %d, want 400", path, query, w.Code)
		}
	}
	if body := get(t, h, "/gaps?gap=stale&lang=en").Body.String(); strings.Contains(body, wording.For("en").T("error.unknown_parameter", "names", "gap")) {
		t.Error("the page of gaps does not understand its own parameter")
	}
}

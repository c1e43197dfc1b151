package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/register"
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

// TestWhoTakesPartLeadsToWhatIsCounted: the list behind an organisation of a page of detail is as long as its figure.
func TestWhoTakesPartLeadsToWhatIsCounted(t *testing.T) {
	h := site(t, 60).Handler()
	link := regexp.MustCompile(`href="(/activities\?[^"]*org=[^"]*)"[^>]*>([0-9,]+)<`)
	for _, address := range []string{"/line/C2?lang=en", "/goal/9?lang=en"} {
		found := link.FindAllStringSubmatch(get(t, h, address).Body.String(), 3)
		if len(found) == 0 {
			t.Errorf("%s leads to no list of an organisation", address)
		}
		for _, f := range found {
			var list struct{ Total int }
			body := get(t, h, strings.Replace(html.UnescapeString(f[1]), "/activities?", "/activities.json?", 1)).Body.Bytes()
			if err := json.Unmarshal(body, &list); err != nil || fmt.Sprint(list.Total) != strings.ReplaceAll(f[2], ",", "") {
				t.Errorf("%s: %s stands before a list of %d, %v", address, f[2], list.Total, err)
			}
		}
	}
}

// TestAFilterTakesWhatAFacetOffers, also what publishers state beyond the lists of the standard.
func TestAFilterTakesWhatAFacetOffers(t *testing.T) {
	s := site(t, 20)
	file := strings.Replace(derived, `<activity-status code="2"/>`, `<participating-org ref="ZZ-P" role="7"/><activity-status code="9"/>`, 1)
	if _, err := s.Register.ImportIATI(context.Background(), resolute.Operator(), register.Source{File: "odd.xml"}, strings.NewReader(file), register.ImportOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]int{"status=9": http.StatusOK, "role=7": http.StatusOK, "status=8": http.StatusBadRequest, "role=8": http.StatusBadRequest} {
		if w := get(t, s.Handler(), "/activities.json?"+query); w.Code != want {
			t.Errorf("%s: status %d, want %d", query, w.Code, want)
		}
	}
}

// TestAListByTitleIsReadToItsEnd follows the pages of a list whose titles are long, in letters of two bytes.
func TestAListByTitleIsReadToItsEnd(t *testing.T) {
	s := site(t, 0)
	var file strings.Builder
	file.WriteString(`<iati-activities version="2.03">`)
	const activities = 65
	for i := range activities {
		fmt.Fprintf(&file, `<iati-activity xml:lang="ru"><iati-identifier>ZZ-LONG-%d</iati-identifier><reporting-org ref="ZZ-LONG" type="40"><narrative>Вымышленное агентство</narrative></reporting-org>`+
			`<title><narrative>%s %d</narrative></title><activity-status code="2"/></iati-activity>`, i, strings.Repeat("Развитие связи ", 10*(1+i%3*10)), i)
	}
	file.WriteString(`</iati-activities>`)
	withFile(t, s, file.String())
	seen, pages := map[string]bool{}, 0
	for next := "/activities?lang=ru&sort=title"; next != "" && pages < activities; pages++ {
		w := get(t, s.Handler(), next)
		if data := get(t, s.Handler(), strings.Replace(next, "/activities", "/activities.json", 1)); data.Code != http.StatusOK {
			t.Fatalf("page %d as data: %d %.200s", pages+1, data.Code, data.Body)
		}
		for _, found := range regexp.MustCompile(`/activity/([a-z0-9]+)`).FindAllStringSubmatch(w.Body.String(), -1) {
			seen[found[1]] = true
		}
		next = ""
		if found := regexp.MustCompile(`rel="next" href="([^"]*)"`).FindStringSubmatch(w.Body.String()); found != nil {
			next = html.UnescapeString(found[1])
		}
	}
	if len(seen) != activities || pages != 3 {
		t.Errorf("%d of %d activities on %d pages", len(seen), activities, pages)
	}
}

func TestFacetsAreData(t *testing.T) {
	w := get(t, site(t, 20).Handler(), "/activities/filter.json?lang=en&q=zzzqq&line=C2")
	want := `{"name":"line","values":[{"value":"C2","activities":0,"chosen":true}],"more":0},{"name":"goal","values":[],"more":0}`
	if !strings.Contains(w.Body.String(), want) {
		t.Errorf("got %s\nwant in it %s", w.Body, want)
	}
}

package web_test

import (
	"context"
	"encoding/csv"
	"errors"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"resolute/internal/coverage"
	"resolute/internal/wording"
)

var link = regexp.MustCompile(`href="(/gap/[^"]+)"`)

func TestEveryGapOfThePageHasAPageOfItsOwn(t *testing.T) {
	h := site(t, 80).Handler()
	for _, list := range []string{"/gaps?lang=en&period=2021..2024&region=AFR", "/matrix?lang=en&view=gaps&period=2021..2024", "/matrix?lang=en&goal=9"} {
		found := link.FindAllStringSubmatch(get(t, h, list).Body.String(), -1)
		if len(found) == 0 {
			t.Errorf("%s leads to no gap", list)
		}
		for i, m := range found {
			if i%5 != 0 {
				continue
			}
			w := get(t, h, html.UnescapeString(m[1]))
			if w.Code != http.StatusOK || strings.Contains(w.Body.String(), "Not missing") {
				t.Errorf("%s leads to %s: status %d, or the gap is closed there", list, m[1], w.Code)
			}
		}
	}
}

func TestAClosedGapSaysSoAndAnswersOn(t *testing.T) {
	h := site(t, 80).Handler()
	if w := get(t, h, "/gap/matrix/C2/9/nothing?lang=en"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Not missing") {
		t.Errorf("a cell with activities: status %d, want the page of the closed gap", w.Code)
	}
	for _, address := range []string{"/gap/matrix/C2/99/nothing", "/gap/thread/R99/stale", "/gap/thread/R8", "/gap/"} {
		if w := get(t, h, address); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d, want not found", address, w.Code)
		}
	}
}

// noticeOf is what a page says about an address that it understands in part.
var noticeOf = regexp.MustCompile(`<div class="say warn"[^>]*><p>Not understood[^<]*`)

// What an address asks for and no page has is named in a notice, and the page is the usual one; a file of it is
// refused.
func TestValuesThatNameNothingAreToldAndLeftOut(t *testing.T) {
	t.Parallel()
	h, measured := site(t, 40).Handler(), measured(t).Handler()
	for address, names := range map[string][]string{
		"/activities?lang=en&line=XX&region=QQ&sort=wind&page=nowhere":               {"line=XX", "region=QQ", "sort=wind", "page=nowhere"},
		"/activities/filter?lang=en&state=half&org=0":                                {"state=half", "org=0"},
		"/matrix?lang=en&view=globe&show=moons&goal=99":                              {"view=globe", "show=moons", "goal=99"},
		"/gaps?lang=en&gap=holes&addressee=nobody&area=XX":                           {"gap=holes", "addressee=nobody", "area=XX"},
		"/coverage?lang=en&region=QQ&show=half":                                      {"region=QQ", "show=half"},
		"/matrix/targets?lang=en&region=QQ":                                          {"region=QQ"},
		"/places?lang=en&show=moons":                                                 {"show=moons"},
		"/places/locations?lang=en&sort=wind&page=0":                                 {"sort=wind", "page=0"},
		"/organisations?lang=en&sort=wind&role=x":                                    {"sort=wind", "role=x"},
		"/citations?lang=en&by=moon&standing=up":                                     {"by=moon", "standing=up"},
		"/instruments?lang=en&sort=wind&held=2":                                      {"sort=wind", "held=2"},
		"/mandate/itu:wtdc/res/30?lang=en&view=globe":                                {"view=globe"},
		"/mandate/itu:wtdc/res/30/compare?lang=en&view=globe&show=x":                 {"view=globe", "show=x"},
		"/area/KE/figures?lang=en&beside=QQ&since=x":                                 {"beside=QQ", "since=x"},
		"/area/KE?lang=en&beside=QQ&since=3000":                                      {"beside=QQ", "since=3000"},
		"/area/WORLD/figures?lang=en&beside=nowhere&at=":                             {"beside=nowhere"},
		"/indicator/MADE:UP/users?lang=en&view=globe&where=x&group=QQ&area=QQ&aim=x": {"view=globe", "where=x", "group=QQ", "area=QQ"},
		"/indicator/MADE:UP/users?lang=en&view=map&year=1066":                        {"year=1066"},
		"/indicator/MADE:UP/users?lang=en&view=ranking&year=x":                       {"year=x"},
	} {
		on := h
		if strings.HasPrefix(address, "/indicator/") {
			on = measured
		}
		w := get(t, on, address)
		if w.Code != http.StatusOK {
			t.Errorf("%s: status %d", address, w.Code)
		}
		for _, name := range names {
			if notices := noticeOf.FindAllString(w.Body.String(), -1); !strings.Contains(strings.Join(notices, " "), name) {
				t.Errorf("%s does not name %s but says %q", address, name, notices)
			}
		}
	}
	for _, list := range []string{"/activities", "/places/locations"} {
		if first := wording.For("en").T("activities.first"); strings.Contains(get(t, h, list+"?lang=en&page=nowhere").Body.String(), first) {
			t.Errorf("%s from a place that does not exist offers the way to its beginning, which it shows", list)
		}
	}
	count := func(address string) string {
		_, after, _ := strings.Cut(get(t, h, address).Body.String(), `<p class="answer">`)
		answer, _, _ := strings.Cut(after, "</p>")
		return answer
	}
	if whole, with := count("/activities"), count("/activities?line=XX"); whole != with || whole == "" {
		t.Errorf("an unknown line changes the list: %q, %q", whole, with)
	}
}

func TestTheTableOfActivitiesIsWhole(t *testing.T) {
	t.Parallel()
	s := site(t, 1300)
	list, err := s.Coverage.Activities(context.Background(), coverage.ListQuery{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(get(t, s.Handler(), "/activities.csv").Body).ReadAll()
	if err != nil || len(rows) != list.Total+1 || list.Total <= 1000 {
		t.Errorf("%d lines for %d activities, %v", len(rows), list.Total, err)
	}
}

// broken takes a first part and then fails as a reader does that went away.
type broken struct{ *httptest.ResponseRecorder }

func (b broken) Write(p []byte) (int, error) {
	if b.Body.Len() > 0 {
		return 0, errors.New("gone")
	}
	return b.ResponseRecorder.Write(p)
}

func TestATableThatIsCutOffIsNotTakenForWhole(t *testing.T) {
	t.Parallel()
	h := site(t, 1300).Handler()
	defer func() {
		if v := recover(); v != http.ErrAbortHandler {
			t.Errorf("the answer ended with %v, want it aborted", v)
		}
	}()
	h.ServeHTTP(broken{httptest.NewRecorder()}, httptest.NewRequest(http.MethodGet, "/activities.csv", nil))
}

func TestAnEmptyListSaysHowManyThereAreWithoutEachFilterAndWhoCouldReport(t *testing.T) {
	h := site(t, 80).Handler()
	body := get(t, h, "/activities?lang=en&line=C2&thread=R8&q=nothing-like-this").Body.String()
	for _, want := range []string{"Nobody has reported", "Without “Words: nothing-like-this”", "Who could report", `lang="en">ITU`} {
		if !strings.Contains(body, want) {
			t.Errorf("the empty list does not hold %q", want)
		}
	}
	for address, want := range map[string]string{"/activities?lang=en&period=1950..1951&area=KE": "One filter less"} {
		if !strings.Contains(get(t, h, address).Body.String(), want) {
			t.Errorf("%s does not hold %q", address, want)
		}
	}
	if !strings.Contains(get(t, site(t, 0).Handler(), "/activities?lang=en").Body.String(), "No activity has been imported yet") {
		t.Error("an empty installation does not say that nothing was imported")
	}
}

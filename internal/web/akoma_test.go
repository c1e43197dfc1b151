package web_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func TestATextIsGivenAsAkomaNtoso(t *testing.T) {
	h := site(t, 5).Handler()
	for name, r := range map[string]*http.Request{
		"by its suffix":         httptest.NewRequest(http.MethodGet, "/mandate/itu:wtdc/res/30.xml", nil),
		"by what is accepted":   asking("/mandate/itu:wtdc/res/30", "application/akn+xml"),
		"by its edition":        httptest.NewRequest(http.MethodGet, "/mandate/itu:wtdc/res/30@2035.xml", nil),
		"by its edition, draft": httptest.NewRequest(http.MethodGet, "/mandate/itu:wtdc/res/30@2035-draft.xml", nil),
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/akn+xml" || !strings.Contains(w.Body.String(), `wId="itu:wtdc/res/30#resolves_8"`) {
			t.Errorf("%s: %d %v %.300s", name, w.Code, w.Header(), w.Body)
		}
	}
	if w := get(t, h, "/mandate/itu:wtdc/res/30"); !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		t.Errorf("a browser gets %q", w.Header().Get("Content-Type"))
	}
}

func asking(path, accept string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept", accept)
	return r
}

// TestAddressesOfAkomaNtosoLeadToThePage follows each address that a text of ours gives itself.
func TestAddressesOfAkomaNtosoLeadToThePage(t *testing.T) {
	h := site(t, 5).Handler()
	file := get(t, h, "/mandate/itu:wtdc/res/30.xml").Body.String()
	uri := regexp.MustCompile(`<FRBRExpression>\s*<FRBRthis[^>]*/>\s*<FRBRuri value="([^"]+)"`).FindStringSubmatch(file)
	id := regexp.MustCompile(`eId="([^"]+)" wId="itu:wtdc/res/30#resolves_8"`).FindStringSubmatch(file)
	if uri == nil || id == nil {
		t.Fatalf("no address or id in the file: %v %v", uri, id)
	}
	for address, want := range map[string]string{
		uri[1]:                     "/mandate/itu:wtdc/res/30@2035-12-31-draft",
		uri[1] + "/!main~" + id[1]: "/mandate/itu:wtdc/res/30@2035-12-31-draft#resolves_8",
		"/akn/un/statement/deliberation/itu-wtdc/2002/res-30": "/mandate/itu:wtdc/res/30",
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		if w.Code != http.StatusFound || w.Header().Get("Location") != want {
			t.Errorf("%s: %d to %q, want %q", address, w.Code, w.Header().Get("Location"), want)
		}
		page, _, _ := strings.Cut(want, "#")
		if code := get(t, h, page).Code; code != http.StatusOK {
			t.Errorf("%s: %d", page, code)
		}
	}
	for _, address := range []string{"/akn/", "/akn/un/statement/deliberation/itu-wtdc/2002/res-30/eng@1999", "/akn/un/statement/deliberation/un-ga/nd/1-1"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", address, w.Code)
		}
	}
}

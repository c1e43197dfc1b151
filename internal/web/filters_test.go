package web_test

import (
	"html"
	"maps"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"resolute/internal/wording"
)

// TestAFilterThatAPageCannotUseIsNamed: an answer about more than was asked for would pass for what was asked for.
func TestAFilterThatAPageCannotUseIsNamed(t *testing.T) {
	t.Parallel()
	s := site(t, 20)
	h := s.Handler()
	for _, page := range []string{"/", "/instruments", "/citations", "/imports", "/import/1", "/rules", "/about", "/iati", "/indicators", "/search"} {
		for _, filter := range []string{"area=KE", "lacks=place", "org=1"} {
			name, _, _ := strings.Cut(filter, "=")
			w := get(t, h, page+"?lang=en&"+filter)
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), wording.For("en").T("error.unknown_parameter", "names", name)) {
				t.Errorf("%s?%s: status %d, or it is not named", page, filter, w.Code)
			}
			for _, format := range []string{".json", ".csv"} {
				data := page + format
				if page == "/" {
					data = "/index" + format
				}
				if w := get(t, h, data+"?"+filter); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), name) {
					t.Errorf("%s?%s: status %d, want 400 and the name", data, filter, w.Code)
				}
			}
		}
	}
	for address, want := range map[string]int{"/imports.json?q=a": 400, "/changes.atom?area=KE": 400, "/instruments.json?q=digital": 200, "/search.json?q=network": 200, "/coverage.json?lacks=place": 200,
		"/instruments.json?period=2023": 200} {
		if w := get(t, h, address); w.Code != want {
			t.Errorf("%s: status %d, want %d", address, w.Code, want)
		}
	}
}

var anyLink = regexp.MustCompile(`(?:href|action)="(/[^"]*\?[^"]*)"`)

// TestNoLinkOfOursAsksForWhatIsNotUnderstood follows the links of every kind of page under filters, one of each
// kind of address and set of parameters.
func TestNoLinkOfOursAsksForWhatIsNotUnderstood(t *testing.T) {
	t.Parallel()
	s := site(t, 80)
	h := s.Handler()
	refused := strings.TrimSuffix(wording.For("en").T("error.unknown_parameter", "names", ""), ".")
	met := map[string]bool{}
	for _, page := range pages(t, s) {
		joint := "?"
		if strings.Contains(page, "?") {
			joint = "&"
		}
		for _, filter := range []string{"", "&region=AFR&lacks=date&q=a"} {
			for _, m := range anyLink.FindAllStringSubmatch(get(t, h, page+joint+"lang=en"+filter).Body.String(), -1) {
				address, _, _ := strings.Cut(html.UnescapeString(m[1]), "#")
				u, err := url.Parse(address)
				if err != nil {
					t.Fatal(err)
				}
				kind := path.Ext(u.Path) + strings.SplitN(u.Path, "/", 3)[1] + strings.Join(slices.Sorted(maps.Keys(u.Query())), " ")
				if met[kind] {
					continue
				}
				met[kind] = true
				if w := get(t, h, address); w.Code == http.StatusBadRequest || strings.Contains(w.Body.String(), refused) {
					t.Errorf("%s leads to %s: status %d, or something of it is not understood", page, address, w.Code)
				}
			}
		}
	}
	if len(met) < 100 {
		t.Errorf("only %d kinds of links", len(met))
	}
}

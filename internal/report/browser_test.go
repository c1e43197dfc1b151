package report_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"resolute"
	"resolute/internal/browsertest"
)

func TestThePageOfTheSummaryInABrowser(t *testing.T) {
	browser := browsertest.Start(t)
	r := installation(t, 10)
	for _, lang := range []resolute.Lang{"en", "ar"} {
		text := html(t, summary(t, r, lang))
		if strings.Contains(text, "<script") || strings.Contains(text, `style="`) {
			t.Errorf("%s: the page holds a script or an inline style", lang)
		}
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte(text)) // the browser tells when the page is cut
		}))
		for _, width := range []int64{360, 1280} {
			page := browser.Open(t, server.URL, width)
			if n := page.Overflow(); n > 0 {
				t.Errorf("%s at %d: the page scrolls sideways by %d", lang, width, n)
			}
			if width < 1000 {
				continue // the words and colours are those of the wide page
			}
			if found := page.Violations(); found != "" {
				t.Errorf("%s at %d:\n%s", lang, width, found)
			}
		}
		server.Close()
	}
}

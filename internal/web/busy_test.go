package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"resolute"
)

func TestWhoComesWhileTooMuchIsAskedForIsToldToComeAgain(t *testing.T) {
	w := httptest.NewRecorder()
	(&Site{}).fail(w, httptest.NewRequest(http.MethodGet, "/coverage?lang=en&at=3", nil), &resolute.Error{Code: resolute.Busy, Field: "at"})
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != again || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("status %d, headers %v, want 503, Retry-After %s and nothing kept", w.Code, w.Header(), again)
	}
	if !strings.Contains(w.Body.String(), "ask again in a few seconds") {
		t.Error("the page does not say what to do")
	}
}

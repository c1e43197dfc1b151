package web_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
)

// A reader who goes away before the answer is ready is no fault of the program.
func TestAReaderWhoLeavesIsNoError(t *testing.T) {
	s := site(t, 0)
	var log bytes.Buffer
	s.Log = slog.New(slog.NewTextHandler(&log, nil))
	gone, leave := context.WithCancel(context.Background())
	leave()
	s.Handler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/imports", nil).WithContext(gone))
	if log.Len() > 0 {
		t.Errorf("logged: %s", &log)
	}
}

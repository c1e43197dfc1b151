package api

import (
	"errors"
	"net/http"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"resolute"
)

func TestWhoComesWhileTooMuchIsAskedForIsToldWhenToComeAgain(t *testing.T) {
	err := (&API{}).fail(&resolute.Error{Code: resolute.Busy, Field: "at", Message: "ask again later"})
	var problem huma.StatusError
	var headed huma.HeadersError
	if !errors.As(err, &problem) || problem.GetStatus() != http.StatusServiceUnavailable {
		t.Errorf("got %v, want status 503", err)
	}
	if !errors.As(err, &headed) || headed.GetHeaders().Get("Retry-After") != again {
		t.Errorf("got %v, want Retry-After %s", err, again)
	}
}

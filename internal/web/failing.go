package web

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"resolute"
	"resolute/internal/audit"
)

// The one table that turns classes of error into HTTP.
var statuses = map[resolute.Code]int{
	resolute.NotFound: http.StatusNotFound, resolute.Usage: http.StatusBadRequest, resolute.Invalid: http.StatusBadRequest,
	resolute.Forbidden: http.StatusForbidden, resolute.Conflict: http.StatusConflict,
	resolute.Busy: http.StatusServiceUnavailable,
}

// again is after how many seconds a reader may ask again who came while too much was asked for.
const again = "5"

// missing is the answer to an address where nothing lives.
func (s *Site) missing(r *http.Request) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return errMethod
	}
	return &resolute.Error{Code: resolute.NotFound, Message: r.URL.Path}
}

// fail shows the page of an error. What the reader cannot act on is logged under a reference.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // the reader left: there is nobody to answer, and nothing is wrong
	}
	status, reference := statuses[resolute.CodeOf(err)], ""
	switch {
	case errors.Is(err, errMethod):
		status = http.StatusMethodNotAllowed
		w.Header().Set("Allow", "GET, HEAD")
	case status == http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", again)
	case status == 0:
		status, reference = http.StatusInternalServerError, newReference()
		s.Log.Error("page failed", slog.String("ref", reference), slog.String("path", r.URL.Path), slog.Any("err", err))
	}
	req := s.request(r, audit.Head{}, ownNames())
	p := errorPage{shell: s.shell(req, fmt.Sprintf("error.%d.title", status)), Status: status, Reference: reference}
	if status == http.StatusBadRequest || status == http.StatusNotFound || status == http.StatusConflict {
		p.Detail = err.Error()
	}
	if u := (*unshown)(nil); errors.As(err, &u) {
		p.lead(u)
		p.Detail = p.Unshown
	}
	w.Header().Set("Cache-Control", "no-store")
	if req.format == "json" {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"status": status, "title": p.Heading, "detail": p.Detail, "ref": reference})
		return
	}
	body, renderErr := render("error", p)
	if renderErr != nil {
		s.Log.Error("error page failed", slog.Any("err", renderErr))
		http.Error(w, http.StatusText(status), status)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

type errorPage struct {
	*shell
	Status            int
	Detail, Reference string
	Unshown, Newest   string // why a data version cannot be shown, and this page as of today
	Oldest            *Link  // this page as of the oldest version that can be shown
}

// Key names a text of this error's status.
func (p errorPage) Key(name string) string { return fmt.Sprintf("error.%d.%s", p.Status, name) }

func newReference() string {
	var b [5]byte
	_, _ = rand.Read(b[:]) // never fails
	return base32.StdEncoding.EncodeToString(b[:])
}

// recovering turns a panic into the page of an internal error.
func (s *Site) recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				if v == http.ErrAbortHandler {
					panic(v)
				}
				s.fail(w, r, fmt.Errorf("panic: %v", v))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

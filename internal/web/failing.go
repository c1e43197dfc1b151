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
	"strconv"

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
	status, reference := statusOf(r, err), ""
	switch status {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", "GET, HEAD")
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", again)
	case 0:
		status, reference = http.StatusInternalServerError, newReference()
		s.Log.Error("page failed", slog.String("ref", reference), slog.String("path", r.URL.Path), slog.Any("err", err))
	}
	p := s.errorPage(r, err, status, reference)
	w.Header().Set("Cache-Control", "no-store")
	if p.request.format == "json" {
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

// statusOf is the status of an error; 0 for one that the reader cannot act on.
func statusOf(r *http.Request, err error) int {
	status, over := statuses[resolute.CodeOf(err)], (*oversized)(nil)
	switch {
	case errors.As(err, &over):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed
	case status == http.StatusNotFound && faultOfForm(r, err) != nil && r.PathValue("id") == "":
		return http.StatusBadRequest // the address is there: what the form names is not
	}
	return status
}

// errorPage tells of an error in the words of its status, if it has none of its own.
func (s *Site) errorPage(r *http.Request, err error, status int, reference string) errorPage {
	at, sent := s.onFormPage(r)
	req, fault, words := s.request(at, audit.Head{}, route{own: ownNames()}), faultOfForm(r, err), strconv.Itoa(status)
	switch {
	case errors.Is(err, errLink):
		words = "link"
	case fault != nil:
		words = "form"
	}
	p := errorPage{shell: s.shell(req, "error."+words+".title"), Status: status}
	p.Said = p.T("error."+words+".text", "ref", reference)
	if sent {
		p.Back = p.address(at.URL.Path, req.values)
	}
	if words != "link" && (status == http.StatusBadRequest || status == http.StatusNotFound || status == http.StatusConflict) {
		p.Detail, p.Told = err.Error(), p.told(r, err, status)
	}
	if fault != nil {
		p.undone(fault, r.PostForm)
	}
	if over := (*oversized)(nil); errors.As(err, &over) {
		p.Said = over.in(p.shell)
	}
	if u := (*unshown)(nil); errors.As(err, &u) {
		p.lead(u)
		p.Detail, p.Told = p.Unshown, Passage{}
	}
	return p
}

// told says what an error is about in the language of the page: why there is nothing, or the address where
// nothing lives, or what of the address is not understood. Of other errors it has the English words.
func (p *errorPage) told(r *http.Request, err error, status int) Passage {
	var fault *resolute.Error
	known := errors.As(err, &fault)
	switch {
	case known && p.Has("error.detail.not-found."+fault.Field):
		return p.own(p.T("error.detail.not-found." + fault.Field))
	case status == http.StatusNotFound && (p.Lang != resolute.English || known && fault.Field == ""):
		return Passage{Text: r.URL.Path, Dir: "ltr"}
	case p.Lang == resolute.English || status != http.StatusBadRequest || r.Method == http.MethodPost || !known:
		return Passage{Text: err.Error(), Lang: "en", Dir: "ltr"}
	}
	name := fault.Field
	if misread := (*misread)(nil); errors.As(err, &misread) {
		name = misread.what
	} else if r.URL.Query().Has(name) {
		name += "=" + r.URL.Query().Get(name)
	}
	return p.own(p.T("error.detail", "names", isolated(name)))
}

type errorPage struct {
	*shell
	Status          int
	Said, Detail    string  // the detail is in English: data and mistakes in forms that have no words of ours
	Told            Passage // the detail in the words of the page
	Undone          *undone // nil: no mistake in a form
	Back            string  // page of the form that was sent; empty: no form of a page was
	Unshown, Newest string  // why a data version cannot be shown, and this page as of today
	Oldest          *Link   // this page as of the oldest version that can be shown
}

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

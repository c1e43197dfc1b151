package api

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"resolute"
)

// status is the one table that turns classes of error into HTTP.
var status = map[resolute.Code]int{
	resolute.Invalid:   http.StatusUnprocessableEntity,
	resolute.Usage:     http.StatusUnprocessableEntity,
	resolute.NotFound:  http.StatusNotFound,
	resolute.Forbidden: http.StatusForbidden,
	resolute.Conflict:  http.StatusConflict,
	resolute.Busy:      http.StatusServiceUnavailable,
}

// again is after how many seconds one may ask again who came while too much was asked for.
const again = "5"

// problemBase is where the types of problem are described; a type is its class behind it.
const problemBase = "https://resolute.example/problems/"

// fail turns an error of a room into a problem of RFC 9457. What the reader cannot act on is
// logged under a reference and shown as nothing but that reference.
func (a *API) fail(err error) error {
	var known *resolute.Error
	if errors.As(err, &known) && status[known.Code] != 0 {
		p := &huma.ErrorModel{Type: problemBase + string(known.Code), Title: http.StatusText(status[known.Code]),
			Status: status[known.Code], Detail: known.Message}
		if known.Field != "" {
			p.Errors = []*huma.ErrorDetail{{Message: known.Message, Location: known.Field}}
		}
		if known.Code == resolute.Busy {
			return huma.ErrorWithHeaders(p, http.Header{"Retry-After": {again}})
		}
		return p
	}
	reference := newReference()
	if !errors.Is(err, context.Canceled) { // else the caller left: nothing is wrong
		a.Log.Error("request failed", slog.String("ref", reference), slog.Any("err", err))
	}
	return internalProblem(reference)
}

func internalProblem(reference string) *huma.ErrorModel {
	return &huma.ErrorModel{Type: problemBase + "internal", Title: http.StatusText(http.StatusInternalServerError),
		Status: http.StatusInternalServerError, Detail: "Something went wrong on our side. Reference " + reference + "."}
}

// newReference makes the number that a reader can quote and the log holds.
func newReference() string {
	var b [5]byte
	_, _ = rand.Read(b[:]) // never fails
	return base32.StdEncoding.EncodeToString(b[:])
}

var setProblems sync.Once

// quietProblems replaces huma's makers of problems, which are variables of its package: its own
// would echo values back and print the text of any error.
func quietProblems() {
	setProblems.Do(func() {
		huma.NewErrorWithContext = func(_ huma.Context, status int, message string, errs ...error) huma.StatusError {
			return newProblem(status, message, errs)
		}
		huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
			return newProblem(status, message, errs)
		}
	})
}

func newProblem(status int, message string, errs []error) huma.StatusError {
	p := &huma.ErrorModel{Type: problemBase + slug(status), Title: http.StatusText(status), Status: status, Detail: message}
	if status >= http.StatusInternalServerError {
		return p
	}
	for _, err := range errs {
		var detailer huma.ErrorDetailer
		if errors.As(err, &detailer) {
			d := detailer.ErrorDetail()
			p.Errors = append(p.Errors, &huma.ErrorDetail{Message: d.Message, Location: d.Location})
		}
	}
	return p
}

func slug(status int) string {
	return strings.ReplaceAll(strings.ToLower(http.StatusText(status)), " ", "-")
}

// writeProblem answers outside of huma: unknown paths, wrong methods and panics.
func writeProblem(w http.ResponseWriter, p *huma.ErrorModel) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the reader is gone when this fails
}

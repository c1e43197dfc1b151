package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"resolute/internal/audit"
	"resolute/internal/measure"
	"resolute/internal/measure/dataquery"
	"resolute/internal/sdmx"
	"resolute/internal/wording"
)

// sdmxPrefix is the path under which statistics are asked for as SDMX has it.
const sdmxPrefix = "/sdmx/"

// SDMX tells whether a path is one of the addresses of the SDMX interface.
func SDMX(path string) bool { return strings.HasPrefix(path, sdmxPrefix) }

// Bounds of one question.
const (
	longestAddress  = 8 << 10
	mostStatistics  = 1_000_000 // observations of one answer
	sdmxDescription = "What is answered is described in docs/reference/sdmx-rest.md of the program."
)

// sdmx answers what is asked under its prefix.
func (a *API) sdmx(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Accept-Ranges", "none")
	if a.unmodified(w, r) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	sent := &sending{ResponseWriter: w}
	err := a.sdmxAnswer(sent, r)
	if err == nil {
		return
	}
	if sent.begun {
		panic(http.ErrAbortHandler) // half an answer must not look whole
	}
	for _, name := range []string{"Content-Type", "ETag", "Last-Modified"} {
		w.Header().Del(name)
	}
	var faulty *dataquery.Error
	var problem *huma.ErrorModel
	if errors.Is(err, context.DeadlineExceeded) {
		err = sdmxRefusal(http.StatusRequestEntityTooLarge, "The answer takes too long to find: ask for a part of it.")
	}
	switch {
	case errors.As(err, &faulty):
		problem = &huma.ErrorModel{Type: problemBase + slug(faulty.Status), Title: http.StatusText(faulty.Status), Status: faulty.Status, Detail: faulty.Message}
	case !errors.As(a.fail(err), &problem):
		problem = internalProblem(newReference())
	}
	writeProblem(w, problem)
}

// unmodified says when the register last changed, and tells whether a reader knows that state already.
// Of a change within the running second nothing is said: another one could follow it unseen.
func (a *API) unmodified(w http.ResponseWriter, r *http.Request) bool {
	head, err := audit.Newest(r.Context(), a.DB)
	at := time.UnixMilli(head.At).UTC().Truncate(time.Second)
	if err != nil || head.Seq == 0 || a.Measure.Now().Sub(at) < time.Second {
		return false
	}
	w.Header().Set("Last-Modified", at.Format(http.TimeFormat))
	if r.Header.Get("If-None-Match") != "" {
		return false // it goes before, and did not match
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !at.After(since)
}

func sdmxRefusal(status int, message string) error {
	return &dataquery.Error{Status: status, Message: message}
}

// howWritten are parameters that say how an answer is written, not what it holds.
var howWritten = []string{"format", "labels", "keys", "timeFormat"}

// undone are the resources of the standard that are not there.
var undone = []string{"schema", "metadata", "registration"}

// sdmxAnswer finds what an address asks for: resources of version 2 stand behind v2, those of version
// 1 do not.
func (a *API) sdmxAnswer(w *sending, r *http.Request) error {
	if len(r.URL.RequestURI()) > longestAddress {
		return sdmxRefusal(http.StatusRequestURITooLong, "The address is too long: ask for fewer keys, or for all and choose among them.")
	}
	path, two := strings.CutPrefix(strings.TrimPrefix(r.URL.EscapedPath(), sdmxPrefix), "v2/")
	resource, rest, _ := strings.Cut(path, "/")
	switch {
	case slices.Contains(undone, resource):
		return sdmxRefusal(http.StatusNotImplemented, "There is no "+resource+" here. "+sdmxDescription)
	case resource == "data" && two:
		q, err := dataquery.Parse(rest, r.URL.RawQuery, howWritten...)
		return a.sdmxData(w, r, q, false, err)
	case resource == "data":
		q, err := dataquery.ParseOld(rest, r.URL.RawQuery, howWritten...)
		return a.sdmxData(w, r, q, true, err)
	case resource == "availability" && two:
		q, err := dataquery.ParseAvailability(rest, r.URL.RawQuery, howWritten...)
		return a.sdmxAvailable(w, r, q, false, err)
	case resource == "availableconstraint" && !two:
		q, err := dataquery.ParseOldAvailability(rest, r.URL.RawQuery, howWritten...)
		return a.sdmxAvailable(w, r, q, true, err)
	case resource == "structure" && two:
		q, err := dataquery.ParseStructures(rest, r.URL.RawQuery, howWritten...)
		return a.sdmxStructures(w, r, q, false, err)
	case !two:
		if q, ours, err := dataquery.ParseOldStructures(path, r.URL.RawQuery, howWritten...); ours {
			return a.sdmxStructures(w, r, q, true, err)
		}
	}
	return sdmxRefusal(http.StatusNotFound, "Nothing lives at this address. "+sdmxDescription)
}

// sdmxData answers a question for data, unless it could not be read.
func (a *API) sdmxData(w *sending, r *http.Request, q dataquery.Query, old bool, err error) error {
	if err != nil {
		return err
	}
	form, ok := negotiated(r, dataForms(old))
	if !ok {
		return sdmxRefusal(http.StatusNotAcceptable, "None of the wanted formats is written. "+sdmxDescription)
	}
	if q.Around != "" && q.Around != "AllDimensions" && form.format != sdmx.CSV21 && form.format != sdmx.CSV10 {
		return sdmxRefusal(http.StatusNotImplemented, "Observations are written flat: dimensionAtObservation=AllDimensions.")
	}
	if q.History && (form.format == sdmx.CSV21 || form.format == sdmx.CSV10) {
		return sdmxRefusal(http.StatusNotAcceptable, "SDMX-CSV has no place for the time in which a version held: ask for the history in SDMX-JSON or SDMX-ML.")
	}
	selection, some, err := a.sdmxSelection(r, q)
	if err != nil {
		return err
	}
	answer := &measure.Answer{}
	if some {
		ctx, cancel := context.WithTimeout(r.Context(), slowest) // to find it; who reads it slowly may
		defer cancel()
		if answer, err = a.Measure.Choose(ctx, selection); err != nil {
			return err
		}
	}
	switch {
	case len(answer.Flows) == 0:
		return sdmxRefusal(http.StatusNotFound, "No such dataflow is held.")
	case form.format == sdmx.JSON10 && len(answer.Flows) > 1:
		return sdmxRefusal(http.StatusNotAcceptable, "SDMX-JSON 1.0 holds one dataflow: name it, or ask for version 2.0.0.")
	case answer.Deletes() && form.format == sdmx.CSV10:
		return sdmxRefusal(http.StatusNotAcceptable, "SDMX-CSV 1.0 cannot tell of observations that were taken away: ask for version 2.1.0.")
	case selection.Gathered() && answer.Observations > measure.MostGathered:
		return sdmxRefusal(http.StatusRequestEntityTooLarge, "An answer of changes, or in an order of its own, has at most 250,000 observations: ask for a part.")
	case answer.Observations == 0:
		w.WriteHeader(http.StatusNoContent)
		return nil
	case answer.Observations > mostStatistics:
		return sdmxRefusal(http.StatusRequestEntityTooLarge, "The answer has more than 1,000,000 observations: ask for a part of them, or page with limit and offset.")
	}
	w.Header().Set("Content-Type", form.media)
	labels := measure.Labels{Names: sdmxNames, Lang: wording.Match(r.Header.Get("Accept-Language")), Columns: sdmx.Labels(form.labels)}
	if measure.Named(form.format, labels.Columns) {
		w.Header().Set("Content-Language", string(labels.Lang))
	}
	if r.Method == http.MethodHead {
		return nil
	}
	answer.Label(labels)
	return answer.Write(r.Context(), form.format, a.Measure.Now(), w)
}

// sdmxSelection turns the moment of a question into a data version; false when nothing was held then.
func (a *API) sdmxSelection(r *http.Request, q dataquery.Query) (measure.Selection, bool, error) {
	s := measure.Selection{Query: q, Most: mostStatistics, Changes: q.History || !q.UpdatedAfter.IsZero(), Sound: true}
	if !q.UpdatedAfter.IsZero() {
		since, _, err := a.Measure.Version(r.Context(), q.UpdatedAfter)
		if err != nil {
			return s, false, err
		}
		s.Since = since
	}
	if q.AsOf.IsZero() {
		head, err := audit.Newest(r.Context(), a.DB)
		return s, head.Seq > 0, err
	}
	seq, some, err := a.Measure.Version(r.Context(), q.AsOf)
	s.At = seq
	return s, some, err
}

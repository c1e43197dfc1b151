package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"resolute/internal/audit"
	"resolute/internal/measure"
	"resolute/internal/measure/dataquery"
	"resolute/internal/sdmx"
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

// sdmxData answers a question for data of version 2 or, without it in the path, of version 1.
func (a *API) sdmxData(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Accept")
	sent := &sending{ResponseWriter: w}
	err := a.sdmxAnswer(sent, r)
	if err == nil {
		return
	}
	if sent.begun {
		panic(http.ErrAbortHandler) // half an answer must not look whole
	}
	w.Header().Del("Content-Type")
	w.Header().Del("ETag")
	var faulty *dataquery.Error
	var problem *huma.ErrorModel
	switch {
	case errors.As(err, &faulty):
		problem = &huma.ErrorModel{Type: problemBase + slug(faulty.Status), Title: http.StatusText(faulty.Status), Status: faulty.Status, Detail: faulty.Message}
	case !errors.As(a.fail(err), &problem):
		problem = internalProblem(newReference())
	}
	writeProblem(w, problem)
}

func sdmxRefusal(status int, message string) error {
	return &dataquery.Error{Status: status, Message: message}
}

// sdmxQuestion reads the question of an address.
func sdmxQuestion(r *http.Request) (dataquery.Query, error) {
	own := []string{"format", "labels", "keys", "timeFormat"} // how it is written
	if path, ok := strings.CutPrefix(r.URL.EscapedPath(), sdmxPrefix+"v2/data/"); ok {
		return dataquery.Parse(path, r.URL.RawQuery, own...)
	}
	if path, ok := strings.CutPrefix(r.URL.EscapedPath(), sdmxPrefix+"data/"); ok {
		return dataquery.ParseOld(path, r.URL.RawQuery, own...)
	}
	return dataquery.Query{}, sdmxRefusal(http.StatusNotFound, "Nothing lives at this address. "+sdmxDescription)
}

func (a *API) sdmxAnswer(w *sending, r *http.Request) error {
	if len(r.URL.RequestURI()) > longestAddress {
		return sdmxRefusal(http.StatusRequestURITooLong, "The address is too long: ask for fewer keys, or for all and choose among them.")
	}
	q, err := sdmxQuestion(r)
	if err != nil {
		return err
	}
	form, ok := negotiated(r)
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
		if answer, err = a.Measure.Choose(r.Context(), selection); err != nil {
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
	if r.Method == http.MethodHead {
		return nil
	}
	return answer.Write(r.Context(), form.format, a.Measure.Now(), w)
}

// sdmxSelection turns the moment of a question into a data version; false when nothing was held then.
func (a *API) sdmxSelection(r *http.Request, q dataquery.Query) (measure.Selection, bool, error) {
	s := measure.Selection{Query: q, Most: mostStatistics, Changes: q.History || !q.UpdatedAfter.IsZero()}
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

// sdmxDataflows lists the dataflows that are held, as a structure message of SDMX-JSON 2.0.
func (a *API) sdmxDataflows(w http.ResponseWriter, r *http.Request) {
	part := func(name string) []string {
		if v := r.PathValue(name); v != "" && v != "*" && v != "+" && v != "~" {
			return strings.Split(v, ",")
		}
		return nil
	}
	flows, err := a.Measure.Flows(r.Context(), measure.Selection{Query: dataquery.Query{Agencies: part("agency"), IDs: part("id"), Versions: part("version")}})
	if err == nil && len(flows) == 0 {
		writeProblem(w, newProblem(http.StatusNotFound, "No such dataflow is held.", nil).(*huma.ErrorModel))
		return
	}
	if err != nil {
		var problem *huma.ErrorModel
		if !errors.As(a.fail(err), &problem) {
			problem = internalProblem(newReference())
		}
		writeProblem(w, problem)
		return
	}
	type dataflow struct {
		ID      string `json:"id"`
		Agency  string `json:"agencyID"`
		Version string `json:"version"`
		Name    string `json:"name"`
	}
	list := []dataflow{}
	for _, f := range flows {
		list = append(list, dataflow{f.Ref.ID, f.Ref.Agency, f.Ref.Version, f.Name})
	}
	w.Header().Set("Content-Type", "application/vnd.sdmx.structure+json;version=2.0.0")
	_ = json.NewEncoder(w).Encode(map[string]any{ // the reader is gone when this fails
		"meta": map[string]any{"id": "RESOLUTE", "test": false, "prepared": a.Measure.Now().UTC(), "sender": map[string]string{"id": "RESOLUTE"}},
		"data": map[string]any{"dataflows": list}})
}

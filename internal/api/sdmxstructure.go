package api

import (
	"context"
	"net/http"
	"strings"

	"resolute"
	"resolute/internal/measure"
	"resolute/internal/measure/dataquery"
	"resolute/internal/sdmx/artefact"
	"resolute/internal/wording"
)

const noStructures = "None of the wanted formats of structures is written. " + sdmxDescription

// sdmxStructures answers a question for structures, unless it could not be read.
func (a *API) sdmxStructures(w *sending, r *http.Request, q dataquery.Structures, old bool, err error) error {
	if err != nil {
		return err
	}
	form, ok := negotiated(r, structureForms(old))
	if !ok {
		return sdmxRefusal(http.StatusNotAcceptable, noStructures)
	}
	ctx, cancel := context.WithTimeout(r.Context(), slowest)
	defer cancel()
	list, err := a.Measure.Structures(ctx, q, sdmxNames)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return sdmxRefusal(http.StatusNotFound, "No such structure is held.")
	}
	return a.sdmxMessage(w, r, form, artefact.Message{Artefacts: list})
}

// sdmxAvailable answers a question for what data there are, unless it could not be read.
func (a *API) sdmxAvailable(w *sending, r *http.Request, q dataquery.Availability, old bool, err error) error {
	if err != nil {
		return err
	}
	form, ok := negotiated(r, structureForms(old))
	if !ok {
		return sdmxRefusal(http.StatusNotAcceptable, noStructures)
	}
	selection, some, err := a.sdmxSelection(r, q.Query)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), slowest)
	defer cancel()
	var message artefact.Message
	if some {
		message.Regions, message.Artefacts, some, err = a.Measure.Availability(ctx, q, selection, sdmxNames)
	}
	switch {
	case err != nil:
		return err
	case !some:
		return sdmxRefusal(http.StatusNotFound, "No such dataflow is held.")
	case len(message.Regions) == 0:
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return a.sdmxMessage(w, r, form, message)
}

// sdmxMessage sends a structure message.
func (a *API) sdmxMessage(w *sending, r *http.Request, form form[artefact.Format], m artefact.Message) error {
	w.Header().Set("Content-Type", form.media)
	if r.Method == http.MethodHead {
		return nil
	}
	before, _, _ := strings.Cut(r.RequestURI, sdmxPrefix)
	m.ID, m.Sender, m.Prepared, m.Lang = "RESOLUTE", "RESOLUTE", a.Measure.Now(), wording.Match(r.Header.Get("Accept-Language"))
	m.Base = before + sdmxPrefix + "v2/structure/"
	return artefact.Write(w, form.format, m)
}

var _ measure.Naming = sdmxNames

// sdmxNames gives the names of components and codes of the standard in every language.
func sdmxNames(id string) resolute.Text {
	key := "sdmx.name." + id
	if !wording.For(resolute.English).Has(key) {
		return nil
	}
	text := resolute.Text{}
	for _, lang := range resolute.Langs {
		text[lang] = wording.For(lang).T(key)
	}
	return text
}

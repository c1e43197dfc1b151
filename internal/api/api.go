package api

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"resolute/internal/audit"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/directory"
	"resolute/internal/framework"
	"resolute/internal/mandate"
	"resolute/internal/measure"
	"resolute/internal/packed"
	"resolute/internal/register"
)

// Prefix is the path under which the API answers.
const Prefix = "/api/v1"

// API is the door of the edge. All fields must be set.
type API struct {
	DB         *db.DB
	Coverage   *coverage.Coverage
	Register   *register.Register
	Frameworks *framework.Framework
	Directory  *directory.Directory
	Mandate    *mandate.Mandate
	Measure    *measure.Measure
	Version    string // of the program, part of every ETag
	Log        *slog.Logger

	files *register.Files
}

// slowest is how long one request may take before its work is cancelled.
const slowest = 30 * time.Second

// Handler serves everything under Prefix; other paths below it are problems of status 404.
func (a *API) Handler() http.Handler {
	quietProblems()
	a.files = &register.Files{Register: a.Register}
	mux := http.NewServeMux()
	a.register(humago.New(mux, a.config()))
	for path := range dportalForms {
		mux.HandleFunc("GET "+path, a.dportal)
	}
	mux.Handle("GET "+sdmxPrefix, packed.Fast.Handler(http.HandlerFunc(a.sdmx)))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, &huma.ErrorModel{Type: problemBase + "not-found", Title: http.StatusText(http.StatusNotFound),
			Status: http.StatusNotFound, Detail: "Nothing lives at this address. The description of the API is at " + Prefix + "/openapi.json."})
	})
	return a.recovering(readOnly(a.conditional(mux)))
}

func (a *API) config() huma.Config {
	c := huma.DefaultConfig("Resolute", a.Version)
	c.Info.Description = "Who does what about each paragraph of a resolution, with evidence. Reads only; the same verbs as the pages."
	c.OpenAPIPath = Prefix + "/openapi"
	c.DocsPath = ""    // its page would load scripts from elsewhere
	c.SchemasPath = "" // the description holds them
	c.CreateHooks = nil
	describe(c.Components.Schemas)
	c.RejectUnknownQueryParameters = true
	return c
}

// reading describes an operation that answers with JSON.
func reading(path, id, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: http.MethodGet, Path: Prefix + path, Summary: summary,
		Errors: []int{http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable}}
}

// readingFile describes one that answers with a file of a media type.
func readingFile(path, id, summary, kind, what string) huma.Operation {
	o := reading(path, id, summary)
	o.Responses = map[string]*huma.Response{"200": {Description: what, Content: map[string]*huma.MediaType{kind: {}}}}
	return o
}

// get declares one reading operation.
func get[I, O any](a *API, to huma.API, path, id, summary string, answer func(*API, context.Context, *I) (*O, error)) {
	serve(a, to, reading(path, id, summary), answer)
}

// serve declares an operation with what answers it.
func serve[I, O any](a *API, to huma.API, operation huma.Operation, answer func(*API, context.Context, *I) (*O, error)) {
	huma.Register(to, operation,
		func(ctx context.Context, in *I) (*O, error) {
			ctx, cancel := context.WithTimeout(ctx, slowest)
			defer cancel()
			on, err := a.at(ctx, in)
			if err != nil {
				return nil, a.fail(err)
			}
			out, err := answer(on, ctx, in)
			if err != nil {
				return nil, a.fail(err)
			}
			return out, nil
		})
}

// at gives the API that stands on the instrument and the data version which a question asks for.
func (a *API) at(ctx context.Context, in any) (*API, error) {
	asked, can := in.(interface{ stand() (string, int64) })
	if !can {
		return a, nil
	}
	instrument, version := asked.stand()
	figures := a.Coverage
	if instrument != "" {
		paragraphs, err := a.Mandate.Paragraphs(ctx, instrument)
		if err != nil {
			return nil, err
		}
		if figures, err = figures.Of(ctx, paragraphs); err != nil {
			return nil, err
		}
	}
	if version != 0 {
		var err error
		if figures, err = figures.At(ctx, version); err != nil {
			return nil, err
		}
	}
	pinned := *a
	pinned.Coverage = figures
	return &pinned, nil
}

// readOnly refuses what would write, before anything reads a body, and queries that are broken.
func readOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := url.ParseQuery(r.URL.RawQuery); err != nil { // else what cannot be read would be left out in silence
			writeProblem(w, &huma.ErrorModel{Type: problemBase + "usage", Title: http.StatusText(http.StatusBadRequest),
				Status: http.StatusBadRequest, Detail: "The query cannot be read: " + err.Error()})
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			writeProblem(w, &huma.ErrorModel{Type: problemBase + "method-not-allowed", Title: http.StatusText(http.StatusMethodNotAllowed),
				Status: http.StatusMethodNotAllowed, Detail: "The API only reads."})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// recovering turns a panic into a problem with a reference.
func (a *API) recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				if v == http.ErrAbortHandler {
					panic(v)
				}
				reference := newReference()
				a.Log.Error("request panicked", slog.String("ref", reference), slog.Any("panic", v), slog.String("path", r.URL.Path))
				writeProblem(w, internalProblem(reference))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// conditional answers 304 before any work when the reader already has this data version.
func (a *API) conditional(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head, err := audit.Newest(r.Context(), a.DB)
		if err == nil {
			tag := entityTag(a.Version, head, r)
			w.Header().Set("ETag", tag)
			w.Header().Set("Cache-Control", "no-cache")
			w.Header().Set("Vary", "Accept, Accept-Language")
			w.Header().Set("X-Content-Type-Options", "nosniff")
			w.Header().Set("Access-Control-Allow-Origin", "*") // public reads, never with credentials
			if matches(r.Header.Get("If-None-Match"), tag) {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

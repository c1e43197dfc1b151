package web

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path"
	"strings"
	"time"

	"resolute"
	"resolute/internal/audit"
	"resolute/internal/coverage"
	"resolute/internal/wording"
)

type formatKey struct{}

// withSuffix takes .json, .jsonl, .geojson, .csv, .xml, .xlsx, .txt, .docx, .html and of indicators .svg off an address
// and remembers which it was.
func withSuffix(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, format := range []string{"json", "jsonl", "geojson", "csv", "xml", "xlsx", "txt", "docx", "html", "svg"} {
			path, ok := strings.CutSuffix(r.URL.Path, "."+format)
			if !ok || format == "svg" && !strings.HasPrefix(path, "/indicator/") {
				continue
			}
			if path = strings.TrimSuffix(path, "/index"); path == "" {
				path = "/"
			}
			r = r.WithContext(context.WithValue(r.Context(), formatKey{}, format))
			r.URL.Path = path
			break
		}
		if format := askedAs(r); format != "" && r.Context().Value(formatKey{}) == nil {
			r = r.WithContext(context.WithValue(r.Context(), formatKey{}, format))
		}
		next.ServeHTTP(w, r)
	})
}

// page serves one handler as page, JSON or CSV, with an ETag of what it stands on.
func (s *Site) page(to route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head, err := s.Coverage.Version(r.Context())
		if err != nil {
			s.fail(w, r, err)
			return
		}
		req := s.request(r, head, to)
		tag := s.entityTag(req, head)
		w.Header().Set("Vary", "Accept, Accept-Language")
		w.Header().Set("Cache-Control", keeping(req))
		if strings.Contains(r.Header.Get("If-None-Match"), tag) {
			w.Header().Set("ETag", tag)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if err := s.answer(w, req, to, tag); err != nil {
			s.fail(w, r, err)
		}
	})
}

// keeping says who may keep an answer: anybody who asks again whether it still holds, but nobody
// what was made for a person who is signed in.
func keeping(r *request) string {
	if r.who.Actor.ID != "" || r.values.Has("code") {
		return "private, no-store"
	}
	return "no-cache"
}

func (s *Site) answer(w http.ResponseWriter, r *request, to route, tag string) error {
	ctx := r.http.Context()
	on, err := s.pinned(ctx, r, to.today)
	if err != nil {
		return err
	}
	if on, err = on.ofInstrument(ctx, r, to); err != nil {
		return err
	}
	if to.world {
		r.groups, r.filter.Groups = r.filter.Groups, nil
	}
	if err := on.understand(ctx, r); err != nil {
		return err
	}
	a, err := to.handler(on, ctx, r)
	if err == nil {
		err = r.asData()
	}
	if err != nil {
		return err
	}
	return s.write(w, r, a, tag)
}

// entityTag names the state an answer shows. It is made of the present even when a past version
// is asked for by the address: the notice that newer data exist belongs to the answer.
func (s *Site) entityTag(r *request, head audit.Head) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d|%s|%s|%s|%s|%s|%s", head.Seq, head.Hash, s.Version, r.lang, r.format, r.who.Form, r.http.URL.RequestURI()))
	return `W/"` + hex.EncodeToString(sum[:10]) + `"` // weak: the bytes may come compressed or not
}

func (s *Site) write(w http.ResponseWriter, r *request, a answer, tag string) error {
	var body bytes.Buffer
	kind := "text/html; charset=utf-8"
	switch {
	case a.file != nil && r.format != "":
		return s.missing(r.http)
	case a.file != nil:
		kind = "application/octet-stream"
		body.Write(a.file.bytes)
		w.Header().Set("Content-Disposition", `attachment; filename="`+a.file.name+`"`) // never run by a browser
	case r.format == "json" && a.whole != nil:
		return s.stream(w, r, coverage.LocationFormats["json"], tag, a.whole)
	case r.format == "json":
		kind = "application/json; charset=utf-8"
		e := json.NewEncoder(&body)
		e.SetEscapeHTML(false)
		if err := e.Encode(a.data); err != nil {
			return err
		}
	case r.format == "jsonl" && a.lines == nil:
		return s.missing(r.http)
	case r.format == "jsonl":
		return s.stream(w, r, "application/jsonl; charset=utf-8", tag, a.lines)
	case r.format == "geojson" && a.geo == nil:
		return s.missing(r.http)
	case r.format == "geojson":
		return s.stream(w, r, coverage.LocationFormats["geojson"], tag, a.geo)
	case r.format == "csv" && a.csv == nil:
		return s.missing(r.http)
	case r.format == "csv":
		return s.stream(w, r, "text/csv; charset=utf-8; header=present", tag, a.csv)
	case r.format == "xlsx" && a.book == nil:
		return s.missing(r.http)
	case r.format == "xlsx":
		w.Header().Set("Content-Disposition", `attachment; filename="`+path.Base(r.http.URL.Path)+`.xlsx"`)
		return s.stream(w, r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tag, a.book)
	case r.format == "svg" && a.svg == nil:
		return s.missing(r.http)
	case r.format == "svg":
		kind = "image/svg+xml"
		body.Write(a.svg())
		w.Header().Set("Content-Disposition", `attachment; filename="`+path.Base(r.http.URL.Path)+`.svg"`) // its style stands in it, which a page of ours must not have
	case r.format == "xml" && a.feed != nil:
		return s.feed(w, r, a, tag)
	case r.format == "xml" && a.xml == nil:
		return s.missing(r.http)
	case r.format == "xml":
		kind = cmp.Or(a.xmlKind, "application/xml")
		document, err := a.xml()
		if err != nil {
			return err
		}
		body.Write(document)
		w.Header().Set("Content-Disposition", `attachment; filename="`+path.Base(r.http.URL.Path)+`.xml"`) // it may hold what a browser would run
	case r.format == "txt" && a.text == "":
		return s.missing(r.http)
	case r.format == "txt":
		kind = "text/plain; charset=utf-8"
		body.WriteString(a.text)
	case documentTypes[r.format] != "" && a.documents[r.format] == nil:
		return s.missing(r.http)
	case documentTypes[r.format] != "":
		kind = documentTypes[r.format]
		if err := a.documents[r.format](&body); err != nil {
			return err
		}
		w.Header().Set("Content-Disposition", `attachment; filename="`+path.Base(r.http.URL.Path)+`.`+r.format+`"`) // the style of a page stands in it, which a page of ours must not have
	default:
		page, err := render(a.template, a.page)
		if err != nil {
			return err
		}
		body.Write(page)
	}
	describe(w, r, kind, tag)
	_, _ = w.Write(body.Bytes()) // the reader is gone when this fails
	return nil
}

func describe(w http.ResponseWriter, r *request, kind, tag string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Language", string(r.lang))
	w.Header().Set("ETag", tag)
}

// stream writes a table or file as it is made, however long. What fails before the first part is
// sent is an error page; after that the answer is cut off, so that nobody takes a part for the whole. For whoever
// asks for the headers alone nothing is made.
func (s *Site) stream(w http.ResponseWriter, r *request, kind, tag string, write func(io.Writer) error) error {
	if r.http.Method == http.MethodHead {
		describe(w, r, kind, tag)
		return nil
	}
	sent := &sender{to: w, describe: func() { describe(w, r, kind, tag) }}
	out := bufio.NewWriterSize(sent, 64<<10)
	err := write(out)
	if err == nil {
		err = out.Flush()
	}
	if err != nil && sent.begun {
		s.Log.Error("answer cut off", slog.String("path", r.http.URL.Path), slog.Any("err", err))
		panic(http.ErrAbortHandler)
	}
	return err
}

// sender sets the headers with the first part that it sends.
type sender struct {
	to       http.ResponseWriter
	describe func()
	begun    bool
}

func (s *sender) Write(b []byte) (int, error) {
	if !s.begun {
		s.begun = true
		s.describe()
	}
	more := time.Now().Add(partTime)
	_ = http.NewResponseController(s.to).SetWriteDeadline(more) // a writer without deadlines has none to move
	return s.to.Write(b)
}

// partTime is how long a reader may take over one part of an answer that is sent as it is made.
const partTime = time.Minute

// permissions switches every feature of a device off.
const permissions = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), " +
	"magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()"

// withHeaders sets what every answer bears: nothing may be loaded from elsewhere, framed,
// guessed or scripted. secure: readers come by https, and shall stay with it.
func withHeaders(next http.Handler, secure bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", permissions)
		if secure {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// printerOf is the printer of a request's language.
func printerOf(lang resolute.Lang) *wording.Printer { return wording.For(lang) }

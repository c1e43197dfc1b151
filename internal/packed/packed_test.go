package packed_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"resolute/internal/packed"
)

// asked is what a handler answers to a reader that accepts some codings.
func asked(handler http.HandlerFunc, accepted ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header["Accept-Encoding"] = accepted
	w := httptest.NewRecorder()
	packed.Small.Handler(handler).ServeHTTP(w, r)
	return w
}

const words = "words, words, words"

func answering(header map[string]string, status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for name, value := range header {
			w.Header().Set(name, value)
		}
		if status != 0 {
			w.WriteHeader(status)
		}
		for part := range strings.SplitSeq(body, " ") {
			_, _ = io.WriteString(w, part)
		}
	}
}

func TestOnlyReadersThatAcceptItGetGzip(t *testing.T) {
	for coding, want := range map[string]string{
		"": "", "gzip": "gzip", "deflate, GZIP;q=0.5": "gzip", "x-gzip": "gzip", "*": "gzip", "identity": "", "gzip;q=0": "", "gzip; q=0.000": "", "*, gzip;q=0": "", "*;q=0": "", "gzip;q=0.01": "gzip", "br": "", "gzipped": "",
	} {
		w := asked(answering(nil, 0, words), coding)
		if got := w.Header().Get("Content-Encoding"); got != want {
			t.Errorf("accepting %q: %q, want %q", coding, got, want)
		}
		if w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("accepting %q: Vary %q", coding, w.Header().Get("Vary"))
		}
	}
	if w := asked(answering(nil, 0, words), "br", "gzip"); w.Header().Get("Content-Encoding") != "gzip" {
		t.Error("two headers are one list")
	}
}

func TestPackedAnswerIsTheSame(t *testing.T) {
	header := map[string]string{"ETag": `"a"`, "Content-Length": "17", "Vary": "Accept"}
	for coding, tag := range map[string]string{"identity": `"a"`, "gzip": `W/"a"`} {
		w := asked(answering(header, http.StatusTeapot, words), coding)
		body := io.Reader(w.Body)
		if coding == "gzip" {
			z, err := gzip.NewReader(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			body = z
		}
		got, err := io.ReadAll(body)
		if err != nil || string(got) != "words,words,words" || w.Code != http.StatusTeapot {
			t.Errorf("%s: %d %q, %v", coding, w.Code, got, err)
		}
		if h := w.Header(); h.Get("ETag") != tag || h.Get("Vary") != "Accept, Accept-Encoding" || (h.Get("Content-Length") == "") != (coding == "gzip") {
			t.Errorf("%s: %v", coding, h)
		}
	}
	if w := asked(answering(map[string]string{"ETag": `W/"b"`, "Vary": "Accept-Encoding"}, 0, words), "gzip"); w.Header().Get("ETag") != `W/"b"` || w.Header().Get("Vary") != "Accept-Encoding" {
		t.Errorf("what was said stands once: %v", w.Header())
	}
}

func TestWhatNeedsNoPackingIsLeftAlone(t *testing.T) {
	for name, c := range map[string]struct {
		header map[string]string
		status int
		body   string
		coding string
	}{
		"nothing":           {nil, http.StatusNotModified, "", ""},
		"packed already":    {map[string]string{"Content-Encoding": "br"}, http.StatusOK, words, "br"},
		"a part of a whole": {map[string]string{"Content-Range": "bytes 0-16/20"}, http.StatusPartialContent, words, ""},
	} {
		handler := answering(c.header, c.status, c.body)
		if c.body == "" {
			handler = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(c.status) }
		}
		w := asked(handler, "gzip")
		if w.Code != c.status || w.Body.String() != strings.ReplaceAll(c.body, " ", "") || w.Header().Get("Content-Encoding") != c.coding || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %d %v %q", name, w.Code, w.Header(), w.Body)
		}
	}
}

func TestHalfAnAnswerDoesNotLookWhole(t *testing.T) {
	server := httptest.NewServer(packed.Fast.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat(words, 100_000))
		panic(http.ErrAbortHandler)
	})))
	defer server.Close()
	answer, err := http.Get(server.URL)
	if err == nil {
		_, err = io.ReadAll(answer.Body)
		_ = answer.Body.Close()
	}
	if err == nil {
		t.Error("an answer that broke off was read without an error")
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	func() {
		defer func() { _ = recover() }()
		packed.Fast.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, words)
			panic(http.ErrAbortHandler)
		})).ServeHTTP(w, r)
	}()
	if z, err := gzip.NewReader(w.Body); err == nil {
		if _, err := io.ReadAll(z); err == nil {
			t.Error("what was packed has an end")
		}
	}
}

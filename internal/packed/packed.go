// Package packed sends answers in gzip to readers that accept it.
package packed

import (
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// Level is how much is given for fewer bytes.
type Level struct {
	packers sync.Pool
}

// Fast is for long answers that are made as they are sent, Small for pages.
var Fast, Small = level(gzip.BestSpeed), level(5)

func level(n int) *Level {
	return &Level{packers: sync.Pool{New: func() any {
		z, err := gzip.NewWriterLevel(nil, n)
		if err != nil {
			panic(err) // the levels are ours
		}
		return z
	}}}
}

// Handler packs the answers of another. It says that they differ by Accept-Encoding, and makes the
// ETag of a packed one weak: it is the same answer in other bytes. What is packed already is left alone.
func (l *Level) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := &answer{ResponseWriter: w, level: l, accepted: accepts(r.Header.Values("Accept-Encoding"))}
		next.ServeHTTP(a, r) // one that breaks off panics: what is packed then must not look whole
		a.close()
	})
}

// accepts reads Accept-Encoding: gzip, or any, unless it is refused (RFC 9110, section 12.5.3).
func accepts(headers []string) bool {
	accepted := false
	for coding := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		name, weight, _ := strings.Cut(strings.ToLower(coding), ";")
		named := strings.TrimSpace(name)
		if named != "gzip" && named != "x-gzip" && named != "*" {
			continue
		}
		refused := strings.Trim(strings.TrimPrefix(strings.TrimSpace(weight), "q="), "0.") == "" && strings.Contains(weight, "q=")
		if accepted = !refused; named != "*" {
			return accepted
		}
	}
	return accepted
}

// answer waits with its header for the first byte of the body, so that an empty answer stays empty.
type answer struct {
	http.ResponseWriter
	level    *Level
	accepted bool
	z        *gzip.Writer // nil: not packed
	status   int          // 0: not said
	begun    bool
}

// Unwrap gives what is written to, so that a long upload may have its time.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// WriteHeader waits for the body, which decides what the header says.
func (a *answer) WriteHeader(status int) { a.status = status }

func (a *answer) Write(b []byte) (int, error) {
	if !a.begun {
		if h := a.Header(); a.accepted && h.Get("Content-Encoding") == "" && a.status != http.StatusPartialContent {
			a.z = a.level.packers.Get().(*gzip.Writer)
			a.z.Reset(a.ResponseWriter)
			h.Set("Content-Encoding", "gzip")
			h.Del("Content-Length")
			if tag := h.Get("ETag"); strings.HasPrefix(tag, `"`) {
				h.Set("ETag", "W/"+tag)
			}
		}
		a.begin()
	}
	if a.z == nil {
		return a.ResponseWriter.Write(b)
	}
	return a.z.Write(b)
}

// begin sends the header.
func (a *answer) begin() {
	a.begun = true
	varies := strings.Join(a.Header().Values("Vary"), ", ")
	if !strings.Contains(varies, "Accept-Encoding") {
		a.Header().Set("Vary", strings.TrimPrefix(varies+", Accept-Encoding", ", "))
	}
	if a.status != 0 {
		a.ResponseWriter.WriteHeader(a.status)
	}
}

func (a *answer) close() {
	if !a.begun {
		a.begin()
	}
	if a.z != nil {
		_ = a.z.Close() // the reader is gone when this fails
		a.level.packers.Put(a.z)
	}
}

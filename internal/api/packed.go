package api

import (
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

var packers = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is ours
	}
	return z
}}

// packed packs answers for readers that accept gzip.
func packed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Accept, Accept-Language, Accept-Encoding")
		if !acceptsGzip(r.Header.Values("Accept-Encoding")) {
			next.ServeHTTP(w, r)
			return
		}
		p := &packing{ResponseWriter: w}
		next.ServeHTTP(p, r) // one that breaks off panics: what is packed then must not look whole
		p.close()
	})
}

// acceptsGzip reads Accept-Encoding: gzip, or any, unless it is refused.
func acceptsGzip(headers []string) bool {
	accepted := false
	for coding := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		name, weight, _ := strings.Cut(strings.ToLower(coding), ";")
		named := strings.TrimSpace(name)
		if named != "gzip" && named != "x-gzip" && (named != "*" || accepted) {
			continue
		}
		refused := strings.Trim(strings.TrimPrefix(strings.TrimSpace(weight), "q="), "0.") == "" && strings.Contains(weight, "q=")
		if accepted = !refused; named != "*" {
			return accepted
		}
	}
	return accepted
}

// packing begins to pack with the first byte of a body, so that an empty answer stays empty.
type packing struct {
	http.ResponseWriter
	z      *gzip.Writer
	status int
}

// Unwrap gives what is written to.
func (p *packing) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// WriteHeader waits for the body, which decides what the header says.
func (p *packing) WriteHeader(status int) { p.status = status }

func (p *packing) Write(b []byte) (int, error) {
	if p.z == nil {
		p.z = packers.Get().(*gzip.Writer)
		p.z.Reset(p.ResponseWriter)
		h := p.Header()
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		if tag := h.Get("ETag"); strings.HasPrefix(tag, `"`) {
			h.Set("ETag", "W/"+tag) // the same answer, in other bytes
		}
		p.flushStatus()
	}
	return p.z.Write(b)
}

func (p *packing) flushStatus() {
	if p.status != 0 {
		p.ResponseWriter.WriteHeader(p.status)
		p.status = 0
	}
}

func (p *packing) close() {
	p.flushStatus()
	if p.z != nil {
		_ = p.z.Close() // the reader is gone when this fails
		packers.Put(p.z)
	}
}

package web

import (
	"compress/gzip"
	"net/http"
	"strings"
)

// compressed packs answers for readers that accept it.
func compressed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			next.ServeHTTP(w, r)
			return
		}
		p := &packer{ResponseWriter: w}
		defer p.close()
		next.ServeHTTP(p, r)
	})
}

// packer starts packing with the first byte of a body, so that empty answers stay empty.
type packer struct {
	http.ResponseWriter
	z      *gzip.Writer
	status int
}

// Unwrap gives what is written to, so that a long upload may have its time.
func (p *packer) Unwrap() http.ResponseWriter { return p.ResponseWriter }

func (p *packer) WriteHeader(status int) { p.status = status }

func (p *packer) Write(b []byte) (int, error) {
	if p.z == nil {
		p.z = packers.Get().(*gzip.Writer)
		p.z.Reset(p.ResponseWriter)
		p.Header().Set("Content-Encoding", "gzip")
		p.Header().Del("Content-Length")
		p.flushStatus()
	}
	return p.z.Write(b)
}

func (p *packer) flushStatus() {
	if p.status != 0 {
		p.ResponseWriter.WriteHeader(p.status)
		p.status = 0
	}
}

func (p *packer) close() {
	p.flushStatus()
	if p.z != nil {
		_ = p.z.Close() // the reader is gone when this fails
		packers.Put(p.z)
	}
}

package api

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"

	"resolute/internal/audit"
)

// entityTag names the state an answer shows: data version, program, address, language and form. All
// that anonymous readers see is public, so their rights are the same and need no part in it.
func entityTag(version string, head audit.Head, r *http.Request) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d|%s|%s|%s|%s|%s", head.Seq, head.Hash, version, r.URL.RequestURI(), r.Header.Get("Accept-Language"), r.Header.Get("Accept")))
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// matches reads If-None-Match by weak comparison, RFC 9110 section 13.1.2.
func matches(header, tag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimPrefix(strings.TrimSpace(part), "W/")
		if part == tag || part == "*" {
			return true
		}
	}
	return false
}

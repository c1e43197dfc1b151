package web

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"time"

	"resolute/internal/audit"
)

// The feed of changes in the form of Atom (RFC 4287).
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string    `xml:"id"`
	Title   string    `xml:"title"`
	Updated string    `xml:"updated"`
	Link    *atomLink `xml:"link"`
	Summary string    `xml:"summary"`
}

// feedLength is how many changes the feed holds.
const feedLength = 50

// atom gives the newest changes of the log, in the language of the address or of the reader. Entries
// are named by the number and the hash of their change, so that they stay the same for ever.
func (s *Site) atom(w http.ResponseWriter, r *http.Request) {
	head, err := s.Coverage.Version(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	req := s.request(r, head, nil)
	tag := s.entityTag(req, head)
	w.Header().Set("ETag", tag)
	w.Header().Set("Vary", "Accept-Language")
	w.Header().Set("Cache-Control", "public, no-cache")
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	changes, err := audit.Latest(r.Context(), s.DB, head.Seq, feedLength, inside...)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	body, err := xml.MarshalIndent(s.atomOf(req, head, changes), "", " ")
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	_, _ = fmt.Fprintf(w, "%s%s\n", xml.Header, body) // the reader is gone when this fails
}

func (s *Site) atomOf(r *request, head audit.Head, changes []audit.Change) atomFeed {
	p := s.shell(r, "feed.title")
	base := s.outside(r.http)
	feed := atomFeed{Lang: string(r.lang), ID: base + "/changes.atom", Title: p.Heading, Updated: instant(head.At), Author: "Resolute",
		Links: []atomLink{{"self", "application/atom+xml", base + r.http.URL.RequestURI()}, {"alternate", "text/html", base + "/"}}}
	for _, c := range changes {
		line := p.change(c)
		e := atomEntry{ID: fmt.Sprintf("%s/changes.atom#%d", base, c.Seq), Title: line.Text, Updated: instant(c.At),
			Summary: p.T("feed.summary", "n", p.Number(c.Seq), "verb", c.Verb, "object", c.Object)}
		if line.Href != "" {
			e.Link = &atomLink{"alternate", "text/html", strings.TrimSuffix(base, s.base()) + line.Href}
		}
		feed.Entries = append(feed.Entries, e)
	}
	return feed
}

func instant(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.RFC3339) }

// outside is the address under which readers know the site, as far as the request tells it.
func (s *Site) outside(r *http.Request) string {
	if s.BaseURL != "" && strings.Contains(s.BaseURL, "://") {
		return strings.TrimSuffix(s.BaseURL, "/")
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host + s.base()
}

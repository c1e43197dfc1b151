package web

import (
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
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
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

// feedLength is how many changes a page of the feed holds.
const feedLength = 50

// atom gives the newest changes of the log, or those before the one that the parameter page names, in the
// language of the address or of the reader.
func (s *Site) atom(w http.ResponseWriter, r *http.Request) {
	head, err := s.Coverage.Version(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	req := s.request(r, head, route{own: []string{"page"}, filters: noFilters})
	last := head.Seq
	if page := req.values.Get("page"); page != "" {
		before, err := strconv.ParseInt(page, 10, 64)
		if err != nil || before < 1 {
			req.refuse([]string{"page=" + page})
		}
		last = min(last, before-1)
	}
	if len(req.misread) > 0 {
		s.fail(w, r, notUnderstood(req.misread...))
		return
	}
	tag := s.entityTag(req, head)
	w.Header().Set("ETag", tag)
	w.Header().Set("Vary", "Accept-Language")
	w.Header().Set("Cache-Control", "public, no-cache")
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body, err := s.atomBody(req, last)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	_, _ = fmt.Fprintf(w, "%s%s\n", xml.Header, body) // the reader is gone when this fails
}

// atomBody is the feed of the newest changes up to one.
func (s *Site) atomBody(r *request, last int64) ([]byte, error) {
	first, err := audit.Since(r.http.Context(), s.DB, 0, 1)
	if err != nil {
		return nil, err
	}
	changes, err := audit.Latest(r.http.Context(), s.DB, last, feedLength+1, inside...)
	if err != nil {
		return nil, err
	}
	feed := s.atomOf(r, changes[:min(len(changes), feedLength)])
	if len(first) > 0 {
		feed.ID = lastingID("feed", first[0])
	}
	if len(changes) > feedLength { // RFC 5005 section 3
		feed.Links = append(feed.Links, atomLink{"next", atomType, s.atomPage(r, strconv.FormatInt(changes[feedLength-1].Seq, 10))})
	}
	return xml.MarshalIndent(feed, "", " ")
}

const atomType = "application/atom+xml"

// atomPage is the address of a page of the feed, of the first one without a place.
func (s *Site) atomPage(r *request, page string) string {
	q := r.http.URL.Query()
	if q.Del("page"); page != "" {
		q.Set("page", page)
	}
	address := s.outside(r.http) + "/changes.atom"
	if len(q) > 0 {
		address += "?" + q.Encode()
	}
	return address
}

func (s *Site) atomOf(r *request, changes []audit.Change) atomFeed {
	p := s.shell(r, "feed.title")
	base := s.outside(r.http)
	feed := atomFeed{Lang: string(r.lang), ID: base + "/changes.atom", Title: p.Heading, Updated: instant(r.head.At), Author: "Resolute",
		Links: []atomLink{{"self", atomType, base + r.http.URL.RequestURI()}, {"first", atomType, s.atomPage(r, "")}, {"alternate", "text/html", base + "/"}}}
	for i, c := range changes {
		line := p.change(c)
		if line.Href == "" {
			line.Href = p.URL("/") // an entry without content must lead somewhere: RFC 4287 section 4.1.2
		}
		if i == 0 {
			feed.Updated = instant(c.At)
		}
		feed.Entries = append(feed.Entries, atomEntry{ID: lastingID("entry", c), Title: line.Text, Updated: instant(c.At),
			Link:    atomLink{"alternate", "text/html", strings.TrimSuffix(base, s.base()) + line.Href},
			Summary: p.T("feed.summary", "n", p.Number(c.Seq), "verb", c.Verb, "object", c.Object)})
	}
	return feed
}

// lastingID names an entry, or the feed by the first change of its log, by what never changes, so that it stays
// the same under whatever address it is read (RFC 9562 section 5.8).
func lastingID(what string, c audit.Change) string {
	id := sha256.Sum256(fmt.Appendf(nil, "%s|%d|%d|%s|%s", what, c.Seq, c.At, c.Verb, c.Object))
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:16])
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

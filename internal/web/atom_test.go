package web_test

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"
)

func TestTheFeedOfChanges(t *testing.T) {
	h := site(t, 20).Handler()
	w := get(t, h, "/changes.atom?lang=fr")
	var feed struct {
		XMLName xml.Name
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Entries []struct {
			ID, Title, Updated string
			Link               struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &feed); err != nil || w.Header().Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		t.Fatalf("%v, %v: %.300s", err, w.Header(), w.Body)
	}
	if feed.XMLName.Space != "http://www.w3.org/2005/Atom" || len(feed.Entries) < 2 || !strings.HasPrefix(feed.Entries[0].Link.Href, "http://example.com/") {
		t.Errorf("got %+v", feed)
	}
	if _, err := time.Parse(time.RFC3339, feed.Updated); err != nil {
		t.Error(err)
	}
	seen := map[string]bool{}
	for _, e := range feed.Entries {
		if e.ID != "" && seen[e.ID] || e.Link.Href != "" && strings.Contains(e.Link.Href, "example.com//") {
			t.Errorf("entry %+v", e)
		}
		seen[e.ID] = true
	}
	if again := get(t, h, "/changes.atom?lang=fr", "If-None-Match", w.Header().Get("ETag")); again.Code != 304 || again.Body.Len() != 0 {
		t.Errorf("asked again: %d", again.Code)
	}
	if home := get(t, h, "/?lang=en").Body.String(); !strings.Contains(home, `/changes.atom?lang=en`) {
		t.Error("no page leads to the feed")
	}
}

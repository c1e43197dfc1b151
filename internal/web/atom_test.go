package web_test

import (
	"context"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"time"

	"resolute/internal/audit"
	"resolute/internal/db"
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

type feedPage struct {
	ID    string `xml:"id"`
	Links []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID    string `xml:"id"`
		Links []struct {
			Rel string `xml:"rel,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

// TestTheFeedOfChangesIsReadToItsEnd follows its pages; entries keep their names whatever the address.
func TestTheFeedOfChangesIsReadToItsEnd(t *testing.T) {
	s := site(t, 0)
	const changes = 120
	for i := range changes {
		err := s.DB.Write(context.Background(), func(tx *db.Tx) error {
			_, err := audit.Record(context.Background(), tx, audit.Change{At: int64(i), Actor: "operator", Verb: "rates", Object: fmt.Sprint("rates/", i)})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Coverage.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	read := func(host string) (ids []string) {
		for next := "http://" + host + "/changes.atom?lang=en"; next != ""; {
			var page feedPage
			if err := xml.Unmarshal(get(t, s.Handler(), next).Body.Bytes(), &page); err != nil || page.ID == "" {
				t.Fatal(next, err)
			}
			next = ""
			for _, e := range page.Entries {
				if len(e.Links) != 1 || e.Links[0].Rel != "alternate" {
					t.Fatalf("entry without content and without alternate: %+v", e)
				}
				ids = append(ids, page.ID+" "+e.ID)
			}
			for _, l := range page.Links {
				if l.Rel == "next" {
					next = l.Href
				}
			}
		}
		return ids
	}
	ids, seen := read("example.com"), map[string]bool{}
	for _, id := range ids {
		seen[id] = true
	}
	if len(ids) != changes || len(seen) != changes {
		t.Errorf("%d entries, %d different ones, want %d", len(ids), len(seen), changes)
	}
	if again := read("other.example"); fmt.Sprint(again) != fmt.Sprint(ids) {
		t.Error("names hang on the address")
	}
	for _, address := range []string{"/changes.atom?page=x", "/changes.atom?page=0", "/changes.atom?since=5"} {
		if w := get(t, s.Handler(), address); w.Code != 400 {
			t.Errorf("%s: %d", address, w.Code)
		}
	}
}

package web

import (
	"bytes"
	"context"
	"html"
	"net/http"
	"regexp"
	"strings"
	"time"

	"resolute/internal/ledger"
	"resolute/internal/mandate"
)

// akomaType is the media type of Akoma Ntoso.
const akomaType = "application/akn+xml"

// akoma gives a text as Akoma Ntoso.
func (s *Site) akoma(ctx context.Context, r *mandate.Reading) ([]byte, error) {
	account, err := ledger.Get(ctx, s.DB, r.Import)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = r.Akoma(&b, time.UnixMilli(account.At))
	return b.Bytes(), err
}

// askedAs tells which format the reader's program prefers for the text of an instrument, by its
// Accept header alone.
func askedAs(r *http.Request) string {
	if strings.HasPrefix(r.URL.Path, "/mandate/") && strings.Contains(r.Header.Get("Accept"), akomaType) {
		return "xml"
	}
	return ""
}

// akomaAddress leads an address of Akoma Ntoso to the page of the text, and to the provision that
// it names.
func (s *Site) akomaAddress(w http.ResponseWriter, r *http.Request) {
	at, err := s.pageOfAkoma(r.Context(), r.URL.Path)
	if err != nil || at == "" {
		if err == nil {
			err = s.missing(r)
		}
		s.fail(w, r, err)
		return
	}
	to := *r.URL
	to.Path, to.RawPath, to.Fragment = s.base()+at, "", ""
	if path, part, found := strings.Cut(at, "#"); found {
		to.Path, to.Fragment = s.base()+path, part
	}
	http.Redirect(w, r, to.String(), http.StatusFound)
}

// pageOfAkoma gives the page of an address; empty when nothing of it is held.
func (s *Site) pageOfAkoma(ctx context.Context, address string) (string, error) {
	parsed, ok := mandate.Locate(address)
	if !ok {
		return "", nil
	}
	key := parsed.Instrument
	at := "/mandate/" + key
	if parsed.Day != "" {
		at += "@" + parsed.Day
	}
	var revision int64
	if r, found, err := s.Mandate.Edition(ctx, key, parsed.Day); err != nil {
		return "", err
	} else if found {
		revision = r.ID
	} else if parsed.Day != "" {
		return "", nil
	}
	reading, err := s.Mandate.Read(ctx, key, revision)
	if err != nil || parsed.Portion == "" || reading == nil {
		return knownPage(at, key, reading), err
	}
	file, err := s.akoma(ctx, reading)
	if err != nil {
		return "", err
	}
	return at + provisionOf(reading, file, parsed.Portion), nil
}

func knownPage(at, key string, reading *mandate.Reading) string {
	if _, known := mandate.InstrumentOf(key); !known && reading == nil {
		return ""
	}
	return at
}

// provisionOf finds the anchor of the provision that bears an eId; empty when none does.
func provisionOf(reading *mandate.Reading, file []byte, id string) string {
	found := regexp.MustCompile(` eId="` + regexp.QuoteMeta(id) + `" wId="([^"]+)"`).FindSubmatch(file)
	if found == nil {
		return ""
	}
	w, ok := reading.Provision(html.UnescapeString(string(found[1])))
	if !ok {
		return ""
	}
	return "#" + anchor(w.Path)
}

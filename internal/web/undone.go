package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// oversized is the error of a form that is longer than most bytes.
type oversized struct {
	most int64
	file bool // a file made it so
}

func (e *oversized) Error() string { return fmt.Sprintf("more than %d bytes were sent", e.most) }

// in tells in the words of a page how much may be sent.
func (e *oversized) in(p *shell) string {
	if e.file {
		return p.T("error.413.file", "n", e.most>>20)
	}
	return p.T("error.413.text", "n", e.most>>10)
}

// formPage is the address of the page on which the form stands that was sent, without the path of the site;
// nil when no form of a page of ours was. The page of a link to sign in is none: its address holds the code.
func (s *Site) formPage(r *http.Request) *url.URL {
	from, err := url.Parse(r.Referer())
	if r.Method != http.MethodPost || err != nil || from.Host != r.Host && !strings.HasPrefix(s.BaseURL, from.Scheme+"://"+from.Host) {
		return nil
	}
	path, ours := strings.CutPrefix(from.Path, s.base()+"/")
	if !ours || path == "sign-in" {
		return nil
	}
	return &url.URL{Path: "/" + path, RawQuery: from.RawQuery}
}

// inLanguageOfForm gives a form the language of the page on which it stands, unless its address names one.
func (s *Site) inLanguageOfForm(r *http.Request) *http.Request {
	page := s.formPage(r)
	if page == nil || r.URL.Query().Has("lang") {
		return r
	}
	return withLang(r, r.URL, page.Query().Get("lang"))
}

// onFormPage is a form's request as if it asked for the page on which the form stands, so that the links of
// the page that tells of a mistake lead there; false when there is no such page.
func (s *Site) onFormPage(r *http.Request) (*http.Request, bool) {
	page := s.formPage(r)
	if page == nil {
		return r, false
	}
	return withLang(r, page, r.URL.Query().Get("lang")), true
}

// withLang is a request for another address, in a language; empty for that of the address.
func withLang(r *http.Request, to *url.URL, lang string) *http.Request {
	address := *to
	if lang != "" {
		values := to.Query()
		values.Set("lang", lang)
		address.RawQuery = values.Encode()
	}
	r = r.WithContext(r.Context()) // a copy
	r.URL = &address
	return r
}

package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"resolute"
	"resolute/internal/mandate"
)

// undone is what a page tells of a form that could not be obeyed.
type undone struct {
	Field string // to blame, as its form names it; empty: it has no name there
	Why   string // in the language of the page; empty: only the words of the error tell it
	Typed []Pair // what would be lost
}

// typedFields are what a person types in a form, and how the form names it.
var typedFields = []struct{ field, key string }{
	{"other", "organisation.merge_which"}, {"words", "structure.words"}, {"label", "structure.label"}, {"target", "threads.target"}, {"place", "draft.place"},
	{"year", "draft.year"}, {"day", "draft.day"}, {"reason", "threads.reason"}, {"why", "draft.why"},
}

// blamed gives the typed field of an error that names what the form calls otherwise.
var blamed = map[string]string{"organisation": "other", "gone": "other"}

// faultOfForm is the mistake in a form that an error tells of; nil for errors of another kind.
func faultOfForm(r *http.Request, err error) *resolute.Error {
	var fault *resolute.Error
	if r.Method != http.MethodPost || !errors.As(err, &fault) || fault == errLink || fault.Field == "" {
		return nil
	}
	if fault.Code != resolute.Invalid && fault.Code != resolute.NotFound && fault.Code != resolute.Usage {
		return nil
	}
	return fault
}

// undone tells of a form: which field is to blame, why, and what was typed.
func (p *errorPage) undone(fault *resolute.Error, form url.Values) {
	p.Undone = &undone{}
	at := cmp.Or(blamed[fault.Field], fault.Field)
	if fault.Field == "as" && form.Get("as") == string(mandate.Split) {
		at = "words"
	}
	for _, f := range typedFields {
		if f.field == at {
			p.Undone.Field = p.T(f.key)
		}
		if typed := form[f.field]; len(typed) == 1 && typed[0] != "" { // of several none was typed
			p.Undone.Typed = append(p.Undone.Typed, Pair{p.T(f.key), typed[0]})
		}
	}
	key := "error.form." + string(fault.Code) + "." + fault.Field
	if fault.Field == "as" {
		key += "." + form.Get("as")
	}
	if p.Has(key) {
		p.Undone.Why = p.T(key, "n", mandate.LongestReason)
	}
}

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
	if !ours || strings.HasPrefix(path, "/") || path == "sign-in" {
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

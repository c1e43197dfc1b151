package web

import (
	"net/url"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/mandate"
	"resolute/internal/wording"
)

// shell is what every page shows around its content.
type shell struct {
	*wording.Printer
	site      *Site
	request   *request
	Heading   string
	Notices   []string
	converted *coverage.Conversion // of the figures of the page; nil: none
	row       [2]string            // parameter and value of the row that the page is about; empty: none
}

func (s *Site) shell(r *request, heading string, args ...any) *shell {
	p := printerOf(r.lang)
	return &shell{Printer: p, site: s, request: r, Heading: p.T(heading, args...), Notices: r.notices}
}

// Dir is the writing direction of the page.
func (s *shell) Dir() string { return s.Lang.Dir() }

// Demo reports whether the data is fictional.
func (s *shell) Demo() bool { return s.site.Demo }

// Style is the address of the style sheet.
func (s *shell) Style() string { return s.base() + stylePath() }

// Icon is the address of the icon.
func (s *shell) Icon() string { return s.base() + "/icon.svg" }

// base is the path under which the site lives for readers.
func (s *shell) base() string { return s.site.base() }

func (s *Site) base() string {
	u, err := url.Parse(s.BaseURL)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(u.Path, "/")
}

// Known reports whether the page stands on a state of the data; a page of an error may not.
func (s *shell) Known() bool { return s.request.head.Seq > 0 }

// Version is the data version that the figures stand on.
func (s *shell) Version() string { return s.Number(s.request.head.Seq) }

// AsOfDay is the day of the data, in words.
func (s *shell) AsOfDay() string { return s.Date(s.request.head.At) }

// PeriodName is the period of the figures, in words.
func (s *shell) PeriodName() string {
	if p := s.request.period; p.From != "" || p.To != "" {
		return s.Years(p.From, p.To)
	}
	return s.T("period.all")
}

// API is the address of the description of REST.
func (s *shell) API() string { return s.base() + "/api/v1/openapi.json" }

// Feed is the address of the feed of changes.
func (s *shell) Feed() string { return s.URL("/changes.atom") }

// Search is the address of the search, without parameters: a form brings its own.
func (s *shell) Search() string { return s.base() + "/search" }

// LangValue is the chosen language, for forms that keep it; empty when none was chosen.
func (s *shell) LangValue() string {
	if !s.request.chosen {
		return ""
	}
	return string(s.Lang)
}

// Hash is the beginning of the log's head.
func (s *shell) Hash() string {
	if len(s.request.head.Hash) < 12 {
		return ""
	}
	return s.request.head.Hash[:12]
}

// FromYear and ToYear fill the form of the period.
func (s *shell) FromYear() string { return yearOf(s.request.period.From) }

// ToYear is the last year of the period.
func (s *shell) ToYear() string { return yearOf(s.request.period.To) }

func yearOf(day string) string {
	if len(day) < 4 {
		return ""
	}
	return day[:4]
}

// URL makes a link to a page of ours that keeps language, period and data version; pairs are further
// parameters, name and value in turn.
func (s *shell) URL(path string, pairs ...string) string {
	q := url.Values{}
	s.keep(q)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Add(pairs[i], pairs[i+1])
		}
	}
	return s.address(path, q)
}

func (s *shell) keep(q url.Values) {
	if s.request.chosen {
		q.Set("lang", string(s.Lang))
	}
	if period := s.request.values.Get("period"); period != "" {
		q.Set("period", period)
	}
	for _, name := range []string{"at", "rule", "currency"} {
		if v := s.request.values.Get(name); v != "" {
			q.Set(name, v)
		}
	}
}

func (s *shell) address(path string, q url.Values) string {
	u := url.URL{Path: s.base() + path, RawQuery: q.Encode()}
	return u.String()
}

// With makes a link to this page with a parameter set to a value, or without it when empty.
func (s *shell) With(name, value string) string {
	q := clone(s.request.values)
	q.Del("page")
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	return s.address(s.request.http.URL.Path, q)
}

// Toggle makes a link to this page with a value of a filter added, or taken away.
func (s *shell) Toggle(name, value string) string {
	q := clone(s.request.values)
	q.Del("page")
	if slices.Contains(q[name], value) {
		q[name] = slices.DeleteFunc(q[name], func(v string) bool { return v == value })
	} else {
		q.Add(name, value)
	}
	return s.address(s.request.http.URL.Path, q)
}

func clone(q url.Values) url.Values {
	c := make(url.Values, len(q))
	for name, values := range q {
		c[name] = slices.Clone(values)
	}
	return c
}

// Here is the address of this page without its parameters.
func (s *shell) Here() string { return s.address(s.request.http.URL.Path, nil) }

// As makes the address of this page as data.
func (s *shell) As(format string) string {
	path := s.request.http.URL.Path
	if path == "/" {
		path = "/index"
	}
	return s.address(path+"."+format, s.request.values)
}

// Count writes a number of things.
func (s *shell) Count(n int) string { return s.Number(int64(n)) }

// Carried are the parameters that the form of the period keeps.
func (s *shell) Carried() []Pair { return s.carriedBeside("period") }

// Link is an address with its words.
type Link struct {
	Href, Text, Code string
	Current          bool
}

var languageNames = map[resolute.Lang]string{"ar": "العربية", "zh": "中文", "en": "English", "fr": "Français", "ru": "Русский", "es": "Español"}

// Languages are links to this page in the six languages.
func (s *shell) Languages() []Link {
	var links []Link
	for _, lang := range []resolute.Lang{"ar", "zh", "en", "fr", "ru", "es"} {
		q := clone(s.request.values)
		q.Set("lang", string(lang))
		links = append(links, Link{Href: s.address(s.request.http.URL.Path, q), Text: languageNames[lang], Code: string(lang), Current: lang == s.Lang})
	}
	return links
}

// Nav are the main pages.
func (s *shell) Nav() []Link {
	var links []Link
	here := s.section()
	for _, page := range []struct{ path, key string }{{"/", "nav.home"}, {"/mandate/" + mandate.BuiltIn(), "nav.mandate"}, {"/coverage", "nav.coverage"}, {"/matrix", "nav.matrix"}, {"/gaps", "nav.gaps"},
		{"/activities", "nav.activities"}, {"/indicators", "nav.indicators"}, {"/organisations", "nav.organisations"}, {"/instruments", "nav.instruments"}, {"/imports", "nav.imports"}} {
		links = append(links, Link{Href: s.URL(page.path), Text: s.T(page.key), Current: page.path == here})
	}
	return links
}

// sections are the main pages under which the other kinds of page stand.
var sections = map[string]string{"mandate": "/mandate/" + mandate.BuiltIn(), "thread": "/mandate/" + mandate.BuiltIn(), "line": "/coverage", "goal": "/coverage",
	"target": "/coverage", "area": "/coverage", "activity": "/activities", "organisation": "/organisations", "places": "/coverage", "indicator": "/indicators", "import": "/imports", "gap": "/gaps", "figures": "/coverage", "citations": "/instruments", "rules": "/about"}

// section is the main page that this one belongs to; texts of other instruments are listed.
func (s *shell) section() string {
	section := sectionOf(s.request.http.URL.Path)
	if i := s.request.of; i.Key != "" && i.Key != mandate.BuiltIn() && section == "/mandate/"+mandate.BuiltIn() {
		return "/instruments"
	}
	return section
}

// sectionOf gives the main page that an address belongs to.
func sectionOf(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if section := sections[first]; section != "" {
		return section
	}
	return "/" + first
}

// Passage is a text of a record in the language in which it was found; Lang and Dir are empty
// when that is the page's own.
type Passage struct {
	Text, Lang, Dir string
}

// In picks a record's text for the page and marks a fallback.
func (s *shell) In(t resolute.Text) Passage {
	text, lang := t.In(s.Lang)
	if lang == s.Lang || text == "" {
		return Passage{Text: text}
	}
	return Passage{Text: text, Lang: string(lang), Dir: lang.Dir()}
}

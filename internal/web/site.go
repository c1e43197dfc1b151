package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"

	"resolute/internal/account"
	"resolute/internal/coverage"
	"resolute/internal/db"
	"resolute/internal/directory"
	"resolute/internal/framework"
	"resolute/internal/mandate"
	"resolute/internal/measure"
	"resolute/internal/packed"
	"resolute/internal/register"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static/resolute.css
var styleSheet []byte

//go:embed static/icon.svg
var icon []byte

// Site is the door of the edge. DB, Coverage, Register, Directory, Mandate, Frameworks, Measure and Log
// must be set.
type Site struct {
	DB         *db.DB
	Coverage   *coverage.Coverage
	Register   *register.Register
	Directory  *directory.Directory
	Mandate    *mandate.Mandate
	Frameworks *framework.Framework
	Measure    *measure.Measure
	Candidates *directory.Remembered // nil: the site keeps its own
	Accounts   *account.Accounts     // nil: nobody signs in and nothing is written
	BaseURL    string                // outside address when a proxy stands in front; a path in it is stripped
	Demo       bool                  // every page says that the data is fictional
	Version    string                // of the program, part of every ETag
	Log        *slog.Logger

	files *register.Files
}

// answer is what a handler found: a page, and the same as data.
type answer struct {
	template string
	page     any
	data     any
	csv      func(io.Writer) error  // nil: no table
	lines    func(io.Writer) error  // a list of any length, one object of JSON a line; nil: no list
	feed     func(io.Writer) error  // activities as IATI, of any length; nil: nothing of it is that
	book     func(io.Writer) error  // a workbook, of any length; nil: nothing of it is that
	whole    func(io.Writer) error  // all of it as one object of JSON, of any length, in place of data; nil: data is all
	geo      func(io.Writer) error  // places as GeoJSON, of any length; nil: nothing of it is that
	xml      func() ([]byte, error) // nil: nothing of it is XML
	svg      func() []byte          // nil: nothing of it is drawn
	text     string                 // empty: nothing of it is plain text
	xmlKind  string                 // its media type; empty: application/xml
	// documents are what readers take away to read or to work on: docx, html.
	documents map[string]func(io.Writer) error
	file      *file // not nil: bytes to keep, instead of a page
}

// file is bytes that a reader takes away as they are.
type file struct {
	name  string // letters, digits and hyphens
	bytes []byte
}

// handler answers one kind of page on the site whose figures are asked for. It only reads.
type handler func(s *Site, ctx context.Context, r *request) (answer, error)

// route is a handler; today says that it shows the present whichever data version is asked for.
type route struct {
	handler
	own     []string // parameters that the page has beside those of every page
	filters []string // those of activities that narrow what it shows, q among them; nil: all
	today   bool
	rows    bool                   // it has paragraphs as rows, of any instrument
	world   bool                   // it reads the groups of countries itself: the world is one
	of      func(id string) string // gives the instrument that the address belongs to; nil: to none
}

// noFilters is what pages take that no filter of activities narrows.
var noFilters = []string{}

// routes is all that is read; every route but those of uploads and drafts is public.
func routes() map[string]route {
	return map[string]route{
		"GET /{$}":                        {handler: (*Site).home, filters: noFilters},
		"GET /mandate/{instrument...}":    {handler: (*Site).mandate, own: []string{"view", "revision", "provision", "old", "new", "show", "addressee"}},
		"GET /thread/{id...}":             {handler: (*Site).thread, own: []string{"revision"}, of: threadInstrument},
		"GET /instruments":                {handler: (*Site).instruments, filters: noFilters, own: []string{"q", "sort", "page", "held", "body", "kind", "year", "addressee", "cites", "cited_by"}, today: true},
		"GET /citations":                  {handler: (*Site).citations, filters: noFilters, own: []string{"by", "standing", "cites", "cited_by", "body", "cited_body", "page"}, today: true},
		"GET /search":                     {handler: (*Site).search, filters: noFilters, own: []string{"q"}},
		"GET /coverage":                   {handler: (*Site).table, own: []string{"by", "show"}, rows: true},
		"GET /line/{id}":                  {handler: (*Site).line},
		"GET /goal/{id}":                  {handler: (*Site).goal},
		"GET /target/{id}":                {handler: (*Site).target},
		"GET /area/{id}":                  {handler: (*Site).area, own: []string{"beside", "since"}},
		"GET /area/{id}/figures":          {handler: (*Site).areaFigures, own: []string{"beside", "since"}},
		"GET /matrix":                     {handler: (*Site).matrix, own: []string{"view", "show"}, rows: true},
		"GET /matrix/targets":             {handler: (*Site).grid, rows: true},
		"GET /activities":                 {handler: (*Site).activities, own: []string{"sort", "page"}, rows: true},
		"GET /activities/filter":          {handler: (*Site).activityFilter, own: []string{"sort"}, rows: true},
		"GET /figures":                    {handler: (*Site).account, rows: true},
		"GET /gaps":                       {handler: (*Site).gaps, own: []string{"gap", "addressee"}, rows: true},
		"GET /gap/{id...}":                {handler: (*Site).gap, own: []string{"gap", "addressee"}, rows: true},
		"GET /activity/{key}":             {handler: (*Site).activity, filters: noFilters, today: true},
		"GET /organisations":              {handler: (*Site).organisations, own: []string{"sort", "page"}},
		"GET /organisations/candidates":   {handler: (*Site).candidates, own: []string{"reason", "page"}, today: true},
		"GET /organisation/{id}":          {handler: (*Site).organisation},
		"GET /iati":                       {handler: (*Site).iatiFiles, filters: noFilters, own: []string{"page"}, today: true},
		"GET /iati/activities/{name}":     {handler: (*Site).iatiFile, filters: noFilters, today: true},
		"GET /iati/activities/{name}/{n}": {handler: (*Site).iatiFile, filters: noFilters, today: true},
		"GET /iati/organisations/{name}":  {handler: (*Site).organisationFile, filters: noFilters, today: true},
		"GET /places":                     {handler: (*Site).places, own: []string{"show"}},
		"GET /places/locations":           {handler: (*Site).locations, own: []string{"sort", "page"}},
		"GET /indicators":                 {handler: (*Site).indicators, filters: noFilters, own: []string{"q", "page"}},
		"GET /indicator/{id...}":          {handler: (*Site).indicator, filters: []string{"area", "group"}, own: []string{"view", "where", "year", "aim"}, world: true},
		"GET /statistics/{id...}":         {handler: (*Site).statistics, filters: noFilters, own: []string{"view", "where", "year", "aim"}},
		"GET /imports":                    {handler: (*Site).imports, filters: noFilters, own: []string{"page"}, today: true},
		"GET /import/{id}":                {handler: (*Site).imported, filters: noFilters, own: []string{"view", "page"}, today: true},
		"GET /import/{id}/refused/{n}":    {handler: (*Site).refused, filters: noFilters, today: true},
		"GET /about":                      {handler: (*Site).about, filters: noFilters},
		"GET /rules":                      {handler: (*Site).rules, filters: noFilters},
		"GET /sign-in":                    {handler: (*Site).signIn, filters: noFilters, own: []string{"code"}, today: true},
		"GET /upload":                     {handler: (*Site).uploadForm, filters: noFilters, today: true},
		"GET /upload/{id}":                {handler: (*Site).upload, filters: noFilters, own: []string{"side", "source", "partial", "moved", "page"}, today: true},
		"GET /draft/{id}":                 {handler: (*Site).draft, filters: noFilters, today: true},
		"GET /draft/{id}/line/{key...}":   {handler: (*Site).draftLine, filters: noFilters, today: true},
	}
}

var templates = sync.OnceValue(func() map[string]*template.Template {
	shell := template.Must(template.New("shell").Funcs(functions).ParseFS(templateFiles, "templates/shell.html", "templates/parts.html"))
	all := map[string]*template.Template{}
	entries, err := templateFiles.ReadDir("templates")
	if err != nil {
		panic(err) // embedded
	}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".html")
		if name == "shell" || name == "parts" {
			continue
		}
		all[name] = template.Must(template.Must(shell.Clone()).ParseFS(templateFiles, "templates/"+e.Name()))
	}
	return all
})

// functions put a page and a part of it together for the templates that both need.
var functions = template.FuncMap{
	"pageOf": func(page any, row Line) any { return rowPart{page, row} },
	"sumOf":  func(page any, row Line, amounts []string) any { return sumPart{page, row, amounts} },
	"table": func(page any, caption string, rows []Line, sums ...Line) any {
		return tablePart{page, caption, brief(rows), sums}
	},
	"list": func(page any, caption string, items any) any { return listPart{page, caption, items} },
}

type rowPart struct {
	Page any
	Row  Line
}

type sumPart struct {
	Page    any
	Row     Line
	Amounts []string
}

type tablePart struct {
	Page    any
	Caption string
	Rows    []Line
	Sums    []Line
}

type listPart struct {
	Page    any
	Caption string
	Items   any
}

// stylePath carries the hash of the style sheet, so that it may be kept for ever.
var stylePath = sync.OnceValue(func() string {
	sum := sha256.Sum256(styleSheet)
	return "/static/" + hex.EncodeToString(sum[:6]) + ".css"
})

// Handler serves all pages.
func (s *Site) Handler() http.Handler {
	s.files = &register.Files{Register: s.Register}
	if s.Candidates == nil {
		s.Candidates = &directory.Remembered{Directory: *s.Directory}
	}
	nothing := func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, s.missing(r)) }
	mux := http.NewServeMux()
	for pattern, h := range routes() {
		mux.Handle(pattern, s.page(h))
		if bare, found := bareAddress(pattern); found {
			mux.HandleFunc(bare, nothing)
		}
	}
	if s.Accounts != nil {
		for pattern, to := range acts() {
			mux.Handle(pattern, s.writes(to))
		}
	}
	mux.HandleFunc("GET /changes.atom", s.atom)
	mux.HandleFunc("GET /akn/{address...}", s.akomaAddress)
	mux.HandleFunc("GET /akn", nothing)
	mux.HandleFunc("GET "+stylePath(), func(w http.ResponseWriter, _ *http.Request) {
		serveStatic(w, "text/css; charset=utf-8", styleSheet)
	})
	mux.HandleFunc("GET /icon.svg", func(w http.ResponseWriter, _ *http.Request) {
		serveStatic(w, "image/svg+xml", icon)
	})
	mux.HandleFunc("/", nothing)
	return s.recovering(withHeaders(packed.Small.Handler(s.stripped(s.ownPagesOnly(withSuffix(mux)))), s.secure()))
}

// bareAddress is the address before a name of any length: GET /mandate of GET /mandate/{instrument...}.
// Left alone, the multiplexer would send it to the same with a stroke behind, which is no page either
// and lies outside the outside address.
func bareAddress(pattern string) (string, bool) {
	return pattern[:strings.LastIndex(pattern, "/")], strings.HasSuffix(pattern, "...}")
}

func serveStatic(w http.ResponseWriter, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(body) // the reader is gone when this fails
}

// stripped removes the path of the outside address, which a proxy may pass on or not. Addresses
// with a superfluous stroke are sent to the clean one here, where the outside address is known.
func (s *Site) stripped(next http.Handler) http.Handler {
	u, err := url.Parse(s.BaseURL)
	if err != nil || strings.Trim(u.Path, "/") == "" {
		return next
	}
	prefix := "/" + strings.Trim(u.Path, "/")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.Clone(r.Context())
		if inner, ok := strings.CutPrefix(r.URL.Path, prefix); ok && (inner == "" || inner[0] == '/') {
			r.URL.Path, r.URL.RawPath = "/"+strings.TrimPrefix(inner, "/"), ""
		}
		if clean := path.Clean(r.URL.Path); clean != strings.TrimSuffix(r.URL.Path, "/") && clean != r.URL.Path {
			http.Redirect(w, r, (&url.URL{Path: prefix + clean, RawQuery: r.URL.RawQuery}).String(), http.StatusMovedPermanently)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// render writes a page into memory first, so that a fault never leaves half a page.
func render(name string, page any) ([]byte, error) {
	var b bytes.Buffer
	if err := templates()[name].ExecuteTemplate(&b, "shell", page); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

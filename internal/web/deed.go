package web

import (
	"context"
	"crypto/subtle"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"resolute"
	"resolute/internal/audit"
)

// deed is a form that a reader sent, with who sent it.
type deed struct {
	w       http.ResponseWriter
	http    *http.Request // its form is read
	request *request
}

// act does what a form asks for, by one verb of a room, and gives the page to show then.
type act func(s *Site, ctx context.Context, d *deed) (next string, err error)

// writing is an act. open says that nobody need be signed in for it, files that its form brings
// some, long that it brings a text.
type writing struct {
	act
	open, files, long bool
}

// acts are all addresses that write. They exist only where there is an operator.
func acts() map[string]writing {
	return map[string]writing{
		"POST /sign-in":  {act: (*Site).takeLink, open: true},
		"POST /sign-out": {act: (*Site).leave},

		"POST /thread/decide": {act: (*Site).decideThread},
		"POST /thread/undo":   {act: (*Site).undoThread},

		"POST /organisation/decide": {act: (*Site).decideOrganisation},
		"POST /organisation/undo":   {act: (*Site).undoOrganisation},

		"POST /draft":              {act: (*Site).beginDraft},
		"POST /draft/{id}/edit":    {act: (*Site).editDraft, long: true},
		"POST /draft/{id}/restore": {act: (*Site).restoreDraft},
		"POST /draft/{id}/set":     {act: (*Site).setDraft},

		"POST /upload":              {act: (*Site).send, files: true},
		"POST /upload/{id}/take":    {act: (*Site).take},
		"POST /upload/{id}/discard": {act: (*Site).discard},

		"POST /structure/correct": {act: (*Site).correctStructure},
		"POST /structure/undo":    {act: (*Site).undoStructure},

		"POST /redline/decide": {act: (*Site).decideSpan},
		"POST /redline/undo":   {act: (*Site).undoSpan},
		"POST /redline/take":   {act: (*Site).takeSides},
	}
}

// smallForm is how many bytes a form without files may hold.
const smallForm = 64 << 10

// errMethod is the answer to a way of asking that an address does not know.
var errMethod = errors.New("method not allowed")

// writes serves one act: from our own pages only, by a person whose session made the form.
func (s *Site) writes(to writing) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = s.inLanguageOfForm(r)
		req := s.request(r, audit.Head{}, route{own: ownNames()})
		w.Header().Set("Cache-Control", "no-store")
		next, err := s.perform(w, req, to)
		if err != nil && showAgain(w, err) {
			return
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		next, place, anchored := strings.Cut(next, "#")
		path, query, _ := strings.Cut(next, "?")
		values := langOnly(req)
		if more, err := url.ParseQuery(query); err == nil {
			maps.Copy(values, more)
		}
		shown := s.shell(req, "nav.home").address(path, values)
		if anchored {
			shown += "#" + place
		}
		http.Redirect(w, r, shown, http.StatusSeeOther)
	})
}

func (s *Site) perform(w http.ResponseWriter, req *request, to writing) (string, error) {
	read := readForm
	if to.long {
		read = readLong
	}
	if to.files {
		if err := s.mayImport(req); err != nil {
			return "", err // before a byte of the file is read
		}
		read = readFiles
	}
	if err := read(w, req.http); err != nil {
		return "", err
	}
	if !to.open && (req.who.Form == "" || subtle.ConstantTimeCompare([]byte(req.who.Form), []byte(req.http.PostForm.Get("form"))) != 1) {
		return "", &resolute.Error{Code: resolute.Forbidden, Field: "form"}
	}
	return to.act(s, req.http.Context(), &deed{w, req.http, req})
}

// longForm is how many bytes a form with a text may hold: its letters may take nine each on the way.
const longForm = 256 << 10

// readForm reads what was sent, within a bound.
func readForm(w http.ResponseWriter, r *http.Request) error { return readWithin(w, r, smallForm) }

// readLong reads a form with a text.
func readLong(w http.ResponseWriter, r *http.Request) error { return readWithin(w, r, longForm) }

func readWithin(w http.ResponseWriter, r *http.Request, most int64) error {
	r.Body = http.MaxBytesReader(w, r.Body, most)
	return formFault(r.ParseForm(), &oversized{most: most})
}

// readFiles reads a form with files, within its own bound and time. A browser tells of an answer only once
// it has sent everything, so that what is too large is still received, up to a bound.
func readFiles(w http.ResponseWriter, r *http.Request) error {
	longer(w)
	sent := r.Body
	r.Body = http.MaxBytesReader(w, sent, largestUpload+smallForm)
	err := formFault(r.ParseMultipartForm(largestUpload), &oversized{most: largestUpload, file: true}) // small enough for memory: nothing is left on the disk
	if over := (*oversized)(nil); errors.As(err, &over) {
		_, _ = io.CopyN(io.Discard, sent, largestPassed) // the answer is the same when it breaks off
	}
	return err
}

func formFault(err error, larger *oversized) error {
	var over *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &over):
		return larger
	default:
		return &resolute.Error{Code: resolute.Invalid, Field: "form", Message: "what was sent is no form of these pages"}
	}
}

func langOnly(r *request) url.Values {
	q := url.Values{}
	if r.chosen {
		q.Set("lang", string(r.lang))
	}
	return q
}

// ownPagesOnly refuses forms that pages of others sent.
func (s *Site) ownPagesOnly(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, &resolute.Error{Code: resolute.Forbidden, Field: "origin"})
	}))
	return guard.Handler(next)
}

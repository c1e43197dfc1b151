package web

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"

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

// writing is an act; open says that nobody need be signed in for it. largest bounds its form in bytes; 0 is the
// size of a form without files.
type writing struct {
	act
	open    bool
	largest int64
}

// acts are all addresses that write. They exist only where there is an operator.
func acts() map[string]writing {
	return map[string]writing{
		"POST /sign-in":  {act: (*Site).takeLink, open: true},
		"POST /sign-out": {act: (*Site).leave},
	}
}

// smallForm is how many bytes a form without files may hold.
const smallForm = 64 << 10

// errMethod is the answer to a way of asking that an address does not know.
var errMethod = errors.New("method not allowed")

// writes serves one act: from our own pages only, by a person whose session made the form.
func (s *Site) writes(to writing) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		req := s.request(r, audit.Head{})
		w.Header().Set("Cache-Control", "no-store")
		next, err := s.perform(w, req, to)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		http.Redirect(w, r, s.shell(req, "nav.home").address(next, langOnly(req)), http.StatusSeeOther)
	})
}

func (s *Site) perform(w http.ResponseWriter, req *request, to writing) (string, error) {
	if err := readForm(w, req.http, max(to.largest, smallForm)); err != nil {
		return "", err
	}
	if !to.open && (req.who.Form == "" || subtle.ConstantTimeCompare([]byte(req.who.Form), []byte(req.http.PostForm.Get("form"))) != 1) {
		return "", &resolute.Error{Code: resolute.Forbidden, Field: "form"}
	}
	return to.act(s, req.http.Context(), &deed{w, req.http, req})
}

// readForm reads what was sent, within a bound.
func readForm(w http.ResponseWriter, r *http.Request, largest int64) error {
	r.Body = http.MaxBytesReader(w, r.Body, largest)
	err := r.ParseForm()
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		return &resolute.Error{Code: resolute.Invalid, Field: "form", Message: "what was sent is too large"}
	}
	if err != nil {
		return &resolute.Error{Code: resolute.Invalid, Field: "form", Message: "what was sent is no form"}
	}
	return nil
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

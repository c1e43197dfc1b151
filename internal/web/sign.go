package web

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"resolute"
	"resolute/internal/account"
)

// cookieName is how the cookie of a session is called. Browsers take the first name only over
// https, from the host itself and for all of it; over plain http, as on the machine of a person
// alone, they refuse it.
func (s *Site) cookieName() string {
	if s.secure() {
		return "__Host-s"
	}
	return "resolute-s"
}

// secure reports whether readers come by https.
func (s *Site) secure() bool { return strings.HasPrefix(s.BaseURL, "https://") }

// session gives who is signed in; the zero value for nobody. Whoever sends no cookie, as all
// readers do, costs nothing.
func (s *Site) session(r *http.Request) account.Session {
	cookie, err := r.Cookie(s.cookieName())
	if s.Accounts == nil || err != nil {
		return account.Session{}
	}
	who, err := s.Accounts.Session(r.Context(), cookie.Value)
	if err != nil {
		if resolute.CodeOf(err) == resolute.Internal {
			s.Log.Error("session not read", "err", err)
		}
		return account.Session{}
	}
	return who
}

func (s *Site) setCookie(w http.ResponseWriter, secret string, seconds int) {
	http.SetCookie(w, &http.Cookie{Name: s.cookieName(), Value: secret, Path: "/", MaxAge: seconds, Secure: s.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// signPage asks to sign in with the code of a link, or says how to get one.
type signPage struct {
	*shell
	Code string
}

// Path is the address to which the form goes; it keeps the language.
func (p signPage) Path() string { return p.address("/sign-in", langOnly(p.request)) }

// errLink is the answer to a code that signs nobody in: used, expired or never given alike.
var errLink = &resolute.Error{Code: resolute.NotFound, Field: "link", Message: "used, expired or unknown"}

// signIn shows the form of a link: only sending it uses the link up, so that whatever fetches
// addresses before a person does, takes nothing away.
func (s *Site) signIn(ctx context.Context, r *request) (answer, error) {
	if s.Accounts == nil {
		return answer{}, s.missing(r.http)
	}
	if code := r.values.Get("code"); code != "" && r.who.Actor.ID == "" {
		open, err := s.Accounts.Opens(ctx, code)
		if err == nil && !open {
			err = errLink
		}
		if err != nil {
			return answer{}, err
		}
	}
	p := signPage{shell: s.shell(r, "sign.title"), Code: r.values.Get("code")}
	r.values.Del("code") // no link of the page carries it on
	return answer{template: "sign", page: p, data: map[string]any{"signed_in": p.Who() != ""}}, nil
}

// takeLink signs in.
func (s *Site) takeLink(ctx context.Context, d *deed) (string, error) {
	who, err := s.Accounts.SignIn(ctx, d.http.PostForm.Get("code"))
	if resolute.CodeOf(err) == resolute.NotFound {
		return "", errLink
	}
	if err != nil {
		return "", err
	}
	s.setCookie(d.w, who.Secret, int(account.SessionTime.Seconds()))
	return "/", nil
}

// leave signs out.
func (s *Site) leave(ctx context.Context, d *deed) (string, error) {
	if cookie, err := d.http.Cookie(s.cookieName()); err == nil {
		if err := s.Accounts.SignOut(ctx, cookie.Value); err != nil {
			return "", err
		}
	}
	s.setCookie(d.w, "", -1)
	return "/", nil
}

// people gives how the page names a person, by the id under which the log and decisions hold it; an
// id that is nobody's here, as that of the command line, stays.
func (s *Site) people(ctx context.Context) (named func(id string) string, err error) {
	names := map[string]string{}
	if s.Accounts != nil {
		names, err = s.Accounts.Names(ctx)
	}
	return func(id string) string { return cmp.Or(names[id], id) }, err
}

// Who is the name of the person signed in; empty for nobody.
func (s *shell) Who() string { return s.request.who.Actor.Name }

// Form proves that a form was made for the session of the page.
func (s *shell) Form() string { return s.request.who.Form }

// SignOut is the address that ends the session.
func (s *shell) SignOut() string { return s.base() + "/sign-out" }

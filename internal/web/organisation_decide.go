package web

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"resolute"
	"resolute/internal/directory"
)

// mayMatch tells whether the person of a request may say which organisations are one.
func (s *Site) mayMatch(r *request) bool {
	return s.Accounts != nil && r.who.Actor.Can(resolute.Decide, resolute.Object{Kind: "organisation"}, s.Accounts.Now().Format(time.DateOnly)) == nil
}

// decideOrganisation records what a person says about organisations, and leads to the one that it is about.
func (s *Site) decideOrganisation(ctx context.Context, d *deed) (string, error) {
	form, by := d.http.PostForm, d.request.who.Actor
	keys, err := s.keysOf(ctx, append([]string{form.Get("organisation")}, form["other"]...))
	if err != nil {
		return "", err
	}
	about, others, reason := keys[0], keys[1:], form.Get("reason")
	next := "/organisation/"
	switch verb := form.Get("verb"); verb {
	case directory.MergeVerb:
		others = slices.DeleteFunc(others, func(key string) bool { return key == about })
		_, err = s.Directory.Unite(ctx, by, directory.Union{Keep: about, Gone: others}, reason)
	case directory.DismissVerb:
		_, err = s.Directory.Dismiss(ctx, by, keys, reason)
		next = ""
	case directory.PreferVerb:
		preferred := directory.Preference{Key: about, Name: form.Get("name")}
		if preferred.Name == "" {
			preferred.Identifier = about
		}
		_, err = s.Directory.Prefer(ctx, by, preferred, reason)
	case directory.SplitVerb:
		if name := form.Get("name"); name != "" {
			_, err = s.Directory.SplitName(ctx, by, about, name, reason)
		} else {
			_, err = s.Directory.Detach(ctx, by, about, reason)
		}
	default:
		err = &resolute.Error{Code: resolute.Invalid, Field: "verb", Message: fmt.Sprintf("nothing is decided about organisations by %q", verb)}
	}
	if err != nil {
		return "", err
	}
	s.followed(ctx)
	if next == "" {
		return "/organisations/candidates", nil
	}
	return s.pageOf(ctx, about)
}

// keysOf finds organisations as a person names them, by number, key or reference.
func (s *Site) keysOf(ctx context.Context, named []string) ([]string, error) {
	keys := make([]string, len(named))
	for i, text := range named {
		o, err := s.Directory.Named(ctx, text)
		if err != nil {
			return nil, err
		}
		keys[i] = o.Key
	}
	return keys, nil
}

// pageOf is the page of what an organisation counts as by now.
func (s *Site) pageOf(ctx context.Context, key string) (string, error) {
	o, err := s.Directory.Named(ctx, key)
	if err != nil {
		return "", err
	}
	whole, err := s.Directory.Whole(ctx, o.ID)
	return "/organisation/" + strconv.FormatInt(whole.ID, 10) + "#history", err
}

// followed lets figures follow a decision before the page that it leads to is made. What fails here is
// tried again soon anyway.
func (s *Site) followed(ctx context.Context) {
	if _, err := s.Coverage.Refresh(ctx); err != nil {
		s.Log.Warn("figures do not follow a decision yet", slog.Any("err", err))
	}
}

// undoOrganisation takes a decision back, and leads to the organisation that it was about.
func (s *Site) undoOrganisation(ctx context.Context, d *deed) (string, error) {
	id, err := strconv.ParseInt(d.http.PostForm.Get("decision"), 10, 64)
	if err != nil {
		return "", noDecision()
	}
	done, err := s.Directory.Undo(ctx, d.request.who.Actor, id, d.http.PostForm.Get("reason"))
	if err != nil {
		return "", err
	}
	s.followed(ctx)
	key := done.Key
	if done.Other != "" && done.Verb != directory.DismissVerb {
		key = done.Other
	}
	return s.pageOf(ctx, key)
}

package web

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"resolute"
	"resolute/internal/coverage"
	"resolute/internal/framework"
)

// understand writes the filters and the currency as the tables do. Values that name nothing are left out and
// named in a notice.
func (s *Site) understand(ctx context.Context, r *request) error {
	if r.filter.Empty() && r.filter.Currency == "" {
		return nil
	}
	f, unknown, err := s.Coverage.Understand(ctx, r.filter)
	if err != nil {
		return err
	}
	r.filter = f
	if f.Currency == "" {
		r.values.Del("currency")
	}
	for name, field := range filterFields(&r.filter) {
		r.values.Del(name)
		for _, v := range *field {
			r.values.Add(name, v)
		}
	}
	r.refuse(unknown)
	return nil
}

// refuse tells the reader which parts of the address were not understood.
func (r *request) refuse(unknown []string) {
	if len(unknown) > 0 {
		p := printerOf(r.lang)
		r.misread = append(r.misread, unknown...)
		r.notices = append(r.notices, p.T("error.unknown_value", "names", p.List(unknown)))
	}
}

// asData fails with code Usage when a file or table is asked for by what was not understood: a page says
// in a notice what it left out, and a file of more than was asked for would pass for what was asked for.
func (r *request) asData() error {
	if r.format == "" || len(r.misread) == 0 {
		return nil
	}
	return notUnderstood(r.misread...)
}

func notUnderstood(what ...string) error {
	return &misread{strings.Join(what, ", ")}
}

// oneOf reads a parameter that has a few values, the first of which is the default.
func (r *request) oneOf(name string, values []string) string {
	v := r.values.Get(name)
	if slices.Contains(values, v) {
		return v
	}
	if v != "" {
		r.values.Del(name)
		r.refuse([]string{name + "=" + v})
	}
	return values[0]
}

// someOf reads the values of a parameter that are among those known.
func (r *request) someOf(name string, known []string) []string {
	var list, unknown []string
	for _, v := range r.values[name] {
		if slices.Contains(known, v) {
			list = append(list, v)
		} else {
			unknown = append(unknown, name+"="+v)
		}
	}
	r.values.Del(name)
	for _, v := range list {
		r.values.Add(name, v)
	}
	r.refuse(unknown)
	return list
}

// chipOrder is the order in which filters that are set are shown.
var chipOrder = []string{"gap", "addressee", "region", "area", "group", "line", "goal", "target", "thread", "org", "role", "state", "status", "kind", "sector", "level", "lacks", "reporter", "source"}

// chips are the filters that are set, each a link that takes it away; without those of names that
// the page shows elsewhere.
func (s *shell) chips(label func(name, value string) string, elsewhere ...string) []Link {
	var chips []Link
	for _, name := range chipOrder {
		if slices.Contains(elsewhere, name) {
			continue
		}
		for _, v := range s.request.values[name] {
			chips = append(chips, Link{Href: s.Toggle(name, v), Text: s.T("facet."+name) + s.Colon() + label(name, v), Code: name})
		}
	}
	if id := s.request.values.Get("rule"); id != "" && id != coverage.DefaultRule {
		chips = append(chips, Link{Href: s.With("rule", ""), Text: s.T("facet.rule") + s.Colon() + s.ruleName(id), Code: "rule"})
	}
	if code := s.request.filter.Currency; code != "" {
		chips = append(chips, Link{Href: s.With("currency", ""), Text: s.T("facet.currency") + s.Colon() + code, Code: "currency"})
	}
	if q := s.request.values.Get("q"); q != "" {
		chips = append(chips, Link{Href: s.With("q", ""), Text: s.T("facet.q") + s.Colon() + q, Code: "q"})
	}
	if p := s.request.period; p.From != "" || p.To != "" {
		chips = append(chips, Link{Href: s.With("period", ""), Text: s.T("period.label") + s.Colon() + s.Years(p.From, p.To), Code: "period"})
	}
	return chips
}

// cleared is the address of this page without any filter.
func (s *shell) cleared(path string, keep ...string) string {
	q := url.Values{}
	if s.request.chosen {
		q.Set("lang", string(s.Lang))
	}
	for _, name := range append(keep, "at", "instrument", "rule", "currency") {
		if v := s.request.values.Get(name); v != "" {
			q.Set(name, v)
		}
	}
	return s.address(path, q)
}

// Filtered makes a link to a page that keeps language, period and every filter of activities;
// pairs set further parameters, name and value in turn.
func (s *shell) Filtered(path string, pairs ...string) string {
	q := url.Values{}
	s.keep(q)
	for name := range filterFields(&coverage.Filter{}) {
		q[name] = s.request.values[name]
	}
	for _, name := range []string{"q", "instrument"} {
		if text := s.request.values.Get(name); text != "" {
			q.Set(name, text)
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Del(pairs[i])
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return s.address(path, q)
}

// Choice is a field of a form with a few values.
type Choice struct {
	Name, Label string
	All         string // the words for no choice; empty: there must be one
	Options     []Option
}

// Option is one value of a choice.
type Option struct {
	Value, Text string
	Chosen      bool
}

func (s *shell) choice(name, all string, values []string, text func(string) string) Choice {
	c := Choice{Name: name, Label: s.T("facet." + name), All: all}
	for _, v := range values {
		c.Options = append(c.Options, Option{v, text(v), s.request.values.Get(name) == v})
	}
	return c
}

// regionChoice offers the ITU regions, groupChoice the groups that every list offers.
func (s *shell) regionChoice(c *framework.Catalogue, label func(name, value string) string) Choice {
	var codes []string
	for _, region := range c.Concepts(framework.ITURegion) {
		codes = append(codes, region.Code)
	}
	return s.choice("region", s.T("choice.all_regions"), codes, func(v string) string { return label("region", v) })
}

func (s *shell) groupChoice(label func(name, value string) string) Choice {
	return s.choice("group", s.T("choice.all_countries"), []string{"LDC", "LLDC", "SIDS"}, func(v string) string { return label("group", v) })
}

// carriedBeside are the parameters that a form keeps beside its own fields, of which the years of a period
// are one. A field offers one value; what was chosen beside it is kept.
func (s *shell) carriedBeside(own ...string) []Pair {
	var pairs []Pair
	for _, name := range slices.Sorted(maps.Keys(s.request.values)) {
		if name == "page" {
			continue
		}
		values := s.request.values[name]
		if slices.Contains(own, name) {
			values = values[min(1, len(values)):]
		}
		for _, v := range values {
			pairs = append(pairs, Pair{name, v})
		}
	}
	return pairs
}

// misread is the error of an address of which something is not understood, where it cannot be left out.
type misread struct{ what string }

func (e *misread) Error() string { return e.Unwrap().Error() }

func (e *misread) Unwrap() error {
	return &resolute.Error{Code: resolute.Usage, Field: "query", Message: "not understood: " + e.what}
}

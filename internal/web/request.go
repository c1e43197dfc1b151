package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"resolute"
	"resolute/internal/account"
	"resolute/internal/audit"
	"resolute/internal/coverage"
	"resolute/internal/mandate"
	"resolute/internal/search"
	"resolute/internal/wording"
)

// request is what an address asks for.
type request struct {
	http    *http.Request
	lang    resolute.Lang
	chosen  bool // the language stands in the address, so links keep it
	period  resolute.Period
	filter  coverage.Filter
	groups  []string   // of countries, on pages of statistics, which know more groups than activities do
	values  url.Values // the parameters that are understood
	notices []string   // about those that are not
	misread []string   // those that are not
	format  string     // "", json or csv
	head    audit.Head // that the figures stand on
	pin     pin
	of      mandate.Instrument // whose paragraphs are rows; no key: the built-in mandate
	who     account.Session    // zero: a reader
}

// filterFields are the parameters that narrow activities, by the field they fill.
func filterFields(f *coverage.Filter) map[string]*[]string {
	return map[string]*[]string{"region": &f.Regions, "area": &f.Areas, "group": &f.Groups, "org": &f.Organisations, "role": &f.Roles,
		"line": &f.Lines, "goal": &f.Goals, "target": &f.Targets, "thread": &f.Threads, "state": &f.States, "status": &f.Statuses, "kind": &f.Kinds,
		"sector": &f.Sectors, "level": &f.Levels, "lacks": &f.Lacks, "reporter": &f.Reporters, "source": &f.Sources}
}

// plainNames are the parameters of every page that are no filter; a route has more of its own.
var plainNames = []string{"lang", "period", "from", "to", "at", "instrument", "rule", "currency"}

// knows tells whether a parameter says anything to the page.
func (to route) knows(name string) bool {
	if slices.Contains(to.own, name) {
		return true
	}
	if filterFields(&coverage.Filter{})[name] != nil || name == "q" {
		return to.filters == nil || slices.Contains(to.filters, name)
	}
	return slices.Contains(plainNames, name)
}

// ownNames are those of any route: a page about a failure, and a form that was sent, keep what they were asked.
var ownNames = sync.OnceValue(func() []string {
	var all []string
	for _, to := range routes() {
		all = append(all, to.own...)
	}
	return all
})

// longest is how long a value may be, longestPlace how long the place in a list, which may hold a title;
// longer ones are not understood.
const (
	longest      = 300
	longestPlace = 2000
)

// tooLong tells whether any value of a parameter is longer than it may be.
func tooLong(name string, values []string) bool {
	most := longest
	if name == "page" {
		most = longestPlace
	}
	return slices.ContainsFunc(values, func(v string) bool { return len(v) > most })
}

// request reads what is asked of a route.
func (s *Site) request(r *http.Request, head audit.Head, to route) *request {
	req := &request{http: r, values: url.Values{}, head: head, lang: wording.Match(r.Header.Get("Accept-Language")), who: s.session(r)}
	req.format, _ = r.Context().Value(formatKey{}).(string)
	fields := filterFields(&req.filter)
	var unknown []string
	for name, values := range r.URL.Query() {
		field := fields[name]
		if slices.Contains(to.own, name) { // the kind of an instrument is none of activities
			field = nil
		}
		if !to.knows(name) || len(values) > 50 || tooLong(name, values) || slices.ContainsFunc(values, func(v string) bool { return !utf8.ValidString(v) }) {
			unknown = append(unknown, strings.ToValidUTF8(name, "\uFFFD"))
			continue
		}
		if field != nil {
			*field = values
		}
		req.values[name] = values
	}
	if lang := resolute.Lang(req.values.Get("lang")); lang.Known() {
		req.lang, req.chosen = lang, true
	} else if lang != "" {
		unknown = append(unknown, "lang="+string(lang))
		req.values.Del("lang")
	}
	if q := req.values.Get("q"); q != "" && search.ParseQuery(q).Empty() { // it would pass for a filter and leave out none
		unknown = append(unknown, "q="+q)
		req.values.Del("q")
	}
	req.filter.Text = req.values.Get("q")
	unknown = append(unknown, req.readPeriod()...)
	unknown = append(unknown, req.readRule()...)
	if len(unknown) > 0 {
		sort.Strings(unknown)
		req.misread = unknown
		p := printerOf(req.lang)
		req.notices = append(req.notices, p.T("error.unknown_parameter", "names", p.List(unknown)))
	}
	return req
}

// readPeriod reads period, or the years of the form; it returns what it could not read.
func (r *request) readPeriod() []string {
	text := r.values.Get("period")
	if text == "" && (r.values.Get("from") != "" || r.values.Get("to") != "") {
		text = r.values.Get("from") + ".." + r.values.Get("to")
	}
	for _, name := range []string{"period", "from", "to"} {
		r.values.Del(name)
	}
	period, err := resolute.ParsePeriod(text)
	if err != nil {
		return []string{"period=" + text}
	}
	r.period = period
	if text != "" {
		r.values.Set("period", period.String())
	}
	return nil
}

// readRule reads by which rule and in which currency figures are made; it returns what it could not read.
// Which currencies there are depends on the rates held: understand looks.
func (r *request) readRule() []string {
	var unknown []string
	r.filter.Rule, r.filter.Currency = r.values.Get("rule"), strings.ToUpper(r.values.Get("currency"))
	if _, err := coverage.RuleOf(r.filter.Rule); err != nil {
		unknown = append(unknown, "rule="+r.filter.Rule)
		r.filter.Rule = ""
	}
	for name, value := range map[string]string{"rule": r.filter.Rule, "currency": r.filter.Currency} {
		if r.values.Del(name); value != "" {
			r.values.Set(name, value)
		}
	}
	return unknown
}

// listQuery asks for a part of a list of activities, or of what they have.
func (r *request) listQuery(limit int) coverage.ListQuery {
	return coverage.ListQuery{Filter: r.filter, Period: r.period, Lang: r.lang, Sort: r.oneOf("sort", coverage.Sorts), Cursor: r.values.Get("page"), Limit: limit}
}

// listFrom reads a list from the place that the address names on, or from its beginning where there is no such
// place, which is told, and q asks for the beginning from then on.
func listFrom[L any](ctx context.Context, r *request, q *coverage.ListQuery, read func(context.Context, coverage.ListQuery) (L, error)) (L, error) {
	list, err := read(ctx, *q)
	if resolute.CodeOf(err) == resolute.Usage && q.Cursor != "" { // only the place in the list can be wrong here
		r.refuse([]string{"page=" + q.Cursor})
		r.values.Del("page")
		q.Cursor = ""
		return read(ctx, *q)
	}
	return list, err
}

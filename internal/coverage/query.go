package coverage

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"resolute"
)

// ParseQuery reads a list as the address of its page writes it: "area=KE&goal=9&period=2022..2026", with or
// without what stands before it.
// The names are those of the facets, with reporter, source, rule, currency, q, sort, period, from and to; language
// and place in the list are passed over. instrument is the key of the instrument whose
// paragraphs thread names; empty: the built-in mandate. A name that says nothing here, an unknown rule
// or a period that is none is an Error with code Usage. Values are for Understand.
func ParseQuery(text string) (q ListQuery, instrument string, err error) {
	text = strings.TrimSpace(text)
	if page, query, whole := strings.Cut(text, "?"); whole && !strings.Contains(page, "=") {
		text = query
	}
	values, err := url.ParseQuery(text)
	if err != nil {
		return q, "", notUnderstood(text, err.Error())
	}
	fields := q.Filter.fields()
	fields["reporter"], fields["source"] = &q.Filter.Reporters, &q.Filter.Sources
	for name, list := range values {
		if field := fields[name]; field != nil {
			*field = list
		} else if name == "at" {
			return q, "", notUnderstood("at="+values.Get(name), "only figures can be had of a past data version; leave it out")
		} else if !slices.Contains(queryNames, name) {
			known := slices.Sorted(maps.Keys(fields))
			return q, "", notUnderstood(name, "no list is narrowed by it; want "+strings.Join(known, ", ")+", q or period")
		}
	}
	q.Filter.Text, q.Filter.Rule, q.Filter.Currency, q.Sort = values.Get("q"), values.Get("rule"), values.Get("currency"), values.Get("sort")
	if _, err := RuleOf(q.Filter.Rule); err != nil {
		return q, "", err
	}
	period := values.Get("period")
	if from, to := values.Get("from"), values.Get("to"); period == "" && from+to != "" {
		period = from + ".." + to
	}
	if q.Period, err = resolute.ParsePeriod(period); err != nil {
		return q, "", notUnderstood("period="+period, "want days or years such as 2022..2026")
	}
	return q, values.Get("instrument"), nil
}

// queryNames are the parameters of a list that are no fields of its filter.
var queryNames = []string{"q", "sort", "period", "from", "to", "rule", "instrument", "currency", "lang", "page"}

func notUnderstood(what, why string) error {
	return &resolute.Error{Code: resolute.Usage, Field: "filter", Message: fmt.Sprintf("%q in a filter: %s", what, why)}
}

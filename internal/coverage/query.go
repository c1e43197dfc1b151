package coverage

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"resolute"
)

// ParseQuery reads a list as the address of its page writes it: "area=KE&goal=9&period=2022..2026".
// The names are those of the facets, with reporter, source, q, sort, period, from and to; language
// and place in the list are passed over. A name that says nothing here, or a period that is none, is
// an Error with code Usage. Values are for Understand.
func ParseQuery(text string) (ListQuery, error) {
	values, err := url.ParseQuery(strings.TrimPrefix(strings.TrimSpace(text), "?"))
	if err != nil {
		return ListQuery{}, notUnderstood(text, err.Error())
	}
	var q ListQuery
	fields := q.Filter.fields()
	fields["reporter"], fields["source"] = &q.Filter.Reporters, &q.Filter.Sources
	for name, list := range values {
		if field := fields[name]; field != nil {
			*field = list
		} else if !slices.Contains([]string{"q", "sort", "period", "from", "to", "lang", "page"}, name) {
			return ListQuery{}, notUnderstood(name, "no list is narrowed by it")
		}
	}
	q.Filter.Text, q.Sort = values.Get("q"), values.Get("sort")
	period := values.Get("period")
	if from, to := values.Get("from"), values.Get("to"); period == "" && from+to != "" {
		period = from + ".." + to
	}
	if q.Period, err = resolute.ParsePeriod(period); err != nil {
		return ListQuery{}, notUnderstood("period="+period, "want days or years such as 2022..2026")
	}
	return q, nil
}

func notUnderstood(what, why string) error {
	return &resolute.Error{Code: resolute.Usage, Field: "filter", Message: fmt.Sprintf("%q in a filter: %s", what, why)}
}

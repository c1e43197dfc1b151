package dportal

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"resolute"
)

// function is what is made of a column: the column itself, or something of a group of rows.
type function string

const (
	itself     function = ""
	any_       function = "any"
	count      function = "count"
	sum        function = "sum"
	average    function = "avg"
	lowest     function = "min"
	highest    function = "max"
	rounded0   function = "round0"
	rounded1   function = "round1"
	partOf     function = "percent_of"
	sumOfParts function = "sum_of_percent_of"
)

// functions in the order in which a name is tried, longer names first.
var functions = []function{sumOfParts, partOf, rounded0, rounded1, count, average, sum, highest, lowest, any_}

func (f function) ofGroup() bool {
	return slices.Contains([]function{any_, count, sum, average, lowest, highest, sumOfParts}, f)
}

// item is one column of the answer.
type item struct {
	name string // in the answer
	of   column // none: the number of rows
	fn   function
}

// condition narrows the rows: one column, one comparison, any of the values.
type condition struct {
	of       column
	operator string // = != < > <= >= like null not_null
	values   []string
	orNull   bool // what is not known is meant too
}

// ordering is one key of the order.
type ordering struct {
	name string
	down bool
}

// Query is a question, read from an address.
type Query struct {
	from       []string
	items      []item
	grouped    bool
	group      []string // names of columns
	order      []ordering
	conditions []condition
	words      string // text_search
	limit      int    // negative: all
	skip       int
}

// The number of rows that are given when none is asked for, as d-portal does.
const usualLimit = 100

// operators by their suffix, longer suffixes first.
var operators = []struct{ suffix, operator string }{
	{"_not_null", "not_null"}, {"_null", "null"}, {"_lteq", "<="}, {"_gteq", ">="}, {"_nteq", "!="}, {"_lt", "<"}, {"_gt", ">"}, {"_eq", "="}, {"_like", "like"}, {"", "="},
}

// Parse reads a question. What is not understood is an Error with code Usage that names it.
func Parse(values url.Values) (Query, error) {
	q := Query{limit: usualLimit}
	if err := q.readFrom(values); err != nil {
		return q, err
	}
	for name, list := range values {
		v := list[0]
		var err error
		switch name {
		case "from", "select", "groupby", "orderby", "form":
		case "limit":
			q.limit, err = whole(name, v)
		case "skip":
			q.skip, err = whole(name, v)
		case "page":
		case "text_search":
			q.words = v
		default:
			err = q.condition(name, v)
		}
		if err != nil {
			return q, err
		}
	}
	slices.SortFunc(q.conditions, func(a, b condition) int { return strings.Compare(a.of.name+a.operator, b.of.name+b.operator) })
	if page := values.Get("page"); page != "" {
		n, err := whole("page", page)
		if err != nil || n < 1 || q.limit < 1 {
			return q, wrong("page", page, "a page from 1, and a limit")
		}
		q.skip = (n - 1) * q.limit
	}
	if err := q.readSelect(values.Get("select")); err != nil {
		return q, err
	}
	return q, q.readOrder(values.Get("groupby"), values.Get("orderby"))
}

func wrong(field, found, expected string) error {
	return &resolute.Error{Code: resolute.Usage, Field: field, Message: fmt.Sprintf("%s=%s: want %s", field, found, expected)}
}

func whole(name, v string) (int, error) {
	n, err := strconv.Atoi(v)
	if err != nil || n < -1 || n > 1_000_000_000 {
		return 0, wrong(name, v, "a whole number; -1 for all")
	}
	return n, nil
}

func (q *Query) condition(name, v string) error {
	for _, o := range operators {
		base, found := strings.CutSuffix(name, o.suffix)
		c, known := columnNamed(base, q.from)
		if !found || !known {
			continue
		}
		cond := condition{of: c, operator: o.operator}
		if o.operator != "null" && o.operator != "not_null" {
			cond.values = strings.FieldsFunc(v, func(r rune) bool { return r == '|' || r == ',' })
			if c.name == "aid" {
				cond.values = strings.Split(v, "|") // an identifier may hold a comma
			}
			if n := len(cond.values); n == 2 && strings.EqualFold(cond.values[1], "null") {
				cond.values, cond.orNull = cond.values[:1], true
			}
			if err := cond.understand(name); err != nil {
				return err
			}
		}
		q.conditions = append(q.conditions, cond)
		return nil
	}
	return &resolute.Error{Code: resolute.Usage, Field: name, Message: fmt.Sprintf("%q is no column of %s and no parameter that is known", name, strings.Join(q.from, ","))}
}

// understand turns the values into what is stored.
func (c *condition) understand(name string) error {
	if len(c.values) == 0 || len(c.values) > 1000 {
		return wrong(name, strings.Join(c.values, "|"), "one value, or up to 1,000 with | between them")
	}
	if c.operator == "like" && c.of.kind != text {
		return wrong(name, strings.Join(c.values, "|"), "a column of text: numbers and days are compared with _lt, _gt and their like")
	}
	for i, v := range c.values {
		switch {
		case c.of.kind == day:
			stored, err := dayText(v)
			if err != nil {
				return wrong(name, v, "a day YYYY-MM-DD, or the number of days since 1970-01-01")
			}
			c.values[i] = stored
		case c.of.kind == number:
			if _, err := strconv.ParseFloat(v, 64); err != nil || strings.Trim(v, "0123456789+-.eE") != "" { // no Inf, no hexadecimal: databases differ on them
				return wrong(name, v, "a number")
			}
		case c.of.name == "trans_code":
			c.values[i] = digit(v)
		case c.of.name == "country_code":
			c.values[i] = strings.ToUpper(v)
		}
	}
	return nil
}

func dayText(v string) (string, error) {
	if n, err := strconv.Atoi(v); err == nil {
		if n < -200_000 || n > 200_000 {
			return "", fmt.Errorf("day %d is out of reach", n)
		}
		return time.Unix(0, 0).UTC().AddDate(0, 0, n).Format(time.DateOnly), nil
	}
	_, err := time.Parse(time.DateOnly, v)
	return v, err
}

// dayNumber is the number of days since 1970-01-01.
func dayNumber(stored string) (int64, bool) {
	t, err := time.Parse(time.DateOnly, stored)
	return t.Unix() / 86400, err == nil
}

func (q *Query) readSelect(list string) error {
	switch list {
	case "":
		for _, c := range columns {
			if slices.Contains(q.from, c.table) {
				q.items = append(q.items, item{c.name, c, itself})
			}
		}
		return nil
	case "stats":
		q.stats()
		return nil
	}
	for _, name := range strings.Split(list, ",") {
		i, ok := itemNamed(strings.TrimSpace(name), q.from)
		if !ok {
			return wrong("select", name, "columns of "+strings.Join(tableNames(), ", ")+", or functions of them such as sum_trans_usd")
		}
		q.items = append(q.items, i)
		q.grouped = q.grouped || i.fn.ofGroup()
	}
	return nil
}

// itemNamed reads what is selected of the tables that are joined.
func itemNamed(name string, from []string) (item, bool) {
	if name == "count" {
		return item{name: name, fn: count}, true
	}
	if c, ok := columnNamed(name, from); ok {
		return item{name, c, itself}, true
	}
	for _, fn := range functions {
		base, found := strings.CutPrefix(name, string(fn)+"_")
		c, known := columnNamed(base, from)
		if !found || !known || c.kind != number && slices.Contains([]function{sum, average, rounded0, rounded1, partOf, sumOfParts}, fn) {
			continue
		}
		if fn == any_ {
			name = base
		}
		return item{name, c, fn}, true
	}
	return item{}, false
}

// stats asks for counts of everything, and for more of numbers.
func (q *Query) stats() {
	q.grouped = true
	q.items = []item{{name: "count", fn: count}}
	for _, c := range columns {
		if !slices.Contains(q.from, c.table) {
			continue
		}
		if c.kind == number {
			for _, fn := range []function{highest, lowest, average, sum} {
				q.items = append(q.items, item{string(fn) + "_" + c.name, c, fn})
			}
		}
		q.items = append(q.items, item{"distinct_" + c.name, c, count})
	}
}

func (q *Query) readOrder(group, order string) error {
	for _, name := range strings.FieldsFunc(group, func(r rune) bool { return r == ',' }) {
		if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(q.items) {
			name = q.items[n-1].of.name
		}
		if _, ok := columnNamed(name, q.from); !ok {
			return wrong("groupby", name, "columns of "+strings.Join(tableNames(), ", "))
		}
		q.group = append(q.group, name)
		q.grouped = true
	}
	for _, name := range strings.FieldsFunc(order, func(r rune) bool { return r == ',' }) {
		o := ordering{}
		o.name, o.down = strings.CutSuffix(name, "-")
		if n, err := strconv.Atoi(o.name); err == nil && n >= 1 && n <= len(q.items) {
			o.name = q.items[n-1].name
		}
		if !slices.ContainsFunc(q.items, func(i item) bool { return i.name == o.name }) {
			return wrong("orderby", name, "something that is selected; - behind it for the highest first")
		}
		q.order = append(q.order, o)
	}
	return q.ungrouped()
}

// ungrouped refuses plain columns beside functions of groups that are not grouped by.
func (q *Query) ungrouped() error {
	if !q.grouped {
		return nil
	}
	for _, i := range q.items {
		if !i.fn.ofGroup() && !slices.Contains(q.group, i.of.name) {
			return wrong("select", i.name, "a column that is grouped by, or any_"+i.of.name)
		}
	}
	return nil
}

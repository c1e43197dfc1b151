package dataquery

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Condition is what is asked of one component: one of the lists of tests must hold whole.
type Condition struct {
	Component string
	Any       [][]Test
}

// Test compares a component with a value.
type Test struct {
	Operator string
	Value    string
}

// timeDimension is compared as time.
const timeDimension = "TIME_PERIOD"

var operators = []string{"eq", "ne", "lt", "le", "gt", "ge", "co", "nc", "sw", "ew"}

// condition reads tests: + joins those that must all hold, a comma separates alternatives.
func condition(component, text string) (Condition, error) {
	c := Condition{Component: component}
	for alternative := range strings.SplitSeq(text, ",") {
		var all []Test
		for one := range strings.SplitSeq(alternative, "+") {
			t := Test{"eq", one}
			if operator, value, ok := strings.Cut(one, ":"); ok && slices.Contains(operators, operator) {
				t = Test{operator, value}
			} else if ok && len(operator) == 2 && operator == strings.ToLower(operator) && !digits(operator) {
				return c, refuse(malformed, "c[%s]: %q is no operator; there are %s", component, operator, strings.Join(operators, ", "))
			}
			if t.Value == "" {
				return c, refuse(malformed, "c[%s]: an empty value in %q", component, text)
			}
			if _, ok := spanOf(t.Value); !ok && component == timeDimension && ordered(t.Operator) {
				return c, refuse(malformed, "c[%s]: %q is no time", component, t.Value)
			}
			all = append(all, t)
		}
		c.Any = append(c.Any, all)
	}
	return c, nil
}

func ordered(operator string) bool { return slices.Contains(operators[2:6], operator) }

func (c Condition) holds(text string) bool {
	return slices.ContainsFunc(c.Any, func(all []Test) bool {
		for _, t := range all {
			if !t.holds(text, c.Component == timeDimension) {
				return false
			}
		}
		return true
	})
}

// named gives the texts of which a component must have one; false when it may have others.
func (c Condition) named() (texts []string, all bool) {
	for _, tests := range c.Any {
		at := slices.IndexFunc(tests, func(t Test) bool { return t.Operator == "eq" })
		if at < 0 {
			return nil, false
		}
		texts = append(texts, tests[at].Value)
	}
	return texts, true
}

func (t Test) holds(text string, isTime bool) bool {
	switch t.Operator {
	case "eq":
		return text == t.Value
	case "ne":
		return text != t.Value
	case "co":
		return strings.Contains(text, t.Value)
	case "nc":
		return !strings.Contains(text, t.Value)
	case "sw":
		return strings.HasPrefix(text, t.Value)
	case "ew":
		return strings.HasSuffix(text, t.Value)
	}
	if isTime {
		return t.holdsOfTime(text)
	}
	order, known := compared(text, t.Value)
	switch {
	case !known:
		return false
	case t.Operator == "lt":
		return order < 0
	case t.Operator == "le":
		return order <= 0
	case t.Operator == "gt":
		return order > 0
	}
	return order >= 0
}

// holdsOfTime compares times as a whole: 2020 is not later than 2020-12-31, and not later than 2020-Q3
// it is not, for it ends later.
func (t Test) holdsOfTime(text string) bool {
	is, ok := spanOf(text)
	than, fine := spanOf(t.Value)
	switch {
	case !ok || !fine:
		return false
	case t.Operator == "lt":
		return is.end.Before(than.begin)
	case t.Operator == "le":
		return !is.end.After(than.end)
	case t.Operator == "gt":
		return is.begin.After(than.end)
	}
	return !is.begin.Before(than.begin)
}

// compared gives the order of two texts: of numbers by their worth. What is not stated has none.
func compared(text, value string) (order int, known bool) {
	a, failed := strconv.ParseFloat(text, 64)
	b, broken := strconv.ParseFloat(value, 64)
	if failed == nil && broken == nil {
		return cmp.Compare(a, b), true
	}
	return strings.Compare(text, value), text != ""
}

// span is a time from its first to its last day.
type span struct{ begin, end time.Time }

// spanOf reads a year, month, day or moment, a reporting period or a range of years.
func spanOf(text string) (span, bool) {
	if len(text) < 4 || !digits(text[:4]) {
		return span{}, false
	}
	year, _ := strconv.Atoi(text[:4])
	first := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	rest := text[4:]
	switch {
	case rest == "":
		return span{first, first.AddDate(1, 0, -1)}, true
	case len(rest) > 2 && rest[0] == '-' && rest[1] >= 'A' && rest[1] <= 'Z' && digits(rest[2:]):
		return reporting(first, rest[1], rest[2:])
	case len(text) >= 10:
		day, err := time.Parse(time.DateOnly, text[:10])
		return span{day, day}, err == nil && (len(text) == 10 || text[10] == 'T')
	}
	month, err := time.Parse("2006-01", text)
	if err == nil {
		return span{month, month.AddDate(0, 1, -1)}, true
	}
	if last, ok := lastYear(year, rest); ok {
		return span{first, time.Date(last, 12, 31, 0, 0, 0, 0, time.UTC)}, true
	}
	return span{}, false
}

// Days gives the first and the last day of a time; false when it is none.
func Days(period string) (first, last time.Time, ok bool) {
	s, ok := spanOf(period)
	return s.begin, s.end, ok
}

// lastYear reads the end of 2015-16, 2015/16 or 2015-2017; a generation at most lies between.
func lastYear(first int, rest string) (int, bool) {
	if len(rest) != 3 && len(rest) != 5 || rest[0] != '-' && rest[0] != '/' || !digits(rest[1:]) {
		return 0, false
	}
	last, _ := strconv.Atoi(rest[1:])
	if len(rest) == 3 {
		if last += first / 100 * 100; last <= first {
			last += 100
		}
	}
	return last, last > first && last <= first+30
}

func reporting(first time.Time, letter byte, number string) (span, bool) {
	n, _ := strconv.Atoi(number)
	months := map[byte]int{'A': 12, 'S': 6, 'T': 4, 'Q': 3, 'M': 1}[letter]
	switch {
	case n < 1 || n > 366:
		return span{}, false
	case months > 0:
		begin := first.AddDate(0, (n-1)*months, 0)
		return span{begin, begin.AddDate(0, months, -1)}, n <= 12/months
	case letter == 'D':
		day := first.AddDate(0, 0, n-1)
		return span{day, day}, true
	case letter == 'W' && n <= 53:
		monday := first.AddDate(0, 0, 3-(int(first.AddDate(0, 0, 3).Weekday())+6)%7) // of the week with 4 January
		begin := monday.AddDate(0, 0, 7*(n-1))
		return span{begin, begin.AddDate(0, 0, 6)}, true
	}
	return span{}, false
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

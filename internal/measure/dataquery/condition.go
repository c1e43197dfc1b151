package dataquery

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Condition is what is asked of one component: one of the lists of tests must hold whole.
type Condition struct {
	Component string
	Any       [][]Test

	equal map[string]bool // texts of which each alone is enough, as a list of codes asks for
	other [][]Test        // the lists that ask for more
}

// Test compares a component with a value.
type Test struct {
	Operator string
	Value    string

	number float64 // of the value; NaN: it is none
	span   span    // of the value of a test of time
}

// mostTests bounds the tests of one question: each of them is made of each observation. Alternatives of
// equal texts are one.
const mostTests = 100

// timeDimension is compared as time, valueMeasure by its worth.
const (
	timeDimension = "TIME_PERIOD"
	valueMeasure  = "OBS_VALUE"
)

var operators = []string{"eq", "ne", "lt", "le", "gt", "ge", "co", "nc", "sw", "ew"}

// condition reads tests: + joins those that must all hold, a comma separates alternatives.
func condition(component, text string) (Condition, error) {
	c := Condition{Component: component, equal: map[string]bool{}}
	for alternative := range strings.SplitSeq(text, ",") {
		var all []Test
		for one := range strings.SplitSeq(alternative, "+") {
			t, err := testOf(component, one)
			if err != nil {
				return c, err
			}
			all = append(all, t)
		}
		c.add(all)
	}
	return c, nil
}

// add puts one more alternative to what is asked.
func (c *Condition) add(all []Test) {
	c.Any = append(c.Any, all)
	if len(all) == 1 && all[0].Operator == "eq" && c.Component != valueMeasure {
		c.equal[all[0].Value] = true
	} else {
		c.other = append(c.other, all)
	}
}

// testOf reads one test.
func testOf(component, text string) (Test, error) {
	t := Test{Operator: "eq", Value: text}
	if operator, value, ok := strings.Cut(text, ":"); ok && slices.Contains(operators, operator) {
		t.Operator, t.Value = operator, value
	} else if ok && len(operator) == 2 && operator == strings.ToLower(operator) && !digits(operator) {
		return t, refuse(malformed, "c[%s]: %q is no operator; there are %s", component, operator, strings.Join(operators, ", "))
	}
	t.Value = own(t.Value)
	return t, t.read(component)
}

// read reads the value of a test once, for all that it will be compared with.
func (t *Test) read(component string) error {
	if t.Value == "" {
		return refuse(malformed, "c[%s]: an empty value", component)
	}
	t.number = number(t.Value)
	if component != timeDimension || !ordered(t.Operator) {
		return nil
	}
	var ok bool
	if t.span, ok = spanOf(t.Value); !ok {
		return refuse(malformed, "c[%s]: %q is no time", component, t.Value)
	}
	return nil
}

func ordered(operator string) bool { return slices.Contains(operators[2:6], operator) }

// number gives the worth of a text, NaN of one that is no number.
func number(text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return math.NaN()
	}
	return n
}

// tests counts what is made of each observation.
func (c Condition) tests() (n int) {
	n = min(len(c.equal), 1)
	for _, all := range c.other {
		n += len(all)
	}
	return n
}

func (c Condition) holds(text string) bool {
	if c.equal[text] {
		return true
	}
	if len(c.other) == 0 {
		return false
	}
	s := subject{component: c.Component, text: text}
	return slices.ContainsFunc(c.other, func(all []Test) bool {
		for i := range all {
			if !all[i].holds(&s) {
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

// subject is the text of a component that is tested: number and time are read when the first test asks.
type subject struct {
	component, text string

	reckoned bool
	number   float64 // NaN: it is none
	timed    bool
	span     span
	isTime   bool
}

func (s *subject) worth() float64 {
	if !s.reckoned {
		s.number, s.reckoned = number(s.text), true
	}
	return s.number
}

func (s *subject) time() (span, bool) {
	if !s.timed {
		s.span, s.isTime = spanOf(s.text)
		s.timed = true
	}
	return s.span, s.isTime
}

func (t *Test) holds(s *subject) bool {
	switch t.Operator {
	case "eq":
		return t.equals(s)
	case "ne":
		return !t.equals(s)
	case "co":
		return strings.Contains(s.text, t.Value)
	case "nc":
		return !strings.Contains(s.text, t.Value)
	case "sw":
		return strings.HasPrefix(s.text, t.Value)
	case "ew":
		return strings.HasSuffix(s.text, t.Value)
	}
	if s.component == timeDimension {
		return t.holdsOfTime(s)
	}
	order, known := t.compared(s)
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

// equals compares values by their worth, and everything else as text: codes such as 01 and 1 are two.
func (t *Test) equals(s *subject) bool {
	return s.text == t.Value || s.component == valueMeasure && s.worth() == t.number
}

// holdsOfTime compares times as a whole: 2020 is not later than 2020-12-31, and not later than 2020-Q3
// it is not, for it ends later.
func (t *Test) holdsOfTime(s *subject) bool {
	is, ok := s.time()
	switch {
	case !ok:
		return false
	case t.Operator == "lt":
		return is.end.Before(t.span.begin)
	case t.Operator == "le":
		return !is.end.After(t.span.end)
	case t.Operator == "gt":
		return is.begin.After(t.span.end)
	}
	return !is.begin.Before(t.span.begin)
}

// compared gives the order of a text and the value: of numbers by their worth. What is not stated has
// none, and neither have a number and a word.
func (t *Test) compared(s *subject) (order int, known bool) {
	a, b := s.worth(), t.number
	switch is, than := !math.IsNaN(a), !math.IsNaN(b); {
	case is && than:
		return cmp.Compare(a, b), true
	case is || than:
		return 0, false
	}
	return strings.Compare(s.text, t.Value), s.text != ""
}

package rules

import (
	"strconv"
	"strings"
)

// compares asks a comparison: of what a path selects, one item that fits is enough (XPath 1.0, 3.4).
func (s scope) compares(e operation) bool {
	for _, left := range s.values(e.left) {
		for _, right := range s.values(e.right) {
			if left.compares(e.sign, right) {
				return true
			}
		}
	}
	return false
}

// value is one side of a comparison.
type value struct {
	text    string
	number  float64
	numeric bool
}

func (s scope) values(e expression) []value {
	switch e := e.(type) {
	case literal:
		return []value{{text: s.text(e)}}
	case path, union:
		items := s.selected(e)
		list := make([]value, len(items))
		for i, it := range items {
			list[i] = value{text: it.String()}
		}
		return list
	}
	return []value{{number: s.number(e), numeric: true}}
}

func (v value) asNumber() float64 {
	if v.numeric {
		return v.number
	}
	return numberOf(v.text)
}

func (v value) compares(sign string, w value) bool {
	if !v.numeric && !w.numeric && (sign == "=" || sign == "!=") {
		return (v.text == w.text) == (sign == "=")
	}
	a, b := v.asNumber(), w.asNumber()
	switch sign {
	case "=":
		return a == b
	case "!=":
		return a != b
	case "<":
		return a < b
	case ">":
		return a > b
	case "<=":
		return a <= b
	}
	return a >= b
}

// numberOf reads a number as XPath does; NaN when it is none.
func numberOf(text string) float64 {
	text = strings.Trim(text, " \t\r\n")
	if strings.Trim(text, "-.0123456789") != "" || text == "" {
		return nan
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nan
	}
	return n
}

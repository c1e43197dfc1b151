package measure

import (
	"math"
	"strconv"
	"strings"

	"resolute/internal/sheet"
)

// Number is a figure that was read or reckoned. NaN and the infinities are no figure: JSON writes
// null for them, CSV and text nothing.
type Number float64

// MarshalJSON writes the shortest decimal that gives the same figure again.
func (n Number) MarshalJSON() ([]byte, error) {
	if s := n.String(); s != "" {
		return []byte(s), nil
	}
	return []byte("null"), nil
}

// String is the shortest decimal that gives the same figure again.
func (n Number) String() string {
	v := float64(n)
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	if v == 0 { // also where it has a sign
		return "0"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// Short is the figure for who reads it in a table: rounded to four digits, of 1,000 and more to the whole.
// Files keep what String writes.
func (n Number) Short() string {
	switch text, v := n.String(), float64(n); {
	case text == "" || text == "0":
		return text
	case math.Abs(v) >= 1000:
		return strconv.FormatFloat(v, 'f', 0, 64)
	default:
		return strconv.FormatFloat(v, 'g', 4, 64)
	}
}

// parse reads a cell: a decimal number, or nothing at all. Spellings that only a computer would
// use (hexadecimal, Inf, NaN, underscores) are refused.
func parse(c sheet.Cell) (v float64, ok bool) {
	text := strings.TrimSpace(c.Text)
	if text == "" {
		return math.NaN(), true
	}
	if strings.Trim(text, "0123456789+-.eE") != "" {
		return math.NaN(), false
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil
}

// year reads a year: 2015, 2015.0, or the first of a range as 2015-16.
func year(c sheet.Cell) (v float64, ok bool) {
	text := strings.TrimSpace(c.Text)
	if len(text) > 4 && (text[4] == '-' || text[4] == '/') {
		text = text[:4]
	}
	c.Text = text
	v, ok = parse(c)
	return v, ok && (math.IsNaN(v) || v == math.Trunc(v) && v >= 1000 && v <= 9999)
}

// None is the Number of what is not known or not defined.
var None = Number(math.NaN())

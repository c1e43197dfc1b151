package iati

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"resolute"
)

// rewrite gives a printed value in the form of its simple type where it says the same: numbers
// without exponent or percent sign, days without time of day, truth values in small letters.
func rewrite(kind string, value []byte) ([]byte, bool) {
	s := string(bytes.TrimSpace(value))
	switch kind {
	case "decimal":
		return plainDecimal(strings.TrimSpace(strings.TrimSuffix(s, "%")))
	case "date":
		if len(s) > 10 && resolute.ValidDay(s[:10]) && afterDay.MatchString(s[10:]) {
			return []byte(s[:10]), true
		}
	case "dateTime":
		if anew := timeApart(s); anew != s {
			return []byte(anew), true
		}
		if t, err := time.Parse("2006-01-02T15:04", s); err == nil {
			return []byte(t.Format("2006-01-02T15:04:05")), true
		}
		if resolute.ValidDay(s) {
			return []byte(s + "T00:00:00"), true
		}
	case "boolean":
		s = strings.ToLower(s)
		return []byte(s), s == "true" || s == "false"
	case "language":
		if i := strings.IndexByte(s, '_'); i > 0 {
			return []byte(strings.ReplaceAll(s, "_", "-")), true
		}
	}
	return nil, false
}

// mostDigits bounds how far an exponent is written out.
const mostDigits = 60

// plainDecimal writes a number without its exponent, every digit kept.
func plainDecimal(s string) ([]byte, bool) {
	mantissa, exponent := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		n, err := strconv.Atoi(s[i+1:])
		if err != nil || n < -mostDigits || n > mostDigits {
			return nil, false
		}
		mantissa, exponent = s[:i], n
	}
	sign := ""
	if mantissa != "" && (mantissa[0] == '-' || mantissa[0] == '+') {
		sign, mantissa = strings.TrimPrefix(mantissa[:1], "+"), mantissa[1:]
	}
	whole, part, _ := strings.Cut(mantissa, ".")
	digits := whole + part
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return nil, false
	}
	point := len(whole) + exponent
	if point <= 0 {
		digits, point = strings.Repeat("0", 1-point)+digits, 1
	}
	if point > len(digits) {
		digits += strings.Repeat("0", point-len(digits))
	}
	out := strings.TrimLeft(digits[:point], "0")
	if out == "" {
		out = "0"
	}
	if rest := digits[point:]; rest != "" {
		out += "." + rest
	}
	return []byte(sign + out), true
}

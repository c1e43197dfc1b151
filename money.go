package resolute

import (
	"math"
	"strconv"
	"strings"
)

// Cents is an amount of money in hundredths of its currency unit, whatever the currency.
type Cents int64

// MostCents is the largest amount that is read, either way: just below 90 million million. No payment
// comes near it, and a thousand of them still add up within what a sum holds.
const MostCents Cents = 9_000_000_000_000_000 - 1

// MostSum is the largest sum, either way.
const MostSum Cents = math.MaxInt64

// Plus adds to a sum. One that is beyond MostSum stays there, so that too much never becomes less than
// nothing.
func (c Cents) Plus(d Cents) Cents {
	sum := c + d
	if (c^sum)&(d^sum) < 0 { // it wrapped: both have the sign that it has not
		return c.most()
	}
	return sum
}

// most gives the largest sum of the same sign.
func (c Cents) most() Cents {
	if c < 0 {
		return -MostSum
	}
	return MostSum
}

// String writes the amount as decimal text with two places: "1250.00", "-0.05".
func (c Cents) String() string {
	n := uint64(c)
	sign := ""
	if c < 0 {
		n, sign = -n, "-"
	}
	s := strconv.FormatUint(n/100, 10)
	d := n % 100
	return sign + s + "." + string([]byte{byte('0' + d/10), byte('0' + d%10)})
}

// ParseCents reads decimal text such as "1000.125", "-200.05", "+3" or "1e3" and rounds it once,
// half to even, to hundredths. exact is false when digits were lost. ok is false when the text
// is no decimal number or beyond MostCents.
func ParseCents(s string) (c Cents, exact, ok bool) {
	s = strings.TrimSpace(s)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(strings.TrimPrefix(s, "-"), "+")
	exp := 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		n, err := strconv.Atoi(s[i+1:])
		if err != nil || n < -400 || n > 18 {
			return 0, false, false
		}
		exp, s = n, s[:i]
	}
	whole, frac, _ := strings.Cut(s, ".")
	digits := whole + frac
	if digits == "" || !allDigits(digits) {
		return 0, false, false
	}
	return roundDigits(digits, len(whole)+exp+2, neg)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// roundDigits keeps the first point digits as hundredths and rounds the rest half to even.
func roundDigits(digits string, point int, neg bool) (Cents, bool, bool) {
	var n uint64
	rest := ""
	switch {
	case point < 0:
		rest = "0" + digits
	case point < len(digits):
		digits, rest = digits[:point], digits[point:]
	default:
		digits += strings.Repeat("0", point-len(digits))
	}
	if point < 0 {
		digits = ""
	}
	for i := range len(digits) {
		n = n*10 + uint64(digits[i]-'0')
		if n > uint64(MostCents) {
			return 0, false, false
		}
	}
	exact := strings.Trim(rest, "0") == ""
	if rest != "" && (rest[0] > '5' || (rest[0] == '5' && (strings.Trim(rest[1:], "0") != "" || n%2 == 1))) {
		n++
	}
	c := Cents(n)
	if c > MostCents {
		return 0, false, false
	}
	if neg {
		c = -c
	}
	return c, exact, true
}

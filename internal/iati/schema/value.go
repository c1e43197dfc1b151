package schema

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// valueType is a simple type of XML Schema, Part 2.
type valueType uint8

const (
	stringValue valueType = iota
	decimalValue
	integerValue
	intValue
	positiveValue
	nonNegativeValue
	dateValue
	dateTimeValue
	booleanValue
	addressValue // anyURI
	tokenValue   // NMTOKEN
	languageValue
	spaceValue // xml:space
)

var valueNames = []string{"string", "decimal", "integer", "int", "positiveInteger", "nonNegativeInteger", "date", "dateTime",
	"boolean", "anyURI", "NMTOKEN", "language", "space"}

func valueNamed(name string) (valueType, error) {
	i := slices.Index(valueNames, name)
	if i < 0 {
		return 0, fmt.Errorf("%q is no simple type that is known", name)
	}
	return valueType(i), nil
}

// expected says for a person what a value of the type looks like.
var expected = []string{"text", "a number such as 1250.00, without exponent, separators or currency", "a whole number", "a whole number",
	"a whole number from 1", "a whole number from 0", "a day as YYYY-MM-DD", "a time as YYYY-MM-DDThh:mm:ss",
	"true, false, 1 or 0", "an address (URI)", "one word", "a language code such as fr", "default or preserve"}

// allows reports whether text, with its outer white space, is a value of the type.
func (v valueType) allows(text []byte) bool {
	if v == stringValue {
		return true
	}
	s := bytes.Trim(text, " \t\r\n")
	switch v {
	case decimalValue:
		return isDecimal(s)
	case integerValue, intValue, positiveValue, nonNegativeValue:
		return v.allowsInteger(s)
	case dateValue:
		rest, ok := day(s)
		return ok && isZone(rest)
	case dateTimeValue:
		return isDateTime(s)
	case booleanValue:
		return string(s) == "true" || string(s) == "false" || string(s) == "1" || string(s) == "0"
	case addressValue:
		return isAddress(s)
	case tokenValue:
		return len(s) > 0 && !bytes.ContainsAny(s, " \t\r\n<>&\"'/()[]{}|\\,;")
	case languageValue:
		return isLanguage(s)
	}
	return string(s) == "default" || string(s) == "preserve"
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// digits counts the digits at the start of s.
func digits(s []byte) (n int) {
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// unsigned takes a sign off.
func unsigned(s []byte) []byte {
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		return s[1:]
	}
	return s
}

// isDecimal: an optional sign, digits, an optional point; a digit on at least one side of it.
func isDecimal(s []byte) bool {
	s = unsigned(s)
	whole := digits(s)
	s = s[whole:]
	if len(s) == 0 {
		return whole > 0
	}
	if s[0] != '.' {
		return false
	}
	part := digits(s[1:])
	return 1+part == len(s) && whole+part > 0
}

func (v valueType) allowsInteger(s []byte) bool {
	body := unsigned(s)
	if len(body) == 0 || digits(body) != len(body) {
		return false
	}
	negative, zero := s[0] == '-', len(bytes.Trim(body, "0")) == 0
	switch v {
	case positiveValue:
		return !negative && !zero
	case nonNegativeValue:
		return !negative || zero
	case intValue:
		_, err := strconv.ParseInt(string(s), 10, 32)
		return err == nil
	}
	return true
}

// day takes a date off the start of s: a year of four or more digits (not 0000), month and day that
// exist.
func day(s []byte) (rest []byte, ok bool) {
	if len(s) > 0 && s[0] == '-' {
		s = s[1:]
	}
	y := digits(s)
	if y < 4 || y > 4 && s[0] == '0' || len(s) < y+6 || s[y] != '-' || s[y+3] != '-' {
		return nil, false
	}
	month, day := pair(s[y+1:]), pair(s[y+4:])
	year, err := strconv.Atoi(string(s[:y]))
	if err != nil || year == 0 || month < 1 || month > 12 || day < 1 {
		return nil, false
	}
	last := time.Date(2000+year%400, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return s[y+6:], day <= last
}

// pair reads two digits; -1 when they are none.
func pair(s []byte) int {
	if len(s) < 2 || !isDigit(s[0]) || !isDigit(s[1]) {
		return -1
	}
	return int(s[0]-'0')*10 + int(s[1]-'0')
}

// isZone: nothing, Z, or an offset up to 14 hours.
func isZone(s []byte) bool {
	if len(s) == 0 || string(s) == "Z" {
		return true
	}
	if len(s) != 6 || s[0] != '+' && s[0] != '-' || s[3] != ':' {
		return false
	}
	hours, minutes := pair(s[1:]), pair(s[4:])
	return hours >= 0 && minutes >= 0 && minutes < 60 && (hours < 14 || hours == 14 && minutes == 0)
}

func isDateTime(s []byte) bool {
	rest, ok := day(s)
	if !ok || len(rest) < 9 || rest[0] != 'T' || rest[3] != ':' || rest[6] != ':' {
		return false
	}
	hour, minute, second := pair(rest[1:]), pair(rest[4:]), pair(rest[7:])
	rest = rest[9:]
	whole := true // no fraction of a second but zero
	if len(rest) > 0 && rest[0] == '.' {
		n := digits(rest[1:])
		if n == 0 {
			return false
		}
		whole = len(bytes.Trim(rest[1:1+n], "0")) == 0
		rest = rest[1+n:]
	}
	midnight := hour == 24 && minute == 0 && second == 0 && whole
	return (midnight || hour >= 0 && hour < 24) && minute >= 0 && minute < 60 && second >= 0 && second < 60 && isZone(rest)
}

// isLanguage: words of one to eight letters (later ones also digits) joined by hyphens, or nothing,
// which takes an outer language back.
func isLanguage(s []byte) bool {
	if len(s) == 0 {
		return true
	}
	for i, part := range bytes.Split(s, []byte("-")) {
		if len(part) < 1 || len(part) > 8 {
			return false
		}
		for _, c := range part {
			letter := 'a' <= c|0x20 && c|0x20 <= 'z'
			if !letter && (i == 0 || !isDigit(c)) {
				return false
			}
		}
	}
	return true
}
